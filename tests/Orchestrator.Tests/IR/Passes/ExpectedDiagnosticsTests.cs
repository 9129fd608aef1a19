using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Passes;

public sealed class ExpectedDiagnosticsTests
{
    private static OptResult Check(string text, string pipeline = "test-report", bool onlyExpected = false) =>
        PassRuns.Run(text.Replace('\'', '"'), new OptOptions { Pipeline = pipeline, VerifyDiagnostics = true, OnlyExpected = onlyExpected });

    [Theory]
    [InlineData("'t.warn'() : () -> () // expected-warning {{warned}}\n")]
    [InlineData("'t.warn'() : () -> () // expected-warning {{ORC2079}}\n")]
    [InlineData("// expected-error@+1 {{failed}}\n't.fail'() : () -> ()\n")]
    [InlineData("'t.fail'() : () -> ()\n// expected-error@-1 {{failed}}\n")]
    [InlineData("// expected-remark@below {{remarked}}\n// expected-warning@+2 {{warned}}\n't.remark'() : () -> ()\n't.warn'() : () -> ()\n")]
    [InlineData("'t.warn'() : () -> ()\n// expected-warning@above {{warned}}\n// expected-warning@above {{warned}}\n// expected-warning@-3 {{warned}}\n", 3)]
    [InlineData("// expected-warning@+1 2 {{warned}}\n't.warn'() : () -> ()\n", 2)]
    [InlineData("// expected-warning@+1 2+ {{warned}}\n't.warn'() : () -> ()\n", 3)]
    [InlineData("// expected-warning@+1 * {{warned}}\n", 1)]
    [InlineData("// expected-error@+1 {{not defined}} expected-error@unknown * {{x}}\n't.use'(%x) : (i1) -> ()\n")]
    [InlineData("// expected-error-re@+1 {{%{{[a-z]{1}}} is not {{def.*}}}}\n't.use'(%x) : (i1) -> ()\n")]
    [InlineData("// expected-note@+1 {{begins here}}\n't.region'() ({\n  // expected-error {{ends inside}}\n")]
    [InlineData("// A comment about an expected-error is none.\n")]
    public void WhatIsExpectedAndComesIsFine(string text, int repeat = 1)
    {
        OptResult result = Check(text, string.Join(',', Enumerable.Repeat("test-report", repeat)));
        Assert.True(result.Ok, DiagnosticText.Render(result.Diagnostics));
    }

    [Theory]
    [InlineData("// expected-error@+1 {{never}}\n't.b'() : () -> ()\n", "expected error 'never' on line 2 did not come")]
    [InlineData("// expected-note@+1 {{never}}\n't.b'() : () -> ()\n", "expected note 'never' on line 2 did not come")]
    [InlineData("'t.use'(%x) : (i1) -> ()\n", "unexpected error: %x is not defined")]
    [InlineData("'t.warn'() : () -> ()\n", "unexpected warning: warned")]
    [InlineData("'t.remark'() : () -> ()\n", "unexpected remark: remarked")]
    [InlineData("'t.warn'() : () -> () // expected-warning 2 {{warned}}\n", "expected warning 'warned' on line 1 came 1 times, not 2")]
    [InlineData("// expected-error@unknown {{nowhere}}\n", "expected error 'nowhere' without a place did not come")]
    [InlineData("// expected-error-re@+1 {{{{(?<=a)b}}}}\n't.fail'() : () -> ()\n", "'{{(?<=a)b}}' holds no regular expression that can be used")]
    [InlineData("// expected-error@+1 no braces\n", "an expectation has no text in double braces")]
    [InlineData("// expected-error {{no end\n", "an expectation has no text in double braces")]
    public void ExpectationsThatDoNotHoldAreErrors(string text, string message)
    {
        OptResult result = Check(text);
        Assert.False(result.Ok);
        Assert.Equal(message, Assert.Single(result.Diagnostics.Items).Message);
    }

    [Fact]
    public void ANearMissIsShown()
    {
        OptResult result = Check("// expected-warning@+2 {{warned}}\n't.warn'() : () -> ()\n");
        Diagnostic missing = result.Diagnostics.Items[0];
        Assert.Equal("x:2:1", Assert.Single(missing.Notes).Span.ToString());
    }

    [Fact]
    public void WhatIsNotExpectedCanBeLetPass()
    {
        Assert.True(Check("'t.warn'() : () -> ()\n", onlyExpected: true).Ok);
        Assert.False(Check("// expected-warning {{never}}\n", onlyExpected: true).Ok);
    }

    [Fact]
    public void FilesAreCutAtAMarkerAndKeepTheirLines()
    {
        const string text = "// expected-error@+1 {{x is}}\n\"t.use\"(%x) : (i1) -> ()\n// ***\n// expected-error@+1 {{y is}}\n\"t.use\"(%y) : (i1) -> ()\n";
        OptResult verified = PassRuns.Run(text, new OptOptions { SplitInputFile = true, SplitMarker = "// ***", VerifyDiagnostics = true });
        Assert.True(verified.Ok, DiagnosticText.Render(verified.Diagnostics));
        OptResult printed = PassRuns.Run("// ***\n\"t.a\"() : () -> ()\n", new OptOptions { SplitInputFile = true, SplitMarker = "// ***", OutputSplitMarker = "// +++" });
        Assert.Equal(2, printed.Text!.Split("// +++\n").Length); // It is there: nothing is wrong with the input.
    }
}
