using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Compiler.Emit;
using Orchestrator.Compiler.Stages;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>Speech in, model and search in a loop of at most three rounds, an answer, speech out: on the six devices of arXiv 2507.19635 and a CPU.</summary>
public sealed class VoiceAgentTests
{
    private const string FleetText = """
        fleet: six-devices
        catalogue: paper
        devices:
          - { kind: A40,    count: 64, at: zone-a }
          - { kind: A100,   count: 64, at: zone-a }
          - { kind: Gaudi3, count: 64, at: zone-b }
          - { kind: MI300X, count: 64, at: zone-b }
          - { kind: H100,   count: 64, at: zone-a }
          - { kind: B200,   count: 64, at: zone-a }
          - { kind: EPYC 9654, catalogue: vendor, count: 8, at: zone-a, price: { usd_hour: 1.90, source: "assumed" } }
        links:
          - { between: [zone-a, zone-b], bandwidth: 400 Gbit/s, latency: 50 us }
          - { between: [zone-a, zone-a], bandwidth: 400 Gbit/s, latency: 10 us }
          - { between: [zone-b, zone-b], bandwidth: 400 Gbit/s, latency: 10 us }
        """;

    private static readonly Objective Promise = new()
    {
        RatePerSecond = 20,
        FirstTokenLimits = ImmutableSortedDictionary<int, double>.Empty.Add(95, 1.5),
    };

    [Fact]
    public void ThePromiseIsKeptWithProof()
    {
        (TaskGraph graph, EstimateTable table, PlacementAnswer answer) = Plan(Promise);
        Orchestrator.Plan.Placement placement = Assert.IsType<Orchestrator.Plan.Placement>(answer.Placement);
        Assert.Equal(0, placement.Gap);
        Assert.InRange(placement.FirstToken[95].Likely, 0.05, 1.5);
        Assert.True(placement.CostPerHour!.Value.Likely > 0); // known: every device has a price
        Assert.Equal(placement.ObjectiveValue, placement.CostPerHour.Value.Likely, 5);
        Assert.Equal(placement.CostPerHour.Value.Likely, placement.Machines.Sum(m => m.CostPerHour!.Value.Value), 5); // as above
        Assert.Equal(graph.Tasks.Length, placement.Assignments.Length);
        Assert.NotNull(placement.BestSingleKind);
        Assert.True(placement.BestSingleKind.Cost >= placement.ObjectiveValue - 1e-9);
        Candidate Pool(string task) => table.Candidates[placement.Assignments[graph.Tasks.First(t => t.Name == task).Id].Candidate];
        Assert.Equal("cpu", Pool("search") is { } search ? FleetOf().Devices.First(d => d.Name == search.Device).Tier : "");
        TestContext.Current.TestOutputHelper?.WriteLine(PlanText.Write(new DeploymentPlan(graph, FleetOf(), Promise, table, placement), 120));
    }

    [Fact]
    public void AnImpossiblePromiseNamesTheLeastThatCanBeReached()
    {
        (_, _, PlacementAnswer answer) = Plan(Promise with { FirstTokenLimits = ImmutableSortedDictionary<int, double>.Empty.Add(95, 0.02) });
        PlacementFailure failure = Assert.IsType<PlacementFailure>(answer.Failure);
        Assert.Equal("first token p95", failure.Constraint);
        Assert.True(Assert.IsType<Orchestrator.Plan.Placement>(failure.Nearest).FirstToken[95].Likely > 0.02);
    }

    [Fact]
    public void TooFewDevicesAreCounted()
    {
        (_, _, PlacementAnswer answer) = Plan(new Objective { RatePerSecond = 200_000 });
        PlacementFailure failure = Assert.IsType<PlacementFailure>(answer.Failure);
        Assert.Equal("devices", failure.Constraint);
        Assert.Contains("are needed", failure.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSameInputGivesTheSameBytes()
    {
        string first = JsonSerializer.Serialize(Plan(Promise).Answer, PlanJson.Default.PlacementAnswer);
        string[] others = new string[8];
        Thread[] threads = [.. Enumerable.Range(0, others.Length).Select(i => new Thread(() =>
            others[i] = JsonSerializer.Serialize(Plan(Promise).Answer, PlanJson.Default.PlacementAnswer)))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.All(others, o => Assert.Equal(first, o));
    }

    private static Fleet FleetOf()
    {
        var bag = new DiagnosticBag();
        Fleet? fleet = FleetFile.Read(new SourceText("six.yaml", FleetText), Catalogue.Default, bag);
        Assert.Empty(bag.Items.Select(d => d.Message));
        return fleet!; // read without errors
    }

    private static (TaskGraph Graph, EstimateTable Table, PlacementAnswer Answer) Plan(Objective objective)
    {
        TaskGraph graph = Voice();
        Fleet fleet = FleetOf();
        EstimateTable table = EstimateStage.Run(graph, fleet, objective, Calibration.Empty, CancellationToken.None);
        return (graph, table, PlaceStage.Run(graph, fleet, table, objective, CancellationToken.None));
    }

    private static TaskGraph Voice()
    {
        const string llama = "meta-llama/Llama-3.1-8B-Instruct";
        var w = new GraphWriter();
        w.Model("ears", "openai/whisper-large-v3");
        w.Model("brain", llama);
        w.Model("voice", "hexgrad/Kokoro-82M");
        w.Tool("search", "http");
        int speech = w.Step(0, StepKind.Input, "speech", []);
        int heard = w.Step(0, StepKind.Transcribe, "heard", [speech], "ears");
        int hear = w.Task(heard, "heard", "transcribe", "ears", new Workload { Kind = WorkKind.Encode, Executor = "encoder", Model = "openai/whisper-large-v3", TokensOut = 40 });
        int condition = w.Region(1, 1.4, 3);
        int body = w.Region(1, 1.4, 3);
        int ask = w.Call(condition, "ask", "brain", llama, 600, 30, [heard], 1.4);
        w.Edge(hear, 1, 200, streams: true);
        w.Yield(condition, ask);
        int found = w.Step(body, StepKind.Tool, "search", [ask], "search");
        var search = new Workload
        {
            Kind = WorkKind.Lookup,
            Executor = "http",
            DeclaredP50 = Seconds.FromMilliseconds(60),
            DeclaredP95 = Seconds.FromMilliseconds(150),
        };
        int look = w.Task(found, "search", "lookup", "search", search, 1.4);
        w.Edge(3, look, 200);
        w.Yield(body, found);
        int notes = w.Step(0, StepKind.Loop, "notes", [heard], regions: [condition, body]);
        int answer = w.Call(0, "answer", "brain", llama, 1200, 120, [notes, heard]);
        int spoken = w.Step(0, StepKind.Speak, "spoken", [answer], "voice");
        var speak = new Workload
        {
            Kind = WorkKind.Encode,
            Executor = "encoder",
            Model = "hexgrad/Kokoro-82M",
            TokensIn = 120,
            DeclaredP50 = Seconds.FromMilliseconds(300),
            DeclaredP95 = Seconds.FromMilliseconds(450),
        };
        int say = w.Task(spoken, "spoken", "speak", "voice", speak);
        w.Edge(w.TaskCount - 2, say, 600, streams: true);
        w.Yield(0, spoken);
        return w.Finish("voice_agent");
    }
}
