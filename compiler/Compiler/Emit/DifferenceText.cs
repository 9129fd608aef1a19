using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit;

/// <summary>Writes the difference between two plans for people and programs: what moves, machines, money, times.</summary>
public static class DifferenceText
{
    /// <summary>The difference in at most <paramref name="width"/> columns.</summary>
    /// <param name="difference">What changes.</param>
    /// <param name="against">What the new plan is compared with, for people.</param>
    /// <param name="promise">The promise of the new plan.</param>
    /// <param name="width">Columns, clamped to 80..120.</param>
    public static string Write(PlanDifference difference, string against, Objective promise, int width)
    {
        width = Math.Clamp(width, PlanText.NarrowestWidth, PlanText.WidestWidth);
        var text = new StringBuilder();
        text.Append("against ").Append(against).Append('\n');
        if (difference.Moves.IsEmpty)
        {
            text.Append("  nothing moves\n");
        }
        else
        {
            List<string[]> rows = [["task", "from", "to"], .. difference.Moves.Select(m => new[] { m.Task, m.From.Length > 0 ? m.From : "(new)", m.To.Length > 0 ? m.To : "(gone)" })];
            TextTable.Append(text, rows, width, rightAligned: [], flexible: [1, 2, 0]);
            text.Append(CultureInfo.InvariantCulture, $"  {difference.Staying} of {difference.Staying + difference.Moves.Length} tasks stay\n");
        }

        foreach (MachineChange machine in difference.Machines)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {machine.Device}: {machine.Before} → {machine.After} ({Signed(machine.CostPerHour)}/h)\n");
        }

        string unit = difference.IsPerHour ? "/h" : " a run";
        text.Append(difference.Cost is { } cost
            ? $"  cost {new Dollars(cost.Before)}{unit} → {new Dollars(cost.After)}{unit} ({Signed(cost.After - cost.Before)}{unit})\n"
            : "  cost unknown: a price is\n");
        AppendTimes(text, width, "first token", difference.FirstToken, promise.FirstTokenLimits);
        AppendTimes(text, width, "end to end", difference.Latency, promise.LatencyLimits);
        return text.ToString();
    }

    /// <summary>The difference for programs.</summary>
    public static JsonObject Json(PlanDifference difference) => new()
    {
        ["moves"] = new JsonArray([.. difference.Moves.Select(m => new JsonObject { ["task"] = m.Task, ["from"] = m.From, ["to"] = m.To })]),
        ["staying"] = difference.Staying,
        ["machines"] = new JsonArray([.. difference.Machines.Select(m => new JsonObject
        {
            ["device"] = m.Device,
            ["before"] = m.Before,
            ["after"] = m.After,
            ["cost_per_hour"] = m.CostPerHour,
        })]),
        ["unit"] = difference.IsPerHour ? "h" : "run",
        ["cost_before"] = difference.Cost?.Before,
        ["cost_after"] = difference.Cost?.After,
        ["latency"] = Times(difference.Latency),
        ["first_token"] = Times(difference.FirstToken),
    };

    private static JsonObject Times(IReadOnlyDictionary<int, (double Before, double After)> times)
    {
        var json = new JsonObject();
        foreach ((int percentile, (double before, double after)) in times)
        {
            json[string.Create(CultureInfo.InvariantCulture, $"p{percentile}")] = new JsonObject { ["before"] = Finite(before), ["after"] = Finite(after) };
        }

        return json;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static void AppendTimes(
        StringBuilder text, int width, string what, IReadOnlyDictionary<int, (double Before, double After)> times, IReadOnlyDictionary<int, double> limits)
    {
        foreach ((int percentile, (double before, double after)) in times)
        {
            string promised = limits.TryGetValue(percentile, out double limit) ? $", promised ≤ {new Seconds(limit)}{(before > limit ? ", which the old plan misses" : "")}" : "";
            double more = after - before;
            string change = string.Create(CultureInfo.InvariantCulture,
                $"{what} p{percentile} {new Seconds(before)} → {new Seconds(after)} ({(more < 0 ? "−" : "+")}{new Seconds(Math.Abs(more))}{promised})");
            TextTable.AppendWrapped(text, change, width, "  ", "    ");
        }
    }

    private static string Signed(double dollars) => (dollars < 0 ? "−" : "+") + new Dollars(Math.Abs(dollars));
}
