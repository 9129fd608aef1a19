using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Cli;

/// <summary>What is kept for the user between commands: this machine's fleet file and what runs taught, in <c>orchestrator</c> of the cache folder.</summary>
internal static class LocalState
{
    private static readonly string CalibrationPath = CalibrationFile.DefaultPath(Environment.GetEnvironmentVariable);

    /// <summary>Where <c>orc fleet probe</c> writes.</summary>
    public static string FleetPath { get; } = Path.Combine(Path.GetDirectoryName(CalibrationPath) ?? ".", "fleet.yaml");

    /// <summary>What runs taught so far.</summary>
    public static Calibration ReadCalibration() => CalibrationFile.Read(CalibrationPath, Terminal.Note);

    /// <summary>Keeps what runs taught.</summary>
    public static void WriteCalibration(Calibration calibration) => CalibrationFile.Write(CalibrationPath, calibration, Terminal.Note);

    /// <summary>Writes a file so that a reader sees the old or the new content, never a part.</summary>
    public static void WriteAtomically(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
        string part = path + ".part";
        File.WriteAllText(part, content);
        File.Move(part, path, overwrite: true);
    }
}
