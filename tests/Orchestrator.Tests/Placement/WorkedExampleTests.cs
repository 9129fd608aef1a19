using Orchestrator.Compiler.Placing;
using Orchestrator.Compiler.Stages;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>
/// The worked example of arXiv 2507.19635, section 3.1: 1,000 prompt tokens, 500 output tokens, a high-performance and a cost-optimised
/// device, 120 ms. All HP: 105 ms, $0.110. HP to CO: 120 ms, $0.095, the optimum. All CO: 160 ms, $0.070. CO to HP: 165 ms, $0.085.
/// Its prices per token give all CO as 1000 · 0.00005 + 500 · 0.00002 = $0.060, not the $0.070 that it prints; so it is solved twice, with the
/// four totals as printed and with the prices per token. The optimum at 120 ms is the same; the price of overrun at which all CO wins is
/// 0.000625 $/ms with the first and 0.000875 $/ms with the second.
/// </summary>
public sealed class WorkedExampleTests
{
    // As printed: what serves both phases on CO has its own total, so the two CO devices that serve one phase are not linked.
    private const string PrintedText = """
        fleet: worked-example
        devices:
          - name: HP
            kind: high performance
            tier: gpu
            at: hp
            measured:
              - { service: chat, phase: prefill, p50: 80 ms, usd_use: 0.08 }
              - { service: chat, phase: decode,  p50: 25 ms, usd_use: 0.03 }
          - name: CO
            kind: cost optimised
            tier: gpu
            at: co
            measured:
              - { service: chat, phase: prefill, p50: 130 ms, usd_use: 0.055 }
              - { service: chat, phase: decode,  p50: 30 ms,  usd_use: 0.015 }
          - { name: CO reading, kind: cost optimised, tier: gpu, at: co-a, measured: [{ service: chat, phase: prefill, p50: 130 ms, usd_use: 0.05 }] }
          - { name: CO writing, kind: cost optimised, tier: gpu, at: co-b, measured: [{ service: chat, phase: decode, p50: 30 ms, usd_use: 0.01 }] }
        links:
          - { between: [hp, co-a], bandwidth: 13.1072 GB/s, latency: 0 s, usd_gb: 0.03814697265625 }
          - { between: [hp, co-b], bandwidth: 13.1072 GB/s, latency: 0 s, usd_gb: 0.03814697265625 }
        """;

    // The cache of 1,000 tokens of an 8B model in 16 bits is 131.072 MB: 10 ms and half a cent over this link.
    private const string PricedText = """
        fleet: worked-example
        devices:
          - name: HP
            kind: high performance
            tier: gpu
            count: 4
            at: hp
            measured:
              - { service: chat, phase: prefill, p50: 80 ms, usd_use: 0.08, source: "1000 tokens at $0.00008" }
              - { service: chat, phase: decode,  p50: 25 ms, usd_use: 0.03, source: "500 tokens at $0.00006" }
          - name: CO
            kind: cost optimised
            tier: gpu
            count: 4
            at: co
            measured:
              - { service: chat, phase: prefill, p50: 130 ms, usd_use: 0.05, source: "1000 tokens at $0.00005" }
              - { service: chat, phase: decode,  p50: 30 ms,  usd_use: 0.01, source: "500 tokens at $0.00002" }
        links:
          - { between: [hp, co], bandwidth: 13.1072 GB/s, latency: 0 s, usd_gb: 0.03814697265625 }
        """;

    // Prefill HP, prefill CO, decode HP, decode CO, all CO.
    private static readonly PlacementCandidate[] Candidates =
    [
        new([0], 0, 0, 80_000_000, [[80_000]]),
        new([0], 1, 0, 50_000_000, [[130_000]]),
        new([1], 0, 0, 30_000_000, [[25_000]]),
        new([1], 1, 0, 10_000_000, [[30_000]]),
        new([0, 1], 1, 0, 70_000_000, [[130_000], [30_000]]),
    ];

