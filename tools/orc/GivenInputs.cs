using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Cli;

/// <summary>The inputs of a run: <c>input.json</c> of the workflow's folder, then <c>--input name=value</c>, which win.</summary>
internal static class GivenInputs
{
    /// <summary>
    /// The values by name. In both places an image, audio or bytes is the path of a file, relative to the folder of <c>input.json</c> and to the
    /// current folder.
    /// </summary>
    public static ImmutableDictionary<string, Datum> Read(TaskGraph graph, WorkflowFile workflow, IReadOnlyList<string> given)
    {
        ImmutableDictionary<string, Datum> fromFile = workflow.Sibling("input.json") is { } path
            ? RunInputs.FromText(graph, InFile(SourceFile.ReadText(path)), workflow.Folder)
            : ImmutableDictionary<string, Datum>.Empty;
        return fromFile.SetItems(RunInputs.FromText(graph, given.Select(Pair), Directory.GetCurrentDirectory()));
    }

    private static KeyValuePair<string, string> Pair(string given)
    {
        int equals = given.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? KeyValuePair.Create(given[..equals], given[(equals + 1)..])
            : throw SourceFile.Mistake("ORC6010", $"'--input {given}' has no name or no value", "write --input name=value");
    }

    private static IEnumerable<KeyValuePair<string, string>> InFile(SourceText source)
    {
        try
        {
            JsonObject? values = JsonNode.Parse(source.Text) as JsonObject;
            return (values ?? throw Wrong(source, 0, "this is no JSON object"))
                .Select(v => KeyValuePair.Create(v.Key, v.Value?.GetValueKind() == JsonValueKind.String ? v.Value.GetValue<string>() : v.Value?.ToJsonString() ?? "null"));
        }
        catch (JsonException e)
        {
            throw Wrong(source, source.OffsetOf((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1), "this is not JSON: " + e.Message);
        }
    }

    private static DiagnosticException Wrong(SourceText source, int offset, string message) =>
        new(Diagnostic.Error("ORC6012", message, new SourceSpan(source, offset, 1), "write an object with one member for each input"));
}
