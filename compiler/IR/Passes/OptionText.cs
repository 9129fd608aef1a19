using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.IR;

/// <summary>Values of options as text.</summary>
public static class OptionText
{
    /// <summary>Reads a value of some kind.</summary>
    public delegate bool Reader<T>(string text, out T value);

    /// <summary>Reads <c>true</c>, <c>false</c>, <c>1</c> or <c>0</c>.</summary>
    public static bool TryParse(string text, out bool value)
    {
        value = text is "1";
        return text is "0" or "1" || bool.TryParse(text, out value);
    }

    /// <summary>Reads an integer.</summary>
    public static bool TryParse(string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads an integer.</summary>
    public static bool TryParse(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a finite number.</summary>
    public static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>Any text.</summary>
    public static bool TryParse(string text, out string value)
    {
        value = text;
        return true;
    }

    /// <summary>Reads values separated by ',', but not by one inside braces, brackets, parentheses or quotes. Empty text is an empty list.</summary>
    public static bool TryParseList<T>(string text, Reader<T> reader, out ImmutableArray<T> values)
    {
        var found = ImmutableArray.CreateBuilder<T>();
        bool good = true;
        foreach (string part in Elements(text))
        {
            good &= reader(part, out T value);
            found.Add(value);
        }

        values = found.ToImmutable();
        return good;
    }

    /// <summary>The text that reads back to <paramref name="value"/>.</summary>
    public static string Format<T>(T value) => value switch
    {
        bool b => b ? "true" : "false",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    /// <summary>The text that <see cref="TryParseList"/> reads back.</summary>
    public static string FormatList<T>(IEnumerable<T> values, Func<T, string> format) =>
        string.Join(',', values.Select(v => format(v) is var text && Elements(text).Count == 1 && text == text.Trim() && !IsQuoted(text) ? text : $"\"{text}\""));

    private static bool IsQuoted(string text) => text.Length > 1 && text[0] is '"' or '\'' && text[^1] == text[0];

    private static List<string> Elements(string text)
    {
        var parts = new List<string>();
        if (string.IsNullOrWhiteSpace(text))
        {
            return parts;
        }

        int start = 0;
        int depth = 0;
        char quote = '\0';
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : ',';
            if (i == text.Length || (c == ',' && depth == 0 && quote == '\0'))
            {
                string part = text[start..i].Trim();
                parts.Add(IsQuoted(part) ? part[1..^1] : part);
                start = i + 1;
            }
            else if (quote != '\0' || c is '"' or '\'')
            {
                quote = quote == '\0' ? c : c == quote ? '\0' : quote;
            }
            else
            {
                depth += c is '{' or '(' or '[' or '<' ? 1 : c is '}' or ')' or ']' or '>' ? -1 : 0;
            }
        }

        return parts;
    }
}
