using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Tests.Samples;

/// <summary>Compares extracted fields with expected ones; case, accents, spaces and punctuation do not count.</summary>
internal static class InvoiceScore
{
    public static readonly string[] Names = ["issuer", "date", "invoice_number", "amount", "currency"];

    /// <summary>The names of the fields that were not found; fields that are not expected are left out.</summary>
    public static List<string> Missed(JsonNode? found, JsonNode expected) =>
        [.. Names.Where(n => expected[n] is not null && !Agree(n, found?[n], expected[n]!)).Select(n => $"{n}: found {found?[n]?.ToJsonString() ?? "nothing"}, expected {expected[n]!.ToJsonString()}")];

    /// <summary><c>4 of 5</c> and what was missed.</summary>
    public static string Say(string page, JsonNode? found, JsonNode expected)
    {
        List<string> missed = Missed(found, expected);
        int all = Names.Count(n => expected[n] is not null);
        return $"{page}: {all - missed.Count} of {all}" + (missed.Count > 0 ? " (" + string.Join("; ", missed) + ")" : "");
    }

    /// <summary>Lower case letters and digits only, without accents.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (char c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
        }

        return plain.ToString();
    }

    private static bool Agree(string name, JsonNode? found, JsonNode expected)
    {
        if (found is null)
        {
            return false;
        }

        if (name == "amount")
        {
            return Math.Abs(Number(found) - Number(expected)) < 0.005m;
        }

        (string a, string b) = (Plain(found.ToString()), Plain(expected.ToString()));
        // One may carry the legal form or the trading name that the other leaves out.
        return a == b || (name == "issuer" && Math.Min(a.Length, b.Length) >= 4 && (a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal)));
    }

    private static decimal Number(JsonNode node) => decimal.Parse(node.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture);
}
