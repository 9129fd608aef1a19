using Orchestrator.CostModels;

namespace Orchestrator.Cli.Papers;

/// <summary>COMET: the bound on rate of products in 4 and 8 bits, and tiles of two lengths shared out evenly.</summary>
[Paper("comet")]
internal sealed class Comet : IPaper
{
    private const double Share = 0.8;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        double bound = ServingBounds.MixedRate(Share);
        double eight = Known.Peak("A100", "int8") / Known.Peak("A100", "bf16");
        double four = Known.Figure("A100", "int4_flops") / Known.Peak("A100", "bf16");
        return
        [
            NumberClaim.Exactly("Products in 4 bits run at twice the rate of 8 bits on A100", Origin.Summary, 2, "x", four / eight, 0, "dense peaks of the catalogue"),
            NumberClaim.Exactly("Products in 4 bits run at four times the rate of 16 bits on A100", Origin.Summary, 4, "x", four, 0, "dense peaks of the catalogue"),
            NumberClaim.Exactly("Bound over 16 bits with four fifths of the products in 4 bits and the rest in 8", Origin.Derived, 3.33, "x", bound, 0.01, "1 / (0.8 / 4 + 0.2 / 2)"),
            NumberClaim.Exactly("Share of that bound that the measured 2.88x is", Origin.Derived, 86, "%", 100 * 2.88 / bound, 1, "2.88 over the bound"),
            NumberClaim.Limit(Relation.AtMost, "Longest tiles first keep multiprocessors within a third of the best", Origin.Derived, 4.0 / 3, "x the best", Worst(), "all mixes of up to 12 tiles in 4 bits and 12 in 8, which take twice as long, on 2 to 8 units; the best from what fits"),
            new UnreachedClaim("Kernels are faster than cuBLAS in 16 bits", Origin.Abstract, "2.88x", "it was measured on A100, which is not here"),
            new UnreachedClaim("Serving is faster than TensorRT-LLM", Origin.Abstract, "2.02x", "it was measured on A100, which is not here"),
        ];
    }

    // The longest that longest-first takes over the best, over small mixes of tiles of length 1 and 2.
    private static double Worst()
    {
        double worst = 0;
        for (int units = 2; units <= 8; units++)
        {
            for (int shorter = 0; shorter <= 12; shorter++)
            {
                for (int longer = shorter == 0 ? 1 : 0; longer <= 12; longer++)
                {
                    worst = Math.Max(worst, (double)LongestFirst(units, shorter, longer) / Best(units, shorter, longer));
                }
            }
        }

        return worst;
    }

    private static int LongestFirst(int units, int shorter, int longer)
    {
        int[] busy = new int[units];
        for (int tile = 0; tile < longer + shorter; tile++)
        {
            busy[Array.IndexOf(busy, busy.Min())] += tile < longer ? 2 : 1;
        }

        return busy.Max();
    }

    // The least time in which the long tiles find places in pairs of time and the short ones fill what is left.
    private static int Best(int units, int shorter, int longer)
    {
        int time = 1;
        while (longer > units * (time / 2) || 2 * longer + shorter > units * time)
        {
            time++;
        }

        return time;
    }
}
