using Orchestrator.Cli.Papers.Placing;
using Orchestrator.CostModels;

namespace Orchestrator.Cli.Papers;

/// <summary>CXL-aware allocation: what is slow to wait for lies in memory, what is only wide lies on cards.</summary>
[Paper("cxl-allocation")]
internal sealed class CxlAllocation : IPaper
{
    private const string Processor = "Xeon Platinum 8480+";
    private const double Tokens = 32768;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        double card = CatalogueLinks.Find("CXL 2.0 x8")?.Bandwidth ?? throw new InvalidDataException("the catalogue of links lost CXL 2.0 x8");
        double memory = Known.Bandwidth(Processor);
        OffloadStep[] steps = [.. from model in new[] { "Qwen/Qwen2.5-7B-Instruct", "mistralai/Mistral-Nemo-Instruct-2407" }
                                  from length in new double[] { 4096, 8192, 16384, 32768 }
                                  select new OffloadStep(Known.Model(model), Tokens, length, 0.5 * Known.Peak("H100", "bf16"), Known.Figure("H100", "host_bandwidth"), memory, card)];
        double[] one = [.. steps.Select(s => 100 * Ratio(s))];
        OffloadStep first = steps[0];
        string how = $"Qwen2.5 7B and Mistral NeMo 12B, 4K to 32K, steps of 32,768 tokens at half of an H100's peak, {Claim.Number(first.Link / 1e9)} GB/s to the host, "
            + $"{Claim.Number(memory / 1e9)} GB/s of its memory ({Processor}), {Claim.Number(card / 1e9)} GB/s a card, nothing overlapped; batch and machine are ours, the paper's are not known here";
        (int greedy, int drawn, double worst) = Knapsacks();
        return
        [
            NumberClaim.Exactly("Tensors by latency, most sensitive first, is the best choice for the memory", Origin.Derived, 0, "of 45 sizes of memory differ", greedy, 0,
                $"against the 0/1 knapsack: weights, gradients, optimiser states and activations of 3 equal layers, memory of 0 to 44 units of the 42 they take; of 100 drawn sets of 12 tensors {drawn} differ, by up to {Claim.WithUnit(Math.Round(100 * worst, 1), "%")}"),
            NumberClaim.Limit(Relation.AtLeast, "Throughput with one card against memory only, lowest", Origin.Text, 97, "%", one.Min(),
                $"{how}; were activations to move beside the arithmetic, it would be {Claim.WithUnit(Math.Round(steps.Min(s => 100 * Ratio(s with { Overlaps = true })), 1), "%")}"),
            NumberClaim.Within(0.005, "Throughput with one card against memory only, highest", Origin.Text, 99, "%", one.Max(), "the same cases"),
            NumberClaim.Within(0.01, "Throughput with two cards against memory only, about", Origin.Text, 100, "%", steps.Min(s => 100 * s.InMemory / s.ByUse(2)), "lowest of the same cases; activations in stripes over both cards"),
            NumberClaim.Within(0.1, "Throughput gained over interleaved pages, most", Origin.Text, 21, "%", steps.Max(s => 100 * (s.Interleaved / s.ByUse(1) - 1)),
                $"half of the optimiser's data on a card, {Claim.Number(OffloadStep.Slowdown)} times slower there as the paper measures; {how}"),
            new OrderClaim("By use is faster than interleaved pages, more cards are faster, and memory alone is no slower", Origin.Text, "memory only >= two cards >= one card > interleaved", "steps a second",
                [("memory only", 1 / first.InMemory), ("two cards", 1 / first.ByUse(2)), ("one card", 1 / first.ByUse(1)), ("interleaved", 1 / first.Interleaved)])
            {
                TiesAllowed = true,
                How = "7B at 4K of the cases above",
            },
            new UnreachedClaim("The optimiser's step is slower on data of a card beyond about 20 million numbers", Origin.Text, "about 4x", "it was measured on cards that are not here")
            {
                Beside = $"{Claim.WithUnit(memory / card, "x")} by bandwidth alone, the processor's memory over a card",
            },
        ];
    }

    private static double Ratio(OffloadStep step) => step.InMemory / step.ByUse(1);

    // Memory sizes of three equal layers for which greedy is not the optimum; drawn sets for which it is not, and by how much at most.
    private static (int Equal, int Drawn, double Worst) Knapsacks()
    {
        // A layer: weights 2, gradients 2, states 8 and activations 2 units, 14 in all, with seconds that a card would cost by the bytes the optimiser touches.
        (double, double)[] layer = [(2, 2), (2, 2), (8, 16), (2, 0.1)];
        (double, double)[] layers = [.. layer, .. layer, .. layer];
        int equal = Enumerable.Range(0, 45).Count(size => Gap(layers, size) > 1e-9);
        var random = new Random(23);
        (int drawn, double worst) = (0, 0);
        for (int set = 0; set < 100; set++)
        {
            (double One, double Two)[] tensors = [.. Enumerable.Range(0, 12).Select(_ => (0.5 + random.NextDouble(), 0.1 + random.NextDouble()))];
            double gap = Gap(tensors, random.NextDouble() * tensors.Sum(t => t.One));
            drawn += gap > 1e-9 ? 1 : 0;
            worst = Math.Max(worst, gap);
        }

        return (equal, drawn, worst);
    }

    // Seconds that greedy takes beyond the optimum, as a share of all on cards.
    private static double Gap((double One, double Two)[] tensors, double size) =>
        (TradeOff.Greedy(tensors, size).Two - TradeOff.Within(TradeOff.Front(tensors), size).Two) / tensors.Sum(t => t.Two);
}
