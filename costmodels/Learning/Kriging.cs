using System.Collections.Immutable;

namespace Orchestrator.CostModels.Learning;

/// <summary>How a fit treats rows, and whole groups, that lie.</summary>
public sealed record KrigingOptions
{
    /// <summary>Rounds of Huber re-weighting, 0 to 20; 0 trusts every row. Default 3.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Residual, in noise deviations, from which a row loses weight. Default 1.5.</summary>
    public double Threshold { get; init; } = 1.5;

    /// <summary>
    /// The kernel term that is a constant per group and that catches what is odd about a whole group; a group whose effect is beyond
    /// <see cref="GroupThreshold"/> deviations gets a wider one, so that the rest is not bent towards it. −1, the default, for none.
    /// </summary>
    public int GroupTerm { get; init; } = -1;

    /// <summary>As <see cref="Threshold"/>, for groups. Default 1.5.</summary>
    public double GroupThreshold { get; init; } = 1.5;
}

/// <summary>An estimate from anchors.</summary>
/// <param name="Mean">The likely value.</param>
/// <param name="Variance">Of the value without noise, at least 0.</param>
/// <param name="Anchors">Those of largest weight first: the index of the point and its share of all absolute weights.</param>
public readonly record struct KrigingEstimate(double Mean, double Variance, ImmutableArray<(int Point, double Share)> Anchors);

/// <summary>
/// Gaussian-process regression with mean zero (Rasmussen and Williams, "Gaussian Processes for Machine Learning", algorithm 2.1), solved exactly:
/// α = (K + N)⁻¹ y. What is not near any anchor is predicted as 0 with the prior variance.
/// </summary>
public sealed class Kriging
{
    private readonly double[] alpha;
    private readonly double[] noise;
    private readonly double[] widening;
    private readonly int groupTerm;

    private Kriging(ProductKernel kernel, PointTable points, double[] values, double[] alpha, double[] noise, int groupTerm, double[] widening)
    {
        Kernel = kernel;
        Points = points;
        Values = values;
        this.alpha = alpha;
        this.noise = noise;
        this.groupTerm = groupTerm;
        this.widening = widening;
    }

    /// <summary>The covariance.</summary>
    public ProductKernel Kernel { get; }

    /// <summary>The anchors.</summary>
    public PointTable Points { get; }

    /// <summary>The value at each anchor; empty after <see cref="KrigingTable.Load"/>, which keeps weights only.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The weight of each anchor.</summary>
    public ReadOnlySpan<double> Alpha => alpha;

    /// <summary>Noise variance of each anchor after re-weighting.</summary>
    public ReadOnlySpan<double> Noise => noise;

    /// <summary>The kernel term of <see cref="KrigingOptions.GroupTerm"/>; −1 for none.</summary>
    public int GroupTerm => groupTerm;

    /// <summary>Variance of the group term of each anchor over that of the kernel, at least 1.</summary>
    public ReadOnlySpan<double> Widening => widening;

    /// <summary>Natural logarithm of the density of the values under prior and noise; not a number after loading.</summary>
    public double LogLikelihood { get; private init; } = double.NaN;

    /// <summary>Fits.</summary>
    /// <param name="kernel">The covariance.</param>
    /// <param name="points">The anchors, up to some 4,000.</param>
    /// <param name="values">One per anchor.</param>
    /// <param name="noiseVariances">One per anchor, above 0.</param>
    /// <param name="options">What to do about outliers; null for the defaults.</param>
    /// <param name="token">Looked at once per panel of the factorisation.</param>
    /// <exception cref="ArgumentException">Another number of values or noises than points, or a noise of 0.</exception>
    public static Kriging Fit(
        ProductKernel kernel, PointTable points, double[] values, double[] noiseVariances, KrigingOptions? options = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(noiseVariances);
        int n = points.Count;
        if (values.Length != n || noiseVariances.Length != n || noiseVariances.Any(v => !(v > 0)))
        {
            throw new ArgumentException($"{n} points need as many values ({values.Length}) and noise variances above 0 ({noiseVariances.Length})");
        }

        options ??= new KrigingOptions();
        var system = new KrigingSystem(kernel, points, options.GroupTerm, token);
        double[] noise = [.. noiseVariances];
        Cholesky factor = system.Factor(noise);
        double[] solved = KrigingSystem.Solve(factor, values);
        for (int round = 0; round < options.Rounds; round++)
        {
            for (int i = 0; i < n; i++)
            {
                // The residual of an anchor is its noise times its weight.
                double deviations = Math.Abs(noise[i] * solved[i]) / Math.Sqrt(noiseVariances[i]);
                noise[i] = noiseVariances[i] * Math.Max(1, deviations / options.Threshold);
            }

            system.Widen(solved, options.GroupThreshold);
            factor = system.Factor(noise);
            solved = KrigingSystem.Solve(factor, values);
        }

        double likelihood = -0.5 * (Cholesky.Dot(values, solved) + factor.LogDeterminant + (n * Math.Log(2 * Math.PI)));
        return new Kriging(kernel, points, values, solved, noise, options.GroupTerm, system.Widening()) { LogLikelihood = likelihood };
    }

    /// <summary>Restores what <see cref="Fit"/> found.</summary>
    internal static Kriging Restore(ProductKernel kernel, PointTable points, double[] alpha, double[] noise, int groupTerm, double[] widening) =>
        new(kernel, points, [], alpha, noise, groupTerm, widening);

