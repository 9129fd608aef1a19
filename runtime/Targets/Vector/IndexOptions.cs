using System.Globalization;
using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Targets.Vector;

/// <summary>What an index's declaration says.</summary>
/// <param name="Path">The folder or the file, absolute.</param>
/// <param name="Shown">The same as the workflow names it.</param>
/// <param name="IsTable">Whether it is a table.</param>
/// <param name="Chunk">Tokens in a passage at most.</param>
/// <param name="Overlap">Tokens that a passage repeats from the one before at most.</param>
/// <param name="Key">For a table, the column that is searched; null searches all.</param>
internal sealed record IndexOptions(string Path, string Shown, bool IsTable, int Chunk, int Overlap, string? Key)
{
    private const int DefaultChunk = 300;
    private const int SmallestChunk = 16;
    private const int LargestChunk = 8192;

    /// <summary>Reads a declaration; throws a diagnostic (ORC5405) for options out of range.</summary>
    public static IndexOptions Of(Declaration index, string baseDirectory)
    {
        int chunk = Number(index, "chunk") ?? DefaultChunk;
        if (chunk is < SmallestChunk or > LargestChunk)
        {
            throw Bad(index, $"a passage of {chunk} tokens is out of range", $"chunk: {SmallestChunk} to {LargestChunk} tokens");
        }

        int overlap = Number(index, "overlap") ?? chunk / 8;
        if (overlap < 0 || overlap > chunk / 2)
        {
            throw Bad(index, $"passages of {chunk} tokens cannot overlap by {overlap}", "overlap by at most half of the chunk");
        }

        if (index.Flavour is not ("folder" or "table"))
        {
            throw Bad(index, $"an index over a '{index.Flavour}' cannot be built here", "declare it over a folder or a table");
        }

        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(baseDirectory, index.Target));
        return new IndexOptions(path, index.Target, index.Flavour == "table", chunk, overlap, Text(index, "key"));
    }

    /// <summary>The embedding that a declaration asks for, when it is not the built-in one; else null.</summary>
    public static string? ForeignEmbedding(Declaration index)
    {
        string? name = Text(index, "embed")?.TrimStart('@');
        return name is null or HashEmbedder.Name ? null : name;
    }

    private static string? Text(Declaration index, string option) =>
        index.Options.TryGetValue(option, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(Declaration index, string option)
    {
        if (!index.Options.TryGetValue(option, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : throw Bad(index, $"{option} is no whole number of tokens: {value.GetRawText()}", string.Create(CultureInfo.InvariantCulture, $"write {option}: {DefaultChunk} tokens"));
    }

    private static DiagnosticException Bad(Declaration index, string message, string remedy) =>
        new(Diagnostic.Error("ORC5405", $"index '{index.Symbol}': {message}", SourceSpan.None, remedy));
}
