using Orchestrator.Diagnostics;

namespace Orchestrator.Cli;

/// <summary>What the user pointed at: a workflow file, or a folder with <c>workflow.flow</c> and, if it likes, <c>fleet.yaml</c> and <c>input.json</c>.</summary>
/// <param name="Path">The workflow file.</param>
/// <param name="Folder">The folder that relative paths in it are relative to.</param>
internal sealed record WorkflowFile(string Path, string Folder)
{
    /// <summary>Finds the file; a path that leads nowhere is the user's mistake.</summary>
    public static WorkflowFile Find(string path)
    {
        if (Directory.Exists(path))
        {
            string inside = System.IO.Path.Combine(path, "workflow.flow");
            return File.Exists(inside)
                ? new WorkflowFile(inside, System.IO.Path.GetFullPath(path))
                : throw SourceFile.Mistake("ORC6001", $"the folder '{path}' holds no workflow.flow", "name the .flow or .mlir file itself");
        }

        if (!File.Exists(path))
        {
            throw SourceFile.Mistake("ORC6002", $"there is no file '{path}'", SourceFile.Nearby(path) ?? "check the path; it is relative to the current folder");
        }

        return new WorkflowFile(path, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? "/");
    }

    /// <summary>A file of the folder, or null when it has none of that name.</summary>
    public string? Sibling(string name) => System.IO.Path.Combine(Folder, name) is var path && File.Exists(path) ? path : null;

    /// <summary>Reads a file that a workflow imports, or gives null when there is none. The path is relative to the current folder, as the workflow's own is.</summary>
    public static SourceText? Import(string path) => File.Exists(path) ? SourceFile.ReadText(path) : null;

    /// <summary>The source text.</summary>
    public SourceText Read() => SourceFile.ReadText(Path);
}
