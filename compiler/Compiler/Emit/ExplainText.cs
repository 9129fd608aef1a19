using System.Globalization;
using System.Text;
using Orchestrator.CostModels.Interference;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit;

/// <summary>Writes why a task is where it is: its row of estimates, the choice, what lost and why, what cannot run it.</summary>
public static class ExplainText
{
    /// <summary>The explanation of one task in at most <paramref name="width"/> columns.</summary>
    public static string Write(DeploymentPlan plan, GraphTask task, int width)
    {
        width = Math.Clamp(width, PlanText.NarrowestWidth, PlanText.WidestWidth);
        Assignment assignment = plan.Placement.Assignments.First(a => a.Task == task.Id);
        Candidate chosen = plan.Estimates.Candidates[assignment.Candidate];
        Estimate estimate = EstimateOf(chosen, task.Id);
        var text = new StringBuilder();
        void Line(string line) => TextTable.AppendWrapped(text, line, width, "  ", "    ");

        text.Append($"{task.Name} runs on {PlanText.Devices(chosen)} {chosen.Configuration}".TrimEnd()).Append('\n');
        Line($"work: {WorkOf(task)}; expected {Quantity.Digits(task.Executions)} executions a run");
        Line($"estimate: p50 {Span(estimate.P50)}, p95 {Span(estimate.P95)}; {estimate.Memory} resident; {estimate.Model} ({estimate.Source})");
        foreach (string line in LayerCutText.Lines(plan, chosen).Concat(Neighbours(plan, task, chosen)))
        {
            Line(line);
        }

        text.Append("  what else it could be\n");
        var rows = new List<string[]> { new[] { "", "device", "configuration", "load", "p50", "p95", "cost/h", "cost/1k runs" } };
        rows.AddRange(Options(plan, task.Id).Select(c => Row(plan, assignment, c, task.Id)));
        TextTable.Append(text, rows, width, rightAligned: [3, 4, 5, 6, 7], flexible: [2, 1]);
        Line(assignment.RunnerUp < 0
            ? "runner-up: none; nothing else in this fleet can run it"
            : $"runner-up: {PlanText.Kinds(plan.Estimates.Candidates[assignment.RunnerUp])}, which lost by {assignment.RunnerUpReason}");
        foreach (Refusal refusal in plan.Estimates.Refusals.Where(r => r.Task == task.Id))
        {
            Line($"not on {refusal.Device}: {refusal.Reason}");
        }

        Line("binding: " + (plan.Placement.Binding.Length > 0 ? plan.Placement.Binding : "nothing"));
        return text.ToString();
    }

    // What may run on the same machine while the task does, and what that costs it.
    private static IEnumerable<string> Neighbours(DeploymentPlan plan, GraphTask task, Candidate chosen)
    {
        Device? device = plan.Fleet.Devices.FirstOrDefault(d => d.Name == chosen.Device);
        if (device is not { Tier: "cpu" } || AtTheSameTime.Groups(plan.Graph).FirstOrDefault(g => g.Any(s => s.Id == task.Step)) is not { IsDefault: false } group)
        {
            yield break;
        }

        foreach (GraphTask other in plan.Graph.Tasks.Where(t => t.Step != task.Step && group.Any(s => s.Id == t.Step)))
        {
            Candidate beside = plan.Estimates.Candidates[plan.Placement.Assignments.First(a => a.Task == other.Id).Candidate];
            if (beside.Device == chosen.Device)
            {
                Interval? slower = CoLocation.SlowDown(CoRunModel.Default, device, (task.Work, EstimateOf(chosen, task.Id)), (other.Work, EstimateOf(beside, other.Id)));
                yield return slower is { } by
                    ? string.Create(CultureInfo.InvariantCulture, $"beside {other.Name} on the same machine: × {by.Likely:0.00} ({by.Low:0.00}–{by.High:0.00}) of its time, learned from pairs of kernels on {device.Kind}")
                    : $"beside {other.Name} on the same machine: what that costs it is not known";
            }
        }
    }

    // The best few per device by cost then time, the chosen one always among them.
    private static IEnumerable<Candidate> Options(DeploymentPlan plan, int task)
    {
        const int most = 12;
        Candidate[] all = [.. plan.Estimates.Candidates.Where(c => c.Tasks.Contains(task))];
        int chosen = plan.Placement.Assignments.First(a => a.Task == task).Candidate;
        return all.OrderBy(c => c.Id == chosen ? 0 : 1)
            .ThenBy(c => c.CostPerRun?.Value ?? c.CostPerHour?.Value ?? double.MaxValue)
            .ThenBy(c => EstimateOf(c, task).P95.Likely).ThenBy(c => c.Id).Take(most);
    }

    private static string[] Row(DeploymentPlan plan, Assignment assignment, Candidate option, int task)
    {
        Estimate estimate = EstimateOf(option, task);
        return
        [
            option.Id == assignment.Candidate ? "chosen" : "",
            PlanText.Devices(option),
            option.Configuration,
            plan.Objective.RatePerSecond is null ? "" : option.Load.ToString("0.00", CultureInfo.InvariantCulture),
            new Seconds(estimate.P50.Likely).ToString(),
            new Seconds(estimate.P95.Likely).ToString(),
            option.CostPerHour?.ToString() ?? "unknown",
            option.CostPerRun is { } run ? (run * 1000).ToString() : "unknown",
        ];
    }

    private static string WorkOf(GraphTask task)
    {
        Workload work = task.Work;
        var parts = new List<string> { $"{work.Kind.ToString().ToLowerInvariant()} by {work.Executor}" };
        if (work.Model is { } model)
        {
            parts.Add(model);
        }

        if (work.TokensIn is { } read)
        {
            parts.Add($"{Quantity.Digits(read)} tokens in");
        }

        if (work.TokensOut is { } written)
        {
            parts.Add($"{Quantity.Digits(written)} tokens out");
        }

        return string.Join(", ", parts) + (work.TokensAreBounds ? " (bounds: no expectation was given)" : "");
    }

    private static Estimate EstimateOf(Candidate candidate, int task) => candidate.Estimates[candidate.Tasks.IndexOf(task)];

    private static string Span(Interval interval) => $"{new Seconds(interval.Likely)} ({new Seconds(interval.Low)}–{new Seconds(interval.High)})";
}
