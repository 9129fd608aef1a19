using Orchestrator.CostModels.Operators;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>ZeRO-Infinity: bytes of model states, and efficiency of compute that is fed over a link.</summary>
[Paper("zero-infinity")]
internal sealed class ZeroInfinity : IPaper
{
    private const double Layers = 128;
    private const double Width = 25600;
    private const double Sequence = 1024;
    private const double Achievable = 70e12;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        const double tebi = 1099511627776;
        double states = MemoryTier.ModelStateBytes(Layers, Width);
        double parameters = TrainingArithmetic.PlainParameters(Layers, Width);
        double peak = Known.Peak("V100", "fp16");
        double alone = new MemoryTier("host link", 1, 3e9).Seconds(parameters * 2);
        double together = new MemoryTier("host links", 1, MemoryTier.Aggregate(3e9, 64)).Seconds(parameters * 2);
        return
        [
            NumberClaim.Exactly("Weights of 128 layers of width 25,600", Origin.Abstract, 1, "trillion", parameters / 1e12, 0.1, "12 x layers x width^2"),
            NumberClaim.Exactly("Model states of such a model", Origin.Derived, 18.31, "TiB", states / tebi, 0.01, "240 x layers x width^2 bytes"),
            NumberClaim.Exactly("Bytes of states a weight", Origin.Derived, 20, "bytes", states / parameters, 0, "the two above"),
            NumberClaim.Exactly("Efficiency with parameters over 70 GB/s at batch 1", Origin.Derived, 50.6, "%", 100 * MemoryTier.Efficiency(Sequence, 70e9, Achievable), 0.1,
                "1,024 operations a byte, 70 achievable TFLOPS"),
            NumberClaim.Within(0.1, "Bandwidth of optimiser states for 90 % efficiency at batch 2, about", Origin.Summary, 1.5, "TB/s",
                MemoryTier.BandwidthFor(0.9, Sequence * 2 / 4, Achievable) / 1e12, "the same formula solved for bandwidth, a quarter of the operations a byte"),
            NumberClaim.Within(0.05, "25 PFLOPS on 512 V100 as a share of the peak", Origin.Abstract, 40, "%",
                100 * TrainingArithmetic.Utilisation(25e15, 1, 512, peak), $"25e15 over 512 x {Claim.Number(peak / 1e12)} TFLOPS"),
            NumberClaim.Exactly("Bandwidth grows with the devices when each pulls its own slice", Origin.Summary, 64, "x", alone / together, 0, "1T weights over one link and over 64"),
            new UnreachedClaim("Arithmetic reached on 512 V100", Origin.Abstract, "25 PFLOPS", "it was measured on 512 devices, which are not here"),
        ];
    }
}
