using System.Collections.Immutable;

namespace Orchestrator.Plan;

/// <summary>
/// A pool that could be run: what it serves on which device class in which configuration at which load. Its tasks share its replicas.
/// </summary>
/// <param name="Id">Position in <see cref="EstimateTable.Candidates"/>.</param>
/// <param name="Services">Symbol (or symbols) served.</param>
/// <param name="Tasks">Tasks covered, ascending: each task of the graph must be covered by exactly one chosen candidate.</param>
/// <param name="Device">Name of the fleet's device.</param>
/// <param name="Configuration">For people: <c>fp8 tp1 llama-8b</c>, <c>ppocr-v4</c>, or empty.</param>
/// <param name="Precision">Number format, or empty.</param>
/// <param name="DevicesPerReplica">Devices that one replica takes (tensor × pipeline parallel degree).</param>
/// <param name="Replicas">Replicas needed at the rate and load.</param>
/// <param name="Load">Share of its capacity that the rate uses, 0..1.</param>
/// <param name="CostPerHour">US dollars; null when a price is unknown.</param>
/// <param name="CostPerRun">US dollars for one run of the workflow: the hourly cost shared by the runs of an hour, plus charges per use; null when unknown.</param>
/// <param name="MemoryPerDevice">Bytes resident on each device.</param>
/// <param name="Estimates">By position in <paramref name="Tasks"/>.</param>
public sealed record Candidate(
    int Id,
    ImmutableArray<string> Services,
    ImmutableArray<int> Tasks,
    string Device,
    string Configuration,
    string Precision,
    int DevicesPerReplica,
    int Replicas,
    double Load,
    Dollars? CostPerHour,
    Dollars? CostPerRun,
    Bytes MemoryPerDevice,
    ImmutableArray<Estimate> Estimates)
{
    /// <summary>Devices that the pool takes; a fraction where services share a machine.</summary>
    public double DeviceUse { get; init; } = DevicesPerReplica * (double)Replicas;

    /// <summary>Executions that the whole pool can have under way at once, at least 1.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>The model that serves, where a declaration names several; else empty.</summary>
    public string Model { get; init; } = "";

    /// <summary>By position in <see cref="Tasks"/>: quality of what it gives, 0 to 1, as the declaration states it, null where it does not; empty when none does.</summary>
    public ImmutableArray<double?> Qualities { get; init; } = [];

    /// <summary>Charges per use in one run of the workflow, beside the price of the devices.</summary>
    public Dollars ChargePerRun { get; init; }
}

/// <summary>Every candidate of every task, and why devices were left out.</summary>
/// <param name="Candidates">By id.</param>
/// <param name="Refusals">Per task and device that has no candidate: the reason, for people.</param>
public sealed record EstimateTable(ImmutableArray<Candidate> Candidates, ImmutableArray<Refusal> Refusals);

/// <summary>Why a task cannot be on a device.</summary>
public sealed record Refusal(int Task, string Device, string Reason);

/// <summary>What is minimised and what must hold.</summary>
public sealed record Objective
{
    /// <summary>Offered runs per second; null plans for one run at a time and costs per run only.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>Latency limits on the workflow, by percentile (50, 95, 99) in seconds.</summary>
    public ImmutableSortedDictionary<int, double> LatencyLimits { get; init; } = ImmutableSortedDictionary<int, double>.Empty;

    /// <summary>Limits on the first token, by percentile in seconds.</summary>
    public ImmutableSortedDictionary<int, double> FirstTokenLimits { get; init; } = ImmutableSortedDictionary<int, double>.Empty;

    /// <summary>Most US dollars a run, or null.</summary>
    public Dollars? BudgetPerRun { get; init; }

    /// <summary>Region that all data must stay in, or null.</summary>
    public string? Region { get; init; }

    /// <summary>Least quality of a run, 0 to 1, or null.</summary>
    public double? Quality { get; init; }

    /// <summary>Price of a second over the latency limit, US dollars; null makes the limit hard.</summary>
    public Dollars? OverrunPerSecond { get; init; }

    /// <summary>Limit of the solver in its deterministic seconds; the same input gives the same answer on any machine.</summary>
    public double SolverLimit { get; init; } = 10;
}

/// <summary>Where a task went and what else was possible.</summary>
/// <param name="Task">Task id.</param>
/// <param name="Candidate">Candidate id.</param>
/// <param name="RunnerUp">The best other candidate for it, or -1.</param>
/// <param name="RunnerUpReason">Why the runner-up lost, for people: <c>+$0.09/h</c>, <c>misses p95 by 12 ms</c>.</param>
public sealed record Assignment(int Task, int Candidate, int RunnerUp, string RunnerUpReason);

/// <summary>A stage of the latency budget: when a step of the critical path starts and how long it takes, at the promised percentile.</summary>
/// <param name="Name">Task, or transfer.</param>
/// <param name="Start">Seconds from the start of the run.</param>
/// <param name="Length">Seconds.</param>
public sealed record BudgetBar(string Name, double Start, double Length);

/// <summary>The answer of placement.</summary>
public sealed record Placement
{
    /// <summary>By task id.</summary>
    public ImmutableArray<Assignment> Assignments { get; init; } = [];

    /// <summary>Chosen candidates, ascending by id.</summary>
    public ImmutableArray<int> Pools { get; init; } = [];

