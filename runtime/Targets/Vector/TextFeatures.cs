using System.Collections.Frozen;
using System.Text;

namespace Orchestrator.Targets.Vector;

/// <summary>How text is taken apart for an embedding.</summary>
/// <param name="WordWeight">Weight of a whole word.</param>
/// <param name="GramWeight">Weight of a run of letters inside a word.</param>
/// <param name="GramLength">Letters in such a run, the word's borders counted.</param>
/// <param name="SkipFunctionWords">Whether English function words are left out.</param>
/// <param name="ForgiveReading">Whether letters that text recognition confuses count as the same inside runs.</param>
internal sealed record FeatureRule(float WordWeight, float GramWeight, int GramLength, bool SkipFunctionWords, bool ForgiveReading)
{
    /// <summary>Questions against documents: words count, runs of letters join the forms of a word.</summary>
    public static FeatureRule Documents { get; } = new(1f, 0.5f, 4, SkipFunctionWords: true, ForgiveReading: false);

    /// <summary>Names that may have been misread against rows of a table: runs of letters survive a wrong letter.</summary>
    public static FeatureRule Names { get; } = new(1f, 0.6f, 3, SkipFunctionWords: false, ForgiveReading: true);
}

/// <summary>Takes text apart into features: hashed words and runs of letters.</summary>
internal static class TextFeatures
{
    private const int LongestWord = 64;

    // Words with a digit are codes, part numbers and sizes: nobody types them by chance.
    private const float CodeFactor = 2;

    private static readonly FrozenSet<string> s_functionWords = ("a an and any are as at be been but by can could did do does for from get had has have how i if in into is it its "
        + "me my no not of on or our s should so t than that the their them then there these they this to us was we were what when where which who why will with would you your")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // Latin letters with marks, grouped by the letter that they fold to: recognition and typists drop marks.
    private static readonly FrozenDictionary<char, string> s_folds = new[]
    {
        ("àáâãåāăą", "a"), ("çćĉċč", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"), ("ìíîïĩīĭįı", "i"), ("ĵ", "j"), ("ķ", "k"), ("ĺļľŀł", "l"),
        ("ñńņňŉ", "n"), ("òóôõøōŏő", "o"), ("ŕŗř", "r"), ("śŝşš", "s"), ("ţťŧ", "t"), ("ùúûũūŭůűų", "u"), ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"),
        ("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"),
    }.SelectMany(g => g.Item1.Select(c => KeyValuePair.Create(c, g.Item2))).ToFrozenDictionary();

    /// <summary>Adds every feature of a text with its weight; one that occurs several times is added as often.</summary>
    public static void Visit(string text, FeatureRule rule, Action<ulong, float> add)
    {
        foreach (string word in Words(text))
        {
            if (rule.SkipFunctionWords && s_functionWords.Contains(word))
            {
                continue;
            }

            string stem = rule.SkipFunctionWords ? Stem(word) : word;
            add(Hash('w', stem), word.Any(char.IsAsciiDigit) ? CodeFactor * rule.WordWeight : rule.WordWeight);
            VisitGrams(rule.ForgiveReading ? Skeleton(word) : word, rule, add);
        }
    }

    /// <summary>Words in small letters without marks, split at everything but letters and digits.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (char original in text)
        {
            char c = char.ToLowerInvariant(original);
            if (char.IsLetterOrDigit(c) && word.Length < LongestWord)
            {
                word.Append(s_folds.TryGetValue(c, out string? plain) ? plain : c.ToString());
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static void VisitGrams(string word, FeatureRule rule, Action<ulong, float> add)
    {
        string framed = "<" + word + ">";
        for (int i = 0; i + rule.GramLength <= framed.Length; i++)
        {
            add(Hash('g', framed.AsSpan(i, rule.GramLength)), rule.GramWeight);
        }
    }

    // Enough to join singular, plural and the regular forms of a verb; runs of letters join the rest.
    private static string Stem(string word)
    {
        foreach (string ending in (string[])["ing", "ies", "ed", "es", "s"])
        {
            if (word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal) && !word.EndsWith("ss", StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word.Length > 4 && word[^1] is 'e' or 'y' ? word[..^1] : word;
    }

    private static string Skeleton(string word)
    {
        var skeleton = new StringBuilder(word.Length);
        foreach (char c in word.Replace("rn", "m", StringComparison.Ordinal).Replace("vv", "w", StringComparison.Ordinal))
        {
            skeleton.Append(c switch { '0' or 'q' => 'o', '1' or 'l' or 'j' => 'i', '5' => 's', '8' => 'b', '2' => 'z', '6' => 'g', _ => c });
        }

        return skeleton.ToString();
    }

    // FNV-1a with a final mix: the same on every machine and in every run, unlike string.GetHashCode.
    private static ulong Hash(char kind, ReadOnlySpan<char> text)
    {
        ulong hash = (14695981039346656037 ^ kind) * 1099511628211;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        hash ^= hash >> 32;
        hash *= 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }
}
