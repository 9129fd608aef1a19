using System.Collections.Frozen;

namespace Orchestrator.CostModels;

/// <summary>What a family's configuration leaves unsaid.</summary>
/// <param name="Kind">See <see cref="ModelCard.Kind"/>.</param>
/// <param name="Gated">Whether its feed-forward part has a gate.</param>
/// <param name="Tied">Whether embeddings are one matrix unless the configuration says so.</param>
/// <param name="Window">Layers with the sliding window: <c>all</c>, <c>half</c>, <c>none</c>, or <c>6</c> for all but every sixth.</param>
internal readonly record struct HuggingFaceFamily(string Kind, bool Gated, bool Tied, string Window = "all");

/// <summary>The architectures whose <c>config.json</c> can be read, by <c>model_type</c>.</summary>
internal static class HuggingFaceFamilies
{
    private static readonly HuggingFaceFamily Gated = new("llm", true, false);
    private static readonly HuggingFaceFamily GatedTied = new("llm", true, true);
    private static readonly HuggingFaceFamily Plain = new("llm", false, false);
    private static readonly HuggingFaceFamily PlainTied = new("llm", false, true);
    private static readonly HuggingFaceFamily Encoder = new("encoder", false, true);

    private static readonly FrozenDictionary<string, HuggingFaceFamily> Known = new Dictionary<string, HuggingFaceFamily>(StringComparer.Ordinal)
    {
        ["llama"] = Gated,
        ["llama4"] = Gated,
        ["llama4_text"] = Gated,
        ["mistral"] = Gated,
        ["mistral3"] = Gated,
        ["ministral"] = Gated,
        ["mixtral"] = Gated,
        ["qwen"] = Gated,
        ["qwen2"] = Gated with { Window = "none" },
        ["qwen2_vl"] = Gated with { Window = "none" },
        ["qwen2_5_vl"] = Gated with { Window = "none" },
        ["qwen2_5_vl_text"] = Gated with { Window = "none" },
        ["qwen2_moe"] = Gated with { Window = "none" },
        ["qwen3"] = Gated with { Window = "none" },
        ["qwen3_moe"] = Gated with { Window = "none" },
        ["qwen3_next"] = Gated,
        ["qwen3_5"] = Gated,
        ["qwen3_5_text"] = Gated,
        ["qwen3_5_moe"] = Gated,
        ["qwen3_5_moe_text"] = Gated,
        ["qwen3_vl"] = Gated,
        ["qwen3_vl_moe"] = Gated,
        ["gemma"] = GatedTied,
        ["gemma2"] = GatedTied with { Window = "half" },
        ["gemma3"] = GatedTied with { Window = "6" },
        ["gemma3_text"] = GatedTied with { Window = "6" },
        ["phi"] = Plain,
        ["phi3"] = Gated with { Window = "none" },
        ["phimoe"] = Gated with { Window = "none" },
        ["gpt2"] = PlainTied,
        ["gpt_neox"] = Plain,
        ["gptj"] = Plain,
        ["opt"] = PlainTied,
        ["falcon"] = PlainTied,
        ["RefinedWebModel"] = PlainTied,
        ["bloom"] = PlainTied,
        ["mpt"] = PlainTied,
        ["starcoder2"] = PlainTied,
        ["gpt_bigcode"] = PlainTied,
        ["deci"] = Gated,
        ["deci_lm"] = Gated,
        ["deepseek"] = Gated,
        ["deepseek_v2"] = Gated,
        ["deepseek_v3"] = Gated,
        ["deepseek_v32"] = Gated,
        ["kimi_k2"] = Gated,
        ["kimi_k25"] = Gated,
        ["gpt_oss"] = Gated with { Window = "half" },
        ["glm"] = Gated,
        ["glm4"] = Gated,
        ["glm4_moe"] = Gated,
        ["glm4_moe_lite"] = Gated,
        ["glm_moe_dsa"] = Gated,
        ["chatglm"] = Gated,
        ["minicpm"] = GatedTied,
        ["minicpm3"] = GatedTied,
        ["minimax_m2"] = Gated,
        ["baichuan"] = Gated,
        ["internlm"] = Gated,
        ["internlm2"] = Gated,
        ["internlm3"] = Gated,
        ["cohere"] = GatedTied,
        ["cohere2"] = GatedTied,
        ["olmo"] = Gated,
        ["olmo2"] = Gated,
        ["olmoe"] = Gated,
        ["granite"] = GatedTied,
        ["granitemoe"] = GatedTied,
        ["stablelm"] = Gated,
        ["smollm3"] = GatedTied,
        ["seed_oss"] = Gated,
        ["nemotron"] = Plain,
        ["telechat"] = Gated,
        ["bert"] = Encoder,
        ["roberta"] = Encoder,
        ["xlm-roberta"] = Encoder,
        ["distilbert"] = Encoder,
        ["mpnet"] = Encoder,
        ["t5"] = new("seq2seq", false, true),
        ["mt5"] = new("seq2seq", true, false),
        ["umt5"] = new("seq2seq", true, false),
        ["whisper"] = new("asr", false, true),
        ["vit"] = new("vision", false, true),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every <c>model_type</c> that can be read.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>The family, or null.</summary>
    public static HuggingFaceFamily? Find(string type) => Known.TryGetValue(type, out HuggingFaceFamily family) ? family : null;
}
