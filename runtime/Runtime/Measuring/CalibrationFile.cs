using System.Globalization;
using System.Text.Json;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>Keeps a <see cref="Calibration"/> on disk. A file that cannot be read is set aside and said so; nothing that was learned stops a run.</summary>
public static class CalibrationFile
{
    /// <summary><c>orchestrator/calibration.json</c> in the user's cache directory.</summary>
    /// <param name="variable">Reads an environment variable: <c>XDG_CACHE_HOME</c>, then <c>HOME</c>.</param>
    public static string DefaultPath(Func<string, string?> variable)
    {
        string? cache = variable("XDG_CACHE_HOME");
        cache = string.IsNullOrEmpty(cache) ? Path.Combine(variable("HOME") is { Length: > 0 } home ? home : Path.GetTempPath(), ".cache") : cache;
        return Path.Combine(cache, "orchestrator", "calibration.json");
    }

    /// <summary>What was learned; empty when there is no file, or when it is damaged: then it is renamed and <paramref name="report"/> is told.</summary>
    public static Calibration Read(string path, Action<string> report)
    {
        try
        {
            if (!File.Exists(path))
            {
                return Calibration.Empty;
            }

            Calibration? read = JsonSerializer.Deserialize(File.ReadAllBytes(path), PlanJson.Default.Calibration);
            if (read is { Rows.IsDefault: false } && read.Rows.All(IsSound) && read.Ratios.All(IsSound))
            {
                return read;
            }

            SetAside(path, "it is not a table of measured times", report);
        }
        catch (JsonException e)
        {
            SetAside(path, e.Message, report);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report($"what earlier runs taught cannot be read: {e.Message}");
        }

        return Calibration.Empty;
    }

    /// <summary>Replaces the file at once, so that no reader ever sees half of it; false, with a report, when it cannot be written.</summary>
    public static bool Write(string path, Calibration calibration, Action<string> report)
    {
        string temporary = path + "." + Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "." + Environment.CurrentManagedThreadId.ToString(CultureInfo.InvariantCulture) + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(calibration, PlanJson.Default.Calibration));
            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report($"what this run taught cannot be kept: {e.Message}");
            return false;
        }
    }

    private static bool IsSound(CalibrationRow row) =>
        row is { Service: not null, Phase: not null, DeviceKind: not null, MeasuredMs.IsDefault: false } && row.MeasuredMs.All(ms => double.IsFinite(ms) && ms >= 0);

    private static bool IsSound(CalibrationRatio error) =>
        error is { DeviceKind: not null, Model: not null, Service: not null, Phase: not null, Size: not null, Ratio: > 0 } && double.IsFinite(error.Ratio);

    private static void SetAside(string path, string why, Action<string> report)
    {
        string aside = path + ".damaged";
        File.Move(path, aside, overwrite: true);
        report($"what earlier runs taught is damaged and was set aside as {aside}: {why}");
    }
}
