using Orchestrator.CostModels;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>MoS: adapters strung together from shards that all layers share.</summary>
[Paper("mos")]
internal sealed class Mos : IPaper
{
    private const int LoraRank = 64;
    private const int PoolRank = 8;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard model = Known.Model("meta-llama/Llama-2-7b-hf");
        Adapter lora = (Adapter.Find("qlora") ?? throw new InvalidDataException("the adapter catalogue lost qlora")) with { Rank = LoraRank };
        var pool = new ShardPool((int)(model.Layers ?? 0), PoolRank, 4);
        double d = model.Width ?? 0;
        double forward = model.FeedForward ?? 0;
        double shared = 4 * pool.Parameters(d, d) + 3 * pool.Parameters(d, forward);
        return
        [
            NumberClaim.Within(0.05, "Adapters of shared shards have fewer weights than LoRA, about", Origin.Abstract, 8, "x", lora.Parameters(model) / shared,
                $"{Claim.Number(lora.Parameters(model) / 1e6)} million weights of LoRA of rank {LoraRank} on every matrix of Llama-2-7B over {Claim.Number(shared / 1e6)} million of pools worth "
                + $"rank {PoolRank}; the two ranks are recalled, and that they do as well is the paper's measurement"),
            NumberClaim.Exactly("Layers that draw their own shards only are LoRA", Origin.Derived, 0, "layers differ", DifferentLayers(4), 0,
                "8 layers, 4 vectors a layer, each of 4 shards, weights compared one by one"),
            new UnreachedClaim("The adapters do as well as LoRA with about 8 times the weights", Origin.Abstract, "about 8x", "tuning and its tests need accelerators and the texts"),
        ];
    }

    // Layers whose vectors, strung together from their own shards, are not those that LoRA would hold.
    private static int DifferentLayers(int rank)
    {
        const int length = 32;
        var pool = new ShardPool(8, rank, 4);
        double[] weights = [.. Enumerable.Range(0, pool.Layers * rank * length).Select(i => Math.Sin(i))];
        return Enumerable.Range(0, pool.Layers).Count(layer =>
            !pool.Assemble(weights, pool.Private(layer)).AsSpan().SequenceEqual(weights.AsSpan(layer * rank * length, rank * length)));
    }
}
