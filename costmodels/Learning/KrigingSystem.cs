using System.Collections.Immutable;

namespace Orchestrator.CostModels.Learning;

/// <summary>The covariance of all anchors under the priors as far as they were widened.</summary>
internal sealed class KrigingSystem(ProductKernel kernel, PointTable points, CancellationToken token)
{
    /// <summary>By kernel term and anchor, a factor on the variance of the anchor's group; empty while all are 1.</summary>
    public double[][] Widening { get; private set; } = [];

    /// <summary>Factors covariance plus noise.</summary>
    /// <param name="noise">Noise variance of each anchor.</param>
    public Cholesky Factor(double[] noise)
    {
        int n = points.Count;
        double[] matrix = new double[(long)n * n];
        for (int i = 0; i < n; i++)
        {
            token.ThrowIfCancellationRequested();
            Span<double> row = matrix.AsSpan(i * n, i + 1);
            kernel.Row(points.FeaturesOf(i), points.LabelsOf(i), points, Widening, row);
            row[i] = kernel.PriorVariance + noise[i];
            for (int t = 0; t < Widening.Length; t++)
            {
                double deviation = kernel.Terms[t].Deviation;
                row[i] += (Widening[t][i] - 1) * deviation * deviation;
            }
        }

        return Cholesky.Factor(matrix, n, token);
    }

    public static double[] Solve(Cholesky factor, double[] values)
    {
        double[] solved = [.. values];
        factor.Solve(solved);
        return solved;
    }

    /// <summary>Widens the groups of some terms by how many deviations their effects are large.</summary>
    /// <param name="alpha">Weights under the present widening.</param>
    /// <param name="heavy">The terms.</param>
    /// <param name="threshold">Deviations from which a group is widened.</param>
    public void Widen(double[] alpha, ImmutableArray<int> heavy, double threshold)
    {
        if (heavy.IsEmpty)
        {
            return;
        }

        double[][] next = [.. kernel.Terms.Select(_ => Ones(alpha.Length))];
        foreach (int t in heavy)
        {
            // An effect with covariance C has the size sqrt(αᵀ C α) in deviations: for a constant, |effect| over its deviation.
            foreach (int[] group in Groups(kernel.Terms[t]))
            {
                token.ThrowIfCancellationRequested();
                double wide = Widening.Length == 0 ? 1 : Widening[t][group[0]];
                double size = Math.Sqrt(Math.Max(0, Quadratic(kernel.Terms[t], group, alpha))) * wide;
                foreach (int i in group)
                {
                    next[t][i] = Math.Max(1, size / threshold);
                }
            }
        }

        Widening = next;
    }

    private static double[] Ones(int length)
    {
        double[] ones = new double[length];
        Array.Fill(ones, 1);
        return ones;
    }

    // Anchors that share the labels of a term; those with an unknown label are not in any group.
    private IEnumerable<int[]> Groups(KernelTerm term)
    {
        int[][] columns = [.. term.Labels.Select(points.LabelColumn)];
        return Enumerable.Range(0, points.Count).Where(i => columns.All(c => c[i] >= 0))
            .GroupBy(i => string.Join(',', columns.Select(c => c[i])), StringComparer.Ordinal).Select(g => g.ToArray());
    }

    private double Quadratic(KernelTerm term, int[] group, double[] alpha)
    {
        if (term.Factors.IsEmpty)
        {
            double effect = term.Deviation * group.Sum(i => alpha[i]);
            return effect * effect;
        }

        var members = new PointTable(points.FeatureNames, points.LabelNames);
        members.CopyFrom(points, group);
        double[] row = new double[group.Length];
        double sum = 0;
        for (int a = 0; a < group.Length; a++)
        {
            Array.Clear(row);
            ProductKernel.AddTerm(term, members.FeaturesOf(a), members.LabelsOf(a), members, [], row);
            for (int b = 0; b < group.Length; b++)
            {
                sum += alpha[group[a]] * row[b] * alpha[group[b]];
            }
        }

        return sum;
    }
}
