namespace Orchestrator.CostModels;

/// <summary>
/// Weights, keys and values, and arithmetic of a model. Multiply-adds count as two operations; norms and biases are left out, which is less than
/// 1 % of any catalogued model.
/// </summary>
public sealed partial record ModelCard
{
    /// <summary>Whether layers, width, heads and vocabulary are known, so that arithmetic and KV follow.</summary>
    public bool HasArchitecture => Layers is not null && Width is not null && Heads is not null && KvHeads is not null && Vocabulary is not null;

    /// <summary>All weights: as published, otherwise as derived.</summary>
    public double Parameters => PublishedParameters ?? DerivedParameters;

    /// <summary>Weights that a token meets, the embedding among them; equals <see cref="Parameters"/> without experts.</summary>
    public double ActiveParameters => Experts > 1 && Underived.Length == 0 && HasArchitecture && ExpertFeedForward is not null
        ? DerivedActiveParameters
        : PublishedActiveParameters ?? Parameters;

    /// <summary>Size of a head.</summary>
    public double HeadSize => HeadDimension ?? ((Width ?? 0) / Math.Max(1, Heads ?? 1));

    /// <summary>Layers that keep keys and values.</summary>
    public double KvLayers => FullLayers ?? Layers ?? 0;

    /// <summary>Layers with a state of fixed size.</summary>
    public double StateLayers => LinearLayers ?? ((Layers ?? 0) - KvLayers);

    /// <summary>Share of the layers whose attention keeps keys and values.</summary>
    public double FullAttentionShare => Layers is { } layers and > 0 ? KvLayers / layers : 0;

    /// <summary>Share of the layers that look back within a window only.</summary>
    public double WindowShare => Layers is { } layers and > 0 && Window is not null ? WindowLayers / layers : 0;

    /// <summary>Layers with experts.</summary>
    public double ExpertLayers => Experts > 1 ? (FeedForwardLayers ?? Layers ?? 0) - DenseLayers : 0;

    /// <summary>
    /// Weights of one layer's attention: queries, keys, values and output; for latent attention the projections to and from the compressed
    /// vectors (arXiv 2405.04434, section 2.1).
    /// </summary>
    public double AttentionParameters
    {
        get
        {
            double d = Width ?? 0;
            double heads = Heads ?? 0;
            if (Attention != AttentionKind.Latent)
            {
                double queries = d * heads * HeadSize;
                return (OutputGate ? 3 : 2) * queries + 2 * d * (KvHeads ?? 0) * HeadSize;
            }

            double query = NopeDimension + RopeDimension;
            double asked = QueryRank > 0 ? d * QueryRank + QueryRank * heads * query : d * heads * query;
            double kept = d * (KvRank + RopeDimension) + KvRank * heads * (NopeDimension + ValueDimension);
            return asked + kept + heads * ValueDimension * d;
        }
    }

    /// <summary>Weights of one expert.</summary>
    public double ExpertParameters => Experts > 1 ? Matrices * (Width ?? 0) * (ExpertFeedForward ?? 0) : 0;

    /// <summary>Weights of all experts that tokens choose among.</summary>
    public double RoutedParameters => ExpertLayers * Experts * ExpertParameters;

    /// <summary>Weights of the embeddings, one matrix when tied and two otherwise.</summary>
    public double EmbeddingParameters => (Vocabulary ?? 0) * (Width ?? 0) * (Tied ? 1 : 2);

    /// <summary>All weights by the formula.</summary>
    public double DerivedParameters => CommonParameters + RoutedParameters;

    /// <summary>Weights that a token meets by the formula, both embeddings among them.</summary>
    public double DerivedActiveParameters => CommonParameters + ExpertLayers * TopK * ExpertParameters;

    /// <summary>Numbers that a token leaves in the KV cache over all layers, none dropped by a window; 0 for models that keep none.</summary>
    public double KvElementsPerToken => !HasArchitecture ? 0 : Kind switch
    {
        "llm" => KvLayers * KvElementsPerLayer,
        "seq2seq" => (DecoderLayers ?? Layers ?? 0) * KvElementsPerLayer,
        _ => 0,
    };

    /// <summary>Bytes of state that a sequence keeps in layers of fixed state, whatever its length.</summary>
    public double StateBytes => Kind == "llm" ? StateLayers * LinearStateBytes : 0;

    /// <summary>Arithmetic of a token outside attention: two operations per weight met; looking up an untied embedding is none.</summary>
    public double LinearFlopsPerToken => 2 * (ActiveParameters - (Tied ? 0 : (Vocabulary ?? 0) * (Width ?? 0)));

    private double Matrices => Gated ? 3 : 2;

