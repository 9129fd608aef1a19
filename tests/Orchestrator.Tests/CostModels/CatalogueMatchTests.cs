using Orchestrator.CostModels;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Costs;

/// <summary>Labels of measurements find their model and device.</summary>
public sealed class CatalogueMatchTests
{
    [Theory]
    [InlineData("serving.csv", "hardware")]
    [InlineData("gemm.csv", "hardware")]
    [InlineData("attention.csv", "hardware")]
    [InlineData("moe.csv", "hardware")]
    [InlineData("collectives.csv", "hardware")]
    [InlineData("vector_ops.csv", "hardware")]
    [InlineData("power.csv", "hardware")]
    [InlineData("mamf.csv", "hardware")]
    [InlineData("kv_transfer.csv", "hardware")]
    [InlineData("hardware.csv", "device")]
    public void EveryMeasuredDeviceIsKnown(string file, string column)
    {
        using var reader = new StreamReader(Repository.Shared("data", file));
        Assert.All(Table.Parse(reader).Rows.Select(r => r[column]).Distinct(), l => Assert.True(Catalogue.Default.MatchDevice(l) is not null, l));
    }

    [Fact]
    public void EveryMeasuredModelIsKnownAndNoneIsGuessed()
    {
        using var reader = new StreamReader(Repository.Shared("data", "serving.csv"));
        TableRow[] rows = [.. Table.Parse(reader).Rows];
        Assert.All(rows.Select(r => r["model"]).Distinct(), l => Assert.True(Catalogue.Default.MatchModel(l) is { IsGuess: false }, l));
    }

    [Theory]
    [InlineData("LLaMA v3.1 8B", "meta-llama/Llama-3.1-8B-Instruct")]
    [InlineData("Llama-3.3-70B (tutorial)", "meta-llama/Llama-3.1-70B-Instruct")]
    [InlineData("LLaMA 70B", "meta-llama/Llama-2-70b-hf")]
    [InlineData("RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8-dynamic", "meta-llama/Llama-3.1-8B-Instruct")]
    [InlineData("unsloth/Llama-3.3-70B-Instruct-bnb-4bit", "meta-llama/Llama-3.1-70B-Instruct")]
    [InlineData("casperhansen/llama-3-8b-instruct-awq-v2", "meta-llama/Meta-Llama-3-8B")]
    [InlineData("qwen3 30b a3b", "Qwen/Qwen3-30B-A3B")]
    [InlineData("Qwen3‑30B‑A3B", "Qwen/Qwen3-30B-A3B")] // non-breaking hyphens
    [InlineData("nvidia/DeepSeek-R1-0528-NVFP4", "deepseek-ai/DeepSeek-V3")]
    [InlineData("DeepSeek-R1-Distill-Qwen-32B", "Qwen/Qwen2.5-32B-Instruct")]
    [InlineData("llama2-70b-99", "meta-llama/Llama-2-70b-hf")]
    [InlineData("Falcon 180B", "tiiuae/falcon-180B")]
    public void ALabelFindsItsModel(string label, string name) => Assert.Equal(name, Catalogue.Default.MatchModel(label)?.Name);

    [Theory]
    [InlineData("Foo-13B", 13e9, 13e9)]
    [InlineData("Bar-30B-A3B", 30e9, 3e9)]
    [InlineData("Baz-8x7B", 46.5e9, 12.9e9)]
    [InlineData("DeepSeek-R1-Distill-Foo-13B", 13e9, 13e9)] // not the 671 billion of DeepSeek-R1
    [InlineData("Foo-350M", 0.35e9, 0.35e9)]
    [InlineData("Foo-900B", 900e9, 900e9)]
    public void AnUnknownNameWithASizeIsGuessedAndSaysSo(string label, double parameters, double active)
    {
        ModelCard model = Assert.IsType<ModelCard>(Catalogue.Default.MatchModel(label));
        Assert.True(model.IsGuess);
        Assert.Contains("a guess from the size", model.Source, StringComparison.Ordinal);
        Assert.InRange(model.Parameters / parameters, 0.99, 1.01);
        Assert.InRange(model.ActiveParameters / active, 0.99, 1.01);
        Assert.InRange(model.DerivedParameters / parameters, 0.85, 1.15);
        Assert.True(model.KvBytesPerToken("bf16") > 0);
    }

