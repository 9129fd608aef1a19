using System.Globalization;
using System.Text;

namespace Orchestrator.IR;

// The resource section of a file as text: section: { name: { entry: value, … }, … }, …
internal static class ResourceText
{
    // The entries under one name in any of the sections, strings without their quotes and escapes.
    public static IReadOnlyDictionary<string, string> Entries(string? resources, string name)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((_, string group, string key, string value) in Read(resources))
        {
            if (group == name)
            {
                entries[key] = value.StartsWith('"') ? Unescape(value[1..^1]) : value;
            }
        }

        return entries;
    }

    // The inside of the section without what is under one name; null when nothing is left.
    public static string? Without(string? resources, string name)
    {
        var left = Read(resources).Where(e => e.Group != name).ToList();
        if (left.Count == 0)
        {
            return null;
        }

        IEnumerable<string> sections = left.GroupBy(e => e.Section).Select(section => $"  {section.Key}: {{\n"
            + string.Join(",\n", section.GroupBy(e => e.Group).Select(group => $"    {group.Key}: {{\n"
                + string.Join(",\n", group.Select(e => $"      {e.Key}: {e.Value}")) + "\n    }"))
            + "\n  }");
        return string.Join(",\n", sections);
    }

    // A section around what is inside it; null when nothing is.
    public static string? Section(string? inside) => inside is null ? null : $"{{-#\n{inside}\n#-}}";

    // Words, strings and punctuation; what does not fit the form is passed over, because the parser has reported it before.
    private static IEnumerable<(string Section, string Group, string Key, string Value)> Read(string? resources)
    {
        var names = new List<string>();
        string? word = null;
        bool isValue = false;
        foreach (string token in Tokens(resources ?? ""))
        {
            switch (token)
            {
                case "{" when word is not null:
                    names.Add(word);
                    (word, isValue) = (null, false);
                    break;
                case "}":
                    names.RemoveRange(Math.Max(0, names.Count - 1), Math.Min(1, names.Count));
                    (word, isValue) = (null, false);
                    break;
                case ",":
                    (word, isValue) = (null, false);
                    break;
                case ":":
                    isValue = true;
                    break;
                default:
                    if (isValue && word is not null && names.Count == 2)
                    {
                        yield return (names[0], names[1], word, token);
                        (word, isValue) = (null, false);
                    }
                    else
                    {
                        word = token;
                    }

                    break;
            }
        }
    }

    private static IEnumerable<string> Tokens(string text)
    {
        text = text.Trim();
        text = text.StartsWith("{-#", StringComparison.Ordinal) && text.EndsWith("#-}", StringComparison.Ordinal) && text.Length >= 6 ? text[3..^3] : text;
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            if (text[i] == '"')
            {
                for (i++; i < text.Length && text[i] != '"'; i++)
                {
                    i += text[i] == '\\' ? 1 : 0;
                }

                i = Math.Min(i + 1, text.Length);
                yield return text[start..i];
            }
            else if ("{}:,".Contains(text[i], StringComparison.Ordinal))
            {
                i++;
                yield return text[start..i];
            }
            else if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else
            {
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && !"{}:,\"".Contains(text[i], StringComparison.Ordinal))
                {
                    i++;
                }

                yield return text[start..i];
            }
        }
    }

    private static string Unescape(string text)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 >= text.Length)
            {
                int length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
                continue;
            }

            bool isHex = i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]);
            if (isHex)
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                i++;
                bytes.Add((byte)(text[i] switch { 'n' => '\n', 't' => '\t', _ => text[i] }));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
