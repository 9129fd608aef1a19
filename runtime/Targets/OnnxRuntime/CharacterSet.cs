using System.Text;

namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>The characters that a recognizer tells apart.</summary>
internal static class CharacterSet
{
    /// <summary>The classes of a recognizer by index: blank, the lines of its keys file, space.</summary>
    public static string[] Load(string path) => ["", .. File.ReadAllLines(path), " "];

    /// <summary>Whether a character is of the Latin script or a sign used with it (full-width forms included, which stand for their plain ones).</summary>
    public static bool IsLatin(string character) => character.Length == 0 || character[0] switch
    {
        < '\u0250' => true,
        >= '\u2010' and <= '\u2044' => true,
        >= '\u20A0' and <= '\u20BF' => true,
        '\u2116' or '\u2122' or '\u00B0' => true,
        >= '\uFF01' and <= '\uFF5E' => true,
        '\u3002' or '\u3001' or '\uFFE5' => true,
        _ => false,
    };

    /// <summary>Full-width and ideographic signs replaced by plain ones, runs of spaces by one.</summary>
    public static string ToPlain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            char p = c switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
                '\u3002' => '.',
                '\u3001' => ',',
                '\uFFE5' => '¥',
                '\u3000' or '\u00A0' => ' ',
                _ => c,
            };
            if (p != ' ' || plain.Length == 0 || plain[^1] != ' ')
            {
                plain.Append(p);
            }
        }

        return plain.ToString();
    }
}
