using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.CostModels.Interference;
using Orchestrator.Targets.Probe;

namespace Orchestrator.Targets.CoRun;

/// <summary>
/// Measures what kernels cost each other on two cores of this machine. A round of a pair is five short windows: each alone, both together, each alone
/// again. A round in which a kernel alone changed its rate says more of the machine's other work than of the pair, and does not count. The share is the
/// median of the rounds.
/// </summary>
public static class CoRunProbe
{
    private const double Steady = 0.08; // change of a rate alone, in natural logarithms, beyond which a round does not count
    private const int TriesPerRound = 3;
    private const double DeviationOfMedian = 1.4826 * 1.2533; // from the median absolute deviation, of a median of normal values

    /// <summary>The names of the kernels.</summary>
    public static ImmutableArray<string> Kernels => [.. CoRunKernels.All.Select(k => k.Name)];

    /// <summary>Why it cannot be measured here, or null.</summary>
    public static string? WhyNot() => !OperatingSystem.IsLinux() ? "threads are pinned to cores by Linux only"
        : PinnedRun.Cores().Count < 2 ? "this process may use one core only, and pairs need two"
        : null;

    /// <summary>Measures every pair, a kernel beside itself too.</summary>
    /// <param name="clock">Times and dates everything.</param>
    /// <param name="rounds">Rounds that count of each pair, at least 1.</param>
    /// <param name="window">Length of a window.</param>
    /// <param name="only">Which kernels; all when empty.</param>
    /// <param name="report">Takes a line for each pair.</param>
    /// <param name="token">Stops between two rounds.</param>
    /// <exception cref="InvalidOperationException">It cannot be measured here (<see cref="WhyNot"/>).</exception>
    public static CoRunTable Run(TimeProvider clock, int rounds, TimeSpan window, IReadOnlyList<string> only, Action<string> report, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(report);
        if (WhyNot() is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        int[] cores = [.. PinnedRun.Cores().Take(2)];
        (CoRunKernel First, CoRunKernel Second)[] kernels = [.. CoRunKernels.All.Where(k => only.Count == 0 || only.Contains(k.Name)).Select(k => (k.Create(), k.Create()))];
        try
        {
            var rates = kernels.ToDictionary(k => k.First.Name, _ => new List<double>(), StringComparer.Ordinal);
            var pairs = ImmutableArray.CreateBuilder<CoRunPair>();
            for (int a = 0; a < kernels.Length; a++)
            {
                for (int b = a; b < kernels.Length; b++)
                {
                    token.ThrowIfCancellationRequested();
                    (CoRunKernel one, CoRunKernel two) = (kernels[a].First, kernels[b].Second);
                    Measure(new Windows(clock, window, cores, one, two), rounds, rates, pairs);
                    report(string.Create(CultureInfo.InvariantCulture, $"{one.Name} keeps {pairs[^(a == b ? 1 : 2)].Share:P0} beside {two.Name}, which keeps {pairs[^1].Share:P0}"));
                }
            }

            string when = string.Create(CultureInfo.InvariantCulture,
                $"measured by orc fleet probe --interference, {MachineFacts.Processor()}, cores {cores[0]} and {cores[1]}, median of up to {rounds} rounds of {window.TotalMilliseconds:0} ms, {clock.GetUtcNow():yyyy-MM-dd}");
            return new CoRunTable(
                MachineFacts.Processor(),
                [.. kernels.Select(k => new CoRunPiece(k.First.Name, PieceProfile.Of(k.First.Unit, Median(rates[k.First.Name])), $"{k.First.What}; {when}"))],
                pairs.ToImmutable());
        }
        finally
        {
            foreach ((CoRunKernel first, CoRunKernel second) in kernels)
            {
                first.Dispose();
                second.Dispose();
            }
        }
    }

    private static void Measure(Windows windows, int rounds, Dictionary<string, List<double>> rates, ImmutableArray<CoRunPair>.Builder pairs)
    {
        var counted = new List<(double One, double Two)>();
        var others = new List<(double One, double Two)>();
        for (int i = 0; i < rounds * TriesPerRound && counted.Count < rounds; i++)
        {
            (double One, double Two, double Change, double AloneOne, double AloneTwo) round = windows.Round();
            rates[windows.One.Name].Add(round.AloneOne);
            rates[windows.Two.Name].Add(round.AloneTwo);
            (round.Change <= Steady ? counted : others).Add((round.One, round.Two));
        }

        // A machine that is never steady still answers; the noise says how well.
        List<(double One, double Two)> used = counted.Count > 0 ? counted : others;
        pairs.Add(Pair(windows.One.Name, windows.Two.Name, [.. used.Select(r => r.One)]));
        if (windows.One.Name != windows.Two.Name)
        {
            pairs.Add(Pair(windows.Two.Name, windows.One.Name, [.. used.Select(r => r.Two)]));
        }
        else
        {
            pairs[^1] = Pair(windows.One.Name, windows.Two.Name, [.. used.SelectMany(r => new[] { r.One, r.Two })]);
        }
    }

    private static CoRunPair Pair(string victim, string other, double[] logs)
    {
        double median = Median(logs);
        double deviation = DeviationOfMedian * Median([.. logs.Select(l => Math.Abs(l - median))]);
        return new CoRunPair(victim, other, Math.Exp(median), Math.Max(0.005, deviation / Math.Sqrt(logs.Length)), logs.Length);
    }

    private static double Median(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    // The five windows of a round, in natural logarithms of rates.
    private sealed record Windows(TimeProvider Clock, TimeSpan Window, int[] Cores, CoRunKernel One, CoRunKernel Two)
    {
        public (double One, double Two, double Change, double AloneOne, double AloneTwo) Round()
        {
            (double one, double two) = (Alone(One, 0), Alone(Two, 1));
            double[] together = PinnedRun.Rates(Clock, [One, Two], Cores, Window);
            (double oneAfter, double twoAfter) = (Alone(One, 0), Alone(Two, 1));
            double change = Math.Max(Math.Abs(Math.Log(oneAfter / one)), Math.Abs(Math.Log(twoAfter / two)));
            (one, two) = (Math.Sqrt(one * oneAfter), Math.Sqrt(two * twoAfter));
            return (Math.Log(together[0] / one), Math.Log(together[1] / two), change, one, two);
        }

        private double Alone(CoRunKernel kernel, int core) => PinnedRun.Rates(Clock, [kernel], [Cores[core]], Window)[0];
    }
}
