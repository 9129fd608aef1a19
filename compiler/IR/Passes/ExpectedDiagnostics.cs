using System.Globalization;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Comments that say which diagnostics a test expects, as mlir-opt reads them: <c>// expected-error@+1 {{part of the message}}</c>, with
/// <c>error</c>, <c>warning</c>, <c>remark</c> or <c>note</c>; <c>@+n</c>, <c>@-n</c>, <c>@above</c> and <c>@below</c> (the nearest line there that expects
/// nothing itself), <c>@unknown</c> (no place in this file), or nothing for the same line; and a number before the text for so many of them, <c>1+</c> for
/// at least so many. In <c>expected-error-re {{no value {{%[0-9]+}}}}</c> what stands in inner braces is a regular expression.
/// </summary>
public static class ExpectedDiagnostics
{
    /// <summary>
    /// Reports into <paramref name="mismatches"/> what was expected and did not come, and which errors, warnings and remarks came unexpected. Notes
    /// need not be expected, and with <paramref name="onlyExpected"/> nothing else either.
    /// </summary>
    public static void Check(SourceText source, DiagnosticBag found, DiagnosticBag mismatches, bool onlyExpected = false)
    {
        source = source.AsUtf8();
        List<Found> left = [.. found.Items.SelectMany(d => Flatten(d, source))];
        foreach (Expectation expected in ExpectationReader.Read(source, mismatches))
        {
            // The shortest message first: a longer one may be what a more exact expectation wants.
            Found[] matching = [.. left.Where(f => f.Severity == expected.Severity && f.Line == expected.Line && expected.Matches(f.Message, f.Code))
                .OrderBy(f => f.Message.Length).Take(expected.CountMax)];
            Array.ForEach(matching, m => left.Remove(m));
            if (matching.Length < expected.CountMin)
            {
                mismatches.Add(Missing(expected, matching.Length, left));
            }
        }

        foreach (Found unexpected in left.Where(d => !onlyExpected && d.Severity != Severity.Note))
        {
            mismatches.Error(IRCodes.Expectation, $"unexpected {Word(unexpected.Severity)}: {unexpected.Message}", unexpected.Span,
                "expect it with a comment, or correct what it is about");
        }
    }

    private static Diagnostic Missing(Expectation expected, int came, List<Found> left)
    {
        string place = expected.Line == 0 ? "without a place" : $"on line {expected.Line.ToString(CultureInfo.InvariantCulture)}";
        string count = came == 0 ? "did not come" : string.Create(CultureInfo.InvariantCulture, $"came {came} times, not {expected.CountMin}");
        Found? near = left.Find(f => expected.Matches(f.Message, f.Code)) ?? left.Find(f => f.Severity == expected.Severity && f.Line == expected.Line);
        var error = Diagnostic.Error(IRCodes.Expectation, $"expected {Word(expected.Severity)} '{expected.Text}' {place} {count}", expected.Span,
            near is null ? "correct the expectation or what it tests" : "correct the expectation if this is what was meant");
        return near is null ? error : error.WithNote($"this {Word(near.Severity)} came: {near.Message}", near.Span);
    }

    private static IEnumerable<Found> Flatten(Diagnostic diagnostic, SourceText source)
    {
        yield return new Found(diagnostic.Severity, LineOf(diagnostic.Span, source), diagnostic.Message, diagnostic.Code, diagnostic.Span);
        foreach (DiagnosticNote note in diagnostic.Notes)
        {
            yield return new Found(Severity.Note, LineOf(note.Span, source), note.Message, "", note.Span);
        }
    }

    // 0 for what stands nowhere, or in another file.
    private static int LineOf(SourceSpan span, SourceText source) => span.Source is { } file && ReferenceEquals(file.AsUtf8(), source) ? file.Locate(span.Start).Line : 0;

    private static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Remark => "remark",
        _ => "note",
    };

    private sealed record Found(Severity Severity, int Line, string Message, string Code, SourceSpan Span);
}