    // Keys and values of one layer and token; the compressed vector and the part with the position for latent attention.
    private double KvElementsPerLayer => Attention switch
    {
        AttentionKind.Latent => KvRank + RopeDimension,
        AttentionKind.Linear => 0,
        _ => 2 * (KvHeads ?? 0) * HeadSize,
    };

    // What every token meets: attention, mixers with a state, feed-forward without experts, shared experts and routers, embeddings.
    private double CommonParameters
    {
        get
        {
            double d = Width ?? 0;
            double dense = Matrices * d * (FeedForward ?? 0);
            double rest = EmbeddingParameters + ExtraParameters;
            if (Kind is "seq2seq" or "asr")
            {
                return (Layers ?? 0) * (AttentionParameters + dense) + (DecoderLayers ?? Layers ?? 0) * (2 * AttentionParameters + dense) + rest;
            }

            double forward = Experts > 1 ? DenseLayers : FeedForwardLayers ?? Layers ?? 0;
            double shared = ExpertLayers * (SharedExperts * ExpertParameters + d * Experts);
            return KvLayers * AttentionParameters + StateLayers * LinearLayerParameters + forward * dense + shared + rest;
        }
    }

    /// <summary>Bytes of weights in a number format.</summary>
    /// <exception cref="ArgumentException">No such format.</exception>
    public double WeightBytes(string precision) => Parameters * BytesOf(precision);

    /// <summary>
    /// Bytes of keys and values that a token leaves: 2 · layers · KV heads · head size · bytes per element (arXiv 2507.19635, equation 3); for
    /// latent attention layers · (rank + position) · bytes (arXiv 2505.09343). 0 for models that keep none.
    /// </summary>
    /// <exception cref="ArgumentException">No such format.</exception>
    public double KvBytesPerToken(string precision) => KvElementsPerToken * BytesOf(precision);

    /// <summary>Numbers that a sequence of <paramref name="context"/> tokens holds in the KV cache; layers with a window hold no more than it.</summary>
    public double KvElements(double context)
    {
        double windowed = Window is { } window ? WindowLayers * Math.Max(0, context - window) * KvElementsPerLayer : 0;
        return Math.Max(0, KvElementsPerToken * context - (KvElementsPerToken > 0 ? windowed : 0));
    }

    /// <summary>
    /// Arithmetic of attention for one new token over a context: scores and values, 4 · layers · heads · head size · context; for latent
    /// attention with keys and values expanded, as when a prompt is read. Layers with a window look back no further.
    /// </summary>
    public double AttentionFlops(double context) => LookedBack(context) * (Heads ?? 0)
        * (Attention == AttentionKind.Latent ? 2 * (NopeDimension + RopeDimension + ValueDimension) : 4 * HeadSize);

    /// <summary>
    /// The same for a decode step of latent attention, which scores the compressed vectors themselves: 2 · heads · (2 · rank + position) a
    /// token (arXiv 2405.04434, the absorbed form); equals <see cref="AttentionFlops"/> otherwise.
    /// </summary>
    public double DecodeAttentionFlops(double context) => Attention == AttentionKind.Latent
        ? LookedBack(context) * (Heads ?? 0) * 2 * (2 * KvRank + RopeDimension)
        : AttentionFlops(context);

    /// <summary>Share of the weights that a batch touches in one step: with experts, those that no token chose are not read.</summary>
    /// <param name="batch">Tokens in the step, counted as at least 1.</param>
    public double ShareTouched(double batch)
    {
        if (Experts <= 1)
        {
            return 1;
        }

        double always = RoutedParameters > 0 && RoutedParameters < Parameters
            ? 1 - RoutedParameters / Parameters
            : (ActiveParameters - Parameters * TopK / Experts) / (Parameters * (1 - TopK / Experts));
        double touched = 1 - Math.Pow(1 - TopK / Experts, Math.Max(1, batch));
        return Math.Clamp(always + (1 - always) * touched, 0, 1);
    }

    /// <summary>Bytes of one number: <c>fp8</c> 1, <c>bf16</c> 2, <c>fp32</c> 4, <c>fp4</c> 0.5.</summary>
    /// <exception cref="ArgumentException">No such format.</exception>
    public static double BytesOf(string precision) => precision switch
    {
        "fp32" or "tf32" => 4,
        "bf16" or "fp16" => 2,
        "fp8" or "int8" => 1,
        "fp4" or "int4" => 0.5,
        _ => throw new ArgumentException("no number format: " + precision, nameof(precision)),
    };

    // Tokens looked back at, summed over the layers with attention.
    private double LookedBack(double context) => Window is { } window
        ? (KvLayers - WindowLayers) * context + WindowLayers * Math.Min(context, window)
        : KvLayers * context;
}
