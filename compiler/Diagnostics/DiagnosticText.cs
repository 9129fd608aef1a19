using System.Text;

namespace Orchestrator.Diagnostics;

/// <summary>Writes diagnostics for people: the place, the line, the span underlined, the remedy.</summary>
public static class DiagnosticText
{
    private const int WidestLine = 160;

    /// <summary>One diagnostic as text that ends with a line end: <c>file:line:column: error: what [code]</c> as compilers write it, then the source. With <paramref name="colour"/>, ANSI colours are used.</summary>
    public static string Render(Diagnostic diagnostic, bool colour = false)
    {
        var text = new StringBuilder();
        string label = diagnostic.Severity switch
        {
            Severity.Error => Paint("error", "31;1", colour),
            Severity.Warning => Paint("warning", "33;1", colour),
            Severity.Remark => Paint("remark", "34;1", colour),
            _ => Paint("note", "36;1", colour),
        };
        AppendPlace(text, diagnostic.Span);
        text.Append(label).Append(": ").Append(diagnostic.Message).Append(" [").Append(diagnostic.Code).Append("]\n");
        AppendSource(text, diagnostic.Span, colour);
        foreach (DiagnosticNote note in diagnostic.Notes)
        {
            AppendPlace(text, note.Span);
            text.Append(Paint("note", "36;1", colour)).Append(": ").Append(note.Message).Append('\n');
            AppendSource(text, note.Span, colour);
        }

        if (diagnostic.Remedy is { Length: > 0 } remedy)
        {
            text.Append("  ").Append(Paint("help", "32;1", colour)).Append(": ").Append(remedy).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>All of a bag, with a closing count.</summary>
    public static string Render(DiagnosticBag bag, bool colour = false)
    {
        var text = new StringBuilder();
        foreach (Diagnostic diagnostic in bag.Items)
        {
            text.Append(Render(diagnostic, colour));
        }

        if (bag.Dropped > 0)
        {
            text.Append(FormattableString.Invariant($"… and {bag.Dropped} more\n"));
        }

        return text.ToString();
    }

    private static void AppendPlace(StringBuilder text, SourceSpan span)
    {
        string place = span.ToString();
        if (place.Length > 0)
        {
            text.Append(place).Append(": ");
        }
    }

    private static void AppendSource(StringBuilder text, SourceSpan span, bool colour)
    {
        if (span.Source is null)
        {
            return;
        }

        (int line, int column) = span.Source.Locate(span.Start);
        string source = span.Source.Line(line);
        int from = 0;
        if (source.Length > WidestLine)
        {
            // A very long line (JSON on one line, generated IR) is shown around the place only.
            from = Math.Clamp(column - 1 - WidestLine / 2, 0, source.Length - WidestLine);
            source = source.Substring(from, WidestLine);
        }

        string number = line.ToString(System.Globalization.CultureInfo.InvariantCulture);
        int underlined = Math.Clamp(span.Length, 1, Math.Max(1, source.Length - (column - 1 - from)));
        var lead = new StringBuilder();
        for (int i = 0; i < column - 1 - from && i < source.Length; i++)
        {
            lead.Append(source[i] == '\t' ? '\t' : ' ');
        }

        text.Append("  ").Append(number).Append(" | ").Append(source).Append('\n');
        text.Append(' ', number.Length + 2).Append(" | ").Append(lead)
            .Append(Paint(new string('^', underlined), "31;1", colour)).Append('\n');
    }

    private static string Paint(string text, string code, bool colour) => colour ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
