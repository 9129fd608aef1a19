namespace Orchestrator.CostModels.Serving;

/// <summary>
/// Seconds of the two kinds of work of one copy of a model: writing one token for a batch, and reading prompts. Memory traffic and arithmetic
/// overlap as a soft maximum (m³ + c³)^⅓; overheads and collectives add.
/// </summary>
internal static class StepCost
{
    private const double UsableMemory = 0.9;
    private const double FoundMemory = 0.97; // what is left of the printed size beside driver and buffers
    private const double LeastCache = 0.02;

    /// <summary>Bytes of weights read in a step by one device of a layout, by the tokens that choose experts.</summary>
    public static double WeightBytes(Scenario s, Layout layout, double tokens, double expertRate)
    {
        ModelShape m = s.Model;
        double dense = (m.ActiveDense * s.Format.DenseBytes + m.Embedding * s.Format.HeadBytes) / layout.Tensor;
        double experts = m.ExpertParameters * s.Format.ExpertBytes * m.ExpertsTouched(tokens) / (layout.Tensor * layout.Data);
        return dense + experts / expertRate;
    }

    /// <summary>Sequences of a context that fit into one copy, at least one.</summary>
    public static double Fitting(Scenario s, Layout layout, double context)
    {
        ModelShape m = s.Model;
        double dense = (m.ActiveDense * s.Format.DenseBytes + m.Embedding * s.Format.HeadBytes * (m.Tied ? 1 : 2)) / (layout.Tensor * layout.Pipeline);
        double experts = m.ExpertParameters * s.Format.ExpertBytes / layout.Devices;
        double devices = s.LayerSplit ? s.Devices : 1;
        // TensorRT-LLM gives the cache a share of what the weights leave, others take a share of all memory.
        double weights = (dense + experts) / devices;
        double left = s.Engine.StartsWith("trtllm", StringComparison.Ordinal) ? UsableMemory * (FoundMemory * s.Device.Memory - weights) : UsableMemory * s.Device.Memory - weights;
        double free = Math.Max(LeastCache * s.Device.Memory, left);
        double sequence = m.KvOf(context) * s.Format.KvBytes / (Math.Min(layout.Tensor, m.KvShards) * layout.Pipeline * devices);
        return Math.Max(1, layout.Data * free / Math.Max(1, sequence));
    }

    /// <summary>Seconds to write one token for each of a batch of sequences on one copy.</summary>
    /// <param name="s">The scenario.</param>
    /// <param name="r">Fitted quantities.</param>
    /// <param name="layout">How the copy is spread.</param>
    /// <param name="batch">Sequences on the copy, at least 1.</param>
    /// <param name="context">Tokens that each has.</param>
    public static double Decode(Scenario s, in Rates r, Layout layout, double batch, double context)
    {
        ModelShape m = s.Model;
        double together = Math.Max(1, batch / layout.Pipeline);
        double rank = Math.Max(1, together / layout.Data);
        double bandwidth = s.Device.Bandwidth * r[Quantity.Bandwidth];
        double cache = rank * m.KvRead(context) * s.Format.KvBytes / Math.Min(layout.Tensor, m.KvShards);
        double memory = WeightBytes(s, layout, together, r[Quantity.Experts]) / bandwidth + cache / (s.Device.Bandwidth * r[Quantity.CacheBandwidth]);
        double flops = 2 * (rank * (m.ActiveDense + m.Embedding) + together / layout.Data * m.ActiveExperts) / layout.Tensor
            + rank * m.AttentionFlops(context) / layout.Tensor;
        double arithmetic = flops / (s.Device.Peak(s.Format.Arithmetic) * r[Quantity.Compute] * r[Quantity.DecodeCompute]);
        double devices = s.LayerSplit ? s.Devices - 1 : layout.Pipeline - 1;
        return (SoftMaximum(memory, arithmetic) + Overheads(s, r, rank)) * Stages(layout, r) + Collectives(s, r, layout, together, rank)
            + devices * r[Quantity.HopSeconds] * 2;
    }

