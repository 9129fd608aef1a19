using Orchestrator.Diagnostics;

namespace Orchestrator.Cli.Opt;

/// <summary>Writes what <c>orc opt</c> was asked to put into files.</summary>
internal static class OptOutput
{
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
            throw SourceFile.Mistake("ORC6005", $"'{path}' cannot be written: {e.Message}", "name a file that you may write");
        }
    }
}
