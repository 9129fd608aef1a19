using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>Brings inputs from the command line or from JSON into the types that a workflow declares.</summary>
public static class RunInputs
{
    private const long LargestFile = 1L << 30;

    /// <summary>
    /// From texts: <c>text</c> as it is, <c>image audio bytes</c> the path of a file, everything else JSON; <c>@path</c> reads any type's text from a file.
    /// </summary>
    /// <exception cref="DiagnosticException">ORC5002: an unknown name, an unreadable file, a value of another type.</exception>
    public static ImmutableDictionary<string, Datum> FromText(TaskGraph graph, IEnumerable<KeyValuePair<string, string>> texts, string baseDirectory)
    {
        ImmutableDictionary<string, Datum>.Builder inputs = ImmutableDictionary.CreateBuilder<string, Datum>(StringComparer.Ordinal);
        foreach ((string name, string text) in texts)
        {
            inputs[name] = Read(Declared(graph, name), text, baseDirectory);
        }

        return inputs.ToImmutable();
    }

    /// <summary>From a JSON object by name; images, audio and bytes as base64.</summary>
    /// <exception cref="DiagnosticException">ORC5002: not an object, or a value of another type.</exception>
    public static ImmutableDictionary<string, Datum> FromJson(TaskGraph graph, JsonNode? json)
    {
        if (json is not JsonObject given)
        {
            throw Wrong("inputs must be a JSON object", "write {\"name\": value, …}");
        }

        return Check(graph, given.ToDictionary(p => p.Key, p => Datum.FromJson(p.Value)), requireAll: false);
    }

    /// <summary>Inputs of the declared types with defaults filled in.</summary>
    /// <exception cref="DiagnosticException">ORC5002: an unknown or missing name, or a value of another type; all of them at once.</exception>
    internal static ImmutableDictionary<string, Datum> Check(TaskGraph graph, IReadOnlyDictionary<string, Datum> given, bool requireAll = true)
    {
        var mistakes = new DiagnosticBag();
        ImmutableDictionary<string, Datum>.Builder inputs = ImmutableDictionary.CreateBuilder<string, Datum>(StringComparer.Ordinal);
        foreach (string name in given.Keys.Where(n => graph.Inputs.All(i => i.Name != n)).Order(StringComparer.Ordinal))
        {
            mistakes.Add(Unknown(graph, name));
        }

        foreach (GraphInput input in graph.Inputs.DistinctBy(i => i.Name))
        {
            DatumType type = DatumType.Parse(input.Type);
            Datum? value = given.GetValueOrDefault(input.Name) ?? (input.Default is { } usual ? Datum.FromJson(JsonNode.Parse(usual.GetRawText())) : type.IsOptional ? Datum.None : null);
            if (value is null)
            {
                if (requireAll)
                {
                    mistakes.Error("ORC5002", $"input '{input.Name}' is not given", SourceSpan.None, $"give it: --input {input.Name}=… ({input.Type})");
                }
            }
            else if (type.Fit(value, out string problem) is { } fitted)
            {
                inputs[input.Name] = fitted;
            }
            else
            {
                mistakes.Error("ORC5002", $"input '{input.Name}': {problem}", SourceSpan.None, $"its type is {input.Type}");
            }
        }

        return mistakes.HasErrors ? throw new DiagnosticException(mistakes.Items) : inputs.ToImmutable();
    }

    private static Datum Read(GraphInput input, string text, string baseDirectory)
    {
        DatumType type = DatumType.Parse(input.Type);
        bool isFile = type.Name is "image" or "audio" or "bytes";
        if (isFile || text.StartsWith('@'))
        {
            byte[] file = ReadFile(input, isFile ? text : text[1..], baseDirectory);
            if (isFile)
            {
                return new BytesDatum(file, MediaTypes.Guess(file));
            }

            text = System.Text.Encoding.UTF8.GetString(file);
        }

        if (type.Name == "text")
        {
            return new TextDatum(text);
        }

        try
        {
            Datum value = Datum.FromJson(JsonNode.Parse(text));
            return type.Fit(value, out string problem) ?? throw Wrong($"input '{input.Name}': {problem}", $"its type is {input.Type}");
        }
        catch (JsonException e)
        {
            throw Wrong($"input '{input.Name}' is not JSON: {e.Message}", $"its type is {input.Type}; quote the JSON for the shell");
        }
    }

    private static byte[] ReadFile(GraphInput input, string path, string baseDirectory)
    {
        try
        {
            var file = new FileInfo(Path.Combine(baseDirectory, path));
            if (!file.Exists)
            {
                throw Wrong($"input '{input.Name}': there is no file '{path}'", $"paths are relative to {baseDirectory}");
            }

            return file.Length > LargestFile
                ? throw Wrong($"input '{input.Name}': the file '{path}' is larger than {new Bytes(LargestFile)}", "give a smaller file")
                : File.ReadAllBytes(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong($"input '{input.Name}': the file '{path}' cannot be read: {e.Message}", "check the path and its permissions");
        }
    }

    private static GraphInput Declared(TaskGraph graph, string name) =>
        graph.Inputs.FirstOrDefault(i => i.Name == name) ?? throw new DiagnosticException(Unknown(graph, name));

    private static Diagnostic Unknown(TaskGraph graph, string name) => Diagnostic.Error("ORC5002", $"the workflow has no input '{name}'", SourceSpan.None,
        NearestName.Suggest(name, graph.Inputs.Select(i => i.Name)) ?? (graph.Inputs.IsEmpty ? "it takes none" : "it has " + string.Join(", ", graph.Inputs.Select(i => i.Name))));

    private static DiagnosticException Wrong(string message, string remedy) => new(Diagnostic.Error("ORC5002", message, SourceSpan.None, remedy));
}
