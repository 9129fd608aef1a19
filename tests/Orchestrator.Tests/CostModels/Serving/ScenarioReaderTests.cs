using Orchestrator.CostModels;
using Orchestrator.CostModels.Serving;
using Xunit;

namespace Orchestrator.Tests.CostModels.Serving;

/// <summary>Rows as tables have them, with the traps that they set.</summary>
public sealed class ScenarioReaderTests
{
    private const string Header = "source,hardware,num_devices,model,precision,tp,pp,isl,osl,concurrency_or_batch,metric,notes";

    [Fact]
    public void AggregatedRowsShareExpertsBetweenDataParallelRanks()
    {
        Scenario s = Read("aic_silicon,B200 SXM 180GB,8,deepseek-ai/DeepSeek-R1,fp8,1,1,1024,1024,128,tpot_ms,agg dp8 moe_tp1 moe_ep8; trtllm 1.2.0rc6.post2; db-dump 2026-02-03");
        Assert.Equal(new Layout(1, 1, 8), s.Decode);
        Assert.Equal(1, s.Copies);
        Assert.Equal(("trtllm", "trtllm 2026"), (s.Engine, s.Era));
        Assert.Equal(LoadKind.Closed, s.Load);
        Assert.False(s.Disaggregated);
    }

    [Fact]
    public void DisaggregatedRowsHaveReadersAndWriters()
    {
        Scenario s = Read("aic_silicon,B200 SXM 180GB,44,deepseek-ai/DeepSeek-V3,fp4,,,8192,1024,50,ttft_ms,disagg P:1x(tp1 pp1 dp4) D:5x(tp8 pp1 dp1 bs10); trtllm 0.8.1.post1; db-dump 2026-01-29");
        Assert.True(s.Disaggregated);
        Assert.Equal((new Layout(1, 1, 4), 1), (s.Prefill, s.PrefillCopies));
        Assert.Equal((new Layout(8, 1, 1), 5), (s.Decode, s.Copies));
        Assert.Equal("layout recorded", s.Habit);
        Assert.Equal("layout not recorded", Read(
            "aic_silicon,B200 SXM 180GB,16,deepseek-ai/DeepSeek-R1,fp8,,,8192,1024,8,ttft_ms,disagg P:1x(tp8 pp1 dp1) D:1x(tp8 pp1 dp1 bs); trtllm 0.8.1.post2; 2026-04-06.csv 2026-02-12").Habit);
    }

    [Fact]
    public void ARowWithoutDevicesGetsThoseOfItsDegrees()
    {
        Scenario s = Read("aic_silicon,GB200 NVL72 192GB,0,Qwen/Qwen3-32B,,2,1,2000,500,16,tpot_ms,agg dp0 moe_tp0 moe_ep0; trtllm 1.3.0rc1; gb200/x.csv 2026-03-22");
        Assert.Equal(2, s.Devices);
        Assert.Contains(s.Assumed, a => a.Contains("number of devices", StringComparison.Ordinal));
        Assert.Contains(s.Assumed, a => a.Contains("number format", StringComparison.Ordinal));
    }

    [Fact]
    public void LayersOfLlamaCppLieOnDevicesOneAfterAnother()
    {
        Scenario s = Read("llamacpp_gpu_table,3090 24GB,6,LLaMA 3 70B,Q4_K_M,,,,1024,1,decode_tok_s,llama.cpp; layers split over devices");
        Assert.True(s.LayerSplit);
        Assert.Equal(new Layout(1, 1, 1), s.Decode);
        Assert.Equal(6, s.Devices);
    }

    [Fact]
    public void APrintedBatchOfLlamaBenchIsAPromptChunk()
    {
        Scenario s = Read("argonne_bench,H100 SXM 80GB,1,Qwen/Qwen2-7B,f16 gguf,,,128,128,1,total_tok_s,\"llama.cpp; one sequence: the printed batch 16 is llama-bench -b, a prompt chunk size\"");
        Assert.Equal((1, 16, LoadKind.Static), (s.Concurrency, s.Chunk, s.Load));
    }

