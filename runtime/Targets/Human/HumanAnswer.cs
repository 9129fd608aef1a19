using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Runtime;

namespace Orchestrator.Targets.Human;

/// <summary>Reads what a person typed as the type that was asked for.</summary>
internal static class HumanAnswer
{
    /// <summary>The answer, or null with what is wrong with it.</summary>
    public static Datum? Read(string answer, DatumType type, out string problem)
    {
        problem = "";
        string text = answer.Trim();
        if (type.Name is "text" or "json" && !text.StartsWith('{') && !text.StartsWith('['))
        {
            return new TextDatum(text);
        }

        if (text.StartsWith('{') || text.StartsWith('[') || text.StartsWith('"'))
        {
            try
            {
                return type.Fit(Datum.FromJson(JsonNode.Parse(text)), out problem);
            }
            catch (JsonException e)
            {
                problem = "not JSON: " + e.Message;
                return null;
            }
        }

        return type.Name == "record" ? ReadLines(text, type, out problem) : type.Fit(Word(text, type), out problem);
    }

    private static Datum? ReadLines(string text, DatumType type, out string problem)
    {
        var fields = new List<KeyValuePair<string, Datum>>();
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int at = line.IndexOf('=', StringComparison.Ordinal);
            string name = at > 0 ? line[..at].Trim() : "";
            DatumType? field = type.Fields.FirstOrDefault(f => f.Key == name).Value;
            if (field is null)
            {
                problem = $"'{line}' is not name=value with one of {string.Join(", ", type.Fields.Select(f => f.Key))}";
                return null;
            }

            fields.Add(new(name, Word(line[(at + 1)..].Trim(), field)));
        }

        return type.Fit(new RecordDatum([.. fields]), out problem);
    }

    private static Datum Word(string text, DatumType type) => type.Name switch
    {
        "bool" when text.ToUpperInvariant() is "TRUE" or "YES" or "Y" or "OK" => new BoolDatum(true),
        "bool" when text.ToUpperInvariant() is "FALSE" or "NO" or "N" => new BoolDatum(false),
        "int" or "tokens" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => new IntDatum(whole),
        "decimal" when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) => new DecimalDatum(number),
        _ when text.Length == 0 && type.IsOptional => Datum.None,
        _ => new TextDatum(text),
    };
}
