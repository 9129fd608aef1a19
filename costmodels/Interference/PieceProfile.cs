using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.CostModels.Interference;

/// <summary>What a piece of work asks of a CPU machine while it runs alone; every rate is per second of its running.</summary>
/// <param name="Operations">Arithmetic operations a second.</param>
/// <param name="Traffic">Bytes read and written a second, caches included.</param>
/// <param name="Footprint">Bytes that it walks through again and again.</param>
/// <param name="Chases">Reads a second of which each needs the one before.</param>
/// <param name="Allocated">Bytes of new objects a second, which a collector has to find again.</param>
/// <param name="Spawns">Processes started a second.</param>
/// <param name="FileBytes">Bytes written to and read from files a second.</param>
public readonly record struct PieceProfile(
    double Operations, double Traffic, double Footprint, double Chases, double Allocated, double Spawns, double FileBytes)
{
    /// <summary>Names of the fields as columns of a table.</summary>
    public static ImmutableArray<string> Columns { get; } =
        ["operations_s", "traffic_b_s", "footprint_b", "chases_s", "allocated_b_s", "spawns_s", "file_b_s"];

    // Below these a resource is hardly used: what one core does of each is a hundred to a thousand times as much.
    private static readonly double[] Slight = [1e8, 1e8, 1e5, 1e5, 1e6, 1, 1e6];

    /// <summary>The fields in the order of <see cref="Columns"/>.</summary>
    public ImmutableArray<double> Values => [Operations, Traffic, Footprint, Chases, Allocated, Spawns, FileBytes];

    /// <summary>From fields in the order of <see cref="Columns"/>.</summary>
    public static PieceProfile Of(IReadOnlyList<double> values) => new(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);

    /// <summary>Rates of work of which one unit is <paramref name="unit"/> and <paramref name="unitsPerSecond"/> are done.</summary>
    public static PieceProfile Of(PieceProfile unit, double unitsPerSecond) => new(
        unit.Operations * unitsPerSecond, unit.Traffic * unitsPerSecond, unit.Footprint, unit.Chases * unitsPerSecond,
        unit.Allocated * unitsPerSecond, unit.Spawns * unitsPerSecond, unit.FileBytes * unitsPerSecond);

    /// <summary>
    /// What a workload is known to ask of a CPU when one execution takes <paramref name="seconds"/>; null when neither its arithmetic nor its traffic nor
    /// that it is a process is known.
    /// </summary>
    public static PieceProfile? Of(Workload work, double seconds)
    {
        bool process = work.Executor == "process";
        return !(seconds > 0 && double.IsFinite(seconds)) || (work.Arithmetic is null && work.Traffic is null && !process)
            ? null
            : new PieceProfile(
                (work.Arithmetic?.Value ?? 0) / seconds, (work.Traffic?.Value ?? 0) / seconds, work.Resident?.Value ?? work.Traffic?.Value ?? 0, 0, 0,
                process ? 1 / seconds : 0, 0);
    }

    /// <summary>The fields as features of a regression: octaves above slight use.</summary>
    internal double[] Features()
    {
        double[] features = [.. Values];
        for (int i = 0; i < features.Length; i++)
        {
            features[i] = Math.Log2(1 + features[i] / Slight[i]);
        }

        return features;
    }
}
