using System.Collections.Immutable;
using Orchestrator.Compiler.Stages;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>What is planned, on what, for which promise: the inputs that a change would change.</summary>
/// <param name="Graph">The frozen program, with the promises of its blocks.</param>
/// <param name="Fleet">The fleet with its people.</param>
/// <param name="Objective">The promise.</param>
internal sealed record Setting(TaskGraph Graph, Fleet Fleet, Objective Objective)
{
    /// <summary>With every task changed.</summary>
    public Setting Tasks(Func<GraphTask, GraphTask> change) => this with { Graph = Graph with { Tasks = [.. Graph.Tasks.Select(change)] } };

    /// <summary>With every device changed that is somebody's machine, not a service or a person.</summary>
    public Setting Machines(Func<Device, Device> change) =>
        this with { Fleet = Fleet with { Devices = [.. Fleet.Devices.Select(d => IsMachine(d) ? change(d) : d)] } };

    /// <summary>With links of so many times their bandwidth.</summary>
    public Setting Wider(double times) =>
        this with { Fleet = Fleet with { Links = [.. Fleet.Links.Select(l => l with { Bandwidth = l.Bandwidth with { Value = l.Bandwidth.Value * times } })] } };

    /// <summary>Whether a device is a machine of the fleet.</summary>
    public static bool IsMachine(Device device) => device.Tier is not ("endpoint" or Fleet.Person);
}

/// <summary>The answer for a setting.</summary>
/// <param name="Status">Whether a plan exists.</param>
/// <param name="Value">The plan, or null.</param>
/// <param name="Built">The problem; null when some task has no candidate.</param>
/// <param name="Table">Its candidates.</param>
internal sealed record PlannedSetting(ExactStatus Status, PlacementValue? Value, BuiltProblem? Built, EstimateTable Table)
{
    /// <summary>Whether a plan holds everything.</summary>
    public bool Holds => Value is { Violation: 0 };

    /// <summary>US dollars in the unit of the objective; null without a plan or where a device of the plan has no price.</summary>
    public Dollars? Cost => Value is { } v && Built is { } b && Pools.All(p => p.CostPerHour is not null || p.CostPerRun is not null)
        ? new Dollars(v.Objective * b.DollarsPerUnit)
        : null;

    /// <summary>The pools of the plan.</summary>
    public IEnumerable<Candidate> Pools => Value is { } v && Built is { } b ? v.Chosen.Select(c => Table.Candidates[b.CandidateIds[c]]) : [];

    /// <summary>Whole devices that the plan takes, by name.</summary>
    public ImmutableSortedDictionary<string, int> Taken => Pools.GroupBy(p => p.Device)
        .ToImmutableSortedDictionary(g => g.Key, g => (int)Math.Ceiling(g.Sum(p => p.DeviceUse) - 1e-9), StringComparer.Ordinal);
}

/// <summary>Plans changed settings, each from its estimates on; settings that differ in limits only share their estimates.</summary>
internal sealed class SettingPlanner(Setting asked, EstimateTable table, Calibration calibration, CancellationToken cancellation)
{
    private const double MostDeterministicSeconds = 0.5; // a setting that takes longer counts as one without a plan

    private readonly Dictionary<(TaskGraph, Fleet, double?, string?), EstimateTable> _tables = new() { [Key(asked)] = table };

    /// <summary>Plans a setting; with <paramref name="change"/> the problem is changed before it is solved.</summary>
    public PlannedSetting Run(Setting setting, Func<BuiltProblem, PlacementProblem>? change = null)
    {
        if (!_tables.TryGetValue(Key(setting), out EstimateTable? candidates))
        {
            candidates = EstimateStage.Run(setting.Graph, setting.Fleet, setting.Objective, calibration, cancellation);
            _tables.Add(Key(setting), candidates);
        }

        var all = candidates.Candidates.SelectMany(c => c.Tasks).Distinct();
        if (all.Count() < setting.Graph.Tasks.Length)
        {
            return new PlannedSetting(ExactStatus.Infeasible, null, null, candidates);
        }

        BuiltProblem built = new ProblemBuilder(setting.Graph, setting.Fleet, candidates, setting.Objective).Build(_ => true);
        SearchAnswer answer = PlacementSearch.Solve(
            change?.Invoke(built) ?? built.Problem, Math.Min(MostDeterministicSeconds, setting.Objective.SolverLimit), breakTies: false, cancellation);
        return new PlannedSetting(answer.Status, answer.Value, built, candidates);
    }

    // Estimates depend on nothing else of the objective.
    private static (TaskGraph, Fleet, double?, string?) Key(Setting s) =>
        (s.Graph with { Promises = [] }, s.Fleet, s.Objective.RatePerSecond, s.Objective.Region);
}
