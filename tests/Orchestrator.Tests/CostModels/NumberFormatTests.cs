using Orchestrator.CostModels;
using Xunit;

namespace Orchestrator.Tests.Costs;

/// <summary>Number formats, their labels, and low-rank adapters.</summary>
public sealed class NumberFormatTests
{
    [Theory]
    [InlineData("f16 gguf", "fp16", 16)]
    [InlineData("F16", "fp16", 16)]
    [InlineData("16-bit (default)", "fp16", 16)]
    [InlineData("bfloat16", "bf16", 16)]
    [InlineData("bf16 (default)", "bf16", 16)]
    [InlineData("fp16/bf16", "bf16", 16)]
    [InlineData("fp16 (matmul bf16)", "bf16", 16)]
    [InlineData("fp8", "fp8", 8)]
    [InlineData("fp8 (MLA core bf16)", "fp8_block", 8.001953125)]
    [InlineData("fp4", "nvfp4", 4.5)]
    [InlineData("NVFP4", "nvfp4", 4.5)]
    [InlineData("MXFP4", "mxfp4", 4.25)]
    [InlineData("mxfp8", "mxfp8", 8.25)]
    [InlineData("INT8-CW", "int8", 8.00390625)]
    [InlineData("w8a8", "int8", 8.00390625)]
    [InlineData("8-bit", "fp8", 8)]
    [InlineData("INT4-MIXED", "int4_mixed", 4.78125)]
    [InlineData("INT4 GPTQ", "int4_g128", 4.15625)]
    [InlineData("w4a16", "int4_g128", 4.15625)]
    [InlineData("w4", "int4_g128", 4.15625)]
    [InlineData("Q4_K_M", "q4_k_m", 4.85)]
    [InlineData("Q8_0", "q8_0", 8.5)]
    public void ALabelFindsItsFormat(string label, string name, double bits)
    {
        NumberFormat format = Assert.IsType<NumberFormat>(NumberFormat.Parse(label));
        Assert.Equal(name, format.Name);
        Assert.Equal(bits, format.Bits, 9);
        Assert.InRange(format.KvBytes, 0.5, 4);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not stated")]
    public void ALabelThatSaysNothingMeansTheModelsOwnFormat(string label)
    {
        Assert.Null(NumberFormat.Parse(label));
        Assert.Equal("fp8_block", NumberFormat.Of(label, Card("deepseek-ai/DeepSeek-V3")).Name);
        Assert.Equal("bf16", NumberFormat.Of(label, Card("llama-8b")).Name);
    }

    [Fact]
    public void EveryMeasuredPrecisionIsKnown()
    {
        using var reader = new StreamReader(Repository.Shared("data", "serving.csv"));
        Assert.All(
            Table.Parse(reader).Rows.Select(r => r["precision"]).Distinct().Where(p => p is not ("" or "not stated")), p => Assert.True(NumberFormat.Parse(p) is not null, p));
    }

    [Fact]
    public void FourBitsStayFourUnderAWiderLabel()
    {
        ModelCard oss = Card("openai/gpt-oss-120b");
        NumberFormat format = NumberFormat.Of("fp8", oss);
        Assert.Equal(("mxfp4", 4.25, "fp8"), (format.Name, format.Bits, format.Compute));
        Assert.InRange(format.WeightBytes(oss), 60e9, 66e9); // the checkpoint is 60.8 GiB: arXiv 2508.10925, table 1
        Assert.InRange(NumberFormat.Of("", Card("openai/gpt-oss-20b")).WeightBytes(Card("openai/gpt-oss-20b")), 12.8e9, 14e9); // 12.8 GiB
    }

    [Fact]
    public void WhatStaysWideCounts()
    {
        ModelCard model = Card("llama-8b");
        double wide = model.EmbeddingParameters;
        Assert.Equal((model.Parameters - wide) * 4.5 / 8 + wide * 2, NumberFormat.Parse("nvfp4")!.WeightBytes(model), 1e3); // in the table
        Assert.Equal(model.Parameters * 2, NumberFormat.Parse("bf16")!.WeightBytes(model), 1e3);
        Assert.Equal(model.Parameters * 4.85 / 8, NumberFormat.Parse("q4_k_m")!.WeightBytes(model), 1e3);
        Assert.InRange(NumberFormat.Of("", Card("deepseek-ai/DeepSeek-V3")).WeightBytes(Card("deepseek-ai/DeepSeek-V3")), 671e9, 690e9); // 688 GB with the layer for speculation
    }

    [Fact]
    public void EveryFormatIsPlausible() => Assert.All(NumberFormat.Names, n =>
    {
        NumberFormat format = NumberFormat.Parse(n)!; // a name of the table
        Assert.InRange(format.Bits, 1.5, 32);
        Assert.Contains(format.Wide, new[] { "none", "embeddings", "experts" });
        Assert.NotNull(NumberFormat.Parse(format.Compute));
        Assert.True(format.Source.Length > 5, n);
    });

    [Theory]
    [InlineData("nvfp4", "B200 SXM 180GB", "fp4")]
    [InlineData("nvfp4", "H100 SXM 80GB", "bf16")] // no arithmetic in four bits before Blackwell
    [InlineData("fp8", "A100 SXM 80GB", "bf16")] // nor in eight floating ones before Hopper
    [InlineData("int8", "A100 SXM 80GB", "int8")]
    [InlineData("w4a16", "H100 SXM 80GB", "bf16")]
    [InlineData("bf16", "V100 PCIe 16GB", "fp16")]
    [InlineData("w4a16", "RK3588 NPU", "int8")]
    public void NarrowWeightsAreUnpackedWhereADeviceCannotMultiplyThem(string label, string kind, string compute)
    {
        Orchestrator.Plan.Device device = Catalogue.Default.Find("vendor", kind)!; // catalogued
        NumberFormat format = NumberFormat.Parse(label)!; // in the table
        Assert.Equal(compute, format.ComputeOn(device));
        Assert.Equal(device.Peak[compute], format.PeakOn(device));
    }

    // Rank 8 on queries and values of LLaMA 7B is 4.19 million (arXiv 2106.09685's rule): 32 layers x 2 x 8 x (4,096 + 4,096).
    [Fact]
    public void AnAdapterHasRankTimesInputsAndOutputs()
    {
        ModelCard model = Card("huggyllama/llama-7b");
        Assert.Equal(32.0 * 2 * 8 * 8192, Adapter.Find("lora")!.Parameters(model)); // in the table
        Assert.Equal(32.0 * 64 * (4 * 8192 + 3 * (4096 + 11008)), Adapter.Find("qlora")!.Parameters(model)); // 159.9 million
        Assert.Equal(2.0 * 32 * 2 * 8 * 8192 * 100, Adapter.Find("LoRA")!.Bytes(model, 100));
        Assert.Null(Adapter.Find("none"));
    }

    [Fact]
    public void SharedShardsAreEightTimesFewer()
    {
        Adapter mos = Adapter.Find("mos")!; // in the table
        ModelCard model = Card("llama-8b");
        Assert.Equal((mos with { Fewer = 1 }).Parameters(model) / 8, mos.Parameters(model));
    }

    private static ModelCard Card(string name) => Assert.IsType<ModelCard>(Catalogue.Default.FindModel(name));
}
