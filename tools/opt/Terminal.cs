using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestrator.Cli;

/// <summary>Standard output and error as this program uses them: the answer on one, everything else on the other.</summary>
internal static class Terminal
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The answer.</summary>
    public static TextWriter Out { get; } = new StreamWriter(Console.OpenStandardOutput(), Utf8) { AutoFlush = true, NewLine = "\n" };

    /// <summary>Progress and mistakes.</summary>
    public static TextWriter Error { get; } = new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true, NewLine = "\n" };

    /// <summary>Tells something that a person should know, beside the answer.</summary>
    public static void Note(string text) => Error.WriteLine("note: " + text);

    /// <summary>Whether mistakes may be coloured: a terminal, and NO_COLOR unset.</summary>
    public static bool ColourOnError { get; } = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";

    /// <summary>Whether a person can see progress.</summary>
    public static bool ShowsProgress { get; } = !Console.IsErrorRedirected;

    /// <summary>Columns to write in: COLUMNS if set, the terminal's width, or 80 in a pipe.</summary>
    public static int Width
    {
        get
        {
            if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns))
            {
                return columns;
            }

            return Console.IsOutputRedirected ? 80 : Console.WindowWidth;
        }
    }

    /// <summary>How JSON answers are written.</summary>
    public static JsonSerializerOptions Json { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
