using System.Collections.Immutable;

namespace Orchestrator.CostModels.Learning;

/// <summary>
/// Gaussian-process regression from the nearest anchors only, for tables too large to solve at once. Nearest is what has the largest covariance; ties go
/// to the earlier point. Costs one kernel row and one small solve per prediction, nothing to fit.
/// </summary>
public sealed class LocalKriging
{
    private readonly ProductKernel kernel;
    private readonly PointTable points;
    private readonly double[] values;
    private readonly double[] noise;

    /// <summary>Takes the anchors.</summary>
    /// <param name="kernel">The covariance.</param>
    /// <param name="points">The anchors.</param>
    /// <param name="values">One per anchor.</param>
    /// <param name="noiseVariances">One per anchor, above 0.</param>
    /// <exception cref="ArgumentException">Another number of values or noises than points.</exception>
    public LocalKriging(ProductKernel kernel, PointTable points, double[] values, double[] noiseVariances)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(noiseVariances);
        if (values.Length != points.Count || noiseVariances.Length != points.Count)
        {
            throw new ArgumentException($"{points.Count} points need as many values ({values.Length}) and noise variances ({noiseVariances.Length})");
        }

        this.kernel = kernel;
        this.points = points;
        this.values = values;
        noise = noiseVariances;
    }

    /// <summary>The likely value with its variance from the nearest anchors.</summary>
    /// <param name="features">In the order of the table's names.</param>
    /// <param name="labels">As <see cref="PointTable.Ids"/> finds them.</param>
    /// <param name="nearest">Anchors that take part, 1 to some 200.</param>
    /// <param name="named">How many anchors to name.</param>
    public KrigingEstimate Predict(ReadOnlySpan<double> features, ReadOnlySpan<int> labels, int nearest = 64, int named = 3)
    {
        double[] row = new double[points.Count];
        kernel.Row(features, labels, points, row);
        return Estimate(kernel, points, row, noise, values, nearest, named);
    }

    // Simple kriging from a row of covariances; without values the mean is 0.
    internal static KrigingEstimate Estimate(
        ProductKernel kernel, PointTable points, double[] row, double[] noise, double[] values, int nearest, int named)
    {
        int[] chosen = Largest(row, nearest);
        int n = chosen.Length;
        if (n == 0)
        {
            return new KrigingEstimate(0, kernel.PriorVariance, []);
        }

        var local = new PointTable(points.FeatureNames, points.LabelNames);
        local.CopyFrom(points, chosen);
        double[] matrix = new double[n * n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++)
        {
            kernel.Row(local.FeaturesOf(i), local.LabelsOf(i), local, matrix.AsSpan(i * n, i + 1));
            matrix[(i * n) + i] = kernel.PriorVariance + noise[chosen[i]];
            weights[i] = row[chosen[i]];
        }

        Cholesky.Factor(matrix, n).Solve(weights);
        double explained = 0, mean = 0, total = 0;
        for (int i = 0; i < n; i++)
        {
            explained += weights[i] * row[chosen[i]];
            mean += values.Length == 0 ? 0 : weights[i] * values[chosen[i]];
            total += Math.Abs(weights[i]);
        }

        ImmutableArray<(int, double)> anchors = total == 0
            ? []
            : [.. Enumerable.Range(0, n).OrderByDescending(i => Math.Abs(weights[i])).Take(named).Select(i => (chosen[i], Math.Abs(weights[i]) / total))];
        return new KrigingEstimate(mean, Math.Max(0, kernel.PriorVariance - explained), anchors);
    }

    // Indices of the largest entries above zero, largest first, by a heap that holds the smallest of them at its root.
    private static int[] Largest(double[] row, int count)
    {
        var heap = new PriorityQueue<int, (double, int)>(count + 1);
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i] <= 0)
            {
                continue;
            }

            if (heap.Count < count)
            {
                heap.Enqueue(i, (row[i], -i));
            }
            else if (heap.TryPeek(out _, out (double Covariance, int) smallest) && row[i] > smallest.Covariance)
            {
                heap.EnqueueDequeue(i, (row[i], -i));
            }
        }

        int[] chosen = new int[heap.Count];
        for (int i = chosen.Length - 1; i >= 0; i--)
        {
            chosen[i] = heap.Dequeue();
        }

        return chosen;
    }
}
