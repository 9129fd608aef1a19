using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Orchestrator.IR.Testing;

namespace Orchestrator.Compiler.Testing;

/// <summary>A test file, read: its kind, its runs, and which of its lines are check lines.</summary>
internal sealed partial record TestFile(SourceText Source, TestKind Kind, IReadOnlyList<RunLine> Runs)
{
    public const string PipelineMark = "// pipeline: ";
    public const string ExpectMark = "// expect:\n";

    public bool IsFlow => Source.Path.EndsWith(".flow", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the file; what would never run is reported as a mistake.</summary>
    public static TestFile Read(SourceText source, PassRegistry passes, DiagnosticBag diagnostics)
    {
        IReadOnlyList<RunLine> runs = new RunLineReader(source, passes, diagnostics).Read();
        bool hasRuns = runs.Count > 0 || diagnostics.HasErrors;
        TestKind kind = hasRuns ? TestKind.RunLines
            : source.Text.StartsWith(PipelineMark, StringComparison.Ordinal) ? TestKind.Expected
            : ExpectedComment().IsMatch(source.Text) ? TestKind.Diagnostics
            : CheckLine().Matches(source.Text).Any(m => m.Groups["prefix"].Value == "CHECK") ? TestKind.Checks
            : TestKind.Valid;
        if (!diagnostics.HasErrors)
        {
            Unread(source, kind, runs, diagnostics);
        }

        return new TestFile(source, kind, runs);
    }

    /// <summary>The place and prefix of each line that looks like a check line.</summary>
    public static IEnumerable<(string Prefix, SourceSpan Span)> CheckLines(SourceText source) =>
        CheckLine().Matches(source.Text).Select(m => (m.Groups["prefix"].Value, new SourceSpan(source, m.Groups["prefix"].Index, m.Groups["prefix"].Length)));

    // Check lines whose prefix no run has would silently test nothing.
    private static void Unread(SourceText source, TestKind kind, IReadOnlyList<RunLine> runs, DiagnosticBag diagnostics)
    {
        HashSet<string> read = kind == TestKind.Checks ? ["CHECK"] : [.. runs.SelectMany(r => r.Check is { } c ? c.Prefixes.Concat(c.CommentPrefixes) : [])];
        foreach ((string prefix, SourceSpan span) in CheckLines(source))
        {
            if (read.Add(prefix))
            {
                diagnostics.Error(TestCodes.UnusedChecks, $"no run reads the check lines with prefix '{prefix}'", span,
                    NearestName.Suggest(prefix, read.Where(p => p != prefix)) ?? $"add a RUN line with | filecheck %s --check-prefix={prefix}");
            }
        }
    }

    [GeneratedRegex(@"//\s*expected-(error|warning|note)")]
    private static partial Regex ExpectedComment();

    [GeneratedRegex(@"^\s*//\s*(?<prefix>CHECK[A-Z0-9_]*(-(?!NEXT|SAME|NOT|DAG|LABEL|EMPTY|COUNT)[A-Z0-9_]+)*)(-(NEXT|SAME|NOT|DAG|LABEL|EMPTY|COUNT-\d+))?(\{LITERAL\})?:", RegexOptions.Multiline)]
    private static partial Regex CheckLine();
}
