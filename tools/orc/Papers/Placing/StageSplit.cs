namespace Orchestrator.Cli.Papers.Placing;

/// <summary>Layers in a row cut into stages of different speeds so that the slowest stage is as fast as can be.</summary>
internal static class StageSplit
{
    /// <summary>Layers of each stage, at least one, by dynamic programming over the cuts.</summary>
    /// <param name="costs">Work of each layer.</param>
    /// <param name="speeds">Work a second of each stage, above 0; no more stages than layers.</param>
    public static int[] Best(double[] costs, double[] speeds)
    {
        double[] sums = Sums(costs);
        double[][] slowest = [.. Enumerable.Range(0, speeds.Length + 1).Select(_ => Enumerable.Repeat(double.PositiveInfinity, costs.Length + 1).ToArray())];
        int[][] cut = [.. slowest.Select(row => new int[row.Length])];
        slowest[0][0] = 0;
        for (int stage = 1; stage <= speeds.Length; stage++)
        {
            for (int end = stage; end <= costs.Length; end++)
            {
                for (int start = stage - 1; start < end; start++)
                {
                    double seconds = Math.Max(slowest[stage - 1][start], (sums[end] - sums[start]) / speeds[stage - 1]);
                    if (seconds < slowest[stage][end])
                    {
                        (slowest[stage][end], cut[stage][end]) = (seconds, start);
                    }
                }
            }
        }

        int[] layers = new int[speeds.Length];
        for (int stage = speeds.Length, end = costs.Length; stage > 0; stage--)
        {
            layers[stage - 1] = end - cut[stage][end];
            end = cut[stage][end];
        }

        return layers;
    }

    /// <summary>Seconds of the slowest stage.</summary>
    public static double Seconds(double[] costs, double[] speeds, int[] layers)
    {
        double[] sums = Sums(costs);
        (double slowest, int start) = (0, 0);
        for (int stage = 0; stage < speeds.Length; stage++)
        {
            slowest = Math.Max(slowest, (sums[start + layers[stage]] - sums[start]) / speeds[stage]);
            start += layers[stage];
        }

        return slowest;
    }

    /// <summary>Seconds of the slowest stage under the best of all cuts, every one tried.</summary>
    public static double Tried(double[] costs, double[] speeds)
    {
        double best = double.PositiveInfinity;
        int[] layers = new int[speeds.Length];
        do
        {
            if (layers.Sum() == costs.Length && layers.All(l => l > 0))
            {
                best = Math.Min(best, Seconds(costs, speeds, layers));
            }
        }
        while (Counting.Next(layers, costs.Length + 1));
        return best;
    }

    private static double[] Sums(double[] costs)
    {
        double[] sums = new double[costs.Length + 1];
        for (int i = 0; i < costs.Length; i++)
        {
            sums[i + 1] = sums[i] + costs[i];
        }

        return sums;
    }
}
