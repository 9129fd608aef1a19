using System.Globalization;
using System.Text;
using Antlr4.Runtime;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Generated;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Parsing;

/// <summary>Makes texts: escapes, doubled braces, and for text of several lines the common indentation.</summary>
internal sealed class TextBuilder(SourceText source, DiagnosticBag diagnostics)
{
    /// <summary>The text that <paramref name="context"/> writes; inserted values are built by <paramref name="build"/>.</summary>
    public TextExpression Build(FlowParser.TextContext context, Func<FlowParser.ExpressionContext, Expression> build)
    {
        bool isTriple = context.TRIPLE_OPEN() is not null;
        FlowParser.TextPartContext[] parts = context.textPart();
        var raw = new List<(string Text, int Start, FlowParser.ExpressionContext? Value)>();
        foreach (FlowParser.TextPartContext part in parts)
        {
            if (part is FlowParser.TextChunkContext chunk)
            {
                string text = chunk.GetText();
                if (raw.Count > 0 && raw[^1].Value is null)
                {
                    raw[^1] = (raw[^1].Text + text, raw[^1].Start, null);
                }
                else
                {
                    raw.Add((text, chunk.Start.StartIndex, null));
                }
            }
            else
            {
                raw.Add(("", part.Start.StartIndex, ((FlowParser.TextExpressionContext)part).expression()));
            }
        }

        int indentation = isTriple ? CommonIndentation(raw) : 0;
        var made = new List<TextPart>();
        for (int i = 0; i < raw.Count; i++)
        {
            (string text, int start, FlowParser.ExpressionContext? value) = raw[i];
            if (value is not null)
            {
                made.Add(new TextPart("", build(value), new SourceSpan(source, start, 1)));
                continue;
            }

            string plain = isTriple ? Unindent(text, indentation, i == 0, i == raw.Count - 1) : text;
            plain = Unescape(plain, text, start);
            if (plain.Length > 0)
            {
                made.Add(new TextPart(plain, null, new SourceSpan(source, start, text.Length)));
            }
        }

        return new TextExpression([.. made], Span(context));
    }

    private SourceSpan Span(ParserRuleContext context) =>
        new(source, context.Start.StartIndex, context.Stop.StopIndex - context.Start.StartIndex + 1);

    // Lines that hold nothing but space do not count, except the last, where the closing quotes stand.
    private static int CommonIndentation(List<(string Text, int Start, FlowParser.ExpressionContext? Value)> raw)
    {
        int common = int.MaxValue;
        for (int i = 0; i < raw.Count; i++)
        {
            string text = raw[i].Text;
            for (int at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
            {
                int from = at + 1;
                int to = from;
                while (to < text.Length && text[to] is ' ' or '\t')
                {
                    to++;
                }

                bool isBlank = to < text.Length ? text[to] is '\r' or '\n' : i == raw.Count - 1;
                common = isBlank ? common : Math.Min(common, to - from);
            }
        }

        return common == int.MaxValue ? 0 : common;
    }

    private static string Unindent(string text, int indentation, bool isFirst, bool isLast)
    {
        string[] lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        for (int i = 1; i < lines.Length; i++)
        {
            int remove = 0;
            while (remove < indentation && remove < lines[i].Length && lines[i][remove] is ' ' or '\t')
            {
                remove++;
            }

            lines[i] = lines[i][remove..];
        }

        // The line of the opening quotes and that of the closing ones are not part of the text when they hold nothing else.
        int from = isFirst && lines.Length > 1 && lines[0].Trim().Length == 0 ? 1 : 0;
        int to = isLast && lines.Length - from > 1 && lines[^1].Trim().Length == 0 ? lines.Length - 1 : lines.Length;
        return string.Join('\n', lines[from..to]);
    }

    private string Unescape(string text, string original, int start)
    {
        if (text.AsSpan().IndexOfAny('\\', '{', '}') < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '{' or '}')
            {
                // The lexer lets braces through in pairs only.
                result.Append(c);
                i++;
            }
            else if (c != '\\')
            {
                result.Append(c);
            }
            else
            {
                i = Escape(text, i + 1, result, original, start);
            }
        }

        return result.ToString();
    }

    private int Escape(string text, int i, StringBuilder result, string original, int start)
    {
        char c = i < text.Length ? text[i] : '\0';
        if (c == 'u' && i + 4 < text.Length && ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            result.Append((char)code);
            return i + 4;
        }

        char? plain = c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '"' => '"', '\\' => '\\', '{' => '{', '}' => '}', _ => null };
        if (plain is { } known)
        {
            result.Append(known);
            return i;
        }

        int offset = Math.Max(0, original.IndexOf("\\" + (c == '\0' ? "" : c.ToString()), StringComparison.Ordinal));
        diagnostics.Error(
            FlowCodes.Lexical, $"'\\{(char.IsControl(c) ? ' ' : c)}' has no meaning in text", new SourceSpan(source, start + offset, 2),
            @"write \\ for a backslash; the others are \n, \t, \r, \"", \{, \} and \u with four hexadecimal digits");
        return i;
    }
}
