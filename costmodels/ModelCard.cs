namespace Orchestrator.CostModels;

/// <summary>The architecture of a model: what its arithmetic, weights and KV cache follow from. Unknown numbers are null.</summary>
/// <param name="Name">Public name.</param>
/// <param name="Kind"><c>llm</c>, <c>encoder</c>, <c>asr</c> (speech to text) or <c>tts</c> (text to speech).</param>
/// <param name="Layers">Transformer layers; of the encoder and of the decoder each for <c>asr</c>.</param>
/// <param name="Width">Size of the hidden state.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="KvHeads">Heads that keys and values are kept for.</param>
/// <param name="FeedForward">Inner size of the feed-forward layer (of one expert).</param>
/// <param name="Vocabulary">Tokens known.</param>
/// <param name="Tied">Whether input and output embeddings are one matrix.</param>
/// <param name="Parameters">All weights.</param>
/// <param name="ActiveParameters">Weights that a token meets; equals <paramref name="Parameters"/> without experts.</param>
/// <param name="Experts">Experts per layer, 1 for a dense model.</param>
/// <param name="TopK">Experts per token.</param>
/// <param name="Context">Most tokens.</param>
/// <param name="FlopsPerUnit">Arithmetic per unit of input, where it is published instead of following from the architecture.</param>
/// <param name="FloorSecondsPerUnit">Seconds per unit of input that no device was seen to undercut, whatever its arithmetic.</param>
/// <param name="Source">Where this is from.</param>
public sealed record ModelCard(
    string Name,
    string Kind,
    double? Layers,
    double? Width,
    double? Heads,
    double? KvHeads,
    double? FeedForward,
    double? Vocabulary,
    bool Tied,
    double Parameters,
    double ActiveParameters,
    double Experts,
    double TopK,
    double? Context,
    double? FlopsPerUnit,
    double? FloorSecondsPerUnit,
    string Source)
{
    /// <summary>Whether layers, width, heads and vocabulary are known, so that arithmetic and KV follow.</summary>
    public bool HasArchitecture => Layers is not null && Width is not null && Heads is not null && KvHeads is not null && Vocabulary is not null;

    /// <summary>Bytes of weights in a number format.</summary>
    public double WeightBytes(string precision) => Parameters * BytesOf(precision);

    /// <summary>
    /// Bytes of keys and values that a token leaves: 2 · layers · width · (KV heads / heads) · bytes per element (arXiv 2507.19635, equation 3).
    /// 0 for models that keep none.
    /// </summary>
    public double KvBytesPerToken(string precision) => Kind == "llm" && HasArchitecture
        ? 2 * (Layers ?? 0) * (Width ?? 0) * ((KvHeads ?? 0) / (Heads ?? 1)) * BytesOf(precision)
        : 0;

    /// <summary>Arithmetic of a token outside attention: two operations per weight met; looking up an untied embedding is none.</summary>
    public double LinearFlopsPerToken => 2 * (ActiveParameters - (Tied ? 0 : (Vocabulary ?? 0) * (Width ?? 0)));

    /// <summary>Arithmetic of attention for one new token over a context: scores and values, 4 · layers · width · context.</summary>
    public double AttentionFlops(double context) => 4 * (Layers ?? 0) * (Width ?? 0) * context;

    /// <summary>Share of the weights that a batch touches in one step: with experts, those that no token chose are not read.</summary>
    public double ShareTouched(double batch)
    {
        if (Experts <= 1)
        {
            return 1;
        }

        double always = (ActiveParameters - Parameters * TopK / Experts) / (Parameters * (1 - TopK / Experts));
        double touched = 1 - Math.Pow(1 - TopK / Experts, Math.Max(1, batch));
        return Math.Clamp(always + (1 - always) * touched, 0, 1);
    }

    /// <summary>Bytes of one number: <c>fp8</c> 1, <c>bf16</c> 2, <c>fp32</c> 4, <c>fp4</c> 0.5.</summary>
    public static double BytesOf(string precision) => precision switch
    {
        "fp32" or "tf32" => 4,
        "bf16" or "fp16" => 2,
        "fp8" or "int8" => 1,
        "fp4" or "int4" => 0.5,
        _ => throw new ArgumentException("no number format: " + precision, nameof(precision)),
    };
}