    /// <summary>Seconds to read prompts on one copy.</summary>
    /// <param name="s">The scenario.</param>
    /// <param name="r">Fitted quantities.</param>
    /// <param name="layout">How the copy is spread.</param>
    /// <param name="sequences">Prompts, at least 1.</param>
    /// <param name="length">Tokens of each.</param>
    public static double Prompts(Scenario s, in Rates r, Layout layout, double sequences, double length)
    {
        ModelShape m = s.Model;
        double tokens = sequences * length;
        double rankSequences = Math.Max(Math.Min(1, sequences), sequences / layout.Data);
        double rankTokens = rankSequences * length;
        double chunks = Math.Max(1, rankTokens / s.Chunk);
        double peak = s.Device.Peak(s.Format.Arithmetic) * r[Quantity.Compute];
        double linear = 2 * (rankTokens * m.ActiveDense + tokens / layout.Data * m.ActiveExperts + rankSequences * m.Embedding) / layout.Tensor;
        double attention = rankSequences * length * m.AttentionFlops(length / 2) / layout.Tensor;
        double attentionPeak = Math.Min(s.Device.Bf16, s.Device.Peak(s.Format.Arithmetic)) * r[Quantity.Compute] * r[Quantity.PromptAttention];
        double arithmetic = linear / peak + attention / attentionPeak;
        double memory = chunks * WeightBytes(s, layout, tokens / chunks, r[Quantity.Experts]) / (s.Device.Bandwidth * r[Quantity.Bandwidth]);
        double stages = s.LayerSplit ? s.Devices : layout.Pipeline;
        // Chunks follow each other through the stages: of n chunks over p stages, n + p - 1 take turns where one device would take n·p.
        double pipelined = stages <= 1 ? 1 : Math.Pow((chunks + stages - 1) / (chunks * stages), s.LayerSplit ? 0.6 : 1);
        double body = SoftMaximum(memory, arithmetic) + chunks * Overheads(s, r, Math.Max(1, rankSequences / chunks)) + Collectives(s, r, layout, tokens / chunks, rankTokens / chunks) * chunks;
        return body * pipelined * Stages(layout, r);
    }

    private static double Stages(Layout layout, in Rates r) => layout.Pipeline <= 1 ? 1 : Math.Pow(layout.Pipeline, r[Quantity.StageLoss]);

    private static double Overheads(Scenario s, in Rates r, double sequences) =>
        s.Model.Layers * r[Quantity.LayerSeconds] + r[Quantity.StepSeconds] + r[Quantity.SequenceSeconds] * sequences;

    // Two all-reduces a layer over tensor-parallel devices; dispatch and combine of tokens where experts are shared between ranks.
    private static double Collectives(Scenario s, in Rates r, Layout layout, double tokens, double rankTokens)
    {
        double seconds = 0;
        double link = s.Device.Link * r[Quantity.Link];
        if (layout.Tensor > 1)
        {
            (double hop, double rate) = Reach(s, layout.Tensor, r[Quantity.HopSeconds], link);
            double bytes = 2 * rankTokens * s.Model.Width;
            seconds += 2 * s.Model.Layers * (hop * (0.5 + 0.5 * Math.Log2(layout.Tensor)) + 2 * (layout.Tensor - 1) / layout.Tensor * bytes / rate);
        }

        if (layout.Data > 1 && s.Model.Experts > 1)
        {
            double ranks = layout.Tensor * layout.Data;
            (double hop, double rate) = Reach(s, ranks, r[Quantity.HopSeconds], link);
            double sent = 2 * tokens / layout.Data * Math.Min(s.Model.TopK, ranks) * s.Model.Width * (ranks - 1) / ranks;
            seconds += 2 * s.Model.Layers * (hop * 2 + sent / rate);
        }

        return seconds;
    }

    // Beyond a node the network takes over: an eighth of the rate, four times the latency.
    private static (double Hop, double Rate) Reach(Scenario s, double devices, double hop, double link) =>
        devices > s.Device.NodeSize ? (4 * hop, link / 8) : (hop, link);

    private static double SoftMaximum(double a, double b) => Math.Cbrt(a * a * a + b * b * b);
}
