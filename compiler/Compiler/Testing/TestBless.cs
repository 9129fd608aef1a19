using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.IR.Testing;

namespace Orchestrator.Compiler.Testing;

/// <summary>
/// Writes the present output of a test into the test, for a person to read before committing. Only what is marked as generated is rewritten:
/// what stands below <c>// expect:</c>, and the check lines between the marks. A file without check lines gets them at its end.
/// </summary>
public static class TestBless
{
    private const string Begin = "// GENERATED CHECKS, written by orc test --bless; what stands between these marks is overwritten.\n";
    private const string End = "// END OF GENERATED CHECKS\n";

    /// <summary>The new text of the test, or null with the reason in <paramref name="diagnostics"/> when it cannot or may not be written.</summary>
    public static string? Rewrite(SourceText source, TestEnvironment? environment, DiagnosticBag diagnostics, CancellationToken cancellation = default)
    {
        environment ??= new TestEnvironment();
        TestFile file = TestFile.Read(Without(source), environment.Passes, diagnostics);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        var execution = new TestExecution(file, environment, diagnostics, cancellation);
        if (file.Kind == TestKind.Expected)
        {
            (_, string? actual) = execution.Expectation(diagnostics);
            return actual is null ? null : source.Text[..(source.Text.Length - Expected(source).Length)] + actual;
        }

        RunLine[] checkedRuns = [.. file.Runs.Where(r => r.Check is not null)];
        if (checkedRuns.Length == 0)
        {
            diagnostics.Error(TestCodes.Handwritten, "there is nothing to write: no RUN line ends in | filecheck %s, and there is no expect: block", new SourceSpan(source, 0, 0),
                "add // RUN: orc opt %s -p pass | filecheck %s");
            return null;
        }

        (string _, SourceSpan handwritten) = TestFile.CheckLines(file.Source).FirstOrDefault();
        if (handwritten.Source is not null)
        {
            int line = file.Source.Locate(handwritten.Start).Line;
            diagnostics.Error(TestCodes.Handwritten, $"line {line} of '{source.Path}' is a handwritten check, which is not overwritten", new SourceSpan(source, source.OffsetOf(line, 1), 0),
                "edit it by hand, or delete the check lines first");
            return null;
        }

        return Checks(file.Source.Text, execution, checkedRuns, diagnostics);
    }

    private static string? Checks(string text, TestExecution execution, RunLine[] runs, DiagnosticBag diagnostics)
    {
        var written = new StringBuilder(text.EndsWith('\n') || text.Length == 0 ? text : text + "\n").Append(Begin);
        var prefixes = new HashSet<string>(StringComparer.Ordinal);
        foreach (RunLine run in runs)
        {
            if (execution.Output(run, diagnostics) is not { } output)
            {
                return null;
            }

            // A prefix that several runs share can hold the output of one only; the last prefix of a run is its own by custom.
            string prefix = run.Check?.Prefixes[^1] ?? "CHECK";
            if (prefixes.Add(prefix))
            {
                written.Append(new GeneratedChecks(prefix).Write(output.Text));
            }
        }

        return written.Append(End).ToString();
    }

    // The file without its generated check lines, so that they count neither as handwritten nor as input.
    private static SourceText Without(SourceText source)
    {
        int begin = source.Text.IndexOf(Begin, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : source.Text.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0 ? source : new SourceText(source.Path, string.Concat(source.Text.AsSpan(0, begin), source.Text.AsSpan(end + End.Length)));
    }

    private static string Expected(SourceText source) =>
        source.Text.IndexOf(TestFile.ExpectMark, StringComparison.Ordinal) is >= 0 and int at ? source.Text[(at + TestFile.ExpectMark.Length)..] : "";
}
