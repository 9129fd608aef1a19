using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR;

public sealed class PipelineTests
{
    private static (PassPipeline? Pipeline, DiagnosticBag Bag) Parse(string text)
    {
        var bag = new DiagnosticBag();
        return (PassPipeline.Parse(new SourceText("<pipeline>", text), new PassRegistry(), bag), bag);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" cse , dce ", "cse,dce")]
    [InlineData("canonicalize{max-rewrites-per-op=7}", "canonicalize{max-rewrites-per-op=7}")]
    [InlineData("canonicalize{ max-rewrites-per-op=\"64\" }", "canonicalize")]
    [InlineData("builtin.module(agent.graph(cse,dce),canonicalize)", "builtin.module(agent.graph(cse,dce),canonicalize)")]
    [InlineData("agent.graph()", "agent.graph()")]
    public void PipelinesPrintAsTheyRead(string text, string expected)
    {
        (PassPipeline? pipeline, DiagnosticBag bag) = Parse(text);
        Assert.True(pipeline is not null, DiagnosticText.Render(bag));
        Assert.Equal(expected, pipeline.ToString());
    }

    [Theory]
    [InlineData("canonicalise", IRCodes.UnknownPass, 1, "did you mean 'canonicalize'?")]
    [InlineData("cse,xyzzy,dce", IRCodes.UnknownPass, 5, "there are canonicalize, cse, dce")]
    [InlineData("canonicalize{max-rewrite-per-op=3}", IRCodes.UnknownOption, 14, "did you mean 'max-rewrites-per-op'?")]
    [InlineData("cse{a=1}", IRCodes.UnknownOption, 5, "it has no options")]
    [InlineData("canonicalize{max-rewrites-per-op=many}", IRCodes.OptionValue, 34, "write a int")]
    [InlineData("canonicalize{max-rewrites-per-op=3", IRCodes.PipelineSyntax, 13, "close them with '}'")]
    [InlineData("canonicalize{7}", IRCodes.PipelineSyntax, 14, "write name=value, separated by spaces")]
    [InlineData("canonicalize{max-rewrites-per-op=\"3}", IRCodes.PipelineSyntax, 34, "close it with '\"'")]
    [InlineData("builtin.module(cse", IRCodes.PipelineSyntax, 19, "close it with ')'")]
    [InlineData("cse)", IRCodes.PipelineSyntax, 4, "remove it")]
    [InlineData("cse,,dce", IRCodes.PipelineSyntax, 5, "name a pass, or remove the ','")]
    [InlineData("cse,", IRCodes.PipelineSyntax, 5, "name a pass, or remove the ','")]
    [InlineData("cse dce", IRCodes.PipelineSyntax, 5, "separate passes by ','")]
    [InlineData("!cse", IRCodes.PipelineSyntax, 1, "write passes as a,b{option=1},op.name(c)")]
    public void BrokenPipelinesAreLocated(string text, string code, int column, string remedy)
    {
        (PassPipeline? pipeline, DiagnosticBag bag) = Parse(text);
        Assert.Null(pipeline);
        Diagnostic error = Assert.Single(bag.Items);
        Assert.Equal((code, $"<pipeline>:1:{column}", remedy), (error.Code, error.Span.ToString(), error.Remedy));
    }

    [Fact]
    public void EveryUnknownPassIsReported() => Assert.Equal(2, Parse("nope,cse,agent.graph(neither)").Bag.Items.Count);

    [Fact]
    public void DeepAnchorsAreALocatedError() =>
        Assert.Equal(IRCodes.TooDeep, Parse(string.Concat(Enumerable.Repeat("a.b(", 100_000))).Bag.Items[0].Code);

    [Fact]
    public void ARunSaysHowLongAndHowMuch()
    {
        var source = new SourceText("x", File.ReadAllText(Repository.PathOf("tests/Orchestrator.Tests/Dialects/Passes/cse.mlir")).Split("// expect:")[0]);
        using var dump = new StringWriter();
        var passes = new PassRunOptions { PrintAfter = ["cse"], Dump = dump };
        OptResult result = OptRun.Run(source, new PassRegistry(), DialectSet.NewContext, new OptOptions { Pipeline = "cse,dce", Passes = passes }, TestContext.Current.CancellationToken);
        Assert.True(result.Ok, DiagnosticText.Render(result.Diagnostics));
        Assert.Equal(["cse", "dce"], passes.Timings.Select(t => t.Pass));
        Assert.EndsWith("total\n", passes.TimingText(), StringComparison.Ordinal);
        Assert.Equal(2, passes.Statistics["cse.num-cse'd"]);
        Assert.StartsWith("// IR after cse\n\"builtin.module\"", dump.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("after dce", dump.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SplitFilesKeepTheirLineNumbers()
    {
        var source = new SourceText("x", "\"a.b\"() : () -> ()\n// -----\n\"a.b\"(%x) : (i1) -> ()\n");
        OptResult result = OptRun.Run(source, new PassRegistry(), DialectSet.NewContext, new OptOptions { SplitInputFile = true }, TestContext.Current.CancellationToken);
        Assert.Equal("x:3:7", Assert.Single(result.Diagnostics.Items).Span.ToString());
    }

    [Theory]
    [InlineData("// expected-error@+1 {{never}}\n\"a.b\"() : () -> ()\n", "expected error 'never' on line 2 did not come")]
    [InlineData("\"a.b\"(%x) : (i1) -> ()\n", "unexpected error: %x is not defined")]
    public void ExpectationsThatDoNotHoldAreErrors(string text, string message)
    {
        OptResult result = OptRun.Run(new SourceText("x", text), new PassRegistry(), DialectSet.NewContext, new OptOptions { VerifyDiagnostics = true }, TestContext.Current.CancellationToken);
        Assert.False(result.Ok);
        Assert.Equal(message, Assert.Single(result.Diagnostics.Items).Message);
    }
}
