using Orchestrator.Diagnostics;

namespace Orchestrator.Cli;

/// <summary>Reads what the user pointed at; a missing, unreadable or huge file is the user's mistake.</summary>
internal static class SourceFile
{
    private const long LargestText = 16L << 20;

    // Offsets in IR are 32 bits.
    private const long LargestIR = 2000L << 20;

    /// <summary>Reads a text; <c>-</c> is standard input.</summary>
    public static SourceText ReadText(string path) => Reading(path, LargestText, "split it with import",
        () => path == "-" ? new SourceText("<stdin>", Console.In.ReadToEnd()) : new SourceText(path, File.ReadAllText(path)));

    /// <summary>Reads a text that may be large and is kept as bytes; <c>-</c> is standard input.</summary>
    public static SourceText ReadBytes(string path) => Reading(path, LargestIR, "split it into several files", () =>
    {
        if (path == "-")
        {
            using var buffer = new MemoryStream();
            using Stream input = Console.OpenStandardInput();
            input.CopyTo(buffer);
            return SourceText.FromUtf8("<stdin>", buffer.GetBuffer(), (int)buffer.Length);
        }

        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        int length = (int)RandomAccess.GetLength(file);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length + 1);
        int read = 0;
        while (read < length && RandomAccess.Read(file, bytes.AsSpan(read, length - read), read) is > 0 and int some)
        {
            read += some;
        }

        bytes[read] = 0;
        return SourceText.FromUtf8(path, bytes, read);
    });

    /// <summary>A mistake on the command line, which has no place in a file.</summary>
    public static DiagnosticException Mistake(string code, string message, string remedy) =>
        new(Diagnostic.Error(code, message, SourceSpan.None, remedy));

    /// <summary>A file of nearly that name in the same folder, as a suggestion.</summary>
    public static string? Nearby(string path)
    {
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        return Directory.Exists(folder)
            ? NearestName.Suggest(Path.GetFileName(path), Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e)!)) // an entry has a name
            : null;
    }

    private static SourceText Reading(string path, long largest, string remedy, Func<SourceText> read)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file && file.Length > largest
                ? throw Mistake("ORC6003", $"'{path}' has {file.Length >> 20} MiB, more than the {largest >> 20} MiB that a source may have", remedy)
                : read();
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
}
