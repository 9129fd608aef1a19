using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Compiler.Stages;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets.Simulated;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>A workflow that runs twice is predicted better the second time: in simulated time, on a machine that is slower than its data sheet.</summary>
public sealed class LearningRunsTests
{
    private const string Llama8 = "meta-llama/Llama-3.1-8B-Instruct";
    private const string Mistral = "mistralai/Mistral-7B-Instruct-v0.3";
    private const double Slower = 1.7;

    [Fact]
    public void TheSecondPredictionOfOtherWorkIsNearer()
    {
        TaskGraph first = Graph(Llama8, (1000, 200), (3000, 50));
        DeploymentPlan before = Plan(first, Calibration.Empty);
        Calibration learned = Compare.Learn(Calibration.Empty, before, Run(first, before, Slower));
        Assert.Equal(4, learned.Ratios.Length);

        // Other sizes of the same model, and a model that never ran.
        foreach (string model in new[] { Llama8, Mistral })
        {
            TaskGraph second = Graph(model, (700, 400), (2000, 100));
            Estimate[] blind = Tokens(Plan(second, Calibration.Empty));
            Estimate[] taught = Tokens(Plan(second, learned));
            foreach ((Estimate cold, Estimate warm) in blind.Zip(taught))
            {
                double truth = cold.P50.Likely * Slower;
                Assert.Equal("serving", warm.Model);
                Assert.True(Math.Abs(Math.Log(warm.P50.Likely / truth)) < 0.4 * Math.Log(Slower), $"{model}: {warm.P50.Likely} after {cold.P50.Likely}, in truth {truth}");
                Assert.True(warm.P50.High / warm.P50.Low < cold.P50.High / cold.P50.Low, $"{model}: {warm.P50}");
                Assert.InRange(truth, warm.P50.Low, warm.P50.High);
            }
        }
    }

    [Fact]
    public void TheSameWorkIsThenMeasured()
    {
        TaskGraph graph = Graph(Llama8, (1000, 200), (3000, 50));
        DeploymentPlan before = Plan(graph, Calibration.Empty);
        DeploymentPlan after = Plan(graph, Compare.Learn(Calibration.Empty, before, Run(graph, before, Slower)));
        Assert.All(Tokens(before).Zip(Tokens(after)), p => Assert.Equal(("measured", Slower), (p.Second.Model, Math.Round(p.Second.P50.Likely / p.First.P50.Likely, 2))));
    }

    [Fact]
    public void CorrectedPredictionsAreHeldAgainstTheModelAlone()
    {
        Calibration learned = Calibration.Empty;
        for (int i = 0; i < 4; i++)
        {
            // Always new sizes, so that the corrected model and not a measurement predicts.
            TaskGraph graph = Graph(Llama8, (1000 + i, 200 + i), (3000 + i, 50 + i));
            DeploymentPlan plan = Plan(graph, learned);
            double[] times = [.. Tokens(plan).Select(e => e.P50.Likely / (e.Correction ?? 1) * Slower)];
            learned = Compare.Learn(learned, plan, Run(graph, times));
        }

        Assert.Equal(16, learned.Ratios.Length);
        Assert.All(learned.Ratios, r => Assert.Equal(Slower, r.Ratio, 2));
    }

    [Fact]
    public void WhatIsKeptIsBoundedAndReadsBack()
    {
        Calibration learned = Calibration.Empty;
        for (int i = 0; i < 70; i++)
        {
            TaskGraph graph = Graph(Llama8, (1000 + i, 200 + i), (3000 + i, 50 + i));
            learned = Compare.Learn(learned, Plan(graph, Calibration.Empty), Run(graph, [1, 1, 1, 1]));
        }

        Assert.Equal(MachineFactor.Kept, learned.Ratios.Length);
        Assert.Contains("3069 in", learned.Ratios[^1].Size, StringComparison.Ordinal);
        Assert.InRange(learned.Rows.Length, 1, Compare.KeptRows);
        Calibration read = JsonSerializer.Deserialize(JsonSerializer.Serialize(learned, PlanJson.Default.Calibration), PlanJson.Default.Calibration)!; // written above
        Assert.Equal(learned.Ratios, read.Ratios);
        Assert.Equal(learned.Rows.Select(r => (r.Service, r.Size)), read.Rows.Select(r => (r.Service, r.Size)));
        Assert.Equal(Tokens(Plan(Graph(Mistral, (10, 10), (20, 20)), learned)), Tokens(Plan(Graph(Mistral, (10, 10), (20, 20)), read)));
    }

