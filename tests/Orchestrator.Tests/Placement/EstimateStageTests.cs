using System.Collections.Immutable;
using Orchestrator.Compiler.Stages;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>Which pools are tabulated, what they take, and why others are not.</summary>
public sealed class EstimateStageTests
{
    private const string Llama8 = "meta-llama/Llama-3.1-8B-Instruct";
    private const string Llama70 = "meta-llama/Llama-3.1-70B-Instruct";

    [Fact]
    public void AModelIsServedWholeOrInTwoParts()
    {
        EstimateTable table = Table(Call(Llama8), "[{ kind: H100, price: { usd_hour: 2 }, count: 8 }]", 10);
        Assert.Contains(table.Candidates, c => c.Tasks.SequenceEqual([0, 1, 2]));
        Assert.Contains(table.Candidates, c => c.Tasks.SequenceEqual([0]));
        Assert.Contains(table.Candidates, c => c.Tasks.SequenceEqual([1, 2]));
        Assert.Equal(Enumerable.Range(0, table.Candidates.Length), table.Candidates.Select(c => c.Id));
        Assert.All(table.Candidates, c => Assert.Equal(c.DevicesPerReplica * c.Replicas * 2.0, c.CostPerHour!.Value.Value, 9)); // priced
        Assert.All(table.Candidates, c => Assert.Equal(c.CostPerHour!.Value.Value / 36000, c.CostPerRun!.Value.Value, 12)); // priced
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedWithItsSize()
    {
        EstimateTable table = Table(Call(Llama70), "[{ kind: L4, count: 2 }, { kind: H100, count: 8 }]", null);
        Assert.DoesNotContain(table.Candidates, c => c.Device == "L4");
        Assert.DoesNotContain(table.Candidates, c => c.Device.StartsWith("H100", StringComparison.Ordinal) && c.DevicesPerReplica == 1);
        Assert.Contains(table.Candidates, c => c.DevicesPerReplica == 4);
        Assert.Contains(table.Refusals, r => r.Device == "L4" && r.Reason.Contains("do not fit", StringComparison.Ordinal));
    }

    [Fact]
    public void HigherRatesTakeMoreReplicasAndHigherLoadsAreSlower()
    {
        double previous = 0;
        foreach (double rate in new[] { 1.0, 10, 100, 1000 })
        {
            EstimateTable table = Table(Call(Llama8), "[{ kind: H100, count: 8 }]", rate);
            Candidate[] whole = [.. table.Candidates.Where(c => c.Tasks.Length == 3 && c.DevicesPerReplica == 1).OrderBy(c => c.Replicas)];
            Assert.True(whole[0].Replicas >= previous);
            previous = whole[0].Replicas;
            Assert.All(whole, c => Assert.InRange(c.Load, 0, 0.86));
            Assert.All(whole.Zip(whole.Skip(1)), p => Assert.True(p.First.Estimates[2].P95.Likely >= p.Second.Estimates[2].P95.Likely));
        }

        Assert.True(previous > 5);
    }

    [Fact]
    public void NoCandidateIsBeatenByAnother()
    {
        EstimateTable table = Table(Call(Llama8), "[{ kind: H100, count: 64, price: { usd_hour: 2 } }]", 50);
        foreach (Candidate a in table.Candidates)
        {
            Assert.DoesNotContain(table.Candidates, b => a.Id != b.Id && a.Tasks.SequenceEqual(b.Tasks) && a.Precision == b.Precision
                && b.CostPerHour!.Value.Value <= a.CostPerHour!.Value.Value && b.Concurrency >= a.Concurrency // priced
                && b.Estimates.Zip(a.Estimates).All(e => e.First.P50.Likely <= e.Second.P50.Likely && e.First.P95.Likely <= e.Second.P95.Likely)
                && b.Estimates.Zip(a.Estimates).Any(e => e.First.P95.Likely < e.Second.P95.Likely));
        }
    }

    [Theory]
    [InlineData("meta-llama/Llama-3.1-8B-Instuct", null, null, "did you mean 'meta-llama/Llama-3.1-8B-Instruct'?")]
    [InlineData(Llama8, "npu", null, "the author wants it on a npu")]
    [InlineData(Llama8, null, "eu", "its data must stay in eu")]
    public void ARefusalSaysWhy(string model, string? on, string? region, string reason)
    {
        TaskGraph graph = Call(model);
        graph = graph with { Tasks = [.. graph.Tasks.Select(t => t with { On = on, NeverLeaves = region })] };
        EstimateTable table = Table(graph, "[{ kind: H100, at: us-east-1 }, { kind: EPYC 9654, at: us-east-1, runs: [http] }]", null);
        Assert.Empty(table.Candidates);
        Assert.Contains(table.Refusals, r => r.Device.StartsWith("H100", StringComparison.Ordinal) && r.Reason.Contains(reason, StringComparison.Ordinal));
        PlacementFailure failure = Assert.IsType<PlacementFailure>(
            PlaceStage.Run(graph, Read("[{ kind: H100, at: us-east-1 }]"), table, new Objective(), TestContext.Current.CancellationToken).Failure);
        Assert.Equal(("candidates", "test.flow:1:1"), (failure.Constraint, failure.Location));
        Assert.Contains(reason, failure.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu", "eu", true)]
    [InlineData("eu-west-1", "eu", true)]
    [InlineData("europe", "eu", false)]
    [InlineData("us-eu", "eu", false)]
    public void ARegionHoldsThePlacesNamedAfterIt(string place, string region, bool within) => Assert.Equal(within, EstimateStage.IsWithin(place, region));

    [Fact]
    public void ServicesOnACpuShareMachinesThatArePaidWhole()
    {
        var w = new GraphWriter();
        int last = w.Step(0, StepKind.Input, "in", []);
        for (int i = 0; i < 4; i++)
        {
            string name = "tool" + i;
            w.Tool(name, "process");
            last = w.Step(0, StepKind.Tool, name, [last], name);
            w.Task(last, name, "compute", name, new Workload { Kind = WorkKind.Compute, Executor = "process", DeclaredP50 = new Seconds(0.05), DeclaredP95 = new Seconds(0.06) });
        }

        w.Yield(0, last);
        TaskGraph graph = w.Finish();
        var objective = new Objective { RatePerSecond = 10 };
        Fleet fleet = Read("[{ kind: EPYC 9654, count: 4, price: { usd_hour: 3 }, figures: { cores: 4 } }]");
        EstimateTable table = EstimateStage.Run(graph, fleet, objective, Calibration.Empty, TestContext.Current.CancellationToken);
        Plan.Placement placement = Assert.IsType<Plan.Placement>(PlaceStage.Run(graph, fleet, table, objective, TestContext.Current.CancellationToken).Placement);

        // Four services × 10/s × 50 ms are two cores of four; at most 85 % loaded that is 0.59 of a machine, and one is paid.
        MachineUse machine = Assert.Single(placement.Machines);
        Assert.Equal((1, 3.0), (machine.Count, machine.CostPerHour!.Value.Value)); // priced
        Assert.InRange(machine.Used, 0.58, 1);
        Assert.Equal(3.0, placement.CostPerHour!.Value.Likely, 9); // priced
    }

    [Fact]
    public void WhatRunsTaughtReplacesTheModel()
    {
        TaskGraph graph = Call(Llama8);
        string kind = Catalogue.Default.Find("vendor", "H100")!.Kind; // in the table
        var calibration = new Calibration([.. new[] { "prefill", "decode" }.Select(p => new CalibrationRow(Llama8, p, kind, [20, 21, 22]))]);
        EstimateTable table = EstimateStage.Run(graph, Read("[{ kind: H100 }]"), new Objective(), calibration, TestContext.Current.CancellationToken);
        Assert.All(table.Candidates.SelectMany(c => c.Estimates).Where(e => e.Model != "engine"), e => Assert.Equal("measured", e.Model));
        Assert.Contains(table.Candidates.SelectMany(c => c.Estimates), e => Math.Abs(e.P50.Likely - 0.021) < 1e-9);
    }

    [Fact]
    public void AnEndpointIsPricedByTokens()
    {
        TaskGraph graph = Call(Llama8);
        Fleet fleet = Read("[{ kind: api, tier: endpoint, figures: { ttft_s: 300 ms, tpot_s: 20 ms, usd_per_mtok_in: 0.5, usd_per_mtok_out: 1.5 } }]");
        EstimateTable table = EstimateStage.Run(graph, fleet, new Objective(), Calibration.Empty, TestContext.Current.CancellationToken);
        Plan.Placement placement = Assert.IsType<Plan.Placement>(PlaceStage.Run(graph, fleet, table, new Objective(), TestContext.Current.CancellationToken).Placement);
        Assert.Equal((1000 * 0.5 + 200 * 1.5) / 1e6, placement.CostPerRun!.Value.Likely, 12); // priced by token
        Assert.Equal(0.3 + 200 * 0.02, placement.Latency[50].Likely, 9);
        Assert.Equal(0.3, placement.FirstToken[50].Likely, 9);
    }

    private static TaskGraph Call(string model)
    {
        var w = new GraphWriter();
        w.Model("writer", model);
        w.Yield(0, w.Call(0, "answer", "writer", model, 1000, 200, []));
        return w.Finish();
    }

    private static EstimateTable Table(TaskGraph graph, string devices, double? rate) => EstimateStage.Run(
        graph, Read(devices), new Objective { RatePerSecond = rate }, Calibration.Empty, TestContext.Current.CancellationToken);

    private static Fleet Read(string devices)
    {
        var bag = new DiagnosticBag();
        Fleet? fleet = FleetFile.Read(new SourceText("test.yaml", "fleet: test\ndevices: " + devices), Catalogue.Default, bag);
        Assert.Empty(bag.Items.Select(d => d.Message));
        return fleet!; // read without errors
    }
}