    /// <summary>US dollars an hour with its interval; null when a price is unknown or no rate was given.</summary>
    public Interval? CostPerHour { get; init; }

    /// <summary>US dollars a run; null when a price is unknown.</summary>
    public Interval? CostPerRun { get; init; }

    /// <summary>End-to-end latency in seconds by percentile.</summary>
    public ImmutableSortedDictionary<int, Interval> Latency { get; init; } = ImmutableSortedDictionary<int, Interval>.Empty;

    /// <summary>First token of the workflow's value in seconds by percentile; empty when it does not stream.</summary>
    public ImmutableSortedDictionary<int, Interval> FirstToken { get; init; } = ImmutableSortedDictionary<int, Interval>.Empty;

    /// <summary>Promises of blocks, and of each of several workflows, with what the plan reaches.</summary>
    public ImmutableArray<BlockPromise> Blocks { get; init; } = [];

    /// <summary>The critical path at the tightest promised percentile (95 when none).</summary>
    public ImmutableArray<BudgetBar> Budget { get; init; } = [];

    /// <summary>Expected quality of a run, 0 to 1: the worst of steps that follow each other, the mean of branches; null when no declaration states any.</summary>
    public double? Quality { get; init; }

    /// <summary>Objective value and proved lower bound in US dollars (per hour with a rate, else per run).</summary>
    public double ObjectiveValue { get; init; }

    /// <summary>No plan is cheaper than this.</summary>
    public double LowerBound { get; init; }

    /// <summary>(objective − bound) / objective, 0 when proved optimal.</summary>
    public double Gap => ObjectiveValue > 0 ? Math.Max(0, (ObjectiveValue - LowerBound) / ObjectiveValue) : 0;

    /// <summary>Which constraint binds, for people, with what relaxing it would save; empty when none does.</summary>
    public string Binding { get; init; } = "";

    /// <summary>The cheapest plan on one kind of accelerator or processor, for comparison; null when there is none.</summary>
    public SingleKind? BestSingleKind { get; init; }

    /// <summary>Whole devices that are paid for, by name; pools may share them. Empty without a rate.</summary>
    public ImmutableArray<MachineUse> Machines { get; init; } = [];

    /// <summary>Numbers that planning had to do without, for people.</summary>
    public ImmutableArray<string> Unknowns { get; init; } = [];
}

/// <summary>The cheapest plan that uses one device kind wherever that kind can serve.</summary>
/// <param name="Device">The kind.</param>
/// <param name="Cost">US dollars, in the unit of the objective.</param>
public sealed record SingleKind(string Device, double Cost);

/// <summary>A promise on a part of what is planned.</summary>
/// <param name="Name">For people: <c>latency p95 of support</c>.</param>
/// <param name="Limit">Seconds; from 0 to 1 for a quality.</param>
/// <param name="Reached">In the same unit.</param>
/// <param name="IsQuality">Whether it is a least quality, not a longest time.</param>
public sealed record BlockPromise(string Name, double Limit, double Reached, bool IsQuality);

/// <summary>How many of a device a plan pays for.</summary>
/// <param name="Device">Its name in the fleet.</param>
/// <param name="Count">Whole devices.</param>
/// <param name="Used">Devices that the pools take, at most <paramref name="Count"/>.</param>
/// <param name="CostPerHour">US dollars an hour for all of them; null when the price is unknown.</param>
public sealed record MachineUse(string Device, int Count, double Used, Dollars? CostPerHour);

/// <summary>Why no plan keeps the promise, and what would.</summary>
/// <param name="Constraint">The constraint that binds: <c>latency p95</c>, <c>first token p95</c>, <c>budget</c>, <c>devices</c>, <c>candidates</c>, <c>solver limit</c>.</param>
/// <param name="Explanation">One sentence for people, with numbers.</param>
/// <param name="Remedies">What would make a plan possible, for people: the relaxations with their prices, and advice where fewer than two are known.</param>
/// <param name="Nearest">The plan that comes nearest to the promise, or null.</param>
/// <param name="Location">Place of the promise in the workflow file, or empty.</param>
public sealed record PlacementFailure(
    string Constraint, string Explanation, ImmutableArray<string> Remedies, Placement? Nearest, string Location)
{
    /// <summary>
    /// Promises and facts that cannot hold together on the fleet, for people: without any one of them the others can, as far as the solver's
    /// limit tells. Empty where none of them is at fault but the fleet itself.
    /// </summary>
    public ImmutableArray<string> Conflict { get; init; } = [];

    /// <summary>Changes that make a plan possible, each planned again with everything else kept; the first is the nearest to what was asked.</summary>
    public ImmutableArray<Relaxation> Relaxations { get; init; } = [];
}

/// <summary>A change that makes a plan possible.</summary>
/// <param name="Change">What to change, for people, with numbers.</param>
/// <param name="Cost">US dollars of the plan that it makes possible, an hour with a rate and a run without; null when a price is unknown.</param>
/// <param name="Unit"><c>h</c> or <c>run</c>.</param>
public sealed record Relaxation(string Change, Dollars? Cost, string Unit);

/// <summary>A plan, or the reason why there is none. Exactly one of them is there.</summary>
/// <param name="Placement">The plan.</param>
/// <param name="Failure">The reason.</param>
public sealed record PlacementAnswer(Placement? Placement, PlacementFailure? Failure);
