using Orchestrator.CostModels;

namespace Orchestrator.Cli.Papers;

/// <summary>NanoFlow: the bound of compute-bound serving, and nano-batches that reach the bound of the busiest resource.</summary>
[Paper("nanoflow")]
internal sealed class NanoFlow : IPaper
{
    private const double Attained = 260e12;
    private const double Parameters = 70e9;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        double bound = ServingBounds.TokensPerSecond(Attained, Parameters);
        double cache = Known.Model("meta-llama/Llama-2-70b-hf").KvBytesPerToken("fp16");
        (double sequential, double least, double played) = Pipeline();
        return
        [
            NumberClaim.Exactly("No schedule serves more of Llama-2-70B on A100", Origin.Derived, 1857, "tok/s/GPU", bound, 1, "260 attained TFLOPS over two operations a weight, 70e9 weights"),
            NumberClaim.Within(0.05, "Rate at which the cache of 8 GPUs is offloaded", Origin.Text, 5, "GB/s", bound * 8 * cache / 1e9,
                $"the bound of 8 GPUs x {Claim.Number(cache)} bytes of keys and values a token"),
            NumberClaim.Limit(Relation.AtMost, "Nano-batches that use different resources at once come near the bound of the busiest resource", Origin.Derived, 1.1, "x the bound",
                played / least, "32 layers of matrix, memory and network work in the ratio 6 : 3 : 2, two nano-batches in turn"),
            new OrderClaim("Overlapping beats running one after the other, and nothing beats the bound", Origin.Text, "sequential > overlapped > bound", "units of time",
                [("sequential", sequential), ("overlapped", played), ("bound", least)]) { TiesAllowed = true, How = "as above" },
            new UnreachedClaim("Throughput over the best other engine", Origin.Text, "1.91x", "it was measured on 8 A100, which are not here"),
            new UnreachedClaim("Share of the bound reached with Llama-2-70B", Origin.Text, "68.5 %", "it was measured on 8 A100, which are not here")
            {
                Beside = $"68.5 % of the bound would be {Claim.Number(0.685 * bound)} tok/s/GPU",
            },
            new UnreachedClaim("Share of the bound reached with other models", Origin.Text, "50 % to 72 %", "it was measured on 8 A100, which are not here"),
        ];
    }

    // Work of a layer on three resources, played: each nano-batch goes through all layers in order, each resource does one thing at a time.
    private static (double Sequential, double Least, double Played) Pipeline()
    {
        const int layers = 32;
        const int batches = 2;
        double[] work = [6, 3, 2];
        double[] free = new double[work.Length];
        double[] ready = new double[batches];
        for (int layer = 0; layer < layers; layer++)
        {
            for (int batch = 0; batch < batches; batch++)
            {
                for (int resource = 0; resource < work.Length; resource++)
                {
                    double start = Math.Max(free[resource], ready[batch]);
                    free[resource] = ready[batch] = start + work[resource] / batches;
                }
            }
        }

        return (layers * work.Sum(), layers * work.Max(), ready.Max());
    }
}
