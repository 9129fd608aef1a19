namespace Orchestrator.CostModels.Training;

/// <summary>
/// Vectors of low-rank matrices that all layers share, cut into shards: every layer strings its own choice of shards together to as many vectors as
/// its rank, so that weights follow the pool and not the rank (MoS, arXiv 2410.00938).
/// </summary>
/// <param name="Layers">Layers that draw from the pool.</param>
/// <param name="EquivalentRank">Vectors that the pool holds for each layer: as many weights as a LoRA of this rank.</param>
/// <param name="ShardsPerVector">Shards of a vector, 1 to its length, a divisor of it.</param>
public sealed record ShardPool(int Layers, int EquivalentRank, int ShardsPerVector)
{
    /// <summary>Shards of the pool.</summary>
    public int Shards => Layers * EquivalentRank * ShardsPerVector;

    /// <summary>Weights of the pools of both low-rank matrices of one kind of matrix, all layers together: <c>layers * equivalent rank * (inputs + outputs)</c>.</summary>
    public double Parameters(double inputs, double outputs) => Layers * Adapter.Of(EquivalentRank, inputs, outputs);

    /// <summary>
    /// Vectors strung together from shards, in their order: shard s is the piece <c>s mod shards-per-vector</c> of vector <c>s / shards-per-vector</c>.
    /// </summary>
    /// <param name="pool">The vectors of the pool one after the other.</param>
    /// <param name="chosen">Shards, as many as <see cref="ShardsPerVector"/> for each vector.</param>
    /// <exception cref="ArgumentException">The pool cannot be cut evenly, the choice does not make whole vectors, or there is no such shard.</exception>
    public double[] Assemble(ReadOnlySpan<double> pool, ReadOnlySpan<int> chosen)
    {
        if (Shards == 0 || pool.Length % Shards != 0 || chosen.Length % ShardsPerVector != 0)
        {
            throw new ArgumentException($"{pool.Length} weights and {chosen.Length} chosen shards do not fit {Shards} shards of {ShardsPerVector} a vector");
        }

        int length = pool.Length / Shards;
        double[] vectors = new double[chosen.Length * length];
        for (int i = 0; i < chosen.Length; i++)
        {
            if (chosen[i] < 0 || chosen[i] >= Shards)
            {
                throw new ArgumentException($"no shard {chosen[i]}: the pool has {Shards}");
            }

            pool.Slice(chosen[i] * length, length).CopyTo(vectors.AsSpan(i * length));
        }

        return vectors;
    }

    /// <summary>Shards of a layer that draws its own vectors and no other's, which is what LoRA does.</summary>
    /// <param name="layer">0 to layers - 1.</param>
    public int[] Private(int layer) => [.. Enumerable.Range(layer * EquivalentRank * ShardsPerVector, EquivalentRank * ShardsPerVector)];
}
