using Orchestrator.CostModels;
using Orchestrator.CostModels.Operators;

namespace Orchestrator.Cli.Papers;

/// <summary>SmallThinker: weights by the formula, and experts that are fetched while attention runs.</summary>
[Paper("smallthinker")]
internal sealed class SmallThinker : IPaper
{
    private static readonly MemoryTier Disk = new("NVMe", 1e12, 3.5e9);
    private static readonly double FourBits = NumberFormat.Parse("q4_0")?.BytesPerWeight ?? double.NaN;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard large = Known.Model("PowerInfer/SmallThinker-21BA3B-Instruct");
        ModelCard small = Known.Model("PowerInfer/SmallThinker-4BA0.6B-Instruct");
        const string formula = "layers x (attention + experts x 3 x width x inner width + router) and embeddings";
        return
        [
            NumberClaim.Exactly("Weights of 21B-A3B", Origin.Derived, 21.5, "billion", large.DerivedParameters / 1e9, 0.1, formula + ": 52 layers, 2,560, 28 and 4 heads, 64 experts of 768"),
            NumberClaim.Exactly("Weights of 21B-A3B that a token meets", Origin.Text, 3, "billion", Met(large), 1, $"the same with 6 experts and without embeddings; {Claim.Number(Math.Round(large.DerivedActiveParameters / 1e9, 2))} billion with them"),
            NumberClaim.Exactly("Weights of 4B-A0.6B", Origin.Text, 4, "billion", small.DerivedParameters / 1e9, 1, formula + ": 32 layers, 1,536, 12 and 2 heads, 32 experts of 768"),
            NumberClaim.Exactly("Weights of 4B-A0.6B that a token meets", Origin.Text, 0.6, "billion", Met(small), 0.1, $"the same with 4 experts and without embeddings; {Claim.Number(Math.Round(small.DerivedActiveParameters / 1e9, 2))} billion with them"),
            NumberClaim.Exactly("Fetching experts hides exactly when attention takes at least as long as the missing bytes", Origin.Derived, 0, "of 400 cases differ", Disagreements(large), 0,
                "52 layers played, router before attention, 1 to 4 experts missing, NVMe of 3.5 GB/s, attention of 0.1 to 6.5 ms"),
            new OrderClaim("A router before attention waits less than one after it", Origin.Abstract, "after > before", "ms a token",
                [("after", 1e3 * Waited(large, 3, 2e-3, before: false)), ("before", 1e3 * Waited(large, 3, 2e-3, before: true))]) { How = "the same, 3 experts missing, attention of 2 ms" },
            new OrderClaim("All weights do not fit 8 GB, what every token meets does", Origin.Abstract, "all at Q4_0 > 8 GB > what is not in experts", "GB",
                [("all", large.DerivedParameters * FourBits / 1e9), ("memory", 8), ("not in experts", (large.DerivedParameters - large.RoutedParameters) * FourBits / 1e9)]) { How = "4.5 bits a weight" },
            new UnreachedClaim("Tokens a second on a consumer processor with 8 GB and with 1 GB", Origin.Abstract, "over 20", "it was measured on processors and disks that are not here"),
        ];
    }

    private static double Met(ModelCard model) => (model.DerivedActiveParameters - model.EmbeddingParameters) / 1e9;

    private static double Waited(ModelCard model, int missing, double attention, bool before)
    {
        double load = Disk.Seconds(missing * model.ExpertParameters * FourBits);
        const double compute = 1e-3;
        (double now, double free, double waited) = (0, 0, 0);
        for (int layer = 0; layer < (model.Layers ?? 0); layer++)
        {
            double asked = before ? now : now + attention;
            free = Math.Max(free, asked) + load;
            double ready = Math.Max(now + attention, free);
            waited += ready - (now + attention);
            now = ready + compute;
        }

        return waited;
    }

    private static int Disagreements(ModelCard model)
    {
        int wrong = 0;
        for (int missing = 1; missing <= 4; missing++)
        {
            for (int step = 0; step < 100; step++)
            {
                double attention = 0.1e-3 + 0.0643e-3 * step;
                double bytes = missing * model.ExpertParameters * FourBits;
                bool waits = Waited(model, missing, attention, before: true) > 1e-12;
                wrong += waits == WeightWindow.Hides(attention, bytes, Disk.Bandwidth) ? 1 : 0;
            }
        }

        return wrong;
    }
}
