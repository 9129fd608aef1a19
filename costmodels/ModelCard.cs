namespace Orchestrator.CostModels;

/// <summary>How a model's layers look back at earlier tokens.</summary>
public enum AttentionKind
{
    /// <summary>Keys and values for every head.</summary>
    MultiHead,

    /// <summary>Keys and values shared by groups of heads.</summary>
    Grouped,

    /// <summary>One head of keys and values.</summary>
    MultiQuery,

    /// <summary>One compressed vector a token instead of keys and values (multi-head latent attention).</summary>
    Latent,

    /// <summary>A state of fixed size instead of keys and values.</summary>
    Linear,
}

/// <summary>
/// The architecture of a model: what its arithmetic, weights and KV cache follow from. Unknown numbers are null. The formulas are in
/// <c>ModelCard.Arithmetic.cs</c>.
/// </summary>
public sealed partial record ModelCard
{
    /// <summary>Public name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// <c>llm</c>, <c>seq2seq</c> (encoder and decoder), <c>encoder</c>, <c>asr</c> (speech to text), <c>tts</c> (text to speech) or <c>vision</c>.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>Layers; of the encoder for <c>asr</c> and <c>seq2seq</c>.</summary>
    public double? Layers { get; init; }

    /// <summary>Layers of the decoder for <c>asr</c> and <c>seq2seq</c>, as many as <see cref="Layers"/> when null.</summary>
    public double? DecoderLayers { get; init; }

    /// <summary>Size of the hidden state.</summary>
    public double? Width { get; init; }

    /// <summary>Attention heads.</summary>
    public double? Heads { get; init; }

    /// <summary>Heads that keys and values are kept for; a mean where layers differ.</summary>
    public double? KvHeads { get; init; }

    /// <summary>Size of a head, <see cref="Width"/> over <see cref="Heads"/> unless stated.</summary>
    public double? HeadDimension { get; init; }

    /// <summary>How layers look back.</summary>
    public AttentionKind Attention { get; init; }

    /// <summary>Whether the output of attention is gated, which doubles the projection of queries.</summary>
    public bool OutputGate { get; init; }

    /// <summary>Size of the compressed keys and values of <see cref="AttentionKind.Latent"/>.</summary>
    public double KvRank { get; init; }

    /// <summary>Size of the part of a head that carries the position, kept beside the compressed keys and values.</summary>
    public double RopeDimension { get; init; }

    /// <summary>Size of the compressed queries; 0 when they are not compressed.</summary>
    public double QueryRank { get; init; }

    /// <summary>Size of the part of a head that carries no position (<see cref="AttentionKind.Latent"/>).</summary>
    public double NopeDimension { get; init; }

    /// <summary>Size of a head's values (<see cref="AttentionKind.Latent"/>).</summary>
    public double ValueDimension { get; init; }

    /// <summary>Layers whose attention keeps keys and values; all of them when null.</summary>
    public double? FullLayers { get; init; }

    /// <summary>Layers with a state of fixed size; the rest of the layers when null.</summary>
    public double? LinearLayers { get; init; }

    /// <summary>Weights of the token mixer of one layer with a state.</summary>
    public double LinearLayerParameters { get; init; }

    /// <summary>Bytes of state of one sequence in one such layer.</summary>
    public double LinearStateBytes { get; init; }

    /// <summary>Tokens that a layer with a sliding window looks back; null when no layer has one.</summary>
    public double? Window { get; init; }

    /// <summary>Layers with the sliding window.</summary>
    public double WindowLayers { get; init; }

    /// <summary>Inner size of the feed-forward part of a layer without experts.</summary>
    public double? FeedForward { get; init; }

    /// <summary>Whether the feed-forward part has a gate: three matrices instead of two.</summary>
    public bool Gated { get; init; } = true;

    /// <summary>Layers with a feed-forward part; all of them when null.</summary>
    public double? FeedForwardLayers { get; init; }

    /// <summary>Tokens known.</summary>
    public double? Vocabulary { get; init; }

    /// <summary>Whether input and output embeddings are one matrix.</summary>
    public bool Tied { get; init; }

    /// <summary>Experts per layer, 1 for a dense model.</summary>
    public double Experts { get; init; } = 1;

    /// <summary>Experts per token.</summary>
    public double TopK { get; init; } = 1;

    /// <summary>Experts that every token meets, in units of <see cref="ExpertFeedForward"/>.</summary>
    public double SharedExperts { get; init; }

    /// <summary>Inner size of one expert.</summary>
    public double? ExpertFeedForward { get; init; }

    /// <summary>Layers without experts in a model that has them.</summary>
    public double DenseLayers { get; init; }

    /// <summary>Further weights: learned positions, convolutions, a head for classes.</summary>
    public double ExtraParameters { get; init; }

    /// <summary>The number format that the weights are published in: <c>bf16</c>, <c>fp8_block</c>, <c>mxfp4</c> …</summary>
    public string Format { get; init; } = "bf16";

    /// <summary>Most tokens.</summary>
    public double? Context { get; init; }

    /// <summary>Weights as published; null when only the architecture is known.</summary>
    public double? PublishedParameters { get; init; }

    /// <summary>Weights that a token meets as published; null for dense models and where nobody says.</summary>
    public double? PublishedActiveParameters { get; init; }

    /// <summary>Why the weights do not follow from the architecture by the formula; empty when they do.</summary>
    public string Underived { get; init; } = "";

    /// <summary>Whether the card was scaled from others by the size in a name instead of being known.</summary>
    public bool IsGuess { get; init; }

    /// <summary>Arithmetic per unit of input, where it is published instead of following from the architecture.</summary>
    public double? FlopsPerUnit { get; init; }

    /// <summary>Seconds per unit of input that no device was seen to undercut, whatever its arithmetic.</summary>
    public double? FloorSecondsPerUnit { get; init; }

    /// <summary>Where this is from.</summary>
    public required string Source { get; init; }
}
