using Orchestrator.Cli.Papers.Placing;
using Orchestrator.CostModels;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>Fuyou: training on one consumer device with states on disks; which activations to swap, and an optimiser beside the backward pass.</summary>
[Paper("fuyou")]
internal sealed class Fuyou : IPaper
{
    private const string Gpu = "RTX 4090";
    private const double StateBytes = TrainingLayoutSearch.StateBytesPerParameter;
    private const int Problems = 120;

    // Bytes a second of storage in one direction and tokens of a step: ours, chosen where neither storage nor the accelerator waits long for the other.
    private const double Storage = 32e9;
    private const double Tokens = 32768;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard large = Known.Model("GPT-3");
        double layer = TrainingArithmetic.PlainParameters(1, large.Width ?? 0);
        double peak = Known.Peak(Gpu, "bf16");
        (int differ, int below, double worst) = Plans();
        return
        [
            NumberClaim.Exactly("What to swap and what to compute again is chosen as well as can be", Origin.Summary, 0, $"of {Problems} models differ", differ, 0,
                "every choice of up to 12 layers tried, drawn times of layers, activations and weights; the busier of accelerator and link counts"),
            NumberClaim.Exactly("No step ends before its busier resource has done its work", Origin.Derived, 0, $"of {Problems} played steps do", below, 0, $"the same models, played layer by layer with the chosen swaps; they take up to {Claim.WithUnit(worst, "x")} the bound"),
            new OrderClaim("An optimiser beside the backward pass is faster, more so with writes delayed", Origin.Summary, "beside with delayed writes > beside > after", "backward passes a second",
                [("delayed writes", 1 / Update(SwapPlay.Optimiser.BesideDelayed)), ("beside", 1 / Update(SwapPlay.Optimiser.Beside)), ("after", 1 / Update(SwapPlay.Optimiser.After))])
            {
                How = "Llama-2 13B by layers, steps of 32,768 tokens at the peak of an RTX 4090, 12 bytes a weight from storage of 32 GB/s and as many back, 204.8 GB/s of main memory; played",
            },
            NumberClaim.Limit(Relation.AtMost, "175B trains on one RTX 4090: weights of two layers and gradients of one", Origin.Abstract, (Known.Device(Gpu).Memory?.Value ?? double.NaN) / 1e9, "GB", 3 * 2 * layer / 1e9,
                "12 x 12,288^2 weights a layer in 16 bits, activations not counted"),
            NumberClaim.Limit(Relation.AtLeast, "States of 175B do not fit 768 GB of main memory, so disks hold them", Origin.Summary, 768, "GB", StateBytes * large.PublishedParameters / 1e9 ?? double.NaN, "16 bytes a weight"),
            new UnreachedClaim("Arithmetic reached with 13B on one RTX 4090, against another way to offload", Origin.Abstract, "156 and 45 TFLOPS", "it was measured on the device and its disks, which are not here")
            {
                Beside = $"{Claim.WithUnit(Math.Round(100 * 156e12 / peak, 1), "%")} and {Claim.WithUnit(Math.Round(100 * 45e12 / peak, 1), "%")} of the catalogue's {Claim.Number(peak / 1e12)} TFLOPS",
            },
        ];
    }

    private static double Update(SwapPlay.Optimiser optimiser)
    {
        ModelCard model = Known.Model("meta-llama/Llama-2-13b-hf");
        int groups = (int)(model.Layers ?? 0);
        double weights = model.Parameters / groups;
        double backward = 2.0 / 3 * TrainingArithmetic.Flops(weights, Tokens) / Known.Peak(Gpu, "bf16");
        return SwapPlay.Update(groups, backward, 12 * weights / Storage, OffloadStep.OptimiserBytes * weights / Known.Bandwidth("Xeon Platinum 8380"), optimiser);
    }

    private static (int Differ, int Below, double Worst) Plans()
    {
        var random = new Random(29);
        (int differ, int below, double worst) = (0, 0, 0);
        for (int problem = 0; problem < Problems; problem++)
        {
            SwapLayer[] layers = [.. Enumerable.Range(0, 1 + problem % 12).Select(_ => new SwapLayer(0.5 + random.NextDouble(), 0.1 + 2 * random.NextDouble(), 0.3 * random.NextDouble()))];
            (double, double)[] choices = [.. layers.Select(l => l.Choice)];
            (double link, double compute) = (layers.Sum(l => 2 * l.Weights), layers.Sum(l => 3 * l.Forward));
            ulong chosen = TradeOff.Balanced(TradeOff.Front(choices), link, compute).First;
            ulong tried = TradeOff.Balanced(TradeOff.All(choices), link, compute).First;
            (double bound, double played) = (SwapPlay.Bound(layers, chosen), SwapPlay.Seconds(layers, chosen));
            differ += Math.Abs(bound - SwapPlay.Bound(layers, tried)) <= 1e-9 ? 0 : 1;
            below += played >= bound - 1e-9 ? 0 : 1;
            worst = Math.Max(worst, played / bound);
        }

        return (differ, below, worst);
    }
}
