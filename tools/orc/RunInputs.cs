using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Cli;

/// <summary>Reads the inputs of a run: <c>input.json</c> of the workflow's folder first, then <c>--input name=value</c>.</summary>
internal static class RunInputs
{
    /// <summary>
    /// The values by input name. For an <c>image</c>, <c>audio</c> or <c>bytes</c> input the value is a file; for <c>text</c> it is the text itself, or
    /// <c>@file</c>; for every other type it is JSON. Paths in <c>input.json</c> are relative to its folder. All mistakes are reported at once.
    /// </summary>
    public static ImmutableDictionary<string, Datum> Read(TaskGraph graph, WorkflowFile workflow, IReadOnlyList<string> given)
    {
        var mistakes = new DiagnosticBag();
        var values = ImmutableDictionary.CreateBuilder<string, Datum>(StringComparer.Ordinal);
        if (workflow.Sibling("input.json") is { } file)
        {
            ReadFile(file, graph, workflow.Folder, values, mistakes);
        }

        foreach (string pair in given)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? pair : pair[..equals];
            if (equals <= 0)
            {
                mistakes.Error("ORC6010", $"'--input {pair}' has no name", SourceSpan.None, "write --input name=value");
            }
            else if (Find(graph, name, mistakes) is { } input && Value(input, JsonValue.Create(pair[(equals + 1)..]), ".", fromText: true, mistakes) is { } value)
            {
                values[name] = value;
            }
        }

        foreach (GraphInput input in graph.Inputs.Where(i => !values.ContainsKey(i.Name)))
        {
            if (input.Default is { } usual)
            {
                values[input.Name] = Datum.FromJson(JsonNode.Parse(usual.GetRawText()));
            }
            else if (input.Type.EndsWith('?'))
            {
                values[input.Name] = Datum.None;
            }
            else
            {
                mistakes.Error("ORC6011", $"the input '{input.Name}' ({input.Type}) of workflow '{graph.Name}' was not given", SourceSpan.None,
                    $"add --input {input.Name}={(IsFile(input.Type) ? "FILE" : "VALUE")}");
            }
        }

        return mistakes.HasErrors ? throw new DiagnosticException(mistakes.Items) : values.ToImmutable();
    }

    private static void ReadFile(string path, TaskGraph graph, string folder, ImmutableDictionary<string, Datum>.Builder values, DiagnosticBag mistakes)
    {
        SourceText source = WorkflowFile.ReadText(path);
        try
        {
            foreach ((string name, JsonNode? node) in JsonNode.Parse(source.Text) as JsonObject ?? [])
            {
                if (Find(graph, name, mistakes) is { } input && Value(input, node, folder, fromText: false, mistakes) is { } value)
                {
                    values[name] = value;
                }
            }
        }
        catch (JsonException e)
        {
            int offset = source.OffsetOf((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            mistakes.Error("ORC6012", "this is not JSON: " + e.Message, new SourceSpan(source, offset, 1), "write an object with one member for each input");
        }
    }

    private static GraphInput? Find(TaskGraph graph, string name, DiagnosticBag mistakes)
    {
        GraphInput? input = graph.Inputs.FirstOrDefault(i => i.Name == name);
        if (input is null)
        {
            string[] names = [.. graph.Inputs.Select(i => i.Name)];
            mistakes.Error("ORC6013", $"workflow '{graph.Name}' has no input '{name}'", SourceSpan.None,
                NearestName.Suggest(name, names) ?? (names.Length == 0 ? "it takes none" : "it takes " + string.Join(", ", names)));
        }

        return input;
    }

    private static bool IsFile(string type) => type.TrimEnd('?') is "image" or "audio" or "bytes";

    private static Datum? Value(GraphInput input, JsonNode? node, string folder, bool fromText, DiagnosticBag mistakes)
    {
        string type = input.Type.TrimEnd('?');
        string? text = node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
        if (IsFile(type))
        {
            return text is null
                ? Wrong(input, "takes the path of a file", mistakes)
                : ReadBytes(input, Path.Combine(folder, text), mistakes);
        }

        if (type == "text")
        {
            return text is null ? Wrong(input, "takes text", mistakes)
                : fromText && text.StartsWith('@') ? new TextDatum(WorkflowFile.ReadText(text[1..]).Text) : new TextDatum(text);
        }

        try
        {
            return Datum.FromJson(fromText && text is not null ? JsonNode.Parse(text) : node);
        }
        catch (JsonException)
        {
            return Wrong(input, $"has the type {type}, and its value is not JSON", mistakes);
        }
    }

    private static Datum? Wrong(GraphInput input, string why, DiagnosticBag mistakes)
    {
        mistakes.Error("ORC6014", $"the input '{input.Name}' {why}", SourceSpan.None,
            IsFile(input.Type) ? $"--input {input.Name}=FILE" : $"--input {input.Name}=VALUE, a value of type {input.Type}");
        return null;
    }

    private static BytesDatum? ReadBytes(GraphInput input, string path, DiagnosticBag mistakes)
    {
        const long largest = 256 << 20;
        try
        {
            if (new FileInfo(path).Length > largest)
            {
                mistakes.Error("ORC6015", $"'{path}' has more than {largest >> 20} MiB", SourceSpan.None, "give a smaller file");
                return null;
            }

            return new BytesDatum(File.ReadAllBytes(path), MediaType(input.Type, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Error("ORC6004", $"'{path}' cannot be read: {e.Message}", SourceSpan.None, $"--input {input.Name}=FILE with a file that exists");
            return null;
        }
    }

    private static string MediaType(string type, string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".webp" => "image/webp",
        ".wav" => "audio/wav",
        ".mp3" => "audio/mpeg",
        _ => type.TrimEnd('?') switch { "image" => "image/*", "audio" => "audio/*", _ => "application/octet-stream" },
    };
}
