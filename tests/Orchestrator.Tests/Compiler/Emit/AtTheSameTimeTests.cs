using Orchestrator.Compiler;
using Orchestrator.Compiler.Emit;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Compiler.Emit;

public sealed class AtTheSameTimeTests
{
    private const string Tools = """
        tool left = process "left" (x: text) -> text { pure, expect: 1 ms p50, 2 ms p95 }
        tool right = process "right" (x: text) -> text { pure, expect: 1 ms p50, 2 ms p95 }
        tool write = process "write" (x: text) -> text { expect: 1 ms p50, 2 ms p95 }

        """;

    [Theory]
    [InlineData("a = left(x)\n b = right(x)\n \"{a} {b}\"", "a b")]
    [InlineData("a = left(x)\n b = right(a)\n \"{a} {b}\"", "")]
    [InlineData("a = write(x)\n b = write(x)\n \"{a} {b}\"", "")]
    [InlineData("a = left(x)\n b = if x == \"\" { right(a) } else { x }\n \"{a} {b}\"", "")]
    [InlineData("a = left(x)\n b = if x == \"\" { right(x) } else { x }\n \"{a} {b}\"", "a b")]
    public void OnlyWhatNothingKeepsApartIsNamed(string body, string expected)
    {
        var mistakes = new DiagnosticBag();
        Fleet? fleet = FleetFile.Read(new SourceText("fleet.yaml", "fleet: x\ndevices: [{ kind: EPYC 9654 }]"), Catalogue.Default, mistakes);
        CompileResult result = Orchestrator.Compiler.Compile.Run(new CompileRequest
        {
            Source = new SourceText("w.flow", $"{Tools}workflow w(x: text) -> text {{\n {body}\n}}"),
            Fleet = fleet,
        });
        Assert.False(result.HasErrors, string.Concat(result.Diagnostics.Select(d => DiagnosticText.Render(d))));
        TaskGraph graph = result.Plan!.Graph; // without mistakes there is a plan
        Assert.Equal(expected, string.Join("; ", AtTheSameTime.Groups(graph).Select(g => string.Join(' ', g.Select(s => s.Name)))));
    }
}
