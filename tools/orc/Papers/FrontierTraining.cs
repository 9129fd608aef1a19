using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>Training on Frontier: operations of a run, shares of a peak, bubbles, and tensor parallelism that stays in a node.</summary>
[Paper("frontier-training")]
internal sealed class FrontierTraining : IPaper
{
    private const string Die = "MI250X GCD";
    private const int Node = 8;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        double peak = Known.Peak(Die, "bf16") / 1e12;
        string share = $"share of the catalogue's {Claim.Number(peak)} TFLOPS of a die, which is recalled";
        (int outside, string chosen) = Layouts();
        return
        [
            NumberClaim.Exactly("Operations of training 1T weights on 20T tokens", Origin.Derived, 1.2e26, "FLOP", TrainingArithmetic.Flops(1e12, 20e12), 0, "6 x weights x tokens"),
            NumberClaim.Exactly("Arithmetic of a die at 38.38 % of the peak, 22B", Origin.Derived, 73.5, "TFLOPS", 0.3838 * peak, 0.1, share),
            NumberClaim.Exactly("Arithmetic of a die at 36.14 % of the peak, 175B", Origin.Derived, 69.2, "TFLOPS", 0.3614 * peak, 0.1, share),
            NumberClaim.Exactly("Arithmetic of a die at 31.96 % of the peak, 1T", Origin.Derived, 61.2, "TFLOPS", 0.3196 * peak, 0.1, share),
            NumberClaim.Exactly("The bubble of a pipeline is (stages - 1) over micro-batches", Origin.Derived, 0, "of 512 schedules differ", Bubbles(), 0, "1 to 16 stages and 1 to 32 micro-batches, played"),
            NumberClaim.Exactly("The fastest cut keeps tensor parallelism inside a node of 8 dies", Origin.Derived, 0, "of 12 searches leave it", outside, 0,
                "every power of two of tensor and pipeline for GPT-3 on 64 to 512 dies with 32, 128 and 512 sequences of 2,048; chosen: " + chosen),
            new UnreachedClaim("Shares of the peak, 22B, 175B and 1T", Origin.Abstract, "38.38, 36.14 and 31.96 %", "they were measured on up to 3,072 dies, which are not here; the layouts are not known"),
            new UnreachedClaim("Weak scaling on 1,024 and 3,072 dies", Origin.Abstract, "100 %", "it was measured on dies that are not here"),
            new UnreachedClaim("Strong scaling of 175B and 1T", Origin.Abstract, "89 and 87 %", "it was measured on dies that are not here"),
        ];
    }

    private static int Bubbles()
    {
        int wrong = 0;
        for (int stages = 1; stages <= 16; stages++)
        {
            for (int batches = 1; batches <= 32; batches++)
            {
                wrong += Math.Abs(TrainingArithmetic.PlayedBubble(stages, batches) - TrainingArithmetic.Bubble(stages, batches)) > 1e-12 ? 1 : 0;
            }
        }

        return wrong;
    }

    private static (int Outside, string Chosen) Layouts()
    {
        Orchestrator.Plan.Device die = Known.Device(Die);
        var search = new TrainingLayoutSearch(
            Known.Model("GPT-3"), Known.Peak(Die, "bf16"), die.Memory?.Value ?? 0, Node, die.ScaleUpBandwidth?.Value ?? 0, 100e9 / Node);
        TrainingLayout[] best = [.. from devices in new[] { 64, 128, 256, 512 } from sequences in new[] { 32, 128, 512 } select search.All(devices, sequences, 2048)[0]];
        return (best.Count(l => l.Tensor > Node), string.Join(", ", best.Select(l => $"{l.Tensor} x {l.Pipeline}").Distinct()));
    }
}
