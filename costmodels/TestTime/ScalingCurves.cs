using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.TestTime;

/// <summary>
/// Reward that saturates with compute: <c>R0 + (A - R0) / (1 + (Cmid / C)^B)</c> (ScaleRL, arXiv 2510.13786).
/// </summary>
/// <param name="Start">R0: before any compute.</param>
/// <param name="Asymptote">A: with endless compute.</param>
/// <param name="Exponent">B: how steeply it rises.</param>
/// <param name="Middle">Cmid: compute at half of the rise.</param>
public readonly record struct SaturatingCurve(double Start, double Asymptote, double Exponent, double Middle)
{
    /// <summary>Reward at a compute above 0.</summary>
    public double At(double compute) => Start + (Asymptote - Start) / (1 + Math.Pow(Middle / compute, Exponent));

    /// <summary>The curve nearest to points, R0 given as measured before training.</summary>
    /// <param name="points">Compute and reward, at least 4.</param>
    /// <param name="start">R0.</param>
    public static SaturatingCurve Fit(IReadOnlyList<(double Compute, double Reward)> points, double start)
    {
        ArgumentNullException.ThrowIfNull(points);
        double middle = Math.Log(points[points.Count / 2].Compute);
        double rise = Math.Max(1e-6, points.Max(p => p.Reward) - start);
        RobustFit? best = null;
        foreach (double exponent in new[] { 0.7, 1.5, 3 })
        {
            // Logarithms keep rise, exponent and middle above 0; the priors are wide and only keep steps finite.
            RobustFit fit = RobustLeastSquares.Fit(
                p => [.. points.Select(q => (start + Math.Exp(p[0]) / (1 + Math.Exp(Math.Exp(p[1]) * (p[2] - Math.Log(q.Compute)))) - q.Reward) / Noise)],
                [new(Math.Log(rise), 5), new(Math.Log(exponent), 5), new(middle, 20)], null, new RobustOptions { Iterations = 200 });
            best = best is null || fit.Loss < best.Loss ? fit : best;
        }

        return best is null ? default : new SaturatingCurve(start, start + Math.Exp(best.Parameters[0]), Math.Exp(best.Parameters[1]), Math.Exp(best.Parameters[2]));
    }

    // Scale of residuals in reward: points this far off count in full, farther ones less.
    private const double Noise = 0.01;
}

/// <summary>Loss that falls as a power: <c>(X0 / X)^alpha</c>, of parameters, tokens or compute (arXiv 2001.08361; for time series 2410.12360).</summary>
/// <param name="Scale">X0: where the loss is 1.</param>
/// <param name="Exponent">alpha.</param>
public readonly record struct PowerLaw(double Scale, double Exponent)
{
    /// <summary>Loss at a size above 0.</summary>
    public double At(double size) => Math.Pow(Scale / size, Exponent);

    /// <summary>The straight line of least squares through logarithms.</summary>
    /// <param name="points">Size and loss, both above 0, at least 2 sizes.</param>
    public static PowerLaw Fit(IReadOnlyList<(double Size, double Loss)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        double meanX = points.Average(p => Math.Log(p.Size));
        double meanY = points.Average(p => Math.Log(p.Loss));
        double slope = points.Sum(p => (Math.Log(p.Size) - meanX) * (Math.Log(p.Loss) - meanY)) / points.Sum(p => Math.Pow(Math.Log(p.Size) - meanX, 2));
        return new PowerLaw(Math.Exp(meanX - meanY / slope), -slope);
    }
}

/// <summary>
/// Loss on a pool of data whose use decays as it is repeated: each epoch multiplies the pool's exponent by <c>1/2^(1/half-life)</c>
/// (data-filtering laws, arXiv 2404.07177).
/// </summary>
/// <param name="Utility">b: exponent of the loss over samples on the first pass, above 0.</param>
/// <param name="HalfLife">Repetitions until a pool's exponent is half.</param>
/// <param name="Samples">Samples of the pool.</param>
public readonly record struct DataPool(double Utility, double HalfLife, double Samples)
{
    /// <summary>Exponent on pass k, counted from 0: <c>b / 2^(k / half-life)</c>.</summary>
    public double UtilityOnPass(int pass) => Utility * Math.Pow(2, -pass / HalfLife);

    /// <summary>Pools mixed in equal parts: utilities and half-lives are averages, samples add.</summary>
    public static DataPool Mix(IReadOnlyList<DataPool> pools) => new(pools.Average(p => p.Utility), pools.Average(p => p.HalfLife), pools.Sum(p => p.Samples));

    /// <summary>Logarithm of the loss after a number of samples seen, 0 after the first: falls by <c>b_k * ln(n' / n)</c> over each pass.</summary>
    public double LogLoss(double seen)
    {
        double at = 1;
        double loss = 0;
        for (int pass = 0; at < seen; pass++)
        {
            double next = Math.Min(seen, Samples * (pass + 1));
            loss -= UtilityOnPass(pass) * Math.Log(next / at);
            at = next;
        }

        return loss;
    }
}
