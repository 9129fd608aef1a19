using System.Collections.Immutable;

namespace Orchestrator.CostModels.Learning;

/// <summary>How correlation falls with distance r, in lengths.</summary>
public enum KernelShape
{
    /// <summary>exp(−r²/2): very smooth.</summary>
    SquaredExponential,

    /// <summary>(1 + √3 r) exp(−√3 r): once differentiable, with the kinks that measured curves have.</summary>
    Matern32,

    /// <summary>exp(−r): continuous only, the natural one for steps.</summary>
    Exponential,
}

/// <summary>A smooth feature within a term.</summary>
/// <param name="Feature">Column of the <see cref="PointTable"/>.</param>
/// <param name="Length">Distance over which the effect changes, in the unit of the feature, above 0.</param>
public readonly record struct SmoothFactor(int Feature, double Length);

/// <summary>
/// One additive effect: points that share every label have covariance Deviation² × shape(r), where r² is the sum of squared feature distances in lengths.
/// Without labels it holds between all points; without factors it is a constant per group.
/// </summary>
/// <param name="Name">What the effect is, for people: <c>device</c>, <c>model × batch</c>.</param>
/// <param name="Deviation">Prior standard deviation of the effect, in the unit of the value, at least 0.</param>
/// <param name="Labels">Columns that must match.</param>
/// <param name="Factors">Features over which it varies.</param>
/// <param name="Shape">How it varies.</param>
public sealed record KernelTerm(
    string Name, double Deviation, ImmutableArray<int> Labels, ImmutableArray<SmoothFactor> Factors, KernelShape Shape = KernelShape.SquaredExponential);

/// <summary>
/// Covariance as a sum of products over labels and smooth features (Duvenaud, "Additive Gaussian processes", 2011). An unknown label or feature makes
/// a term zero between two points, which keeps the matrix positive definite: an effect of its own for every such point.
/// </summary>
/// <param name="terms">The effects.</param>
public sealed class ProductKernel(ImmutableArray<KernelTerm> terms)
{
    /// <summary>The effects.</summary>
    public ImmutableArray<KernelTerm> Terms => terms;

    /// <summary>Prior variance of any point.</summary>
    public double PriorVariance => terms.Sum(t => t.Deviation * t.Deviation);

    /// <summary>Covariances of a point with the first points of a table.</summary>
    /// <param name="features">Features of the point.</param>
    /// <param name="labels">Its labels as ids of that table.</param>
    /// <param name="table">The table.</param>
    /// <param name="into">Overwritten; one per point, from the first.</param>
    public void Row(ReadOnlySpan<double> features, ReadOnlySpan<int> labels, PointTable table, Span<double> into)
    {
        ArgumentNullException.ThrowIfNull(table);
        into.Clear();
        foreach (KernelTerm term in terms)
        {
            AddTerm(term, features, labels, table, into);
        }
    }

    /// <summary>Adds the covariances of one term.</summary>
    internal static void AddTerm(KernelTerm term, ReadOnlySpan<double> features, ReadOnlySpan<int> labels, PointTable table, Span<double> into)
    {
        double variance = term.Deviation * term.Deviation;
        if (variance == 0)
        {
            return;
        }

        foreach (int column in term.Labels)
        {
            if (labels[column] < 0)
            {
                return;
            }
        }

        int[][] labelColumns = [.. term.Labels.Select(table.LabelColumn)];
        double[][] featureColumns = [.. term.Factors.Select(f => table.FeatureColumn(f.Feature))];
        for (int i = 0; i < into.Length; i++)
        {
            bool match = true;
            for (int l = 0; match && l < labelColumns.Length; l++)
            {
                match = labelColumns[l][i] == labels[term.Labels[l]];
            }

            if (!match)
            {
                continue;
            }

            double squared = 0;
            for (int f = 0; f < featureColumns.Length; f++)
            {
                SmoothFactor factor = term.Factors[f];
                double distance = (features[factor.Feature] - featureColumns[f][i]) / factor.Length;
                squared += distance * distance;
            }

            if (!double.IsNaN(squared))
            {
                into[i] += variance * Correlation(term.Shape, squared);
            }
        }
    }

    private static double Correlation(KernelShape shape, double squared)
    {
        if (squared == 0)
        {
            return 1;
        }

        switch (shape)
        {
            case KernelShape.SquaredExponential:
                return Math.Exp(-0.5 * squared);
            case KernelShape.Matern32:
                double r = Math.Sqrt(3 * squared);
                return (1 + r) * Math.Exp(-r);
            default:
                return Math.Exp(-Math.Sqrt(squared));
        }
    }
}
