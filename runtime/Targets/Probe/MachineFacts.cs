using System.Globalization;

namespace Orchestrator.Targets.Probe;

/// <summary>What the system says of the machine.</summary>
internal static class MachineFacts
{
    /// <summary>The processor's name, as the system gives it.</summary>
    public static string Processor()
    {
        string? line = Lines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        string name = line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "";
        return name.Length > 0 ? string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : "unknown processor";
    }

    /// <summary>Memory in bytes: the machine's, or the container's where that is less.</summary>
    public static long MemoryBytes()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string? line = Lines("/proc/meminfo").FirstOrDefault(l => l.StartsWith("MemTotal:", StringComparison.Ordinal));
        string[] parts = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return parts.Length > 1 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes)
            ? Math.Min(limit, kibibytes * 1024)
            : limit;
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
