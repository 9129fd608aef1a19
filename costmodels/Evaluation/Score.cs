using System.Collections.Immutable;

namespace Orchestrator.CostModels.Evaluation;

/// <summary>Errors of predictions, each group (a device and model, a device, a shape) weighing the same. Errors are shares: 0.1 is 10 %.</summary>
/// <param name="Name">What the rows have in common: a class, a source, a device.</param>
/// <param name="Groups">Groups among them.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Median">Over groups, the median of the group's median |predicted / measured - 1|.</param>
/// <param name="CappedMean">Over groups, the mean of that with no group counting for more than 1.</param>
/// <param name="RowMedian">The median error over rows.</param>
/// <param name="Coverage">Share of rows, 0..1, whose interval holds the measured figure.</param>
/// <param name="HalfWidth">The median half-width of the interval as a factor, at least 1.</param>
public sealed record Score(string Name, int Groups, int Rows, double Median, double CappedMean, double RowMedian, double Coverage, double HalfWidth)
{
    /// <summary>The score of some rows, at least one.</summary>
    public static Score Of(string name, IReadOnlyCollection<Judged> rows)
    {
        double[] groups = [.. rows.GroupBy(r => r.Group, StringComparer.Ordinal).Select(g => Quantile([.. g.Select(r => r.Error)], 0.5))];
        return new Score(
            name,
            groups.Length,
            rows.Count,
            Quantile(groups, 0.5),
            groups.Average(e => Math.Min(1, e)),
            Quantile([.. rows.Select(r => r.Error)], 0.5),
            rows.Count(r => r.Held) / (double)rows.Count,
            Quantile([.. rows.Select(r => r.Prediction.HalfWidth)], 0.5));
    }

    /// <summary>A score for each value of <paramref name="by"/>, sorted by it.</summary>
    public static ImmutableArray<Score> Each(IEnumerable<Judged> rows, Func<Judged, string> by) =>
        [.. rows.GroupBy(by, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Of(g.Key, [.. g]))];

    /// <summary>A quantile, 0..1, of at least one value, between the two nearest in proportion.</summary>
    internal static double Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return position == below ? sorted[below] : sorted[below] + (above - sorted[below]) * (position - below);
    }
}
