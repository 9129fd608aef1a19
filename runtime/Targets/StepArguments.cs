using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Targets;

/// <summary>Reads what tools are called with and how they are declared.</summary>
internal static class StepArguments
{
    /// <summary>The operands by argument name; those without a name are called <c>arg0</c>, <c>arg1</c> …</summary>
    public static IEnumerable<KeyValuePair<string, Datum>> Named(StepRequest request)
    {
        ImmutableArray<string> names = Names(request.Step.Attributes, "arg_names");
        names = names.IsEmpty && request.Service is { } service ? Names(service.Options, "param_names") : names;
        for (int i = 0; i < request.Operands.Length; i++)
        {
            yield return new(i < names.Length ? names[i] : FormattableString.Invariant($"arg{i}"), request.Operands[i]);
        }
    }

    /// <summary>The operands as one JSON object; absent values are left out.</summary>
    public static string Json(StepRequest request)
    {
        var json = new JsonObject();
        foreach ((string name, Datum value) in Named(request))
        {
            if (value is not NoneDatum)
            {
                json[name] = value.ToJson();
            }
        }

        return json.ToJsonString();
    }

    /// <summary>A text option of a declaration, or null.</summary>
    public static string? Option(Declaration? service, string name) =>
        service is not null && service.Options.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>An answer as a value: JSON where it is JSON, else text.</summary>
    public static Datum Read(string answer, string type)
    {
        string trimmed = answer.Trim();
        if (DatumType.Parse(type).Name == "text" && !trimmed.StartsWith('"'))
        {
            return new TextDatum(answer.TrimEnd('\n', '\r'));
        }

        try
        {
            return trimmed.Length == 0 ? Datum.None : Datum.FromJson(JsonNode.Parse(trimmed));
        }
        catch (JsonException)
        {
            return new TextDatum(answer.TrimEnd('\n', '\r'));
        }
    }

    private static ImmutableArray<string> Names(ImmutableSortedDictionary<string, JsonElement> attributes, string name) =>
        attributes.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.ToString())] : [];
}
