using Orchestrator.Diagnostics;

namespace Orchestrator.Cli;

/// <summary>What the user pointed at: a workflow file, or a folder with <c>workflow.flow</c> and, if it likes, <c>fleet.yaml</c> and <c>input.json</c>.</summary>
/// <param name="Path">The workflow file.</param>
/// <param name="Folder">The folder that relative paths in it are relative to.</param>
internal sealed record WorkflowFile(string Path, string Folder)
{
    private const long LargestSource = 16 << 20;

    /// <summary>Finds the file; a path that leads nowhere is the user's mistake.</summary>
    public static WorkflowFile Find(string path)
    {
        if (Directory.Exists(path))
        {
            string inside = System.IO.Path.Combine(path, "workflow.flow");
            return File.Exists(inside)
                ? new WorkflowFile(inside, System.IO.Path.GetFullPath(path))
                : throw Mistake("ORC6001", $"the folder '{path}' holds no workflow.flow", "name the .flow or .mlir file itself");
        }

        if (!File.Exists(path))
        {
            throw Mistake("ORC6002", $"there is no file '{path}'", Nearby(path) ?? "check the path; it is relative to the current folder");
        }

        return new WorkflowFile(path, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? "/");
    }

    /// <summary>A file of the folder, or null when it has none of that name.</summary>
    public string? Sibling(string name) => System.IO.Path.Combine(Folder, name) is var path && File.Exists(path) ? path : null;

    /// <summary>Reads a file that the workflow imports, or gives null when there is none.</summary>
    public SourceText? Import(string path)
    {
        string full = System.IO.Path.Combine(Folder, path);
        return File.Exists(full) ? ReadText(full) : null;
    }

    /// <summary>The source text.</summary>
    public SourceText Read() => ReadText(Path);

    /// <summary>Reads a text file; a missing, unreadable or huge one is the user's mistake.</summary>
    public static SourceText ReadText(string path)
    {
        try
        {
            if (path == "-")
            {
                return new SourceText("<stdin>", Console.In.ReadToEnd());
            }

            if (new FileInfo(path) is { Exists: true, Length: > LargestSource } file)
            {
                throw Mistake("ORC6003", $"'{path}' has {file.Length >> 20} MiB, more than the {LargestSource >> 20} MiB that a source may have", "split it with import");
            }

            return new SourceText(path, File.ReadAllText(path));
        }
        catch (FileNotFoundException)
        {
            throw Mistake("ORC6002", $"there is no file '{path}'", Nearby(path) ?? "check the path; it is relative to the current folder");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Mistake("ORC6004", $"'{path}' cannot be read: {e.Message}", "check that it is a file and that you may read it");
        }
    }

    /// <summary>A mistake on the command line, which has no place in a file.</summary>
    public static DiagnosticException Mistake(string code, string message, string remedy) =>
        new(Diagnostic.Error(code, message, SourceSpan.None, remedy));

    private static string? Nearby(string path)
    {
        string folder = System.IO.Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        return Directory.Exists(folder)
            ? NearestName.Suggest(System.IO.Path.GetFileName(path), Directory.EnumerateFileSystemEntries(folder).Select(e => System.IO.Path.GetFileName(e)!)) // an entry has a name
            : null;
    }
}
