namespace Orchestrator.CostModels.Learning;

/// <summary>Quantiles of weighted values.</summary>
public static class WeightedQuantile
{
    /// <summary>
    /// The smallest value at or below which lies at least <paramref name="level"/> of the weight; where that is met exactly, the middle to the next value,
    /// so that the median of two equal weights is their mean. 0 when there is no weight.
    /// </summary>
    /// <param name="weighted">Values with weights of at least 0; sorted in place.</param>
    /// <param name="level">0 to 1.</param>
    public static double Of(Span<(double Value, double Weight)> weighted, double level)
    {
        weighted.Sort(static (a, b) => a.Value.CompareTo(b.Value));
        double total = 0;
        foreach ((double _, double weight) in weighted)
        {
            total += weight;
        }

        double target = level * total, sum = 0;
        for (int i = 0; i < weighted.Length; i++)
        {
            sum += weighted[i].Weight;
            if (weighted[i].Weight == 0 || sum < target - (1e-12 * total))
            {
                continue;
            }

            int next = i + 1;
            while (next < weighted.Length && weighted[next].Weight == 0)
            {
                next++;
            }

            return next < weighted.Length && sum <= target + (1e-12 * total) ? (weighted[i].Value + weighted[next].Value) / 2 : weighted[i].Value;
        }

        return 0;
    }
}
