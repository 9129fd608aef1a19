using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Cli.Bench;

/// <summary>Compares two sides in one run: us with a peer, or two settings of ours.</summary>
internal abstract class Benchmark
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Benchmark> All { get; } = [new IRBenchmark(), new PredictBenchmark(), new PlacementBenchmark(), new CompareBenchmark(), new OperatorBenchmark()];

    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The name of a benchmark that this one is run with, or null.</summary>
    public virtual string? PartOf => null;

    /// <summary>One sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>What is compared, first over second.</summary>
    public virtual string Sides => "ours / theirs";

    /// <summary>Runs it and gives all that was measured.</summary>
    public abstract JsonObject Run(BenchRun run);

    /// <summary>Runs a program that must succeed.</summary>
    /// <exception cref="InvalidOperationException">It did not.</exception>
    protected static ChildUsage Checked(string program, params string[] arguments)
    {
        ChildUsage usage = ChildProcess.Run(program, arguments);
        return usage.ExitCode == 0 ? usage : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {usage.ExitCode}");
    }
}

/// <summary>How a benchmark is run.</summary>
/// <param name="Orc">Path of the program under test.</param>
/// <param name="Rounds">How often both sides run on small inputs, 1 or more; large inputs take fewer rounds.</param>
/// <param name="Sizes">Sizes of inputs; empty for the benchmark's own.</param>
/// <param name="Report">Takes each line of progress.</param>
internal sealed record BenchRun(string Orc, int Rounds, IReadOnlyList<int> Sizes, Action<string> Report)
{
    /// <summary>Made-up inputs of each size, with the seeds 1 up; null for the benchmark's own number.</summary>
    public int? Seeds { get; init; }

    /// <summary>Seconds that a search may take; null for the benchmark's own.</summary>
    public double? Deadline { get; init; }
}

/// <summary>What both sides took, run by run.</summary>
internal sealed class BenchSides
{
    public List<ChildUsage> Ours { get; } = [];

    public List<ChildUsage> Theirs { get; } = [];

    /// <summary>Runs both sides in turn, so that whatever else the machine does meets both.</summary>
    public static BenchSides Measure(int rounds, Func<ChildUsage> ours, Func<ChildUsage> theirs)
    {
        var sides = new BenchSides();
        for (int i = 0; i < rounds; i++)
        {
            sides.Ours.Add(ours());
            sides.Theirs.Add(theirs());
        }

        return sides;
    }

    /// <summary>Median seconds of the first side.</summary>
    public double OurSeconds => Median(Ours, u => u.Wall.TotalSeconds);

    public JsonObject Seconds() => Row(u => u.Wall.TotalSeconds);

    public JsonObject PeakMiB() => Row(u => u.PeakBytes / 1048576.0);

    /// <summary>Medians of both sides and their ratio, for a line of progress.</summary>
    public string Text() => string.Create(CultureInfo.InvariantCulture,
        $"{Median(Ours, u => u.Wall.TotalSeconds),7:F3} s /{Median(Theirs, u => u.Wall.TotalSeconds),7:F3} s = {Ratio(u => u.Wall.TotalSeconds):F2}   "
        + $"{Median(Ours, u => u.PeakBytes / 1048576.0),5:F0} MiB /{Median(Theirs, u => u.PeakBytes / 1048576.0),5:F0} MiB = {Ratio(u => (double)u.PeakBytes):F2}");

    private JsonObject Row(Func<ChildUsage, double> of) => new()
    {
        ["ours"] = Math.Round(Median(Ours, of), 4),
        ["theirs"] = Math.Round(Median(Theirs, of), 4),
        ["ratio"] = Math.Round(Ratio(of), 3),
    };

    private double Ratio(Func<ChildUsage, double> of) => Median(Ours, of) / Median(Theirs, of);

    private static double Median(List<ChildUsage> runs, Func<ChildUsage, double> of)
    {
        double[] sorted = [.. runs.Select(of).Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
