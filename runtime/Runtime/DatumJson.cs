using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Runtime;

/// <summary>Reads JSON into <see cref="Datum"/>s.</summary>
internal static class DatumJson
{
    /// <summary>One line, letters of all scripts unescaped: what models and people read.</summary>
    public static JsonSerializerOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Depth is bounded by the JSON reader's own limit of 64 levels.
    public static Datum Read(JsonNode? node) => node switch
    {
        null => Datum.None,
        JsonObject o => new RecordDatum([.. o.Select(p => KeyValuePair.Create(p.Key, Read(p.Value)))]),
        JsonArray a => new ListDatum([.. a.Select(Read)]),
        JsonValue v => ReadValue(v),
        _ => Datum.None,
    };

    private static Datum ReadValue(JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                return new BoolDatum(true);
            case JsonValueKind.False:
                return new BoolDatum(false);
            case JsonValueKind.Number:
                string digits = value.ToJsonString();
                if (long.TryParse(digits, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long whole))
                {
                    return new IntDatum(whole);
                }

                return decimal.TryParse(digits, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal number)
                    ? new DecimalDatum(number)
                    : new TextDatum(digits);
            default:
                return new TextDatum(value.ToString());
        }
    }
}
