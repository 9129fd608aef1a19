namespace Orchestrator.CostModels.Training;

/// <summary>Weights that low-rank adapters add.</summary>
public static class LowRankUpdate
{
    /// <summary>LoRA on one matrix: <c>rank * (in + out)</c> (survey arXiv 2403.14608).</summary>
    public static double Parameters(double rank, double inputs, double outputs) => rank * (inputs + outputs);

    /// <summary>LoRA on all seven (without gate: six) matrices of every layer of a dense model.</summary>
    /// <param name="model">A card with an architecture.</param>
    /// <param name="rank">Rank of every update.</param>
    public static double Parameters(ModelCard model, double rank)
    {
        double d = model.Width ?? 0;
        double queries = (model.Heads ?? 0) * model.HeadSize;
        double keys = (model.KvHeads ?? 0) * model.HeadSize;
        double forward = model.FeedForward ?? 0;
        double attention = 2 * Parameters(rank, d, queries) + 2 * Parameters(rank, d, keys);
        return (model.Layers ?? 0) * (attention + (model.Gated ? 3 : 2) * Parameters(rank, d, forward));
    }

    /// <summary>
    /// Mixture of shards (MoS, arXiv 2410.00938): every matrix keeps its rank but takes its vectors from a pool that all layers share, so the weights
    /// are those of the pool: <c>pool rank * (in + out)</c> for each kind of matrix, with the pool's rank counted over all layers.
    /// </summary>
    /// <param name="poolRank">Pairs of vectors in the pool; LoRA of rank r over L layers has r * L.</param>
    /// <param name="inputs">Inputs of the matrix.</param>
    /// <param name="outputs">Outputs of the matrix.</param>
    public static double PooledParameters(double poolRank, double inputs, double outputs) => Parameters(poolRank, inputs, outputs);

    /// <summary>
    /// Ways in which a layer can choose its pairs of vectors from a pool when each is cut into shards, as a logarithm to base 2: the choice costs no
    /// weights and is what tells the layers apart.
    /// </summary>
    public static double ChoiceBits(double poolVectors, double chosen)
    {
        double bits = 0;
        for (int i = 0; i < (int)chosen; i++)
        {
            bits += Math.Log2((poolVectors - i) / (i + 1));
        }

        return bits;
    }
}
