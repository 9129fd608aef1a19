using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.Frontend;
using Xunit;

namespace Orchestrator.Tests.Frontend;

/// <summary>Every file in <c>broken/</c> says on the offending line which error comes first and what its remedy contains.</summary>
public sealed partial class BrokenFilesTests
{
    private const int FilesMin = 24;

    public static TheoryData<string> Files => [.. Repository.Files(".flow").Where(f => f.Contains("Frontend/broken/", StringComparison.Ordinal))];

    [Fact]
    public void ThereAreEnough() => Assert.InRange(Files.Count, FilesMin, int.MaxValue);

    [Theory]
    [MemberData(nameof(Files))]
    public void TheFirstErrorIsLocatedAndHasItsRemedy(string file)
    {
        string text = File.ReadAllText(Repository.PathOf(file));
        Match expected = Expectation().Match(text);
        Assert.True(expected.Success, "the file says nothing about its error");
        int line = text[..expected.Index].Count(c => c == '\n') + 1;
        var diagnostics = new DiagnosticBag();
        Assert.Null(FlowFrontend.Parse(new SourceText(file, text), DialectSet.NewContext(), diagnostics));
        Diagnostic first = diagnostics.Items.First(d => d.Severity == Severity.Error);
        string all = DiagnosticText.Render(diagnostics);
        Assert.True(first.Code == expected.Groups["code"].Value, all);
        Assert.True(first.Span.Source!.Locate(first.Span.Start).Line == line, all); // Errors have a place.
        Assert.Contains(expected.Groups["remedy"].Value.Trim(), first.Remedy, StringComparison.Ordinal);
        Assert.All(diagnostics.Items, d => Assert.True(d.Severity != Severity.Error || d.Remedy is { Length: > 0 }, d.Message));
        Assert.InRange(diagnostics.Items.Count(d => d.Severity == Severity.Error), 1, 3);
    }

    [Fact]
    public void AllErrorsOfAFileComeAtOnce()
    {
        DiagnosticBag syntax = FlowTest.Diagnostics("""
            model writer "x"
            workflow a(x: text) -> text {
              y = if x = "a" { x } else { x }
              z = (x + )
              y
            }
            workflow b(x text) -> text { x }
            """);
        Assert.Equal([1, 3, 4, 7], syntax.Items.Select(Line));
        DiagnosticBag meaning = FlowTest.Diagnostics("""
            model writer = "x" { temprature: 1 }
            workflow a(x: text) -> int {
              y = writr(x)
              z = writer(x, max: 4 s)
              w = x.title
              z
            }
            """);
        Assert.Equal([1, 3, 4, 5, 6], meaning.Items.Where(d => d.Severity == Severity.Error).Select(Line));
    }

    [Theory]
    [InlineData("(", 4000)]
    [InlineData("[", 4000)]
    [InlineData("{ a: ", 4000)]
    [InlineData("\"{", 4000)]
    [InlineData("not ", 40000)]
    [InlineData("-", 40000)]
    [InlineData("x + ", 40000)]
    [InlineData("x.", 40000)]
    [InlineData("if x { x } else ", 40000)]
    [InlineData("repeat ", 40000)]
    [InlineData("if ", 4000)]
    [InlineData("match ", 4000)]
    [InlineData("for x in ", 4000)]
    [InlineData("human ", 4000)]
    [InlineData("if = ", 4000)]
    [InlineData("repeat , ", 4000)]
    [InlineData("match => ", 4000)]
    public void DepthIsBounded(string piece, int times)
    {
        string text = $"workflow a(x: text) -> text {{\n  {string.Concat(Enumerable.Repeat(piece, times))}x\n}}";
        DiagnosticBag diagnostics = FlowTest.Diagnostics(text);
        Assert.True(diagnostics.HasErrors);
        Assert.Contains(diagnostics.Items, d => d.Span.Source is not null && d.Remedy is { Length: > 0 });
    }

    [Fact]
    public void SizeIsBounded()
    {
        DiagnosticBag diagnostics = FlowTest.Diagnostics(new string(' ', 1 << 21));
        Assert.Equal("ORC1004", Assert.Single(diagnostics.Items).Code);
    }

    [Fact]
    public void ImportsAreReadOnceAndCirclesAreErrors()
    {
        var files = new Dictionary<string, string>
        {
            ["lib/b.flow"] = "import \"c.flow\"\nworkflow b(x: text) -> text { c(x) }",
            ["lib/c.flow"] = "workflow c(x: text) -> text { x }",
            ["d.flow"] = "import \"./d.flow\"\n",
        };
        SourceText? Import(string path) => files.TryGetValue(path, out string? text) ? new SourceText(path, text) : null;
        global::Orchestrator.IR.Operation module = FlowTest.Module("import \"lib/b.flow\"\nimport \"lib/../lib/c.flow\"\nworkflow a(x: text) -> text { b(x) }", Import);
        Assert.Equal(["c", "b", "a"], FlowTest.All(module).Where(o => o.Name.Text == "agent.graph").Select(o => o.GetAttr<global::Orchestrator.IR.StringAttr>("sym_name")!.Value)); // Graphs have names.
        Assert.Contains(FlowTest.Diagnostics("import \"d.flow\"", Import).Items, d => d.Code == "ORC1030");
    }

    private static int Line(Diagnostic diagnostic) => diagnostic.Span.Source!.Locate(diagnostic.Span.Start).Line; // Errors have a place.

    [GeneratedRegex(@"// error\[(?<code>ORC\d{4})\]: (?<remedy>[^\n]*)")]
    private static partial Regex Expectation();
}
