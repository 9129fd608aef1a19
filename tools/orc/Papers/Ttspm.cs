using Orchestrator.CostModels.TestTime;

namespace Orchestrator.Cli.Papers;

/// <summary>TTSPM: where more samples stop paying.</summary>
[Paper("ttspm")]
internal sealed class Ttspm : IPaper
{
    private const int Trials = 100_000;
    private static readonly double[] Ceilings = [0.3, 0.6, 0.9, 1];
    private static readonly double[] Chances = [0.01, 0.05, 0.2, 0.5, 0.9];
    private static readonly double[] Thresholds = [0.1, 0.01, 0.001, 0.0001];
    private static readonly int[] Counts = [1, 2, 4, 8, 16, 32, 64];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        var truth = new RepeatedSampling(0.533, 0.12);
        RepeatedSampling[] fitted = [.. Enumerable.Range(1, 20).Select(seed => Fitted(truth, seed))];
        const string how = "20 synthetic curves of 1 to 64 samples on 500 problems each; the worst curve";
        return
        [
            NumberClaim.Exactly("Samples after which a further one adds no more than a threshold are ceil(ln(eps / (Fmax p)) / ln(1 - p))", Origin.Derived, 0, "cases differ",
                Differing(), 0, $"{Ceilings.Length * Chances.Length * Thresholds.Length} cases against counting up one by one"),
            NumberClaim.Exactly("Success after N samples or rounds is Fmax (1 - (1 - p)^N)", Origin.Summary, 0, "cases differ", Apart(), 0,
                $"{Counts.Length * 3} cases of {Trials:#,0} chains played; differ: by more than 4 standard errors"),
            NumberClaim.Within(0.1, "Synthetic: a noisy curve tells the ceiling", Origin.Derived, truth.Ceiling, "", fitted.Select(f => f.Ceiling).MaxBy(c => Math.Abs(c - truth.Ceiling)), how),
            NumberClaim.Within(0.2, "It tells the chance of a sample as well", Origin.Derived, truth.Chance, "", fitted.Select(f => f.Chance).MaxBy(c => Math.Abs(c - truth.Chance)), how),
            new UnreachedClaim("AIME24 with 32 samples of a 1.5B model", Origin.Summary, "30.0 to 53.3 %", "the model's answers are not here"),
            new UnreachedClaim("MATH-500 with 32 samples of a 1.5B model beside a plain 7B model", Origin.Summary, "83.6 and 82.0 %", "the models' answers are not here"),
            new UnreachedClaim("Correlation of predicted and observed saturation", Origin.Summary, "0.803", "the models' answers are not here"),
        ];
    }

    // Cases in which the formula is not the least number of samples whose successor adds no more than the threshold.
    private static int Differing()
    {
        int differing = 0;
        foreach (RepeatedSampling sampling in Ceilings.SelectMany(f => Chances.Select(p => new RepeatedSampling(f, p))))
        {
            foreach (double threshold in Thresholds)
            {
                int least = 0;
                while (sampling.Success(least + 1) - sampling.Success(least) > threshold * (1 + 1e-9))
                {
                    least++;
                }

                differing += least == sampling.Saturation(threshold) ? 0 : 1;
            }
        }

        return differing;
    }

    private static int Apart()
    {
        int apart = 0;
        foreach (RepeatedSampling sampling in new RepeatedSampling[] { new(0.533, 0.12), new(0.9, 0.02), new(0.3, 0.5) })
        {
            foreach (int samples in Counts)
            {
                double expected = sampling.Success(samples);
                double error = Math.Sqrt(expected * (1 - expected) / Trials);
                apart += Math.Abs(sampling.Played(samples, Trials, new Random(samples)) - expected) > 4 * error ? 1 : 0;
            }
        }

        return apart;
    }

    private static RepeatedSampling Fitted(RepeatedSampling truth, int seed)
    {
        var random = new Random(seed);
        return RepeatedSampling.Fit([.. Counts.Select(n => ((double)n, truth.Played(n, 500, random)))]);
    }
}
