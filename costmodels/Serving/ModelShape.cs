namespace Orchestrator.CostModels.Serving;

/// <summary>What the cost of serving a language model follows from, complete: what a table does not tell is filled by the usual shape of its size.</summary>
/// <param name="Name">One name for all repacks of a model; the key of a (device, model) pair.</param>
/// <param name="Family">Name without size and version: <c>llama</c>, <c>qwen</c>.</param>
/// <param name="Known">Whether the architecture is from a table; else it is guessed from the size in the name.</param>
/// <param name="Parameters">All weights.</param>
/// <param name="Active">Weights that a token meets.</param>
/// <param name="ExpertParameters">Weights inside routed experts, 0 for a dense model.</param>
/// <param name="Experts">Routed experts per layer, 1 for a dense model.</param>
/// <param name="TopK">Routed experts per token.</param>
/// <param name="Layers">Layers.</param>
/// <param name="Width">Size of the hidden state.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="HeadSize">Size of a head.</param>
/// <param name="KvElements">Numbers that a token leaves in the cache of layers that see the whole context, summed over them.</param>
/// <param name="KvShards">Most devices that the cache of a token can be divided over: KV heads, 1 for latent attention.</param>
/// <param name="WindowElements">The same of layers that see a sliding window only.</param>
/// <param name="Window">Tokens in that window.</param>
/// <param name="FullLayers">Layers whose attention sees the whole context.</param>
/// <param name="Vocabulary">Tokens known.</param>
/// <param name="Tied">Whether input and output embeddings are one matrix.</param>
/// <param name="Sparse">Tokens that attention picks of a longer context, 0 when it reads all.</param>
public sealed record ModelShape(
    string Name,
    string Family,
    bool Known,
    double Parameters,
    double Active,
    double ExpertParameters,
    double Experts,
    double TopK,
    double Layers,
    double Width,
    double Heads,
    double HeadSize,
    double KvElements,
    double KvShards,
    double WindowElements,
    double Window,
    double FullLayers,
    double Vocabulary,
    bool Tied,
    double Sparse)
{
    /// <summary>Weights of one embedding matrix.</summary>
    public double Embedding => Vocabulary * Width;

    /// <summary>Weights read in every decode step whatever the batch: all but routed experts and the looked-up input embedding.</summary>
    public double DenseParameters => Math.Max(Parameters * 0.01, Parameters - ExpertParameters - (Tied ? 0 : Embedding));

    /// <summary>Weights of the routed experts that one token meets.</summary>
    public double ActiveExperts => ExpertParameters * TopK / Experts;

    /// <summary>Weights outside of routed experts that one token multiplies in a layer, without the output matrix.</summary>
    public double ActiveDense => Math.Max(Parameters * 0.002, DenseParameters - Embedding);

    /// <summary>The share of experts that a batch of tokens touches: 1 - (1 - k/E)^tokens, routing taken as uniform.</summary>
    public double ExpertsTouched(double tokens) => Experts <= 1 ? 1 : 1 - Math.Pow(1 - TopK / Experts, Math.Max(1, tokens));

    /// <summary>Numbers that a sequence of a length keeps in the cache.</summary>
    public double KvOf(double context) => KvElements * context + WindowElements * Math.Min(context, Window);

    /// <summary>Numbers of the cache that writing one more token reads.</summary>
    public double KvRead(double context) => KvElements * (Sparse > 0 ? Math.Min(context, Sparse + context / 16) : context) + WindowElements * Math.Min(context, Window);

    /// <summary>Arithmetic of attention for one new token over a context: scores and values, 4 · heads · head size · tokens seen, by layer.</summary>
    public double AttentionFlops(double context) => 4 * Heads * HeadSize
        * (FullLayers * (Sparse > 0 ? Math.Min(context, Sparse + context / 16) : context) + (WindowElements > 0 ? Layers - FullLayers : 0) * Math.Min(context, Window));

    /// <summary>A shape of usual proportions for a dense model of a size. Source: the published configurations of Llama 2 and 3 and Qwen2 (0.5 to 70 billion).</summary>
    public static ModelShape OfSize(string name, double parameters)
    {
        double billions = Math.Max(0.05, parameters / 1e9);
        double layers = Math.Round(Math.Clamp(22 * Math.Pow(billions, 0.29), 12, 126));
        double width = 128 * Math.Round(Math.Sqrt(parameters * 0.92 / (12.5 * layers)) / 128);
        double heads = Math.Max(8, width / 128);
        double kvHeads = Math.Clamp(Math.Round(heads / 4), 2, 8);
        return new ModelShape(name, name, false, parameters, parameters, 0, 1, 1, layers, width, heads, 128, 2 * kvHeads * 128 * layers, kvHeads, 0, 0, layers,
            100_000, billions < 2, 0);
    }
}
