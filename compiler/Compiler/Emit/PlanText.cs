using System.Globalization;
using System.Text;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit;

/// <summary>Writes a plan as a table for people: the same bytes for the same plan and width, plain text without colour.</summary>
public static class PlanText
{
    /// <summary>Narrowest table; below it lines would have to be cut.</summary>
    public const int NarrowestWidth = 80;

    /// <summary>Widest table; beyond it the eye loses the row.</summary>
    public const int WidestWidth = 120;

    // Below this many columns the runners-up would squeeze the rest; orc explain tells them.
    private const int RunnerUpWidth = 100;

    /// <summary>The plan in at most <paramref name="width"/> columns (clamped to 80..120), ending in a line end.</summary>
    public static string Write(DeploymentPlan plan, int width)
    {
        width = Math.Clamp(width, NarrowestWidth, WidestWidth);
        var text = new StringBuilder();
        AppendHead(text, plan, width);
        AppendTasks(text, plan, width);
        AppendSources(text, plan, width);
        AppendBudget(text, plan, width);
        AppendClosing(text, plan, width);
        return text.ToString();
    }

    /// <summary>What is promised, in one line: <c>p95 ≤ 800 ms at 20/s</c>; <c>none</c> when nothing is.</summary>
    public static string Promise(Objective objective)
    {
        var parts = new List<string>();
        parts.AddRange(objective.FirstTokenLimits.Select(l => $"first token p{l.Key} ≤ {new Seconds(l.Value)}"));
        parts.AddRange(objective.LatencyLimits.Select(l => $"p{l.Key} ≤ {new Seconds(l.Value)}"));
        if (objective.BudgetPerRun is { } budget)
        {
            parts.Add($"≤ {budget} a run");
        }

        if (objective.Region is { } region)
        {
            parts.Add($"within {region}");
        }

        if (objective.Quality is { } quality)
        {
            parts.Add($"quality ≥ {Quantity.Digits(quality)}");
        }

        string promise = parts.Count == 0 ? "none" : string.Join(", ", parts);
        return objective.RatePerSecond is { } rate ? $"{promise} at {Quantity.Digits(rate)}/s" : promise;
    }

    /// <summary>A device and how many of it a pool takes: <c>H100 ×2</c>.</summary>
    public static string Devices(Candidate pool)
    {
        int count = pool.Replicas * pool.DevicesPerReplica;
        return count == 1 ? pool.Device : $"{pool.Device} ×{count.ToString(CultureInfo.InvariantCulture)}";
    }

    private static void AppendHead(StringBuilder text, DeploymentPlan plan, int width)
    {
        string left = $"{plan.Graph.Name} on {plan.Fleet.Name}";
        string right = $"promise: {Promise(plan.Objective)}";
        int gap = width - left.Length - right.Length;
        text.Append(left);
        text.Append(gap >= 2 ? new string(' ', gap) : "\n  ").Append(right).Append('\n');
    }

    private static void AppendTasks(StringBuilder text, DeploymentPlan plan, int width)
    {
        var rows = new List<string[]> { new[] { "task", "device", "configuration", "load", "p50", "p95", "$/1k runs", "runner-up" } };
        foreach (Assignment assignment in plan.Placement.Assignments)
        {
            rows.Add(TaskRow(plan, assignment));
        }

        if (width < RunnerUpWidth)
        {
            rows = [.. rows.Select(r => r[..^1])];
        }

        TextTable.Append(text, rows, width, rightAligned: [3, 4, 5, 6], flexible: [7, 2, 0, 1]);
    }

    private static string[] TaskRow(DeploymentPlan plan, Assignment assignment)
    {
        GraphTask task = plan.Graph.Tasks[assignment.Task];
        Candidate pool = plan.Estimates.Candidates[assignment.Candidate];
        Estimate estimate = pool.Estimates[pool.Tasks.IndexOf(assignment.Task)];
        return
        [
            task.Name,
            Devices(pool),
            pool.Configuration,
            plan.Objective.RatePerSecond is null ? "" : pool.Load.ToString("0.00", CultureInfo.InvariantCulture),
            Time(estimate.P50.Likely),
            Time(estimate.P95.Likely),
            CostShare(plan.Graph, pool, assignment.Task) is { } cost ? Quantity.Digits(cost * 1000) : "unknown",
            RunnerUp(plan, assignment),
        ];
    }

    // Which model told each task's time, on what grounds and how far it is believed.
    private static void AppendSources(StringBuilder text, DeploymentPlan plan, int width)
    {
        var rows = new List<string[]> { new[] { "times", "p50, 90 %", "p95, 90 %", "model", "source" } };
        foreach (Assignment assignment in plan.Placement.Assignments)
        {
            Candidate pool = plan.Estimates.Candidates[assignment.Candidate];
            Estimate estimate = pool.Estimates[pool.Tasks.IndexOf(assignment.Task)];
            rows.Add([plan.Graph.Tasks[assignment.Task].Name, Span(estimate.P50), Span(estimate.P95), estimate.Model, estimate.Source]);
        }

        TextTable.Append(text, rows, width, rightAligned: [], flexible: [4, 0]);
    }

    /// <summary>An interval for people.</summary>
    internal static string Span(Interval time) => $"{Time(time.Low)}–{Time(time.High)}";

