using System.Globalization;
using System.Text.Json;
using Orchestrator.Diagnostics;

namespace Orchestrator.CostModels;

/// <summary>
/// Reads a checkpoint's <c>config.json</c> as a card. The keys of the families differ; the first that is there counts. A model of several parts
/// is its text part (<c>text_config</c>). Mistakes are <c>ORC3040</c> (no JSON object), <c>ORC3041</c> (an architecture that is not known),
/// <c>ORC3042</c> (a key is missing) and <c>ORC3043</c> (a value that cannot be).
/// </summary>
public static class HuggingFaceConfig
{
    /// <summary>The card, or null after reporting every mistake to <paramref name="bag"/>.</summary>
    /// <param name="source">The file.</param>
    /// <param name="name">What to call the model.</param>
    /// <param name="bag">Where mistakes go.</param>
    public static ModelCard? Read(SourceText source, string name, DiagnosticBag bag)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(source.Text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 });
        }
        catch (JsonException e)
        {
            int line = (int)(e.LineNumber ?? 0) + 1;
            int at = source.OffsetOf(line, (int)(e.BytePositionInLine ?? 0) + 1);
            bag.Error("ORC3040", "this is not JSON", new SourceSpan(source, Math.Clamp(at, 0, source.Length), 1), "give the config.json that comes with the checkpoint");
            return null;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                bag.Error("ORC3040", "a model's configuration is a JSON object", new SourceSpan(source, 0, 1), "give the config.json that comes with the checkpoint");
                return null;
            }

            return Read(new HuggingFaceKeys(source, document.RootElement, bag), name);
        }
    }

    private static ModelCard? Read(HuggingFaceKeys keys, string name)
    {
        if (keys.Type() is not { } type)
        {
            return null;
        }

        if (HuggingFaceFamilies.Find(type) is not { } family)
        {
            keys.Error("ORC3041", $"the architecture '{type}' is not known", "model_type",
                (NearestName.Suggest(type, HuggingFaceFamilies.Names) is { } near ? near + ", or " : "") + "name the nearest known model instead, or add the family to the catalogue");
            return null;
        }

        ModelCard? card = Read(keys, name, type, family);
        return keys.Broken ? null : card;
    }

    private static ModelCard? Read(HuggingFaceKeys keys, string name, string type, HuggingFaceFamily family)
    {
        double layers = keys.Required(1, 1000, "num_hidden_layers", "n_layer", "num_layers", "n_layers", "encoder_layers");
        double width = keys.Required(8, 1e6, "hidden_size", "n_embd", "d_model", "dim");
        double heads = keys.Required(1, 4096, "num_attention_heads", "n_head", "num_heads", "n_heads", "encoder_attention_heads");
        double vocabulary = family.Kind == "vision" ? 0 : keys.Required(1, 1e8, "vocab_size", "padded_vocab_size");
        if (keys.Broken)
        {
            return null;
        }

        double forward = keys.Number(1, 1e7, "intermediate_size", "n_inner", "ffn_dim", "ffn_hidden_size", "d_ff", "encoder_ffn_dim", "hidden_dim") ?? 4 * width;
        forward = type == "qwen" ? forward / 2 : forward; // the first Qwen states both halves of the gated part together
        double kv = KvHeads(keys, type, heads);
        bool latent = keys.Has("kv_lora_rank");
        double experts = keys.Number(1, 1e5, "num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts") ?? 1;
        (double full, double linear, double windows) = keys.Layers(layers, family.Window);
        bool gate = type.StartsWith("t5", StringComparison.Ordinal) ? keys.Text("feed_forward_proj").StartsWith("gated", StringComparison.Ordinal) : family.Gated;
        var card = new ModelCard
        {
            Name = name,
            Kind = family.Kind,
            Layers = layers,
            DecoderLayers = family.Kind is "asr" or "seq2seq" ? keys.Number(1, 1000, "decoder_layers", "num_decoder_layers") : null,
            Width = width,
            Heads = heads,
            KvHeads = kv,
            HeadDimension = keys.Number(1, 4096, "head_dim", "kv_channels", "d_kv"),
            Attention = latent ? AttentionKind.Latent : kv == 1 && heads > 1 ? AttentionKind.MultiQuery : kv < heads ? AttentionKind.Grouped : AttentionKind.MultiHead,
            OutputGate = keys.Flag("attn_output_gate") ?? type == "qwen3_next",
            KvRank = keys.Number(1, 1e5, "kv_lora_rank") ?? 0,
            QueryRank = latent ? keys.Number(1, 1e5, "q_lora_rank") ?? 0 : 0,
            RopeDimension = latent ? keys.Number(1, 4096, "qk_rope_head_dim") ?? 0 : 0,
            NopeDimension = latent ? keys.Number(1, 4096, "qk_nope_head_dim") ?? 0 : 0,
            ValueDimension = latent ? keys.Number(1, 4096, "v_head_dim") ?? 0 : 0,
            FullLayers = linear > 0 ? full : null,
            LinearLayers = linear > 0 ? linear : null,
            Window = windows > 0 ? keys.Number(1, 1e8, "sliding_window", "attention_chunk_size") : null,
            WindowLayers = windows,
            FeedForward = forward,
            Gated = gate,
            Vocabulary = vocabulary,
            Tied = keys.Flag("tie_word_embeddings") ?? family.Tied,
            Format = keys.Format(),
            Context = keys.Number(1, 1e9, "max_position_embeddings", "n_positions", "seq_length", "max_seq_len", "max_sequence_length", "n_ctx", "model_max_length"),
            Source = $"config.json: {keys.Path} ({type})",
        };
        card = linear > 0 ? WithState(card, keys) : card;
        return experts > 1 ? WithExperts(card, keys, type, experts, forward) : card;
    }

    private static double KvHeads(HuggingFaceKeys keys, string type, double heads)
    {
        if (type is "falcon" or "RefinedWebModel" && keys.Flag("new_decoder_architecture") != true)
        {
            return keys.Flag("multi_query") == false ? heads : 1;
        }

        if (type == "gpt_bigcode")
        {
            return keys.Flag("multi_query") == false ? heads : 1;
        }

        if (keys.Mean("num_key_value_heads_per_layer") is { } mean)
        {
            return mean;
        }

        double kv = keys.Number(1, 4096, "num_key_value_heads", "num_kv_heads", "n_head_kv", "multi_query_group_num") ?? heads;
        if (kv > heads)
        {
            keys.Error("ORC3043", string.Create(CultureInfo.InvariantCulture, $"{kv} heads of keys and values serve {heads} heads"), "num_key_value_heads", "it is at most the number of heads");
        }

        return kv;
    }

    // Gated delta networks: the projections in and out and one state of key size x value size a value head, in fp32.
    private static ModelCard WithState(ModelCard card, HuggingFaceKeys keys)
    {
        double d = card.Width ?? 0;
        double keyHeads = keys.Required(1, 4096, "linear_num_key_heads");
        double valueHeads = keys.Required(1, 4096, "linear_num_value_heads");
        double key = keys.Required(1, 4096, "linear_key_head_dim");
        double value = keys.Required(1, 4096, "linear_value_head_dim");
        return card with
        {
            LinearLayerParameters = d * (2 * keyHeads * key + 2 * valueHeads * value + 2 * valueHeads) + valueHeads * value * d,
            LinearStateBytes = valueHeads * key * value * 4,
        };
    }

    private static ModelCard WithExperts(ModelCard card, HuggingFaceKeys keys, string type, double experts, double forward)
    {
        double layers = card.Layers ?? 0;
        double inner = keys.Number(1, 1e6, "moe_intermediate_size", "expert_ffn_hidden_size", "ffn_hidden_size") ?? forward;
        double sharedInner = keys.Number(0, 1e6, "shared_expert_intermediate_size") ?? 0;
        double shared = sharedInner > 0 ? sharedInner / inner : keys.Number(0, 64, "n_shared_experts", "num_shared_experts") ?? (type.StartsWith("llama4", StringComparison.Ordinal) ? 1 : 0);
        double step = keys.Number(1, 64, "interleave_moe_layer_step", "decoder_sparse_step") ?? 1;
        double dense = step > 1 ? layers - Math.Floor(layers / step) : keys.Number(0, 1000, "first_k_dense_replace") ?? 0;
        double top = keys.Required(1, experts, "num_experts_per_tok", "moe_topk", "num_experts_per_token", "moe_top_k");
        return card with
        {
            Experts = experts,
            TopK = top,
            ExpertFeedForward = inner,
            SharedExperts = shared,
            DenseLayers = dense,
            FeedForward = keys.Number(1, 1e7, "intermediate_size_mlp") ?? forward,
        };
    }
}