    /// <summary>The likely value at a point.</summary>
    /// <param name="features">In the order of the table's names.</param>
    /// <param name="labels">As <see cref="PointTable.Ids"/> finds them.</param>
    public double Mean(ReadOnlySpan<double> features, ReadOnlySpan<int> labels)
    {
        double[] row = new double[Points.Count];
        Kernel.Row(features, labels, Points, row);
        return Cholesky.Dot(row, alpha) + OddGroup(labels);
    }

    /// <summary>
    /// The likely value with its variance, which is taken from the nearest anchors only: a little too large rather than too small, at a cost that does not
    /// grow with the square of the table.
    /// </summary>
    /// <param name="features">In the order of the table's names.</param>
    /// <param name="labels">As <see cref="PointTable.Ids"/> finds them.</param>
    /// <param name="nearest">Anchors that take part in the variance, 1 to some 200.</param>
    /// <param name="named">How many anchors to name.</param>
    public KrigingEstimate Predict(ReadOnlySpan<double> features, ReadOnlySpan<int> labels, int nearest = 64, int named = 3)
    {
        double[] row = new double[Points.Count];
        Kernel.Row(features, labels, Points, row);
        return LocalKriging.Estimate(Kernel, Points, row, noise, [], nearest, named) with { Mean = Cholesky.Dot(row, alpha) + OddGroup(labels) };
    }

    // What a widened group adds beyond the kernel's own term, for a point of that group.
    private double OddGroup(ReadOnlySpan<int> labels)
    {
        if (groupTerm < 0)
        {
            return 0;
        }

        KernelTerm term = Kernel.Terms[groupTerm];
        int[] groups = Points.LabelColumn(term.Labels[0]);
        int group = labels[term.Labels[0]];
        double sum = 0;
        for (int i = 0; group >= 0 && i < alpha.Length; i++)
        {
            sum += groups[i] == group ? (widening[i] - 1) * alpha[i] : 0;
        }

        return sum * term.Deviation * term.Deviation;
    }
}

/// <summary>The covariance of all anchors, kept between rounds of a fit.</summary>
internal sealed class KrigingSystem
{
    private readonly ProductKernel kernel;
    private readonly PointTable points;
    private readonly CancellationToken token;
    private readonly double[] covariance; // row-major, lower half, without noise and without the group term
    private readonly int[] groups; // label of the group term; −1 for no group
    private readonly double[] groupVariance; // per point: the same within a group
    private readonly KernelTerm? groupTerm;

    public KrigingSystem(ProductKernel kernel, PointTable points, int groupTerm, CancellationToken token)
    {
        this.kernel = kernel;
        this.points = points;
        this.token = token;
        int n = points.Count;
        this.groupTerm = groupTerm < 0 ? null : kernel.Terms[groupTerm];
        if (this.groupTerm is { } term && (term.Labels.Length != 1 || term.Factors.Length != 0))
        {
            throw new ArgumentException($"the group term '{term.Name}' must have one label and no smooth feature");
        }

        groups = this.groupTerm is null ? [] : points.LabelColumn(this.groupTerm.Labels[0]);
        groupVariance = new double[n];
        Array.Fill(groupVariance, this.groupTerm is null ? 0 : this.groupTerm.Deviation * this.groupTerm.Deviation);
        covariance = new double[(long)n * n];
        ProductKernel rest = this.groupTerm is null ? kernel : new ProductKernel(kernel.Terms.RemoveAt(groupTerm));
        for (int i = 0; i < n; i++)
        {
            token.ThrowIfCancellationRequested();
            Span<double> row = covariance.AsSpan(i * n, i + 1);
            rest.Row(points.FeaturesOf(i), points.LabelsOf(i), points, row);
            row[i] = rest.PriorVariance;
        }
    }

    public Cholesky Factor(double[] noise)
    {
        int n = points.Count;
        double[] matrix = [.. covariance];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; groupTerm is not null && groups[i] >= 0 && j < i; j++)
            {
                if (groups[i] == groups[j])
                {
                    matrix[(i * n) + j] += groupVariance[i];
                }
            }

            matrix[(i * n) + i] += groupVariance[i] + noise[i];
        }

        return Cholesky.Factor(matrix, n, token);
    }

    public double[] Widening()
    {
        double prior = groupTerm is null ? 0 : groupTerm.Deviation * groupTerm.Deviation;
        return [.. groupVariance.Select(v => prior == 0 ? 1 : v / prior)];
    }

    public static double[] Solve(Cholesky factor, double[] values)
    {
        double[] solved = [.. values];
        factor.Solve(solved);
        return solved;
    }

    // The effect of a group is its variance times the sum of its anchors' weights.
    public void Widen(double[] alpha, double threshold)
    {
        if (groupTerm is null || groupTerm.Deviation == 0)
        {
            return;
        }

        double prior = groupTerm.Deviation * groupTerm.Deviation;
        var sums = new Dictionary<int, double>();
        for (int i = 0; i < alpha.Length; i++)
        {
            sums[groups[i]] = sums.GetValueOrDefault(groups[i]) + alpha[i];
        }

        for (int i = 0; i < alpha.Length; i++)
        {
            double effect = groupVariance[i] * (groups[i] < 0 ? alpha[i] : sums[groups[i]]);
            groupVariance[i] = prior * Math.Max(1, Math.Abs(effect) / groupTerm.Deviation / threshold);
        }
    }
}
