using Orchestrator.Diagnostics;
using Orchestrator.IR.Testing;
using Xunit;

namespace Orchestrator.Tests.Testing;

/// <summary>Each directive by itself, and what a failure says.</summary>
public sealed class FileCheckTests
{
    [Theory]
    [InlineData("CHECK: a\nCHECK-NEXT: b", "a\nb\n")]
    [InlineData("CHECK: a\nCHECK-SAME: b", "a x b\n")]
    [InlineData("CHECK: a\nCHECK-NOT: x\nCHECK: b", "a\nb\nx\n")]
    [InlineData("CHECK-DAG: b\nCHECK-DAG: a\nCHECK: c", "a\nb\nc\n")]
    [InlineData("CHECK-LABEL: f\nCHECK: a\nCHECK-LABEL: g\nCHECK: b", "f\na\ng\nb\n")]
    [InlineData("CHECK: a\nCHECK-EMPTY:\nCHECK-NEXT: b", "a\n\nb\n")]
    [InlineData("CHECK-COUNT-3: a", "a a\na\n")]
    [InlineData("CHECK: {{[a-z]+}} {{[0-9]+}}", "abc 12\n")]
    [InlineData("CHECK: [[X:%[a-z0-9]+]] = f\nCHECK: g [[X]]", "%a1 = f\ng %a1\n")]
    [InlineData("CHECK: use [[X:%.+]], [[X]]", "use %1, %1\n")]
    [InlineData("CHECK: [[#N:]]\nCHECK-NEXT: [[#N+1]]", "7\n8\n")]
    [InlineData("CHECK: [[#%x,A:]]\nCHECK: [[#%X,A]]", "ff\nFF\n")]
    [InlineData("CHECK: line [[#@LINE]]", "line 1\n")]
    [InlineData("CHECK{LITERAL}: [[x]] {{y}}", "[[x]] {{y}}\n")]
    [InlineData("COM: CHECK: never\nCHECK: a", "a\n")]
    [InlineData("CHECK: a   b", "a\t b\n")]
    [InlineData("CHECK: {{a|ab}}c\nCHECK-SAME: d", "abcd\n")]
    public void Holds(string checks, string output) => Assert.Equal("", Report(checks, output));

    [Theory]
    [InlineData("CHECK: a\nCHECK-NEXT: b", "a\nx\nb\n", "ORC2206", "CHECK-NEXT: is not on the line after the previous match")]
    [InlineData("CHECK: a\nCHECK-NEXT: b", "a b\n", "ORC2206", "CHECK-NEXT: is on the same line as previous match")]
    [InlineData("CHECK: a\nCHECK-SAME: b", "a\nb\n", "ORC2206", "CHECK-SAME: is not on the same line as the previous match")]
    [InlineData("CHECK: a\nCHECK-NOT: x\nCHECK: b", "a\nx\nb\n", "ORC2205", "CHECK-NOT: excluded string found in input")]
    [InlineData("CHECK: a\nCHECK-NOT: x", "a\nx\n", "ORC2205", "CHECK-NOT: excluded string found in input")]
    [InlineData("CHECK-DAG: a\nCHECK-DAG: a", "a\n", "ORC2204", "CHECK-DAG: expected string not found in input")]
    [InlineData("CHECK-LABEL: f\nCHECK: b\nCHECK-LABEL: g", "f\ng\nb\n", "ORC2204", "CHECK: expected string not found in input")]
    [InlineData("CHECK-COUNT-3: a", "a a\n", "ORC2204", "expected string not found in input (3 of 3)")]
    [InlineData("CHECK: [[X]]", "x\n", "ORC2207", "CHECK: undefined variable: X")]
    [InlineData("CHECK: [[#N:]]\nCHECK-NEXT: [[#N+1]]", "7\n9\n", "ORC2204", "'N' is \"7\"")]
    [InlineData("CHECK: {{(a}}", "a\n", "ORC2201", "invalid regex: parentheses not balanced")]
    [InlineData("CHECK: {{a", "a\n", "ORC2200", "found start of regex string with no end '}}'")]
    [InlineData("CHECK: [[#N", "a\n", "ORC2202", "invalid substitution block, no ]] found")]
    [InlineData("CHECK-NEXT: a", "a\n", "ORC2200", "found 'CHECK-NEXT:' without previous 'CHECK:' line")]
    [InlineData("CHECK-COUNT-0: a", "a\n", "ORC2200", "invalid count in -COUNT specification")]
    [InlineData("CHECK-DAG-NOT: a", "a\n", "ORC2200", "unsupported -NOT combo")]
    [InlineData("CHECK:", "a\n", "ORC2200", "found empty check string with prefix 'CHECK:'")]
    [InlineData("nothing", "a\n", "ORC2203", "no check strings found with prefix 'CHECK:'")]
    [InlineData("CHECK: a", "", "ORC2208", "there is no output to check")]
    public void Fails(string checks, string output, string code, string message)
    {
        string report = Report(checks, output);
        Assert.Contains(code, report, StringComparison.Ordinal);
        Assert.Contains(message, report, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailureStandsAtItsLineAndGuessesWhatWasMeant() =>
        Assert.Equal(
            """
            checks:2:8: error: CHECK: expected string not found in input [ORC2204]
              2 | CHECK: %1 = "arith.addi"(%0, %0)
                |        ^^^^^^^^^^^^^^^^^^^^^^^^^
            output:2:1: note: scanning from here
              2 | "x.y"() : () -> ()
                | ^
            output:3:1: note: possible intended match here
              3 | %1 = "arith.muli"(%0, %0) : (i32, i32) -> i32
                | ^
              help: correct the check line, or what it tests

            """.ReplaceLineEndings("\n"),
            Report("CHECK: first\nCHECK: %1 = \"arith.addi\"(%0, %0)", "first\n\"x.y\"() : () -> ()\n%1 = \"arith.muli\"(%0, %0) : (i32, i32) -> i32\n"));

    [Fact]
    public void EachPartBetweenLabelsReportsItsOwnMistake()
    {
        var bag = new DiagnosticBag();
        FileCheck.Run(new SourceText("checks", "CHECK-LABEL: f\nCHECK: no1\nCHECK-LABEL: g\nCHECK: no2"), new SourceText("output", "f\ng\n"), new CheckOptions(), bag);
        Assert.Equal([2, 4], bag.Items.Select(d => d.Span.Source!.Locate(d.Span.Start).Line)); // Check mistakes have a place.
    }

    private static string Report(string checks, string output)
    {
        var bag = new DiagnosticBag();
        bool fine = FileCheck.Run(new SourceText("checks", checks), new SourceText("output", output), new CheckOptions(), bag);
        Assert.Equal(fine, !bag.HasErrors);
        return DiagnosticText.Render(bag);
    }
}
