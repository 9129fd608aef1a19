using System.Collections.Immutable;

namespace Orchestrator.Plan;

/// <summary>What changes when one plan takes the place of another.</summary>
public sealed record PlanDifference
{
    /// <summary>Tasks whose pool is another, in the order of the new plan; tasks of one plan only have an empty side.</summary>
    public required ImmutableArray<MovedTask> Moves { get; init; }

    /// <summary>Tasks that stay as they are.</summary>
    public required int Staying { get; init; }

    /// <summary>Devices of which another number is paid for, by name.</summary>
    public required ImmutableArray<MachineChange> Machines { get; init; }

    /// <summary>US dollars before and after, an hour where both have a rate and a run otherwise; null when a price is unknown.</summary>
    public required (double Before, double After)? Cost { get; init; }

    /// <summary>Whether <see cref="Cost"/> is for an hour.</summary>
    public required bool IsPerHour { get; init; }

    /// <summary>Seconds end to end before and after, by percentile that both plans tell.</summary>
    public required ImmutableSortedDictionary<int, (double Before, double After)> Latency { get; init; }

    /// <summary>Seconds to the first token before and after, by percentile that both plans tell.</summary>
    public required ImmutableSortedDictionary<int, (double Before, double After)> FirstToken { get; init; }

    /// <summary>The difference between two plans of one workflow.</summary>
    public static PlanDifference Between(DeploymentPlan before, DeploymentPlan after)
    {
        Dictionary<string, Candidate> old = PoolsOf(before);
        Dictionary<string, Candidate> now = PoolsOf(after);
        string[] names = [.. after.Graph.Tasks.Select(t => t.Name), .. before.Graph.Tasks.Select(t => t.Name).Where(n => !now.ContainsKey(n))];
        ImmutableArray<MovedTask> moves = [.. names.Select(n => new MovedTask(n, Text(old.GetValueOrDefault(n)), Text(now.GetValueOrDefault(n)))).Where(m => m.From != m.To)];
        bool perHour = before.Placement.CostPerHour is not null && after.Placement.CostPerHour is not null;
        Interval? from = perHour ? before.Placement.CostPerHour : before.Placement.CostPerRun;
        Interval? to = perHour ? after.Placement.CostPerHour : after.Placement.CostPerRun;
        return new PlanDifference
        {
            Moves = moves,
            Staying = names.Length - moves.Length,
            Machines = MachinesOf(before.Placement, after.Placement),
            Cost = from is { } a && to is { } b ? (a.Likely, b.Likely) : null,
            IsPerHour = perHour,
            Latency = Both(before.Placement.Latency, after.Placement.Latency),
            FirstToken = Both(before.Placement.FirstToken, after.Placement.FirstToken),
        };
    }

    private static Dictionary<string, Candidate> PoolsOf(DeploymentPlan plan) =>
        plan.Placement.Assignments.ToDictionary(a => plan.Graph.Tasks[a.Task].Name, a => plan.Estimates.Candidates[a.Candidate], StringComparer.Ordinal);

    private static string Text(Candidate? pool) => pool is null ? ""
        : pool.Cut is null ? string.Join(' ', new[] { pool.Device, Times(pool.Replicas * pool.DevicesPerReplica), pool.Configuration }.Where(p => p.Length > 0))
        : string.Join(" + ", pool.TakenDevices().Select(d => $"{d.Device} {Times((int)d.Count)}".TrimEnd())) + " " + pool.Configuration;

    private static string Times(int count) => count == 1 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"×{count}");

    private static ImmutableArray<MachineChange> MachinesOf(Placement before, Placement after)
    {
        MachineUse? Of(Placement plan, string device) => plan.Machines.FirstOrDefault(m => m.Device == device);
        return
        [
            .. before.Machines.Concat(after.Machines).Select(m => m.Device).Distinct().Order(StringComparer.Ordinal)
                .Select(d => new MachineChange(d, Of(before, d)?.Count ?? 0, Of(after, d)?.Count ?? 0, (Of(after, d)?.CostPerHour?.Value ?? 0) - (Of(before, d)?.CostPerHour?.Value ?? 0)))
                .Where(c => c.Before != c.After),
        ];
    }

    private static ImmutableSortedDictionary<int, (double Before, double After)> Both(
        ImmutableSortedDictionary<int, Interval> before, ImmutableSortedDictionary<int, Interval> after) =>
        before.Where(p => after.ContainsKey(p.Key)).ToImmutableSortedDictionary(p => p.Key, p => (p.Value.Likely, after[p.Key].Likely));
}

/// <summary>A task whose pool is another.</summary>
/// <param name="Task">Its name.</param>
/// <param name="From">Device, number and configuration before; empty for a task that is new.</param>
/// <param name="To">The same after; empty for a task that is gone.</param>
public sealed record MovedTask(string Task, string From, string To);

/// <summary>A device of which another number is paid for.</summary>
/// <param name="Device">Its name.</param>
/// <param name="Before">Whole devices before.</param>
/// <param name="After">Whole devices after.</param>
/// <param name="CostPerHour">US dollars an hour more, negative for less.</param>
public sealed record MachineChange(string Device, int Before, int After, double CostPerHour);
