using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Cli;

/// <summary>What is kept for the user between commands: this machine's fleet file and what runs taught, below <c>$ORC_HOME</c> or <c>~/.cache/orchestrator</c>.</summary>
internal static class LocalState
{
    /// <summary>The folder; made when something is written.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("ORC_HOME") is { Length: > 0 } home
        ? home
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "orchestrator");

    /// <summary>Where <c>orc fleet probe</c> writes.</summary>
    public static string FleetFile { get; } = Path.Combine(Folder, "fleet.yaml");

    private static string CalibrationFile { get; } = Path.Combine(Folder, "calibration.json");

    /// <summary>What runs taught; a file that cannot be read is set aside with a warning, for it can be learned again.</summary>
    public static Calibration ReadCalibration()
    {
        if (!File.Exists(CalibrationFile))
        {
            return Calibration.Empty;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(CalibrationFile), PlanJson.Default.Calibration) is { Rows.IsDefault: false } read
                ? read
                : throw new JsonException("it holds no rows");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            string aside = CalibrationFile + ".unreadable";
            File.Move(CalibrationFile, aside, overwrite: true);
            Exit.Show([Diagnostic.Warning("ORC6040", $"what past runs taught cannot be read ({e.Message}) and was set aside as {aside}", SourceSpan.None,
                "nothing to do: it is learned again from the next runs")], json: false);
            return Calibration.Empty;
        }
    }

    /// <summary>Keeps what runs taught.</summary>
    public static void WriteCalibration(Calibration calibration) =>
        WriteAtomically(CalibrationFile, JsonSerializer.Serialize(calibration, PlanJson.Default.Calibration));

    /// <summary>Writes a file so that a reader sees the old or the new content, never a part.</summary>
    public static void WriteAtomically(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
        string part = path + ".part";
        File.WriteAllText(part, content);
        File.Move(part, path, overwrite: true);
    }
}
