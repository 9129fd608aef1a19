using System.Globalization;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Comments that say which diagnostics a test expects, as mlir-opt reads them: <c>// expected-error@+1 {{part of the message}}</c>, with
/// <c>error</c>, <c>warning</c> or <c>note</c>, and <c>@+n</c>, <c>@-n</c>, <c>@above</c>, <c>@below</c> or nothing for the same line.
/// </summary>
public static partial class ExpectedDiagnostics
{
    /// <summary>
    /// Reports into <paramref name="mismatches"/> what was expected and did not come, and which errors and warnings came unexpected. Notes
    /// need not be expected.
    /// </summary>
    public static void Check(SourceText source, DiagnosticBag found, DiagnosticBag mismatches)
    {
        List<(Severity Severity, int Line, string Message, SourceSpan Span)> left = [.. found.Items.SelectMany(Flatten)];
        foreach (Match match in Comment().Matches(source.Text))
        {
            int line = source.Locate(match.Index).Line + Offset(match.Groups["at"].Value);
            Severity severity = match.Groups["kind"].Value switch { "error" => Severity.Error, "warning" => Severity.Warning, _ => Severity.Note };
            string text = match.Groups["text"].Value;
            int index = left.FindIndex(d => d.Severity == severity && d.Line == line && d.Message.Contains(text, StringComparison.Ordinal));
            if (index >= 0)
            {
                left.RemoveAt(index);
                continue;
            }

            mismatches.Error(IRCodes.Expectation, $"expected {match.Groups["kind"].Value} '{text}' on line {line.ToString(CultureInfo.InvariantCulture)} did not come",
                new SourceSpan(source, match.Index, match.Length), "correct the expectation or what it tests");
        }

        foreach ((Severity severity, int _, string message, SourceSpan span) in left.Where(d => d.Severity != Severity.Note))
        {
            mismatches.Error(IRCodes.Expectation, $"unexpected {(severity == Severity.Error ? "error" : "warning")}: {message}", span,
                "expect it with a comment, or correct what it is about");
        }
    }

    private static IEnumerable<(Severity Severity, int Line, string Message, SourceSpan Span)> Flatten(Diagnostic diagnostic)
    {
        yield return (diagnostic.Severity, LineOf(diagnostic.Span), diagnostic.Message, diagnostic.Span);
        foreach (DiagnosticNote note in diagnostic.Notes)
        {
            yield return (Severity.Note, LineOf(note.Span), note.Message, note.Span);
        }
    }

    private static int LineOf(SourceSpan span) => span.Source?.Locate(span.Start).Line ?? 0;

    private static int Offset(string at) => at switch
    {
        "" => 0,
        "@above" => -1,
        "@below" => 1,
        _ => int.TryParse(at.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int offset) ? offset : 0,
    };

    [GeneratedRegex(@"//\s*expected-(?<kind>error|warning|note)(?<at>@[+-]\d+|@above|@below)?\s*\{\{(?<text>.*?)\}\}")]
    private static partial Regex Comment();
}
