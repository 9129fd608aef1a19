using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Compiler.Operators;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit;

/// <summary>Writes where a model's operators run, for people and as JSON.</summary>
internal static class OperatorPlanText
{
    private const int MostRuns = 40; // more are told in JSON only
    private const int MostNotes = 8;

    /// <summary>The plan in at most <paramref name="width"/> columns (clamped to 80..120), ending in a line end.</summary>
    public static string Write(OperatorPlan plan, int width)
    {
        width = Math.Clamp(width, PlanText.NarrowestWidth, PlanText.WidestWidth);
        var text = new StringBuilder();
        string left = $"{plan.Graph.Name} on {plan.Fleet}";
        string right = $"promise: {PlanText.Promise(plan.Objective)}";
        int gap = width - left.Length - right.Length;
        text.Append(left).Append(gap >= 2 ? new string(' ', gap) : "\n  ").Append(right).Append('\n');
        TextTable.AppendWrapped(text, $"one inference: {plan.Graph.Inference}; {Count(plan.Graph.Operators)} operators, placed as {Count(plan.Graph.Tasks.Length)}", width, "  ", "    ");
        AppendRuns(text, plan, width);
        AppendDevices(text, plan, width);
        text.Append(CultureInfo.InvariantCulture, $"  transfers {plan.Transfers}: {plan.Moved}, {plan.Moving}\n");
        text.Append(CultureInfo.InvariantCulture, $"  one inference p50 {new Seconds(plan.Time.Likely)} ({new Seconds(plan.Time.Low)}–{new Seconds(plan.Time.High)})\n");
        text.Append(CultureInfo.InvariantCulture, $"  one inference p95 {new Seconds(plan.P95.Likely)} ({new Seconds(plan.P95.Low)}–{new Seconds(plan.P95.High)})\n");
        text.Append(CultureInfo.InvariantCulture, $"  lower bound {plan.Bound}, gap {100 * plan.Gap:0.0} %\n");
        foreach ((int percentile, Seconds limit, Seconds reached) in plan.Missed)
        {
            text.Append(CultureInfo.InvariantCulture, $"  not kept: p{percentile} ≤ {limit}; reached {reached}, and no placement on these devices reaches less than {Least(plan, percentile)}\n");
        }

        AppendNotes(text, plan, width);
        return text.ToString();
    }

    /// <summary>The plan as JSON.</summary>
    public static JsonObject Json(OperatorPlan plan) => new()
    {
        ["model"] = plan.Graph.Name,
        ["fleet"] = plan.Fleet,
        ["inference"] = plan.Graph.Inference,
        ["operators"] = plan.Graph.Operators,
        ["p50_s"] = plan.Time.Likely,
        ["p50_low_s"] = plan.Time.Low,
        ["p50_high_s"] = plan.Time.High,
        ["p95_s"] = plan.P95.Likely,
        ["bound_s"] = plan.Bound.Value,
        ["gap"] = Math.Round(plan.Gap, 6),
        ["promise_kept"] = plan.Missed.Length == 0,
        ["transfers"] = plan.Transfers,
        ["moved_bytes"] = plan.Moved.Value,
        ["moving_s"] = plan.Moving.Value,
        ["devices"] = new JsonArray([.. plan.Devices.Select(d => new JsonObject
        {
            ["name"] = d.Name,
            ["kind"] = d.Kind,
            ["operators"] = d.Operators,
            ["busy_s"] = d.Busy.Value,
            ["used_bytes"] = d.Used.Value,
            ["room_bytes"] = d.Room.Value,
            ["alone_s"] = d.Alone?.Value,
            ["why_not_alone"] = d.WhyNotAlone.Length > 0 ? d.WhyNotAlone : null,
        })]),
        ["placed"] = new JsonArray([.. plan.Graph.Tasks.Select((t, i) => new JsonObject
        {
            ["name"] = t.Name,
            ["kind"] = t.Kind,
            ["device"] = plan.Devices[plan.DeviceOf[i]].Name,
            ["s"] = plan.Times[i].Time.Likely,
            ["model"] = plan.Times[i].Model,
            ["flops"] = t.Work.Arithmetic?.Value,
            ["traffic_bytes"] = t.Work.Traffic?.Value,
            ["resident_bytes"] = t.Work.Resident?.Value,
            ["with"] = t.Operators,
        })]),
        ["notes"] = new JsonArray([.. plan.Notes.Select(n => JsonValue.Create(n))]),
        ["unknown"] = new JsonArray([.. plan.Graph.Unknown.Select(n => JsonValue.Create(n))]),
    };

    private static void AppendRuns(StringBuilder text, OperatorPlan plan, int width)
    {
        var rows = new List<string[]> { new[] { "operators", "", "device", "from", "to", "memory" } };
        foreach (OperatorRun run in plan.Runs.Take(MostRuns))
        {
            string first = plan.Graph.Tasks[run.First].Name;
            string name = run.First == run.Last ? first : $"{first} … {plan.Graph.Tasks[run.Last].Name}";
            rows.Add([name, Count(run.Last - run.First + 1), plan.Devices[run.Device].Name, run.Start.ToString(), run.End.ToString(), run.Resident.ToString()]);
        }

        TextTable.Append(text, rows, width, [1, 3, 4, 5], [0, 2]);
        if (plan.Runs.Length > MostRuns)
        {
            text.Append(CultureInfo.InvariantCulture, $"  … and {plan.Runs.Length - MostRuns} more runs; --json lists every operator\n");
        }
    }

    private static void AppendDevices(StringBuilder text, OperatorPlan plan, int width)
    {
        var rows = new List<string[]> { new[] { "device", "kind", "operators", "busy", "memory", "alone" } };
        rows.AddRange(plan.Devices.Select(d => new[]
        {
            d.Name, d.Kind, Count(d.Operators), d.Busy.ToString(), $"{d.Used} of {d.Room}", d.Alone?.ToString() ?? d.WhyNotAlone,
        }));
        TextTable.Append(text, rows, width, [2, 3, 4], [1, 5]);
    }

    private static void AppendNotes(StringBuilder text, OperatorPlan plan, int width)
    {
        string[] models = [.. plan.Times.GroupBy(t => t.Model).OrderByDescending(g => g.Sum(t => t.Time.Likely)).Select(g => $"{g.Key} ({Count(g.Count())})")];
        TextTable.AppendWrapped(text, "times from " + string.Join(", ", models), width, "  ", "    ");
        foreach (string note in plan.Notes.Take(MostNotes))
        {
            TextTable.AppendWrapped(text, "note: " + note, width, "  ", "    ");
        }

        foreach (string unknown in plan.Graph.Unknown.Take(MostNotes))
        {
            TextTable.AppendWrapped(text, "unknown: " + unknown, width, "  ", "    ");
        }

        if (plan.Graph.Unknown.Length > MostNotes)
        {
            text.Append(CultureInfo.InvariantCulture, $"  unknown: {plan.Graph.Unknown.Length - MostNotes} more operators; --json names them\n");
        }
    }

    private static Seconds Least(OperatorPlan plan, int percentile) =>
        plan.Bound * (plan.Time.Likely > 0 ? plan.At(percentile).Value / plan.Time.Likely : 1);

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
