using Orchestrator.Diagnostics;

namespace Orchestrator.Cli.Opt;

/// <summary>Reads what <c>orc opt</c> works on.</summary>
internal static class OptInput
{
    /// <summary>The text of a file, or of standard input for <c>-</c>.</summary>
    /// <exception cref="DiagnosticException">It cannot be read.</exception>
    public static SourceText Read(string path)
    {
        try
        {
            if (path != "-")
            {
                return new SourceText(path, File.ReadAllText(path));
            }

            using var input = new StreamReader(Console.OpenStandardInput());
            return new SourceText("<stdin>", input.ReadToEnd());
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Mistake("ORC6002", $"there is no file '{path}'", Nearby(path) ?? "check the path; it is relative to the current folder");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Mistake("ORC6004", $"'{path}' cannot be read: {e.Message}", "check that it is a file and that you may read it");
        }
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="DiagnosticException">It cannot be written.</exception>
    public static void Write(string path, string text)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            File.WriteAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Mistake("ORC6005", $"'{path}' cannot be written: {e.Message}", "name a file that you may write");
        }
    }

    private static DiagnosticException Mistake(string code, string message, string remedy) => new(Diagnostic.Error(code, message, SourceSpan.None, remedy));

    private static string? Nearby(string path)
    {
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        return Directory.Exists(folder)
            ? NearestName.Suggest(Path.GetFileName(path), Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e)))
            : null;
    }
}