    [Fact]
    public void WhatWasKeptBeforeSizesWereStandsForAnySizeUntilOneIsLearned()
    {
        Calibration old = JsonSerializer.Deserialize(
            $$"""{"rows":[{"service":"{{Llama8}}","phase":"prefill","device_kind":"H","measured_ms":[20]}]}""", PlanJson.Default.Calibration)!; // an object
        Assert.Empty(old.Ratios);
        Assert.NotNull(old.Find(Llama8, "prefill", "H", "1000 in"));
        Calibration sized = new([.. old.Rows, old.Rows[0] with { Size = "1000 in", MeasuredMs = [30] }]);
        Assert.Equal(30, sized.Find(Llama8, "prefill", "H", "1000 in")!.MeasuredMs[0]); // there
    }

    private static TaskGraph Graph(string model, params (double In, double Out)[] calls)
    {
        var w = new GraphWriter();
        w.Model("writer", model);
        int[] values = [.. calls.Select((c, i) => w.Call(0, $"answer{i}", "writer", model, c.In, c.Out, []))];
        w.Yield(0, values[^1]);
        return w.Finish();
    }

    private static DeploymentPlan Plan(TaskGraph graph, Calibration calibration)
    {
        var bag = new DiagnosticBag();
        Fleet fleet = FleetFile.Read(new SourceText("test.yaml", "fleet: test\ndevices: [{ kind: H100 }]"), Catalogue.Default, bag)!; // read without errors
        var objective = new Objective();
        EstimateTable table = EstimateStage.Run(graph, fleet, objective, calibration, TestContext.Current.CancellationToken);
        Plan.Placement placement = Assert.IsType<Plan.Placement>(PlaceStage.Run(graph, fleet, table, objective, TestContext.Current.CancellationToken).Placement);
        return new DeploymentPlan(graph, fleet, objective, table, placement);
    }

    // What was predicted for reading and writing, by task.
    private static Estimate[] Tokens(DeploymentPlan plan) => [.. plan.Graph.Tasks.Where(t => t.Phase != "kv_transfer").Select(t =>
    {
        Candidate chosen = plan.Estimates.Candidates[plan.Placement.Assignments.First(a => a.Task == t.Id).Candidate];
        return chosen.Estimates[chosen.Tasks.IndexOf(t.Id)];
    })];

    private static RunResult Run(TaskGraph graph, DeploymentPlan plan, double slower) => Run(graph, [.. Tokens(plan).Select(e => e.P50.Likely * slower)]);

    // Runs the graph on a virtual clock; each call reads and writes for as long as it is told, in seconds.
    private static RunResult Run(TaskGraph graph, double[] seconds)
    {
        var clock = new VirtualClock();
        var target = new SimulatedTarget(request =>
        {
            int call = int.Parse(request.Step.Name["answer".Length..], System.Globalization.CultureInfo.InvariantCulture);
            (TimeSpan read, TimeSpan write) = (TimeSpan.FromSeconds(seconds[2 * call]), TimeSpan.FromSeconds(seconds[2 * call + 1]));
            return new SimulatedAnswer(read + write, new TextDatum("x")) { Phases = [new PhaseTime("prefill", read), new PhaseTime("decode", write), new PhaseTime("kv_transfer", TimeSpan.Zero)] };
        });
        var services = new RunServices(TargetSet.Empty.With("llm", target));
        RunResult result = clock.Run(() => new Engine().RunAsync(
            graph, ImmutableDictionary<string, Datum>.Empty, services, new TargetEnvironment("/", clock, _ => null), new EngineOptions(), TestContext.Current.CancellationToken));
        Assert.Null(result.Failure);
        return result;
    }
}
