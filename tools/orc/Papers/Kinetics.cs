using Orchestrator.CostModels;
using Orchestrator.CostModels.TestTime;

namespace Orchestrator.Cli.Papers;

/// <summary>Kinetics: equivalent operations of test-time scaling.</summary>
[Paper("kinetics")]
internal sealed class Kinetics : IPaper
{
    private static readonly double[] Lengths = [64, 256, 1024, 4096, 16384, 65536];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard model = Known.Model("Qwen/Qwen3-8B");
        double intensity = Known.Peak("B200", "fp8", "paper") / Known.Bandwidth("B200", "paper");
        double crossover = EquivalentFlops.CrossoverLength(8.2e9, intensity, 36 * 8 * 128);
        ReasoningJob longJob = ReasoningJob.On(model, 1, 0, 32768);
        double traffic = intensity * EquivalentFlops.CacheBytes(longJob);
        return
        [
            NumberClaim.Exactly("Operations that a B200 does per byte of memory traffic", Origin.Text, 562.5, "FLOP/byte", intensity, 0.1, "4,500 dense FP8 TFLOPS over 8 TB/s"),
            NumberClaim.Exactly("Answer length from which traffic of the cache costs more than the weights", Origin.Derived, 395, "tokens", crossover, 1,
                "8.2e9 weights over intensity x 36 layers x 8 KV heads x 128"),
            NumberClaim.Exactly("One trial without a prompt costs 2 P L + 2 L^2 Hq h operations and 2 L^2 Hkv h bytes", Origin.Text, 0, "lengths differ",
                Lengths.Count(l => !Limit(model, l)), 0, "Qwen3-8B, answers of 64 to 65,536 tokens"),
            NumberClaim.Exactly("Sparse attention costs as dense where its budget covers the context", Origin.Text, 0, "lengths differ",
                Lengths.Count(l => !SameWhenCovered(model, l, intensity)), 0, "prompt of 1,000 tokens, 8 trials, budget of prompt and answer"),
            NumberClaim.Exactly("A smaller budget never costs more", Origin.Derived, 0, "lengths differ",
                Lengths.Count(l => !Rising(model, l, intensity)), 0, "budgets of 16 to 262,144 tokens"),
            new OrderClaim("Attention dominates long answers", Origin.Summary, "attention > weights", "PFLOP",
                [("attention", (EquivalentFlops.OnAttention(longJob) + traffic) / 1e15), ("weights", EquivalentFlops.OnParameters(longJob) / 1e15)])
            {
                How = "Qwen3-8B, one answer of 32,768 tokens, equivalent operations on a B200",
            },
            new UnreachedClaim("Model size below which growing the model beats more tokens", Origin.Summary, "about 14B", "it needs the models' scores on AIME"),
            new UnreachedClaim("Accuracy that sparse attention gains at low and high cost", Origin.Summary, "over 60 and over 5 points", "it needs the models' scores on AIME"),
        ];
    }

    private static bool Limit(ModelCard model, double length)
    {
        ReasoningJob job = ReasoningJob.On(model, 1, 0, length);
        double operations = 2 * model.ActiveParameters * length + 2 * length * length * 36 * 32 * 128;
        double bytes = 2 * length * length * 36 * 8 * 128;
        return Near(EquivalentFlops.OnParameters(job) + EquivalentFlops.OnAttention(job), operations) && Near(EquivalentFlops.CacheBytes(job), bytes);
    }

    private static bool SameWhenCovered(ModelCard model, double length, double intensity)
    {
        ReasoningJob job = ReasoningJob.On(model, 8, 1000, length);
        return Near(EquivalentFlops.Sparse(job, intensity, 1000 + length), EquivalentFlops.Total(job, intensity));
    }

    private static bool Rising(ModelCard model, double length, double intensity)
    {
        ReasoningJob job = ReasoningJob.On(model, 8, 1000, length);
        double last = 0;
        for (double budget = 16; budget <= 262144; budget *= 4)
        {
            double cost = EquivalentFlops.Sparse(job, intensity, budget);
            if (cost < last)
            {
                return false;
            }

            last = cost;
        }

        return true;
    }

    private static bool Near(double one, double other) => Math.Abs(one / other - 1) < 1e-12;
}
