using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.TestTime;

/// <summary>
/// When more samples, or more rounds of revision, stop paying: success after n of them is <c>Fmax * (1 - (1-p)^n)</c>, in parallel as in sequence
/// (TTSPM, arXiv 2505.20522).
/// </summary>
/// <param name="Ceiling">Fmax: the success that endless sampling reaches, 0 to 1.</param>
/// <param name="Chance">p: chance of a sample or round, above 0 and below 1.</param>
public readonly record struct RepeatedSampling(double Ceiling, double Chance)
{
    /// <summary>Success after n samples.</summary>
    public double Success(double samples) => Ceiling * (1 - Math.Pow(1 - Chance, samples));

    /// <summary>What the sample after n adds: <c>Fmax * p * (1-p)^n</c>.</summary>
    public double Gain(double samples) => Ceiling * Chance * Math.Pow(1 - Chance, samples);

    /// <summary>
    /// The least n after which a further sample adds no more than a threshold: <c>ceil(ln(eps / (Fmax p)) / ln(1-p))</c>; 0 when not even the first
    /// adds as much.
    /// </summary>
    /// <param name="threshold">eps, above 0.</param>
    public int Saturation(double threshold) => (int)Math.Max(0, Math.Ceiling(Math.Log(threshold / (Ceiling * Chance)) / Math.Log(1 - Chance)));

    /// <summary>
    /// Success after n rounds by playing the chain: a trial can succeed at all with the ceiling's chance, and then does in each round with the
    /// chance, for good.
    /// </summary>
    public double Played(int samples, int trials, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int succeeded = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            bool done = false;
            if (random.NextDouble() < Ceiling)
            {
                for (int round = 0; round < samples && !done; round++)
                {
                    done = random.NextDouble() < Chance;
                }
            }

            succeeded += done ? 1 : 0;
        }

        return (double)succeeded / trials;
    }

    /// <summary>The curve nearest to measured successes, by least squares that counts far-off points less.</summary>
    /// <param name="points">Samples and success, 0 to 1; at least 2 different numbers of samples.</param>
    /// <exception cref="ArgumentException">Fewer.</exception>
    public static RepeatedSampling Fit(IReadOnlyList<(double Samples, double Success)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Select(p => p.Samples).Distinct().Count() < 2)
        {
            throw new ArgumentException("a ceiling and a chance need successes at two numbers of samples or more", nameof(points));
        }

        double ceiling = Math.Clamp(points.Max(p => p.Success), 0.01, 0.99);
        RobustFit? best = null;
        foreach (double chance in new[] { 0.02, 0.1, 0.4 })
        {
            // Odds keep both between 0 and 1; the priors are wide and only keep steps finite.
            RobustFit fit = RobustLeastSquares.Fit(
                p => [.. points.Select(q => (new RepeatedSampling(Share(p[0]), Share(p[1])).Success(q.Samples) - q.Success) / Noise)],
                [new(Math.Log(ceiling / (1 - ceiling)), 5), new(Math.Log(chance / (1 - chance)), 5)], null, new RobustOptions { Iterations = 200 });
            best = best is null || fit.Loss < best.Loss ? fit : best;
        }

        return best is null ? default : new RepeatedSampling(Share(best.Parameters[0]), Share(best.Parameters[1]));
    }

    // Scale of residuals: points this far off count in full, farther ones less.
    private const double Noise = 0.01;

    private static double Share(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
