using Orchestrator.CostModels.TestTime;

namespace Orchestrator.Cli.Papers;

/// <summary>Scaling laws of time-series models: the routine that fits them; the paper's exponents were not found.</summary>
[Paper("time-series-scaling")]
internal sealed class TimeSeriesScaling : IPaper
{
    private const double Noise = 0.01;
    private static readonly double[] Exponents = [0.02, 0.05, 0.1, 0.2, 0.5];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        double worst = Exponents.Skip(1).SelectMany(a => Enumerable.Range(1, 20).Select(seed => Fitted(a, Noise, seed).Exponent / a)).MaxBy(r => Math.Abs(r - 1));
        return
        [
            NumberClaim.Exactly("Synthetic: losses on L = (Xc / X)^alpha give scale and exponent back", Origin.Derived, 0, "laws differ", Exponents.Count(a => !Same(a)), 0,
                "exponents of 0.02 to 0.5, 1 to 1,000 million parameters, no noise"),
            NumberClaim.Within(0.1, "Synthetic: noisy losses give the exponent back, fitted over true", Origin.Derived, 1, "", worst,
                "exponents of 0.05 to 0.5 with noise of 1 %, 20 draws of 25 sizes each; the worst draw"),
            new UnreachedClaim("Loss falls as a power of parameters, compute and data", Origin.Abstract, "no exponents in the summary read", "the losses of the trained models are not here"),
            new UnreachedClaim("Encoders scale better than decoders", Origin.Abstract, "no figure in the summary read", "the losses of the trained models are not here"),
        ];
    }

    private static bool Same(double exponent)
    {
        PowerLaw law = Fitted(exponent, 0, 1);
        return Math.Abs(law.Exponent / exponent - 1) < 1e-9 && Math.Abs(Math.Log(law.Scale / Scale)) < 1e-6;
    }

    private const double Scale = 3e6;

    private static PowerLaw Fitted(double exponent, double noise, int seed)
    {
        var random = new Random(seed);
        var truth = new PowerLaw(Scale, exponent);
        double[] sizes = [.. Enumerable.Range(0, 25).Select(i => 1e6 * Math.Pow(1000, i / 24.0))];
        return PowerLaw.Fit([.. sizes.Select(x => (x, truth.At(x) * Math.Exp(noise * (random.NextDouble() * 2 - 1) * Math.Sqrt(3))))]);
    }
}
