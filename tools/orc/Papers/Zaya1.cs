using Orchestrator.CostModels;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>ZAYA1 on AMD: dimensions that matrix units take without padding, what padding costs, and memory that makes sharding needless.</summary>
[Paper("zaya1")]
internal sealed class Zaya1 : IPaper
{
    private const double Weights = 8.3e9;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard model = Known.Model("Zyphra/ZAYA1-base");
        ModelCard odd = Known.Model("openai-community/gpt2");
        IReadOnlyList<Misalignment> flagged = ShapeLint.Check(odd);
        double vocabulary = model.Vocabulary ?? 0;
        double memory = Known.Device("MI300X").Memory?.Value ?? 0;
        double attention = (model.Layers ?? 0) * model.AttentionParameters;
        double expert = (Weights - model.EmbeddingParameters - attention) / ((model.Layers ?? 0) * model.Experts);
        double met = attention + (model.Layers ?? 0) * model.TopK * expert;
        return
        [
            NumberClaim.Exactly("The vocabulary of 262,272 is a multiple of 64", Origin.Summary, 262_272, "tokens", ShapeLint.Pad(vocabulary), 0, "the next multiple of 64 of the catalogue's vocabulary"),
            NumberClaim.Exactly("Dimensions that matrix units pad", Origin.Summary, 0, "dimensions", ShapeLint.Check(model).Count, 0, "width, head size and vocabulary; the experts' width is not known here"),
            NumberClaim.Exactly("The check finds GPT-2's vocabulary of 50,257", Origin.Derived, 1, "dimension", flagged.Count, 0,
                string.Join(", ", flagged.Select(f => $"{f.Name} {Claim.Number(f.Size)}, padded {Claim.Number(f.Padded)}"))),
            NumberClaim.Exactly("Padding costs nothing where dimensions are aligned", Origin.Derived, 0, "%", 100 * ShapeLint.PaddingCost(4096, vocabulary, model.Width ?? 1), 0,
                "4,096 tokens x vocabulary x width, padded over plain"),
            NumberClaim.Exactly("Padding costs the tiles that are multiplied beyond what is asked", Origin.Derived, 0, "of 8,000 shapes differ", Miscounted(), 0,
                "tiles of 64 x 64 x 64 counted for products of 1 to 400 by 1 to 400 by 1 to 400"),
            NumberClaim.Limit(Relation.AtMost, "States of training fit one MI300X, so that neither experts nor tensors are cut", Origin.Summary, memory / 1e9, "GB", Weights * TrainingLayoutSearch.StateBytesPerParameter / 1e9,
                "8.3e9 weights x 16 bytes of weights, gradients and optimiser, not sharded; the limit is the device's 192 GB"),
            NumberClaim.Within(0.05, "Weights that a token meets, embedding aside", Origin.Summary, 760, "million", met / 1e6,
                "40 layers of attention without its compression and one of 16 experts, whose size 8.3e9 weights leave; heads are recalled"),
            new UnreachedClaim("Weights in all", Origin.Summary, "8.3 billion", "the width of the experts, the compressed attention and the router are not known here")
            {
                Beside = $"embeddings of {Claim.Number(Math.Round(model.EmbeddingParameters / 1e6))} million, which leave {Claim.Number(Math.Round(expert / 1e6, 1))} million an expert",
            },
            new UnreachedClaim("Checkpoints are saved faster", Origin.Summary, "over 10x", "it was measured on 128 nodes, which are not here"),
        ];
    }

    private static int Miscounted()
    {
        int wrong = 0;
        static long Tiles(int size) => (size + 63) / 64;
        for (int m = 1; m <= 400; m += 21)
        {
            for (int n = 1; n <= 400; n += 21)
            {
                for (int k = 1; k <= 400; k += 21)
                {
                    double counted = (double)(Tiles(m) * Tiles(n) * Tiles(k) * 64 * 64 * 64) / ((long)m * n * k) - 1;
                    wrong += Math.Abs(counted - ShapeLint.PaddingCost(m, n, k)) > 1e-9 * (1 + counted) ? 1 : 0;
                }
            }
        }

        return wrong;
    }
}
