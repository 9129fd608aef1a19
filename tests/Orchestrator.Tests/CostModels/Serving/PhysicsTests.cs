using Orchestrator.CostModels.Serving;
using Xunit;

namespace Orchestrator.Tests.CostModels.Serving;

/// <summary>Directions and limits that the physics must have whatever is fitted.</summary>
public sealed class PhysicsTests
{
    private static readonly DeviceShape H100 = CatalogueShapes.Default.Device("H100 SXM 80GB");
    private static readonly ModelShape Llama = CatalogueShapes.Default.Model("Llama-3.1-70B");
    private static readonly ModelShape DeepSeek = CatalogueShapes.Default.Model("DeepSeek-R1");

    [Theory]
    [InlineData(LoadKind.Single, 1)]
    [InlineData(LoadKind.Closed, 16)]
    [InlineData(LoadKind.Static, 16)]
    [InlineData(LoadKind.Saturated, double.PositiveInfinity)]
    public void MoreBandwidthIsNeverSlower(LoadKind load, double concurrency)
    {
        Scenario s = Scenario(load, concurrency, 8);
        Scenario faster = s with { Device = H100 with { Bandwidth = 2 * H100.Bandwidth } };
        Assert.True(PerToken(faster) < PerToken(s));
        Assert.True(PerToken(s with { Device = H100 with { Bf16 = 2 * H100.Bf16, Fp8 = 2 * H100.Fp8 } }) <= PerToken(s));
    }

    [Fact]
    public void TensorParallelismDividesTheReadingOfWeights()
    {
        Scenario s = Scenario(LoadKind.Single, 1, 1);
        double one = StepCost.WeightBytes(s, new Layout(1, 1, 1), 1, 1);
        double four = StepCost.WeightBytes(s, new Layout(4, 1, 1), 1, 1);
        Assert.Equal(4, one / four, 9);
        Assert.InRange(one, 69e9, 72e9); // 70.6 billion weights of a byte, without the input embedding and with the output matrix in 16 bits
    }

    [Fact]
    public void ExpertsAreReadAsABatchTouchesThem()
    {
        Scenario s = Scenario(LoadKind.Single, 1, 8) with { Model = DeepSeek };
        double one = StepCost.WeightBytes(s, s.Decode, 1, 1);
        double many = StepCost.WeightBytes(s, s.Decode, 4096, 1);
        Assert.InRange(8 * one, 36e9, 42e9); // 37 billion weights that a token meets
        Assert.InRange(8 * many, 660e9, 680e9);
    }

    [Fact]
    public void LatentAttentionIsReplicatedAndGroupedAttentionSharesByHeads()
    {
        // Free memory over that of a sequence: eight devices hold far more than eight times as much of grouped keys, but not of latent ones.
        Scenario latent = Scenario(LoadKind.Single, 1, 8) with { Model = DeepSeek, Device = H100 with { Memory = 1e15 } };
        double one = StepCost.Fitting(latent, new Layout(1, 1, 1), 8192);
        Assert.Equal(1, StepCost.Fitting(latent, new Layout(8, 1, 1), 8192) / one, 2);
        Scenario grouped = latent with { Model = Llama };
        Assert.Equal(8, StepCost.Fitting(grouped, new Layout(8, 1, 1), 8192) / StepCost.Fitting(grouped, new Layout(1, 1, 1), 8192), 2);
        Assert.Equal(8, StepCost.Fitting(grouped, new Layout(16, 1, 1), 8192) / StepCost.Fitting(grouped, new Layout(1, 1, 1), 8192), 2);
    }

    [Fact]
    public void AStepCannotBeatMemory()
    {
        Scenario s = Scenario(LoadKind.Single, 1, 1);
        Assert.True(PerToken(s) > 70e9 / H100.Bandwidth);
    }

    [Fact]
    public void MoreClientsMeanSlowerTokensAndMoreOfThem()
    {
        double last = 0;
        double lastRate = 0;
        foreach (double clients in new double[] { 2, 4, 8, 16, 32, 64, 128 })
        {
            Scenario s = Scenario(LoadKind.Closed, clients, 8);
            double step = PerToken(s);
            double rate = Math.Exp(PhysicsFit.Prior.LogFigure(s with { Metric = ServingMetric.OutputRate }));
            Assert.True(step >= last && rate > lastRate);
            (last, lastRate) = (step, rate);
        }
    }

    [Fact]
    public void LayersOneAfterAnotherDoNotSpeedUpASequence()
    {
        Scenario one = Scenario(LoadKind.Single, 1, 1) with { LayerSplit = true, Engine = "llama.cpp" };
        Assert.True(PerToken(one with { Devices = 4 }) >= PerToken(one));
    }

    [Fact]
    public void APromptChunkOfOneReadsAtTheSpeedOfWriting()
    {
        Scenario s = Scenario(LoadKind.Static, 1, 1) with { Chunk = 1, Metric = ServingMetric.PrefillRate };
        double reading = Math.Exp(PhysicsFit.Prior.LogFigure(s));
        double writing = Math.Exp(PhysicsFit.Prior.LogFigure(s with { Metric = ServingMetric.DecodeRate }));
        Assert.InRange(reading / writing, 0.7, 1.3);
        Assert.True(Math.Exp(PhysicsFit.Prior.LogFigure(s with { Chunk = 512 })) > 20 * writing);
    }

    [Fact]
    public void AnOverloadedServerLetsRequestsWaitForTheWholeRun()
    {
        Scenario s = Scenario(LoadKind.Open, double.PositiveInfinity, 8) with { Metric = ServingMetric.FirstToken };
        double calm = Math.Exp(PhysicsFit.Prior.LogFigure(s with { Rate = 0.1 }));
        double flooded = Math.Exp(PhysicsFit.Prior.LogFigure(s with { Rate = 1000 }));
        Assert.True(flooded > 20 * calm);
    }

    [Fact]
    public void TheFitFindsTheQuantitiesThatMadeTheRows()
    {
        Scenario[] rows = [.. from clients in new double[] { 1, 4, 16, 64 } from degree in new double[] { 1, 2, 4, 8 } from length in new double[] { 128, 1024, 4096 }
                              select Scenario(clients == 1 ? LoadKind.Single : LoadKind.Closed, clients, degree) with { Input = length }];
        PhysicsFit truth = PhysicsFit.Restore([new(new PhysicsTerm(Quantity.Bandwidth, "hopper"), -0.3), new(new PhysicsTerm(Quantity.LayerSeconds, "vllm"), 0.8)]);
        double[] logs = [.. rows.Select(truth.LogFigure)];
        PhysicsFit fit = PhysicsFit.Fit(rows, logs, [.. rows.Select(_ => 1.0)], TestContext.Current.CancellationToken);
        Assert.All(rows, r => Assert.Equal(truth.LogFigure(r), fit.LogFigure(r), 0.03));
    }

    private static double PerToken(Scenario s) => Math.Exp(PhysicsFit.Prior.LogFigure(s with { Metric = ServingMetric.PerToken })) / 1e3;

    private static Scenario Scenario(LoadKind load, double concurrency, double degree) => new()
    {
        Device = H100,
        Model = Llama,
        Format = WeightFormat.Read("fp8", Llama.Name, "vllm", 2026, H100),
        Devices = degree,
        Decode = new Layout(degree, 1, 1),
        Prefill = new Layout(degree, 1, 1),
        Copies = 1,
        Engine = "vllm",
        Era = "vllm 2026",
        Load = load,
        Concurrency = concurrency,
        Input = 1024,
        Output = 512,
        Metric = ServingMetric.PerToken,
    };
}
