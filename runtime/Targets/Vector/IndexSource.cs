using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.Targets.Vector;

/// <summary>Reads what an index is made of, within bounds; every fault is a diagnostic.</summary>
internal static class IndexSource
{
    /// <summary>Passages or rows in one index at most: 20,000 vectors take 82 MB.</summary>
    public const int MostPassages = 20_000;

    private const int MostFiles = 10_000;
    private const int DeepestFolder = 16;
    private const long MostBytes = 64L << 20;

    private static readonly string[] s_endings = [".md", ".markdown", ".txt"];

    /// <summary>The files of an index in ordinal order of their names. Throws ORC5401 (missing), ORC5402 (empty) or ORC5403 (too big).</summary>
    public static List<FileInfo> Files(IndexOptions options)
    {
        List<FileInfo> files = options.IsTable ? Table(options) : Folder(options);
        long bytes = files.Sum(f => f.Length);
        return bytes <= MostBytes
            ? files
            : throw Fault("ORC5403", $"'{options.Shown}' holds {bytes >> 20} MB of text", $"keep an index below {MostBytes >> 20} MB");
    }

    /// <summary>What changes when a file is added, removed or written: the key under which a built index is kept.</summary>
    public static string Fingerprint(IndexOptions options, List<FileInfo> files)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{options.Path}|{options.Chunk}|{options.Overlap}|{options.Key}");
        foreach (FileInfo file in files)
        {
            text.Append(CultureInfo.InvariantCulture, $"|{file.FullName}:{file.Length}:{file.LastWriteTimeUtc.Ticks}");
        }

        return text.ToString();
    }

    /// <summary>The passages of the files. Throws ORC5402 to ORC5405.</summary>
    public static List<Passage> Read(IndexOptions options, List<FileInfo> files, CancellationToken cancellationToken)
    {
        var passages = new List<Passage>();
        var chunker = new TextChunker(options.Chunk, options.Overlap);
        foreach (FileInfo file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = options.IsTable ? file.Name : Path.GetRelativePath(options.Path, file.FullName).Replace('\\', '/');
            string text = ReadText(file, options.IsTable ? options.Shown : name);
            passages.AddRange(options.IsTable ? Rows(options, name, text) : chunker.Cut(name, text));
            if (passages.Count > MostPassages)
            {
                throw Fault("ORC5403", $"'{options.Shown}' makes more than {MostPassages} passages", "index less text, or cut it into longer passages (chunk: 800 tokens)");
            }
        }

        return passages.Count > 0
            ? passages
            : throw Fault("ORC5402", $"there is no text in '{options.Shown}'", "put at least one passage or row into it");
    }

    private static IEnumerable<Passage> Rows(IndexOptions options, string name, string text)
    {
        var source = new SourceText(options.Shown, text);
        CsvTable table = CsvTable.Read(source);
        int key = options.Key is null ? -1 : table.Columns.IndexOf(options.Key);
        if (options.Key is not null && key < 0)
        {
            string near = NearestName.Suggest(options.Key, table.Columns) is { } suggestion ? "; " + suggestion : "";
            throw new DiagnosticException(Diagnostic.Error("ORC5405", $"the table has no column '{options.Key}'{near}",
                new SourceSpan(source, 0, source.Line(1).Length), "name one of its columns: " + string.Join(", ", table.Columns)));
        }

        foreach ((int line, ImmutableArray<string> cells) in table.Rows)
        {
            string searched = key >= 0 ? cells[key] : string.Join(' ', cells.Where(c => c.Length > 0));
            yield return new Passage(string.Create(CultureInfo.InvariantCulture, $"{name}:{line}"), searched, "",
                [.. table.Columns.Zip(cells, KeyValuePair.Create)]);
        }
    }

    private static List<FileInfo> Table(IndexOptions options)
    {
        var file = new FileInfo(options.Path);
        return file.Exists
            ? [file]
            : throw Fault("ORC5401", $"the table '{options.Shown}' is not there", $"put a CSV file at {options.Path}, or name another");
    }

    private static List<FileInfo> Folder(IndexOptions options)
    {
        if (!Directory.Exists(options.Path))
        {
            throw Fault("ORC5401", $"the folder '{options.Shown}' is not there", $"make {options.Path}, or name another");
        }

        // Links are not followed: a folder that links to its parent would never end, and one that links elsewhere would index what nobody named.
        var walk = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = DeepestFolder,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        };
        List<FileInfo> files = [.. new DirectoryInfo(options.Path).EnumerateFiles("*", walk)
            .Where(f => s_endings.Contains(f.Extension.ToLowerInvariant())).Take(MostFiles + 1)];
        if (files.Count is 0 or > MostFiles)
        {
            throw files.Count == 0
                ? Fault("ORC5402", $"the folder '{options.Shown}' holds no document", $"put files that end in {string.Join(", ", s_endings)} into it")
                : Fault("ORC5403", $"the folder '{options.Shown}' holds more than {MostFiles} documents", "name a folder with fewer");
        }

        files.Sort((a, b) => string.CompareOrdinal(a.FullName, b.FullName));
        return files;
    }

    private static string ReadText(FileInfo file, string shown)
    {
        try
        {
            string text = File.ReadAllText(file.FullName);
            return text.Contains('\0')
                ? throw Fault("ORC5404", $"'{shown}' is no text file", "leave it out of the index, or save it as UTF-8 text")
                : text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault("ORC5401", $"'{shown}' cannot be read: {e.Message}", "allow it to be read, or leave it out");
        }
    }

    private static DiagnosticException Fault(string code, string message, string remedy) => new(Diagnostic.Error(code, message, SourceSpan.None, remedy));
}
