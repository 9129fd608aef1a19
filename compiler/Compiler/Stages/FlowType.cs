using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Dialects.Agent;
using Orchestrator.IR;

namespace Orchestrator.Compiler.Stages;

/// <summary>Types of the agent dialect in Flow's notation, and as JSON Schema for models that answer in JSON.</summary>
internal static class FlowType
{
    private const int DepthLimit = 32;

    /// <summary><c>text</c>, <c>list&lt;{ id: text }&gt;</c>, <c>decimal?</c>; types of other dialects as the IR writes them.</summary>
    public static string Text(IRType type, int depth = 0) => type switch
    {
        _ when depth > DepthLimit => "json",
        IntegerType { Width: 1 } => "bool",
        IntegerType => "int",
        ListType list => $"list<{Text(list.Element, depth + 1)}>",
        OptionalType optional => Text(optional.Element, depth + 1) + "?",
        RecordType record => "{ " + string.Join(", ", record.Names.Select((name, i) => $"{name}: {Text(record.Parameters[i], depth + 1)}")) + " }",
        AgentType agent => agent.Mnemonic,
        _ => type.ToString() ?? "json",
    };

    /// <summary>The JSON Schema of a type.</summary>
    public static JsonElement Schema(IRType type) => JsonSerializer.SerializeToElement(SchemaOf(type, 0), StageJson.Default.JsonObject);

    private static JsonObject SchemaOf(IRType type, int depth) => type switch
    {
        _ when depth > DepthLimit => [],
        IntegerType { Width: 1 } => new JsonObject { ["type"] = "boolean" },
        IntegerType => new JsonObject { ["type"] = "integer" },
        DecimalType => new JsonObject { ["type"] = "number" },
        ListType list => new JsonObject { ["type"] = "array", ["items"] = SchemaOf(list.Element, depth + 1) },
        OptionalType optional => new JsonObject { ["anyOf"] = new JsonArray(SchemaOf(optional.Element, depth + 1), new JsonObject { ["type"] = "null" }) },
        RecordType record => new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(record.Names.Select((name, i) => KeyValuePair.Create(name, (JsonNode?)SchemaOf(record.Parameters[i], depth + 1)))),
            ["required"] = new JsonArray([.. record.Names.Where((_, i) => record.Parameters[i] is not OptionalType).Select(n => (JsonNode)n)]),
            ["additionalProperties"] = false,
        },
        JsonType => [],
        _ => new JsonObject { ["type"] = "string" },
    };
}
