using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Parsing;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

/// <summary>Reads a file and all that it imports, each once, imported ones first.</summary>
internal sealed class ImportLoader(Func<string, SourceText?> import, DiagnosticBag diagnostics)
{
    private const int FilesMax = 256;

    private readonly List<FlowFile> _files = [];
    private readonly HashSet<string> _loaded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceSpan> _loading = new(StringComparer.Ordinal);

    /// <summary>The files, or null when one has a syntax error; errors of the others are reported all the same.</summary>
    public IReadOnlyList<FlowFile>? Load(SourceText source)
    {
        Load(source, Normal(source.Path), new SourceSpan(source, 0, 0));
        return diagnostics.HasErrors ? null : _files;
    }

    private void Load(SourceText source, string path, SourceSpan from)
    {
        _loaded.Add(path);
        _loading.Add(path, from);
        if (FlowSyntax.Parse(source, diagnostics) is { } file)
        {
            foreach (ImportDeclaration declaration in file.Declarations.OfType<ImportDeclaration>())
            {
                Follow(declaration, path);
            }

            _files.Add(file);
        }

        _loading.Remove(path);
    }

    private void Follow(ImportDeclaration declaration, string importer)
    {
        if (declaration.Path.Literal is not { Length: > 0 } written)
        {
            diagnostics.Error(FlowCodes.Import, "an import names one file", declaration.Path.Span, "write import \"file.flow\"");
            return;
        }

        string path = Normal(Path.Combine(Path.GetDirectoryName(importer) ?? "", written));
        if (_loading.TryGetValue(path, out SourceSpan first))
        {
            diagnostics.Add(Diagnostic.Error(FlowCodes.Import, $"'{written}' imports this file, directly or through others", declaration.Span, "move what both need to a file of its own")
                .WithNote("the circle begins here", first));
        }
        else if (_loaded.Contains(path))
        {
            return;
        }
        else if (_loaded.Count >= FilesMax || _loading.Count >= TokenFilter.DepthMax)
        {
            diagnostics.Error(FlowCodes.TooLarge, $"there are more than {FilesMax} files, or more than {TokenFilter.DepthMax} that import each other", declaration.Span, "join some files");
        }
        else if (import(path) is not { } source)
        {
            diagnostics.Error(FlowCodes.Import, $"there is no file '{path}'", declaration.Path.Span, "write the path relative to this file");
        }
        else
        {
            Load(source, path, declaration.Span);
        }
    }

    // 'a/../b.flow' and 'b.flow' are one file. A path is only text here, so that nothing depends on a file system.
    private static string Normal(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] is not ("" or ".."))
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != "." && (part.Length > 0 || parts.Count == 0))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
