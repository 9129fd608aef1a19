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
    /// The kernel terms whose groups may be odd: a group whose effect is larger than <see cref="GroupThreshold"/> prior deviations gets a wider prior, as if
    /// the prior had a tail like that of a Laplace distribution, so that one odd group neither bends the rest nor is bent towards it. Default none.
    /// </summary>
    public ImmutableArray<int> HeavyTerms { get; init; } = [];

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
    private readonly double[][] widening;

    private Kriging(ProductKernel kernel, PointTable points, double[] values, double[] alpha, double[] noise, double[][] widening)
    {
        Kernel = kernel;
        Points = points;
        Values = values;
        this.alpha = alpha;
        this.noise = noise;
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

    /// <summary>By kernel term and anchor, the variance of its group over that of the kernel, at least 1.</summary>
    internal double[][] Widening => widening;

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
        var system = new KrigingSystem(kernel, points, token);
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

            system.Widen(solved, options.HeavyTerms, options.GroupThreshold);
            factor = system.Factor(noise);
            solved = KrigingSystem.Solve(factor, values);
        }

        double likelihood = -0.5 * (Cholesky.Dot(values, solved) + factor.LogDeterminant + (n * Math.Log(2 * Math.PI)));
        return new Kriging(kernel, points, values, solved, noise, system.Widening) { LogLikelihood = likelihood };
    }

    /// <summary>Restores what <see cref="Fit"/> found.</summary>
    internal static Kriging Restore(ProductKernel kernel, PointTable points, double[] alpha, double[] noise, double[][] widening) =>
        new(kernel, points, [], alpha, noise, widening);

    /// <summary>The likely value at a point.</summary>
    /// <param name="features">In the order of the table's names.</param>
    /// <param name="labels">As <see cref="PointTable.Ids"/> finds them.</param>
    public double Mean(ReadOnlySpan<double> features, ReadOnlySpan<int> labels)
    {
        double[] row = new double[Points.Count];
        Kernel.Row(features, labels, Points, widening, row);
        return Cholesky.Dot(row, alpha);
    }

    /// <summary>
    /// The likely value with its variance, which is taken from the nearest anchors and the priors as they were: a little too large rather than too small, at a cost that does not
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
        KrigingEstimate estimate = LocalKriging.Estimate(Kernel, Points, row, noise, [], nearest, named);
        Kernel.Row(features, labels, Points, widening, row);
        return estimate with { Mean = Cholesky.Dot(row, alpha) };
    }
}
