using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>Makes the failures of running: a step, what happened, what to do about it.</summary>
public static class Faults
{
    /// <summary>A failure at a step. The place is shown when its source file can still be read, else written into the message.</summary>
    /// <param name="code">ORC5xxx.</param>
    /// <param name="step">The step, or null when the run as a whole is meant.</param>
    /// <param name="message">What went wrong and why.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="transient">Whether trying again may help.</param>
    public static StepFailedException At(string code, Step? step, string message, string remedy, bool transient = false)
    {
        SourceSpan span = step is null ? SourceSpan.None : SpanOf(step.Location);
        string subject = step is null ? message : $"'{step.Name}': {message}";
        if (span.Source is null && step is { Location.Length: > 0 })
        {
            subject = $"{step.Location}: {subject}";
        }

        return new StepFailedException(Diagnostic.Error(code, subject, span, remedy), transient);
    }

    /// <summary>The end of a text that may be long, on one line: what error output is quoted with.</summary>
    public static string Tail(string text, int limit = 400)
    {
        string line = string.Join(" | ", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= limit ? line : "…" + line[^limit..];
    }

    private static SourceSpan SpanOf(string location)
    {
        const long LargestSource = 4 << 20;
        int second = location.LastIndexOf(':');
        int first = second > 0 ? location.LastIndexOf(':', second - 1) : -1;
        if (first <= 0
            || !int.TryParse(location.AsSpan(first + 1, second - first - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int line)
            || !int.TryParse(location.AsSpan(second + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int column))
        {
            return SourceSpan.None;
        }

        try
        {
            var file = new FileInfo(location[..first]);
            if (!file.Exists || file.Length > LargestSource)
            {
                return SourceSpan.None;
            }

            var source = new SourceText(location[..first], File.ReadAllText(file.FullName));
            int start = source.OffsetOf(line, column);
            int end = start;
            while (end < source.Text.Length && (char.IsLetterOrDigit(source.Text[end]) || source.Text[end] == '_'))
            {
                end++;
            }

            return new SourceSpan(source, start, end - start);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return SourceSpan.None; // The place is then written into the message.
        }
    }
}