    // A pool's cost is shared among its tasks by the time they occupy it.
    private static double? CostShare(TaskGraph graph, Candidate pool, int task)
    {
        if (pool.CostPerRun is not { } cost)
        {
            return null;
        }

        double Occupied(int index) => pool.Estimates[index].Busy.Likely * graph.Tasks[pool.Tasks[index]].Executions;
        double all = Enumerable.Range(0, pool.Tasks.Length).Sum(Occupied);
        return all > 0 ? cost.Value * Occupied(pool.Tasks.IndexOf(task)) / all : cost.Value / pool.Tasks.Length;
    }

    private static string RunnerUp(DeploymentPlan plan, Assignment assignment) => assignment.RunnerUp < 0
        ? "none"
        : $"{plan.Estimates.Candidates[assignment.RunnerUp].Device}: {assignment.RunnerUpReason}";

    /// <summary>A time for people; <c>unknown</c> where it is not a number.</summary>
    internal static string Time(double seconds) => double.IsFinite(seconds) ? new Seconds(seconds).ToString() : "unknown";

    private static void AppendBudget(StringBuilder text, DeploymentPlan plan, int width)
    {
        if (plan.Placement.Budget.IsEmpty)
        {
            return;
        }

        int percentile = BudgetPercentile(plan.Objective);
        double total = plan.Placement.Budget.Max(b => b.Start + b.Length);
        int name = Math.Min(24, plan.Placement.Budget.Max(b => b.Name.Length));
        int bar = width - name - 2 - 2 - 12;
        text.Append(CultureInfo.InvariantCulture, $"  latency budget, p{percentile} along the critical path\n");
        foreach (BudgetBar stage in plan.Placement.Budget)
        {
            int from = total > 0 ? (int)Math.Round(bar * stage.Start / total) : 0;
            int length = total > 0 ? Math.Max(1, (int)Math.Round(bar * stage.Length / total)) : 1;
            from = Math.Min(from, bar - 1);
            length = Math.Min(length, bar - from);
            text.Append("  ").Append(TextTable.Fit(stage.Name, name)).Append("  ")
                .Append(' ', from).Append('█', length).Append(' ', bar - from - length)
                .Append(Time(stage.Length).PadLeft(12)).Append('\n');
        }
    }

    private static void AppendClosing(StringBuilder text, DeploymentPlan plan, int width)
    {
        Placement placement = plan.Placement;
        var lines = new List<string>();
        lines.AddRange(AtTheSameTime.Groups(plan.Graph).Select(g => "at the same time: " + string.Join(" ‖ ", g.Select(s => s.Name))));
        lines.AddRange(LatencyLines("first token", placement.FirstToken, plan.Objective.FirstTokenLimits));
        lines.AddRange(LatencyLines("end to end", placement.Latency, plan.Objective.LatencyLimits));
        lines.AddRange((placement.Blocks.IsDefault ? [] : placement.Blocks).Select(BlockLine));
        if (placement.Quality is { } quality)
        {
            lines.Add($"quality {Quantity.Digits(quality)} as the models' declarations state it");
        }

        lines.Add("cost " + Cost(placement));
        if (placement.BestSingleKind is { } single)
        {
            string unit = plan.Objective.RatePerSecond is null ? " a run" : "/h";
            lines.Add($"best single kind ({single.Device}): {new Dollars(single.Cost)}{unit}");
        }

        lines.Add(placement.Gap <= 1e-9 ? "gap 0.0 % (proved)" : string.Create(CultureInfo.InvariantCulture, $"gap {placement.Gap * 100:0.0} %"));
        lines.Add("binding: " + (placement.Binding.Length > 0 ? placement.Binding : "nothing"));
        lines.AddRange(placement.Unknowns.Select(u => "unknown: " + u));
        foreach (string line in lines)
        {
            TextTable.AppendWrapped(text, line, width, indent: "  ", hanging: "    ");
        }
    }

    private static string BlockLine(BlockPromise block) => block.IsQuality
        ? $"{block.Name} {Quantity.Digits(block.Reached)}, promised ≥ {Quantity.Digits(block.Limit)}"
        : $"{block.Name} {Time(block.Reached)}, " + (block.Limit >= block.Reached ? $"headroom {Time(block.Limit - block.Reached)}" : $"over by {Time(block.Reached - block.Limit)}");

    private static IEnumerable<string> LatencyLines(
        string what, IReadOnlyDictionary<int, Interval> predicted, IReadOnlyDictionary<int, double> limits)
    {
        foreach ((int percentile, Interval time) in predicted.OrderBy(p => p.Key))
        {
            string line = string.Create(CultureInfo.InvariantCulture,
                $"{what} p{percentile} {Time(time.Likely)} ({Time(time.Low)}–{Time(time.High)})");
            yield return limits.TryGetValue(percentile, out double limit)
                ? line + (limit >= time.Likely ? $", headroom {Time(limit - time.Likely)}" : $", over by {Time(time.Likely - limit)}")
                : line;
        }
    }

    private static string Cost(Placement placement)
    {
        string perRun = placement.CostPerRun is { } run
            ? $"{new Dollars(run.Likely * 1000)} per 1,000 runs ({new Dollars(run.Low * 1000)}–{new Dollars(run.High * 1000)})"
            : "unknown per run";
        return placement.CostPerHour is { } hour
            ? $"{new Dollars(hour.Likely)}/h ({new Dollars(hour.Low)}–{new Dollars(hour.High)}) = {perRun}"
            : perRun;
    }

    private static int BudgetPercentile(Objective objective)
    {
        IEnumerable<int> promised = objective.LatencyLimits.Keys.Concat(objective.FirstTokenLimits.Keys);
        return promised.DefaultIfEmpty(95).Max();
    }
}