    [Theory]
    [InlineData("gpt-4")]
    [InlineData("")]
    [InlineData("unknown")]
    public void ANameThatSaysNothingIsUnknown(string label) => Assert.Null(Catalogue.Default.MatchModel(label));

    [Theory]
    [InlineData("H20", "H20 96GB")]
    [InlineData("H20-3e 143GB", "H20-3e 141GB")]
    [InlineData("H200", "H200 SXM 141GB")]
    [InlineData("GH200", "GH200 96GB")]
    [InlineData("M3", "Apple M3 10c GPU")]
    [InlineData("M3 Max", "Apple M3 Max 40c GPU")]
    [InlineData("M1 7‑Core GPU 8GB", "Apple M1 7c GPU")] // a non-breaking hyphen
    [InlineData("3080 Ti 12GB", "RTX 3080 Ti 12GB")]
    [InlineData("3080 10GB", "RTX 3080 10GB")]
    [InlineData("NVIDIA A100-SXM4-80GB", "A100 SXM 80GB")]
    [InlineData("8x H100", "H100 SXM 80GB")]
    [InlineData("NVIDIA H100 80GB HBM3", "H100 SXM 80GB")]
    [InlineData("AMD Instinct MI300X", "MI300X 192GB")]
    [InlineData("Intel(R) Xeon(R) Platinum 8480+", "Xeon Platinum 8480+ (SPR 56c)")]
    [InlineData("Ascend (910B assumed)", "Ascend 910B")]
    [InlineData("SA8295P NPU", "SA8295P NPU")]
    [InlineData("Intel Arc A770", "Arc A770")]
    [InlineData("PVC", "Max 1550 (PVC)")]
    public void ALabelFindsItsDevice(string label, string kind) => Assert.Equal(kind, Catalogue.Default.MatchDevice(label)?.Kind);

    [Fact]
    public void AStatedMemoryCounts()
    {
        Device device = Assert.IsType<Device>(Catalogue.Default.MatchDevice("M3 Max 40-Core GPU 64GB"));
        Assert.Equal(64e9, device.Memory!.Value); // it has one
        Assert.Contains("M3 Max 40-Core GPU 64GB", device.Memory.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RTX 4091", "did you mean 'RTX 4090'?")]
    [InlineData("H100 SXN 80GB", "did you mean 'H100 SXM 80GB'?")]
    [InlineData("Abacus Mark II", null)]
    public void AnUnknownDeviceGetsTheNearest(string label, string? suggestion)
    {
        Assert.Null(Catalogue.Default.MatchDevice(label));
        Assert.Equal(suggestion, Catalogue.Default.SuggestDevice(label));
    }

    [Fact]
    public void EveryNameOfADeviceLeadsToItself() => Assert.All(
        Catalogue.Default.Kinds("vendor"), k => Assert.Equal(Catalogue.Default.Find("vendor", k)!.Kind, Catalogue.Default.MatchDevice(k)!.Kind)); // kinds of the catalogue

    // Tables of many rows ask for the same few labels: the answer is kept, even one that was guessed or adapted.
    [Theory]
    [InlineData("Foo-17B", "H100 SXM 81GB")]
    [InlineData("org/Foo-17B-Instruct", "M3 Max 36GB")]
    public void AnAnswerIsKept(string model, string device)
    {
        Assert.Same(Catalogue.Default.MatchModel(model), Catalogue.Default.MatchModel(model));
        Assert.Same(Catalogue.Default.MatchDevice(device), Catalogue.Default.MatchDevice(device));
    }
}
