using System.Text.Json.Nodes;
using Orchestrator.Compiler.Operators;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Orchestrator.Plan;
using Orchestrator.Tests.Cli;
using Xunit;

namespace Orchestrator.Tests.Compiler.Operators;

/// <summary>From a configuration to operators, and from operators to a plan.</summary>
public sealed class OperatorPlanTests
{
    private const string Sample = "samples/operator-graph";

    [Fact]
    public void ALayerHasTenOperatorsAndTheWeightsOfTheCard()
    {
        ModelCard card = Catalogue.Default.FindModel("meta-llama/Llama-3.1-8B-Instruct") ?? throw new InvalidOperationException("the catalogue has it");
        OperatorGraph graph = FreezeOperators.Run(ConfigOperators.Build(DialectSet.NewContext(), card, new InferenceSize(1, 0, 1), new SourceText("config.json", "")));
        Assert.Equal(10 * 32 + 3, graph.Operators);
        Assert.Empty(graph.Unknown);
        Assert.Equal(8.03e9 * 2, graph.Resident.Value, 0.05e9);                                  // published parameters, two bytes each
        Assert.Equal(2 * (8.03e9 - 128256 * 4096.0), graph.Tasks.Sum(t => t.Work.Arithmetic?.Value ?? 0), 0.05e9); // two operations for each weight but the embedding's
    }

    [Fact]
    public void KeptKeysAndValuesStayWithTheirAttention()
    {
        ModelCard card = Catalogue.Default.FindModel("meta-llama/Llama-3.1-8B-Instruct") ?? throw new InvalidOperationException("the catalogue has it");
        Operation module = ConfigOperators.Build(DialectSet.NewContext(), card, new InferenceSize(1, 1000, 2), new SourceText("config.json", ""));
        OperatorTask attention = FreezeOperators.Run(module).Tasks.First(t => t.Kind == "Attention");
        Assert.Equal(2 * 2 * 1000 * 8 * 128 * 2.0, attention.Work.Resident?.Value); // keys and values of two sequences, eight heads of 128, two bytes
    }

    [Fact]
    public void ADeviceThatCannotRunAnOperatorSaysWhy()
    {
        var device = new Device { Name = "d", Kind = "made up", Tier = "npu", Count = 1, Place = "here", Memory = new Sourced(1e9, "test") };
        var product = new OperatorTask("p", "MatMul", new Workload { Kind = WorkKind.Compute, Executor = "onnx", Arithmetic = new Flops(2e9), Traffic = new Bytes(3e6) })
        {
            Matrix = new MatrixShape(1, 1000, 1000, 1000),
            Format = "bf16",
        };
        Assert.Contains("bf16 is not known", OperatorEstimate.Of(product, device).WhyNot, StringComparison.Ordinal);
        Device quick = device with { Bandwidth = new Sourced(1e11, "test"), Peak = device.Peak.Add("bf16", new Sourced(1e13, "test")) };
        Assert.Equal(4e-4, OperatorEstimate.Of(product, quick).Time.Likely, 1e-5); // half of the peak
    }

    [Fact]
    public async Task APromiseThatCannotBeKeptGivesThreeAndSaysWhatIsReached()
    {
        Outcome outcome = await Orc.RunAsync("plan", Sample, "--sla", "p95 <= 20 ms");
        Assert.Equal(3, outcome.Code);
        Assert.Contains("not kept: p95 ≤ 20 ms", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("no placement on these devices", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThePlanIsAlsoJsonAndItsGapIsSmall()
    {
        Outcome outcome = await Orc.RunAsync("plan", Sample, "--sla", "p95 <= 1 s", "--json");
        JsonNode plan = JsonNode.Parse(outcome.Output) ?? throw new InvalidOperationException("no JSON");
        Assert.Equal(0, outcome.Code);
        Assert.Equal(202, plan["placed"]?.AsArray().Count);
        Assert.InRange((double?)plan["gap"] ?? 1, 0, 0.05);
        Assert.True((double?)plan["bound_s"] <= (double?)plan["p50_s"]);
    }

    [Fact]
    public async Task WeightsThatFitNowhereGiveThree()
    {
        Outcome outcome = await Orc.RunAsync("plan", Sample, "--tokens", "1", "--context", "1000000", "--batch", "64");
        Assert.Equal(3, outcome.Code);
        Assert.Contains("room for", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rate", "20/s", "ORC6053")]
    [InlineData("--stop-after", "place", "ORC6054")]
    [InlineData("--tokens", "0", "ORC6050")]
    [InlineData("--sla", "budget <= $1", "ORC6051")]
    public async Task WhatDoesNotGoWithOperatorsIsTold(string option, string value, string code)
    {
        Outcome outcome = await Orc.RunAsync("plan", Sample, option, value);
        Assert.Equal(1, outcome.Code);
        Assert.Contains(code, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOperationsCanBePrintedAndAreIR()
    {
        Outcome outcome = await Orc.RunAsync("plan", Sample, "--stop-after", "parse");
        var mistakes = new DiagnosticBag();
        ParsedModule? module = IRParser.Parse(new SourceText("model.mlir", outcome.Output), DialectSet.NewContext(), mistakes);
        Assert.Empty(mistakes.Items);
        Assert.Equal(202, FreezeOperators.Run(Assert.IsType<ParsedModule>(module).Module).Tasks.Length);
    }

    [Fact]
    public async Task ABrokenFileIsTheInputsFault()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("orc-operators");
        string path = Path.Combine(folder.FullName, "broken.onnx");
        await File.WriteAllTextAsync(path, "not a model", TestContext.Current.CancellationToken);
        Outcome outcome = await Orc.RunAsync("plan", path, "--fleet", Sample + "/fleet.yaml");
        folder.Delete(recursive: true);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("ORC3070", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("export or download", outcome.Error, StringComparison.Ordinal);
    }
}
