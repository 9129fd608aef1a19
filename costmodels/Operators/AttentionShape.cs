namespace Orchestrator.CostModels.Operators;

/// <summary>
/// One attention call of one layer on one device: sizes, and the work that follows from them. All counts are per device, after
/// tensor parallelism has divided the heads.
/// </summary>
/// <param name="Prefill">True for many new tokens per sequence with a causal mask; false for one new token (decode).</param>
/// <param name="Batch">Sequences, above 0.</param>
/// <param name="NewTokens">New tokens per sequence, at least 1.</param>
/// <param name="CachedTokens">Tokens per sequence that the cache holds already, at least 0.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="KvHeads">Key and value heads: equal to <paramref name="Heads"/> (MHA), fewer (GQA) or 1 (MQA).</param>
/// <param name="HeadDim">Elements of one head of one token.</param>
/// <param name="KvElementBytes">Bytes of one cached element: 2 for bf16, 1 for fp8.</param>
public readonly record struct AttentionShape(
    bool Prefill, double Batch, double NewTokens, double CachedTokens, double Heads, double KvHeads, double HeadDim, double KvElementBytes)
{
    /// <summary>Bytes of one query or output element: queries stay in 16 bits whatever the cache holds.</summary>
    public const double QueryElementBytes = 2;

    /// <summary>Tokens that one new token of the end sees: cached and new.</summary>
    public double Length => CachedTokens + NewTokens;

    /// <summary>Query heads that share one key and value head.</summary>
    public double GroupSize => Heads / KvHeads;

    /// <summary>
    /// Query-key pairs under a causal mask, for all sequences and one head: every new token sees the cached prefix, itself and the new tokens
    /// before it, <c>q*c + q(q+1)/2</c>.
    /// </summary>
    public double CausalPairs => Batch * ((NewTokens * CachedTokens) + (NewTokens * (NewTokens + 1) / 2));

    /// <summary>Floating-point operations of both products (scores and weighted values), two per multiply-add: <c>4 * pairs * heads * dim</c>.</summary>
    public double Flops => 4 * CausalPairs * Heads * HeadDim;

    /// <summary>Bytes of keys and values read: <c>2 * batch * length * kv heads * dim * element</c>.</summary>
    public double KvBytes => 2 * Batch * Length * KvHeads * HeadDim * KvElementBytes;

    /// <summary>Bytes of queries read and outputs written, 16 bits each.</summary>
    public double QueryBytes => 2 * Batch * NewTokens * Heads * HeadDim * QueryElementBytes;

    /// <summary>
    /// Bytes that one token adds to the cache of one layer under multi-head latent attention: one latent of <paramref name="rank"/> and one
    /// rotary key, shared by all heads (arXiv 2405.04434, section 2.1: 512 + 64 elements in place of 2 * heads * dim).
    /// </summary>
    public static double LatentBytesPerToken(double rank, double rotary, double elementBytes) => (rank + rotary) * elementBytes;

    /// <summary>
    /// The same work seen as multi-query attention over the latent, as the absorbed form computes it in decode: one key and value head of
    /// <paramref name="rank"/> + <paramref name="rotary"/> elements that is read once, not twice, so the element counts half.
    /// </summary>
    public static AttentionShape Latent(double batch, double cached, double heads, double rank, double rotary, double elementBytes) =>
        new(false, batch, 1, cached, heads, 1, rank + rotary, elementBytes / 2);

    /// <summary>
    /// Pieces that a split-KV (flash-decoding) kernel cuts each sequence into so that all multiprocessors have work: enough pieces to fill the
    /// device once, none shorter than <paramref name="pieceTokens"/>.
    /// </summary>
    /// <param name="multiprocessors">Multiprocessors of the device.</param>
    /// <param name="pieceTokens">Shortest piece in tokens; 256 keeps a piece longer than its own start-up.</param>
    public double Splits(double multiprocessors, double pieceTokens = 256) =>
        Math.Clamp(Math.Floor(multiprocessors / (Batch * KvHeads)), 1, Math.Max(1, Math.Ceiling(Length / pieceTokens)));

    /// <summary>Share of the multiprocessors that a decode keeps busy with split-KV, in (0, 1].</summary>
    public double Occupancy(double multiprocessors) => Math.Min(1, Batch * KvHeads * Splits(multiprocessors) / multiprocessors);
}
