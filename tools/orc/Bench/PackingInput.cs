using Orchestrator.Compiler.Placing;

namespace Orchestrator.Cli.Bench;

/// <summary>
/// Made-up instances of Mélange's problem: 10 × 10 buckets of request sizes in 4 slices over 4 kinds of GPU, of which the small ones are better
/// at short requests and cannot serve the longest. Depends on the seed alone.
/// </summary>
internal static class PackingInput
{
    private const int Sides = 10;
    private const int Slices = 4;
    private static readonly double[] Prices = [0.7, 1.01, 3.67, 7.516]; // $/h of L4, A10G, A100 80GB and H100 in arXiv 2404.14527, table 1
    private static readonly double[] Speeds = [1, 1.6, 5.5, 10.5];
    private static readonly double[] Longest = [6, 7, 10, 10]; // largest side that fits

    /// <summary>The instance of a seed.</summary>
    public static PackingProblem Make(int seed)
    {
        var random = new Random(seed);
        double total = 4 * Math.Exp(3 * random.NextDouble());
        double centreIn = random.NextDouble() * Sides;
        double centreOut = random.NextDouble() * Sides;
        double[] noise = [.. Prices.Select(_ => 0.8 + 0.4 * random.NextDouble())];
        var loads = new List<double[]>();
        double[] weights = [.. Enumerable.Range(0, Sides * Sides).Select(b =>
            Math.Exp(-(Math.Pow(b % Sides - centreIn, 2) + Math.Pow(b / Sides - centreOut, 2)) / 12) * random.NextDouble())];
        for (int b = 0; b < weights.Length; b++)
        {
            double rate = total * weights[b] / weights.Sum();
            int side = Math.Max(b % Sides, b / Sides);
            double work = 0.2 + 0.1 * (b % Sides) + 0.35 * (b / Sides);
            loads.Add([.. Prices.Select((_, k) => side >= Longest[k]
                ? double.PositiveInfinity
                : rate * work * (1 + (k < 2 ? 0.08 * side : -0.02 * side)) / (Speeds[k] * noise[k] * (0.95 + 0.1 * random.NextDouble())))]);
        }

        return new PackingProblem(Prices, [.. loads], Slices);
    }
}
