using Orchestrator.CostModels;
using Orchestrator.CostModels.Operators;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>MegaScale: share of the peak that useful arithmetic takes, and a block with one all-reduce less.</summary>
[Paper("megascale")]
internal sealed class MegaScale : IPaper
{
    private const double Devices = 12288;
    private const double Sequence = 2048;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard model = Known.Model("GPT-3");
        double peak = Known.Peak("A100", "bf16");
        double operations = TrainingArithmetic.FlopsPerToken(model, Sequence);
        double rate = TrainingArithmetic.TokensPerSecond(0.552, operations, Devices, peak);
        double before = TrainingArithmetic.TokensPerSecond(0.552 / 1.34, operations, Devices, peak);
        (double serial, double parallel) = (Communication(model, false), Communication(model, true));
        return
        [
            NumberClaim.Exactly("Share of the peak and tokens a second are each other's inverse", Origin.Derived, 0, "of 100 shares differ", Inverses(operations, peak), 0,
                $"shares of 1 to 100 %, 12,288 A100, GPT-3 at {Claim.Number(Math.Round(operations / 1e9))} GFLOP a token of 2,048: six a weight and three times causal attention"),
            NumberClaim.Exactly("Share of the peak of Megatron-LM", Origin.Recalled, 41.2, "%", 100 * TrainingArithmetic.Utilisation(before, operations, Devices, peak), 0.1, "55.2 over 1.34"),
            NumberClaim.Exactly("All-reduces of a layer fewer in a parallel block", Origin.Derived, 1, "of 2",
                TrainingArithmetic.AllReducesPerLayer(false) - TrainingArithmetic.AllReducesPerLayer(true), 0, "attention and feed-forward added before one all-reduce"),
            new OrderClaim("A parallel block spends less on communication", Origin.Summary, "one after the other > parallel", "ms a pass",
                [("one after the other", 1e3 * serial), ("parallel", 1e3 * parallel)]) { How = "GPT-3, forward, 2,048 tokens, ring over 8 A100 and their link" },
            new UnreachedClaim("Share of the peak, 175B on 12,288 devices", Origin.Abstract, "55.2 %", "it was measured on 12,288 devices, which are not here")
            {
                Beside = $"it would be {Claim.Number(Math.Round(rate / 1e3))} thousand tokens/s, {Claim.Number(Math.Round(0.552 * Devices * peak / 1e15))} PFLOPS",
            },
            new UnreachedClaim("Training is faster than with Megatron-LM", Origin.Abstract, "1.34x", "it was measured on 12,288 devices, which are not here"),
            new UnreachedClaim("Shares at 256 devices from 47.7 % up by all optimisations", Origin.Recalled, "65.3 %", "the figures are recalled, not read, and were measured on devices that are not here"),
        ];
    }

    private static int Inverses(double operations, double peak) => Enumerable.Range(1, 100).Count(p => Math.Abs(
        TrainingArithmetic.Utilisation(TrainingArithmetic.TokensPerSecond(p / 100.0, operations, Devices, peak), operations, Devices, peak) * 100 / p - 1) > 1e-12);

    private static double Communication(ModelCard model, bool parallelBlock)
    {
        double link = Known.Device("A100").ScaleUpBandwidth?.Value ?? double.NaN;
        double bytes = Sequence * (model.Width ?? 0) * 2;
        return (model.Layers ?? 0) * TrainingArithmetic.AllReducesPerLayer(parallelBlock) * CollectiveAlgorithms.Ring(CollectiveKind.AllReduce, 8, bytes, 3e-6, link);
    }
}
