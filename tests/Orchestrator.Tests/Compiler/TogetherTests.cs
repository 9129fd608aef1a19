using Orchestrator.Compiler;
using Orchestrator.Compiler.Stages;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Tests.Samples;
using Xunit;

namespace Orchestrator.Tests.Compiling;

/// <summary>Several workflows on one fleet.</summary>
public sealed class TogetherTests
{
    private const string Fleet = "mixed-cloud";

    [Theory]
    [InlineData("cascade", "support-triage")]
    [InlineData("voice-agent", "support-chat")]
    public void TogetherCostsNoMoreThanApartAndEachPromiseHolds(string one, string two)
    {
        DeploymentPlan both = Planned(one, two);
        double apart = CostOf(Planned(one)) + CostOf(Planned(two));
        Assert.InRange(CostOf(both), 0, apart * (1 + 1e-9));
        Assert.Equal(0, both.Placement.Gap, 9);
        Assert.Contains(both.Placement.Blocks, b => b.Name.EndsWith(one.Replace('-', '_'), StringComparison.Ordinal));
        Assert.All(both.Placement.Blocks, b => Assert.True(b.Reached <= b.Limit * (1 + 1e-6), $"{b.Name}: {b.Reached} > {b.Limit}"));
    }

    [Fact]
    public void NamesAndPromisesAreEachWorkflowsOwn()
    {
        TaskGraph one = Graph("model m = \"meta-llama/Llama-3.1-8B-Instruct\"\nworkflow a(q: text) -> text { promise { rate 1/s } m(q) near m }");
        TaskGraph two = Graph("model m = \"meta-llama/Llama-3.1-70B-Instruct\"\nworkflow b(q: text) -> text { promise { rate 3/s, p99 <= 4 s, within region \"eu\" } m(q) }");
        TaskGraph both = Assert.IsType<TaskGraph>(Together.Run([one, two], new()));
        Assert.Equal(["a.m", "b.m"], both.Declarations.Select(d => d.Symbol).Order(StringComparer.Ordinal));
        Assert.All(both.Tasks, t => Assert.Equal(t.Name[..2] + "m", t.Service));
        Assert.Equal([0.25, 0.75], both.Tasks.Select(t => t.Executions).Distinct().Order());
        Assert.All(both.Tasks, t => Assert.Equal(t.Service == "a.m" ? "a.m" : null, t.Near));
        Assert.All(both.Tasks, t => Assert.Equal(t.Service == "a.m" ? null : "eu", t.NeverLeaves));
        PromiseClause latency = both.Promises.Single(p => p.Kind == "latency");
        Assert.Equal((99, "b", 4.0), (latency.Percentile, latency.Text, latency.Limit));
        Assert.Equal(4, both.Promises.Single(p => p is { Region: 0, Kind: "rate" }).Limit);
        Assert.Equal(["workflow", "a.q", "b.q"], both.Inputs.Select(i => i.Name));
    }

    [Theory]
    [InlineData("workflow a(q: text) -> text { q }", "workflow b(q: text) -> text { promise { rate 1/s } q }", "ORC4040")]
    [InlineData("workflow a(q: text) -> text { promise { rate 1/s } q }", "workflow a(q: text) -> text { promise { rate 1/s } q }", "ORC4041")]
    [InlineData("workflow a(q: text) -> text { promise { rate 1/s, budget <= $1 } q }", "workflow b(q: text) -> text { promise { rate 1/s } q }", "ORC4042")]
    public void WhatCannotBePlannedTogetherIsSaid(string one, string two, string code)
    {
        var mistakes = new DiagnosticBag();
        Assert.Equal(code == "ORC4042", Together.Run([Graph(one), Graph(two)], mistakes) is not null);
        Assert.Equal(code, Assert.Single(mistakes.Items).Code);
    }

    [Fact]
    public void AWorkflowThatRunsRarelyKeepsItsPromiseToo()
    {
        // The second is one run in a thousand: no percentile of all runs would notice it.
        string rare = "model m = \"meta-llama/Llama-3.1-70B-Instruct\" { precision: fp8 }\nworkflow b(q: text) -> text { promise { rate 0.01/s, p95 <= 1 ms } m(q) expect 100 in, 100 out }";
        CompileResult result = Compile.Run(
            Request("workflow a(q: text) -> text { promise { rate 10/s } q }") with { Fleet = SampleWorkflow.Fleet(Fleet), Beside = [Request(rare)] },
            TestContext.Current.CancellationToken);
        Assert.Contains("latency p95 of b", Assert.IsType<PlacementFailure>(result.Failure).Explanation, StringComparison.Ordinal);
    }

    private static double CostOf(DeploymentPlan plan) => Assert.IsType<Interval>(plan.Placement.CostPerHour).Likely;

    private static DeploymentPlan Planned(params string[] samples)
    {
        CompileRequest[] all = [.. samples.Select(s => new CompileRequest { Source = SampleWorkflow.Text(s) })];
        CompileResult result = Compile.Run(all[0] with { Fleet = SampleWorkflow.Fleet(Fleet), Beside = all[1..] }, TestContext.Current.CancellationToken);
        return Assert.IsType<DeploymentPlan>(result.Plan);
    }

    private static CompileRequest Request(string source) => new() { Source = new SourceText("w.flow", source) };

    private static TaskGraph Graph(string source)
    {
        CompileResult result = Compile.Run(Request(source) with { StopAfter = "freeze" }, TestContext.Current.CancellationToken);
        return Assert.IsType<TaskGraph>(ReadGraph.Run(new SourceText("g.json", result.Text ?? ""), new()));
    }
}
