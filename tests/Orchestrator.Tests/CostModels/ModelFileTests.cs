using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Costs;

/// <summary>Models from the configuration of a checkpoint, and devices from a few lines.</summary>
public sealed class ModelFileTests
{
    // Configurations as they are published, without what is not read; each must give the catalogue's card.
    public static TheoryData<string, string> Configurations => new()
    {
        { "llama-8b", """{"model_type":"llama","hidden_size":4096,"intermediate_size":14336,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"vocab_size":128256,"tie_word_embeddings":false,"max_position_embeddings":131072,"torch_dtype":"bfloat16"}""" },
        { "mistralai/Mistral-7B-v0.1", """{"model_type":"mistral","hidden_size":4096,"intermediate_size":14336,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"vocab_size":32000,"sliding_window":4096,"max_position_embeddings":32768}""" },
        { "mixtral-8x7b", """{"model_type":"mixtral","hidden_size":4096,"intermediate_size":14336,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"vocab_size":32000,"num_local_experts":8,"num_experts_per_tok":2,"sliding_window":null,"max_position_embeddings":32768}""" },
        { "qwen2.5-7b", """{"model_type":"qwen2","hidden_size":3584,"intermediate_size":18944,"num_attention_heads":28,"num_hidden_layers":28,"num_key_value_heads":4,"vocab_size":152064,"sliding_window":131072,"use_sliding_window":false,"tie_word_embeddings":false,"max_position_embeddings":131072}""" },
        { "Qwen/Qwen3-30B-A3B", """{"model_type":"qwen3_moe","hidden_size":2048,"intermediate_size":6144,"moe_intermediate_size":768,"num_attention_heads":32,"head_dim":128,"num_hidden_layers":48,"num_key_value_heads":4,"num_experts":128,"num_experts_per_tok":8,"decoder_sparse_step":1,"vocab_size":151936,"tie_word_embeddings":false,"max_position_embeddings":40960}""" },
        { "google/gemma-2-2b", """{"model_type":"gemma2","hidden_size":2304,"intermediate_size":9216,"num_attention_heads":8,"head_dim":256,"num_hidden_layers":26,"num_key_value_heads":4,"vocab_size":256000,"sliding_window":4096,"max_position_embeddings":8192}""" },
        { "microsoft/phi-2", """{"model_type":"phi","hidden_size":2560,"intermediate_size":10240,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":32,"vocab_size":51200,"tie_word_embeddings":false,"max_position_embeddings":2048}""" },
        { "gpt2-xl", """{"model_type":"gpt2","n_embd":1600,"n_head":25,"n_layer":48,"n_positions":1024,"vocab_size":50257}""" },
        { "EleutherAI/gpt-neox-20b", """{"model_type":"gpt_neox","hidden_size":6144,"intermediate_size":24576,"num_attention_heads":64,"num_hidden_layers":44,"vocab_size":50432,"max_position_embeddings":2048}""" },
        { "EleutherAI/gpt-j-6b", """{"model_type":"gptj","n_embd":4096,"n_head":16,"n_layer":28,"n_positions":2048,"n_inner":null,"vocab_size":50400,"tie_word_embeddings":false}""" },
        { "facebook/opt-6.7b", """{"model_type":"opt","hidden_size":4096,"ffn_dim":16384,"num_attention_heads":32,"num_hidden_layers":32,"vocab_size":50272,"max_position_embeddings":2048}""" },
        { "tiiuae/falcon-7b", """{"model_type":"falcon","hidden_size":4544,"num_attention_heads":71,"num_hidden_layers":32,"multi_query":true,"new_decoder_architecture":false,"vocab_size":65024,"max_position_embeddings":2048}""" },
        { "tiiuae/falcon-40b", """{"model_type":"falcon","hidden_size":8192,"num_attention_heads":128,"num_hidden_layers":60,"num_kv_heads":8,"new_decoder_architecture":true,"vocab_size":65024,"max_position_embeddings":2048}""" },
        { "bigscience/bloomz-7b1", """{"model_type":"bloom","hidden_size":4096,"n_head":32,"n_layer":30,"vocab_size":250880,"seq_length":2048}""" },
        { "deepseek-ai/DeepSeek-V3", """{"model_type":"deepseek_v3","hidden_size":7168,"intermediate_size":18432,"moe_intermediate_size":2048,"num_attention_heads":128,"num_key_value_heads":128,"num_hidden_layers":61,"first_k_dense_replace":3,"n_routed_experts":256,"n_shared_experts":1,"num_experts_per_tok":8,"kv_lora_rank":512,"q_lora_rank":1536,"qk_nope_head_dim":128,"qk_rope_head_dim":64,"v_head_dim":128,"vocab_size":129280,"tie_word_embeddings":false,"max_position_embeddings":163840,"quantization_config":{"quant_method":"fp8","weight_block_size":[128,128]}}""" },
        { "deepseek-ai/DeepSeek-V2-Lite", """{"model_type":"deepseek_v2","hidden_size":2048,"intermediate_size":10944,"moe_intermediate_size":1408,"num_attention_heads":16,"num_key_value_heads":16,"num_hidden_layers":27,"first_k_dense_replace":1,"n_routed_experts":64,"n_shared_experts":2,"num_experts_per_tok":6,"kv_lora_rank":512,"q_lora_rank":null,"qk_nope_head_dim":128,"qk_rope_head_dim":64,"v_head_dim":128,"vocab_size":102400,"max_position_embeddings":163840}""" },
        { "openai/gpt-oss-20b", """{"model_type":"gpt_oss","hidden_size":2880,"intermediate_size":2880,"head_dim":64,"num_attention_heads":64,"num_key_value_heads":8,"num_hidden_layers":24,"num_local_experts":32,"num_experts_per_tok":4,"sliding_window":128,"vocab_size":201088,"tie_word_embeddings":false,"max_position_embeddings":131072,"quantization_config":{"quant_method":"mxfp4"}}""" },
        { "meta-llama/Llama-4-Maverick-17B-128E-Instruct", """{"model_type":"llama4","text_config":{"model_type":"llama4_text","hidden_size":5120,"head_dim":128,"intermediate_size":8192,"intermediate_size_mlp":16384,"interleave_moe_layer_step":2,"attention_chunk_size":8192,"num_attention_heads":40,"num_experts_per_tok":1,"num_hidden_layers":48,"num_key_value_heads":8,"num_local_experts":128,"vocab_size":202048,"max_position_embeddings":1048576}}""" },
        { "Qwen/Qwen3.5-397B-A17B", """{"model_type":"qwen3_5_moe","tie_word_embeddings":false,"text_config":{"model_type":"qwen3_5_moe_text","attn_output_gate":true,"full_attention_interval":4,"head_dim":256,"hidden_size":4096,"linear_key_head_dim":128,"linear_num_key_heads":16,"linear_num_value_heads":64,"linear_value_head_dim":128,"max_position_embeddings":262144,"moe_intermediate_size":1024,"num_attention_heads":32,"num_experts":512,"num_experts_per_tok":10,"num_hidden_layers":60,"num_key_value_heads":2,"shared_expert_intermediate_size":1024,"vocab_size":248320},"vision_config":{"hidden_size":1152}}""" },
        { "Deci/DeciLM-7B", """{"model_type":"deci","hidden_size":4096,"intermediate_size":14336,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":32,"num_key_value_heads_per_layer":[4,4,4,4,4,2,2,2,2,2,4,2,2,2,2,2,2,2,2,2,1,1,1,1,1,1,1,1,1,1,1,4],"vocab_size":32000,"tie_word_embeddings":false}""" },
        { "bert-base-uncased", """{"model_type":"bert","hidden_size":768,"intermediate_size":3072,"num_attention_heads":12,"num_hidden_layers":12,"vocab_size":30522,"max_position_embeddings":512}""" },
        { "t5-base", """{"model_type":"t5","d_model":768,"d_ff":3072,"d_kv":64,"num_heads":12,"num_layers":12,"num_decoder_layers":12,"feed_forward_proj":"relu","vocab_size":32128,"n_positions":512}""" },
        { "openai/whisper-large-v3-turbo", """{"model_type":"whisper","d_model":1280,"encoder_layers":32,"decoder_layers":4,"encoder_attention_heads":20,"encoder_ffn_dim":5120,"vocab_size":51866}""" },
        { "google/vit-large-patch16-224", """{"model_type":"vit","hidden_size":1024,"intermediate_size":4096,"num_attention_heads":16,"num_hidden_layers":24}""" },
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public void AConfigurationGivesTheCataloguesCard(string name, string json)
    {
        var bag = new DiagnosticBag();
        ModelCard read = Assert.IsType<ModelCard>(HuggingFaceConfig.Read(new SourceText("config.json", json), "mine", bag));
        ModelCard known = Assert.IsType<ModelCard>(Catalogue.Default.FindModel(name));
        Assert.Empty(bag.Items);
        Assert.Equal((known.Kind, known.Attention, known.Format, known.Gated), (read.Kind, read.Attention, read.Format, read.Gated));
        Assert.Equal(known.DerivedParameters - known.ExtraParameters, read.DerivedParameters);
        Assert.Equal(known.DerivedActiveParameters - known.ExtraParameters, read.DerivedActiveParameters);
        Assert.Equal(known.KvElements(100_000), read.KvElements(100_000));
        Assert.Equal(known.AttentionFlops(100_000), read.AttentionFlops(100_000));
        Assert.Equal(known.StateBytes, read.StateBytes);
    }

    public static TheoryData<string, string, int, int, string> Mistakes => new()
    {
        { "{\n  \"model_type\": \"lama\" }", "ORC3041", 2, 17, "did you mean 'llama'?" },
        { "{ \"model_type\": \"rwkv\", \"hidden_size\": 8 }", "ORC3041", 1, 17, "the architecture 'rwkv' is not known" },
        { "{ \"hidden_size\": 8 }", "ORC3042", 1, 1, "model_type" },
        { "{ \"model_type\": \"llama\", \"hidden_size\": 4096, \"num_hidden_layers\": 2, \"vocab_size\": 9 }", "ORC3042", 1, 1, "num_attention_heads" },
        { "{ \"model_type\": \"llama\",\n\"hidden_size\": -1, \"num_hidden_layers\": 2, \"num_attention_heads\": 2, \"vocab_size\": 9 }", "ORC3043", 2, 16, "hidden_size" },
        { "{ \"model_type\": \"llama\", \"hidden_size\": 64, \"num_hidden_layers\": 2, \"num_attention_heads\": 2, \"num_key_value_heads\": 4, \"vocab_size\": 9 }", "ORC3043", 1, 118, "at most the number of heads" },
        { "{ \"model_type\": ", "ORC3040", 1, 17, "config.json" },
        { "[1]", "ORC3040", 1, 1, "object" },
        { "{ \"model_type\": \"mixtral\", \"hidden_size\": 64, \"num_hidden_layers\": 2, \"num_attention_heads\": 2, \"vocab_size\": 9, \"num_local_experts\": 4, \"num_experts_per_tok\": 9 }", "ORC3043", 1, 161, "num_experts_per_tok" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistakeInAConfigurationIsLocated(string json, string code, int line, int column, string says)
    {
        var bag = new DiagnosticBag();
        Assert.Null(HuggingFaceConfig.Read(new SourceText("config.json", json), "mine", bag));
        Located(bag, code, line, column, says);
    }

    [Fact]
    public void AFileStandsWhereAModelsNameStands()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("orc").FullName, "config.json");
        File.WriteAllText(path, """{"model_type":"llama","hidden_size":2048,"num_attention_heads":32,"num_hidden_layers":16,"num_key_value_heads":8,"intermediate_size":8192,"vocab_size":128256,"tie_word_embeddings":true}""");
        Assert.Equal(Catalogue.Default.FindModel("llama-3.2-1b")!.DerivedParameters, Catalogue.Default.MatchModel(path)!.Parameters); // both are known
        Assert.Same(Catalogue.Default.FindModel(path), Catalogue.Default.FindModel(path));
        File.WriteAllText(path, "{ \"model_type\": \"lama\" }");
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        DiagnosticException e = Assert.Throws<DiagnosticException>(() => Catalogue.Default.FindModel(path));
        Assert.Equal("ORC3041", e.Diagnostics[0].Code);
        Assert.Null(Catalogue.Default.MatchModel("no-such-file.json"));
    }

    [Fact]
    public void AFewLinesAreADevice()
    {
        var bag = new DiagnosticBag();
        Device device = Assert.IsType<Device>(DeviceText.Read(
            new SourceText("foo.yaml", "name: Foo 9000\nmemory: 80 GB\nbandwidth: 3.35 TB/s\nbf16: 989 TFLOPS\nfp8: { value: 1979 TFLOPS, source: blog }\ntdp: 0.7 kW\nlink: 450 GB/s\nlink_count: 8\ncache: 50 MB\nsource: sheet"), bag));
        Assert.Empty(bag.Items);
        Assert.Equal(("Foo 9000", "gpu", 8), (device.Kind, device.Tier, device.ScaleUpCount));
        Assert.Equal((new Sourced(80e9, "sheet"), new Sourced(3.35e12, "sheet"), new Sourced(450e9, "sheet")), (device.Memory, device.Bandwidth, device.ScaleUpBandwidth));
        Assert.Equal((new Sourced(989e12, "sheet"), new Sourced(1979e12, "blog")), (device.Peak["bf16"], device.Peak["fp8"]));
        Assert.Equal((new Sourced(700, "sheet"), new Sourced(50e6, "sheet")), (device.Figures["tdp_w"], device.Figures["cache_bytes"]));
        Assert.Equal(["encoder", "llm"], device.Runs.Intersect(["encoder", "llm"]));
    }

    [Theory]
    [InlineData("name: Foo\nmemory: 80\nbandwidth: 1 TB/s\nbf16: 1 TFLOPS", "ORC3006", 2, 9, "GB")]
    [InlineData("name: Foo\nmemory: 80 GB\nbandwith: 1 TB/s\nbf16: 1 TFLOPS", "ORC3002", 3, 1, "did you mean 'bandwidth'?")]
    [InlineData("name: Foo\nmemory: 80 GB\nbandwidth: 1 TB/s", "ORC3004", 1, 1, "no peak")]
    [InlineData("memory: 80 GB\nbandwidth: 1 TB/s\nbf16: 1 TFLOPS", "ORC3004", 1, 1, "'name'")]
    [InlineData("name: Foo\nmemory: 80 GB\nbandwidth: 1 TB/s\nbf16: 1 TFLOPS\ntdp: 700 V", "ORC3006", 5, 6, "W")]
    public void AMistakeInADeviceIsLocated(string text, string code, int line, int column, string says)
    {
        var bag = new DiagnosticBag();
        Assert.Null(DeviceText.Read(new SourceText("foo.yaml", text), bag));
        Located(bag, code, line, column, says);
    }

    private static void Located(DiagnosticBag bag, string code, int line, int column, string says)
    {
        Diagnostic first = bag.Items.First(d => d.Code == code);
        Assert.Equal((line, column), first.Span.Source!.Locate(first.Span.Start)); // every mistake has a place
        Assert.Contains(says, first.Message + " " + first.Remedy, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(first.Remedy));
    }
}
