using Orchestrator.Diagnostics;

namespace Orchestrator.IR.Testing;

/// <summary>Says why a check does not hold: at the check line, with the place in the output and what was probably meant.</summary>
internal sealed class CheckReport(SourceText output, CheckVariables variables, DiagnosticBag diagnostics)
{
    private const int FarthestGuess = 4096;
    private const int WorstGuess = 50;
    private const int LongestExample = 400;
    private const string Remedy = "correct the check line, or what it tests";

    public void NotFound(CheckDirective directive, int start, int end, string? problem, int round)
    {
        string which = directive.Count > 1 ? FormattableString.Invariant($" ({round} of {directive.Count})") : "";
        var diagnostic = problem is null
            ? Diagnostic.Error(TestCodes.NotFound, $"{directive.Name}: expected string not found in input{which}", directive.Span, Remedy)
            : Diagnostic.Error(TestCodes.UndefinedVariable, $"{directive.Name}: {problem}", directive.Span, "set it on an earlier line with [[NAME:regex]] or [[#NAME:]]");
        diagnostic = Variables(diagnostic.WithNote("scanning from here", At(start)), directive);
        if (problem is null && Guess(directive.Pattern.Example(variables), start, end) is { } guess)
        {
            diagnostic = diagnostic.WithNote("possible intended match here", At(guess));
        }

        diagnostics.Add(diagnostic);
    }

    public void Excluded(CheckDirective directive, PatternMatch match) =>
        diagnostics.Add(Variables(Diagnostic.Error(TestCodes.Excluded, $"{directive.Name}: excluded string found in input", directive.Span, Remedy)
            .WithNote("found here", Span(match)), directive));

    public void WrongLine(CheckDirective directive, string problem, int previous, PatternMatch match) =>
        diagnostics.Add(Diagnostic.Error(TestCodes.WrongLine, $"{directive.Name}: {problem}", directive.Span, Remedy)
            .WithNote("found here", Span(match))
            .WithNote("previous match ended here", At(previous)));

    private Diagnostic Variables(Diagnostic diagnostic, CheckDirective directive)
    {
        foreach ((string name, string? value) in directive.Pattern.Reads(variables))
        {
            diagnostic = diagnostic.WithNote(value is null ? $"'{name}' is not set" : $"'{name}' is \"{value}\"", directive.Span);
        }

        return diagnostic;
    }

    // The place whose text is nearest to the pattern, lines further down counting slightly less; null when nothing is near.
    private int? Guess(string example, int start, int end)
    {
        if (example.Length > LongestExample)
        {
            return null;
        }

        int best = -1;
        double bestQuality = WorstGuess;
        double lines = 0;
        end = Math.Min(end, start + FarthestGuess);
        for (int i = start; i < end; i++)
        {
            char c = output.Text[i];
            lines += c == '\n' ? 1 : 0;
            if (char.IsWhiteSpace(c) || (i > start && !char.IsWhiteSpace(output.Text[i - 1]) && c != example[0]))
            {
                continue; // A guess begins with a word or as the pattern does; trying each letter finds nothing better.
            }

            int length = Math.Min(example.Length, end - i);
            int lineEnd = output.Text.AsSpan(i, length).IndexOf('\n');
            double quality = Distance(output.Text.AsSpan(i, lineEnd < 0 ? length : lineEnd), example) + lines / 100;
            (best, bestQuality) = quality < bestQuality ? (i, quality) : (best, bestQuality);
        }

        return best > start ? best : null;
    }

    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }

    private SourceSpan At(int start) => new(output, FirstWord(start), 0);

    private SourceSpan Span(PatternMatch match) => new(output, match.Start, match.Length);

    // A place at the end of a line says less than the next line.
    private int FirstWord(int start)
    {
        int at = start;
        while (at < output.Text.Length && output.Text[at] is ' ' or '\n')
        {
            at++;
        }

        return at < output.Text.Length ? at : start;
    }
}