    [Theory]
    [InlineData(120, 95_000_000, 120_000, new[] { 0, 3 })]
    [InlineData(119, 110_000_000, 105_000, new[] { 0, 2 })]
    [InlineData(159, 95_000_000, 120_000, new[] { 0, 3 })]
    [InlineData(160, 70_000_000, 160_000, new[] { 4 })]
    [InlineData(1000, 70_000_000, 160_000, new[] { 4 })]
    public void TheProblemHasItsOptimum(long limitMs, long cost, double latency, int[] chosen)
    {
        SearchAnswer answer = PlacementSearch.Solve(Problem(limitMs * 1000, null), 10, true, TestContext.Current.CancellationToken);
        Assert.Equal(ExactStatus.Optimal, answer.Status);
        PlacementValue value = Assert.IsType<PlacementValue>(answer.Value);
        Assert.Equal((cost, (double)cost), (value.Cost, answer.Bound));
        Assert.Equal(chosen, value.Chosen);
        Assert.Equal(latency, value.Values[Problem(0, null).Limits[0].Root]);
    }

    [Theory]
    [InlineData(105_000, 110_000_000, 0, 2)]
    [InlineData(120_000, 95_000_000, 0, 3)]
    [InlineData(160_000, 70_000_000, 4)]
    [InlineData(165_000, 85_000_000, 1, 2)]
    public void EveryAssignmentHasItsPrice(double latency, long cost, params int[] chosen)
    {
        PlacementProblem problem = Problem(120_000, null);
        PlacementValue value = new PlacementEvaluator(problem).Evaluate(chosen);
        Assert.Equal((latency, cost), (value.Values[problem.Limits[0].Root], value.Cost));
        Assert.Equal(latency <= 120_000, value.Violation == 0);
    }

    [Fact]
    public void NothingIsFasterThanAllHighPerformance()
    {
        Assert.Equal(ExactStatus.Infeasible, PlacementSearch.Solve(Problem(104_999, null), 10, true, TestContext.Current.CancellationToken).Status);
        Assert.Equal(ExactStatus.Optimal, PlacementSearch.Solve(Problem(105_000, null), 10, true, TestContext.Current.CancellationToken).Status);
    }

    // $0.025 saved over 40 ms of overrun: 0.000625 $/ms, 625 nano-dollars a microsecond.
    [Theory]
    [InlineData(624, 70_000_000)]
    [InlineData(626, 95_000_000)]
    public void AFinitePriceOfOverrunSwitchesAtItsRatio(long nanosPerMicrosecond, long cost)
    {
        SearchAnswer answer = PlacementSearch.Solve(Problem(120_000, nanosPerMicrosecond), 10, true, TestContext.Current.CancellationToken);
        Assert.Equal(cost, Assert.IsType<PlacementValue>(answer.Value).Cost);
    }

    [Theory]
    [InlineData(PrintedText, 0.120, 0.095, 0.120, "HP", "CO writing")]
    [InlineData(PrintedText, 0.119, 0.110, 0.105, "HP", "HP")]
    [InlineData(PrintedText, 0.160, 0.070, 0.160, "CO", "CO")]
    [InlineData(PricedText, 0.120, 0.095, 0.120, "HP", "CO")]
    [InlineData(PricedText, 0.119, 0.110, 0.105, "HP", "HP")]
    [InlineData(PricedText, 0.160, 0.060, 0.160, "CO", "CO")]
    public void TheStagesFindIt(string fleet, double limit, double cost, double latency, string prefill, string decode)
    {
        (TaskGraph graph, EstimateTable table, PlacementAnswer answer) = Run(fleet, new Objective { LatencyLimits = Limit(limit) });
        Plan.Placement placement = Assert.IsType<Plan.Placement>(answer.Placement);
        Assert.Equal(cost, placement.CostPerRun!.Value.Likely, 12); // known: every price is given
        Assert.Equal(cost, placement.ObjectiveValue, 12);
        Assert.Equal(0, placement.Gap);
        Assert.Equal(latency, placement.Latency[95].Likely, 9);
        Assert.Equal(prefill, DeviceOf(graph, table, placement, "prefill"));
        Assert.Equal(decode, DeviceOf(graph, table, placement, "decode"));
        Assert.Equal(latency, placement.Budget.Sum(b => b.Length), 9);
    }