    [Fact]
    public void ExpertsOfGptOssAreNarrowWhateverTheColumnSays()
    {
        Scenario hopper = Read("x,H200 SXM 141GB,1,GPT-OSS 20B,fp8,1,1,1024,1024,inf,throughput_out_tok_s_per_device,max load; TP1");
        Assert.Equal(("mxfp4", ArithmeticFormat.Bf16), (hopper.Format.Label, hopper.Format.Arithmetic));
        Assert.InRange(hopper.Format.ExpertBytes, 0.5, 0.6);
    }

    [Theory]
    [InlineData("inf", LoadKind.Saturated, double.PositiveInfinity)]
    [InlineData("qps=INF", LoadKind.Saturated, double.PositiveInfinity)]
    [InlineData("rate=inf", LoadKind.Saturated, double.PositiveInfinity)]
    [InlineData("Server", LoadKind.Saturated, double.PositiveInfinity)]
    [InlineData("qps=8", LoadKind.Open, 8)]
    [InlineData("rate=0.2", LoadKind.Open, 0.2)]
    public void LoadsAreReadFromWords(string text, LoadKind kind, double rate)
    {
        Scenario s = Read($"x,H100,1,Llama-3.1-8B,fp8,1,1,467,256,{text},ttft_ms,");
        Assert.Equal((kind, rate), (s.Load, s.Rate));
    }

    [Fact]
    public void LengthsMayBeLimitsOrHaveWords()
    {
        Scenario limit = Read("jetstream_pt,TPU v5e,8,Gemma 2B,bfloat16,,,max 1024,max 1024,512,throughput_out_tok_s,ShareGPT prompts");
        Assert.True(limit.Input < 1024 && limit.Output < 1024);
        Scenario words = Read("deepseek_infra,H800 80GB,8,DeepSeek-V3/R1,fp8 (MLA core bf16),,,4989 avg kv length,,production,decode_tok_s,per 8-GPU node");
        Assert.Equal(4989, words.Input);
        Assert.Equal("deepseek-v3", words.Model.Name);
    }

    [Fact]
    public void EveryOddRowBecomesAScenario()
    {
        foreach (string row in new[]
        {
            "x,,,,,,,,,,,", "x,No Such Device,zero,No-Such-Model-13B,int3,two,?,many,few,lots,words_per_day,disagg P: D:", "x,H100,-1,Foo,fp8,0,0,0,0,0,tpot_ms,agg dp",
            "x,H20-3e 143GB,8,Qwen3-8B,bf16 (default),8,,128,128,1,ttft_ms,",
        })
        {
            Scenario s = Read(row);
            Assert.True(double.IsFinite(new ServingPredictor(ServingTablesOfNothing()).Predict(Row(row)).Predicted));
            Assert.True(s.Input >= 1 && s.Output >= 1 && s.Devices >= 1);
        }

        Assert.Contains(Read("x,No Such Device,,No-Such-Model-13B,,,,,,,tpot_ms,").Assumed, a => a.Contains("No Such Device", StringComparison.Ordinal));
    }

    [Fact]
    public void ATableOfOnesOwnNeedsNoSource()
    {
        Table table = Table.Parse(new StringReader("hardware,model,metric,concurrency_or_batch\nH100 SXM 80GB,Llama-3.1-8B,tpot_ms,16\n"));
        Scenario s = new ScenarioReader(CatalogueShapes.Default).Read(table.Rows[0]);
        Assert.Equal((LoadKind.Closed, 16, "vllm"), (s.Load, s.Concurrency, s.Engine));
    }

    private static ServingTables ServingTablesOfNothing() => new(PhysicsFit.Prior, null, [], null);

    private static TableRow Row(string row) => Table.Parse(new StringReader(Header + "\n" + row + "\n")).Rows[0];

    private static Scenario Read(string row) => new ScenarioReader(CatalogueShapes.Default).Read(Row(row));
}
