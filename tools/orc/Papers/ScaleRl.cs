using Orchestrator.CostModels.TestTime;

namespace Orchestrator.Cli.Papers;

/// <summary>ScaleRL: a saturating curve fitted to the beginning of a run tells its end.</summary>
[Paper("scalerl")]
internal sealed class ScaleRl : IPaper
{
    private const int Runs = 20;
    private const int Points = 60;
    private const double Noise = 0.01;
    private const double Seen = 0.2;

    // Compute in thousands of GPU-hours.
    private const double Full = 100;
    private static readonly SaturatingCurve Truth = new(0.2, 0.61, 2, 5);

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        Run[] runs = [.. Enumerable.Range(1, Runs).Select(seed => new Run(seed))];
        double asymptote = runs.Select(r => r.Saturating.Asymptote).MaxBy(a => Math.Abs(a - Truth.Asymptote));
        string how = $"{Runs} synthetic runs from 0.2 to 0.61, half of the rise at 5 % of the compute, noise of {Claim.Number(Noise)}; {Points} points in the first 20 % of the compute; the worst run";
        double end = Truth.At(Full);
        return
        [
            NumberClaim.Within(0.02, "Synthetic: the beginning of a run tells the reward that endless compute reaches", Origin.Derived, Truth.Asymptote, "", asymptote, how),
            NumberClaim.Limit(Relation.AtMost, "It tells the reward at the end of the run to within", Origin.Derived, 2, "%",
                100 * runs.Max(r => Math.Abs(r.Saturating.At(Full) / end - 1)), how),
            NumberClaim.Limit(Relation.AtLeast, "A power law of the distance to full reward, from the same points, misses that end by more than", Origin.Derived, 2, "%",
                100 * runs.Min(r => Math.Abs(r.PowerAt(Full) / end - 1)), how.Replace("the worst run", "the best run", StringComparison.Ordinal)),
            new OrderClaim("The saturating curve is nearer to the end of the run than the power law", Origin.Derived, "power law > saturating curve", "%",
                [
                    ("power law", 100 * runs.Average(r => Math.Abs(r.PowerAt(Full) / end - 1))),
                    ("saturating curve", 100 * runs.Average(r => Math.Abs(r.Saturating.At(Full) / end - 1))),
                ])
            {
                How = "mean miss of the same runs",
            },
            new UnreachedClaim("A run of 100,000 GPU-hours, told from its beginning", Origin.Abstract, "one run", "the run's rewards are not here"),
        ];
    }

    /// <summary>What both laws make of the beginning of one noisy run.</summary>
    private sealed class Run
    {
        public Run(int seed)
        {
            var random = new Random(seed);
            (double Compute, double Reward)[] points = [.. Enumerable.Range(1, Points).Select(i => Seen * Full * i / Points).Select(c => (c, Truth.At(c) + Noise * Normal(random)))];
            Saturating = SaturatingCurve.Fit(points, Truth.Start);
            Failure = PowerLaw.Fit([.. points.Select(p => (p.Compute, 1 - p.Reward))]);
        }

        public SaturatingCurve Saturating { get; }

        /// <summary>What is missing to a reward of 1, which is all that a law of a falling loss can be fitted to.</summary>
        private PowerLaw Failure { get; }

        public double PowerAt(double compute) => 1 - Failure.At(compute);

        private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