    [Theory]
    [InlineData(PrintedText, 0.624, 0.070)]
    [InlineData(PrintedText, 0.626, 0.095)]
    [InlineData(PricedText, 0.874, 0.060)]
    [InlineData(PricedText, 0.876, 0.095)]
    public void TheStagesPriceOverrun(string fleet, double dollarsPerSecond, double cost)
    {
        (_, _, PlacementAnswer answer) = Run(fleet, new Objective { LatencyLimits = Limit(0.120), OverrunPerSecond = new Dollars(dollarsPerSecond) });
        Assert.Equal(cost, Assert.IsType<Plan.Placement>(answer.Placement).CostPerRun!.Value.Likely, 12); // known: every price is given
    }

    [Fact]
    public void TheStagesSayWhatBindsAndWhatIsNearest()
    {
        (_, _, PlacementAnswer bound) = Run(PrintedText, new Objective { LatencyLimits = Limit(0.150) });
        Assert.Equal("latency p95. +15 ms would save $0.025 a run", Assert.IsType<Plan.Placement>(bound.Placement).Binding);
        (_, _, PlacementAnswer none) = Run(PrintedText, new Objective { LatencyLimits = Limit(0.100) });
        PlacementFailure failure = Assert.IsType<PlacementFailure>(none.Failure);
        Assert.Equal("latency p95", failure.Constraint);
        Assert.Contains("the least that worked-example reaches is 105 ms", failure.Explanation, StringComparison.Ordinal);
        Assert.Equal(0.105, Assert.IsType<Plan.Placement>(failure.Nearest).Latency[95].Likely, 9);
    }

    [Fact]
    public void TheStagesKeepABudget()
    {
        (_, _, PlacementAnswer answer) = Run(PrintedText, new Objective { LatencyLimits = Limit(0.120), BudgetPerRun = new Dollars(0.09) });
        PlacementFailure failure = Assert.IsType<PlacementFailure>(answer.Failure);
        Assert.Equal("budget", failure.Constraint);
        Assert.Contains("$0.095", failure.Explanation, StringComparison.Ordinal);
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<int, double> Limit(double seconds) =>
        System.Collections.Immutable.ImmutableSortedDictionary<int, double>.Empty.Add(95, seconds);

    private static string DeviceOf(TaskGraph graph, EstimateTable table, Plan.Placement placement, string phase) =>
        table.Candidates[placement.Assignments[graph.Tasks.First(t => t.Phase == phase).Id].Candidate].Device;

    private static (TaskGraph, EstimateTable, PlacementAnswer) Run(string text, Objective objective)
    {
        var bag = new DiagnosticBag();
        Fleet? fleet = FleetFile.Read(new SourceText("worked-example.yaml", text), Catalogue.Default, bag);
        Assert.Empty(bag.Items);
        var writer = new GraphWriter();
        writer.Model("chat", "meta-llama/Llama-3.1-8B-Instruct");
        writer.Yield(0, writer.Call(0, "answer", "chat", "meta-llama/Llama-3.1-8B-Instruct", 1000, 500, []));
        TaskGraph graph = writer.Finish();
        EstimateTable table = EstimateStage.Run(graph, fleet!, objective, Calibration.Empty, TestContext.Current.CancellationToken); // read without errors above
        return (graph, table, PlaceStage.Run(graph, fleet!, table, objective, TestContext.Current.CancellationToken)); // as above
    }

    private static PlacementProblem Problem(long limit, long? overrun)
    {
        var program = new LatencyProgram();
        int root = program.Add(program.Task(0, 0), program.Edge(0), program.Task(1, 0));
        var transfer = new Move(5_000_000, 10_000);
        var free = new Move(0, 0);
        return new PlacementProblem
        {
            TaskCount = 2,
            Candidates = Candidates,
            Devices = [new PlacementDevice(4, 0), new PlacementDevice(4, 0)],
            Edges = [new PlacementEdge(0, 1, new int[] { 0, 1, -1, -1, 1 }, new int[] { -1, -1, 0, 1, 1 }, [[free, transfer], [transfer, null]])],
            Latency = program,
            Limits = [new PlacementLimit("latency", root, limit, overrun)],
            TieBreak = root,
        };
    }
}
