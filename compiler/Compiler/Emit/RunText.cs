using System.Globalization;
using System.Text;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit;

/// <summary>Writes what a run took, predicted beside measured, as a table for people.</summary>
public static class RunText
{
    // Below this many columns only the cost model is named, not its source; --json has both.
    private const int SourceWidth = 110;

    /// <summary>The table in at most <paramref name="width"/> columns (clamped to 80..120).</summary>
    public static string Write(RunReport report, int width)
    {
        width = Math.Clamp(width, PlanText.NarrowestWidth, PlanText.WidestWidth);
        var text = new StringBuilder();
        var rows = new List<string[]> { new[] { "task", "device", "runs", "predicted", "90 % interval", "measured", "ratio", "from" } };
        foreach (TaskReport task in report.Tasks)
        {
            rows.Add([
                task.Task,
                task.Device,
                report.Tasks.All(t => t.Executions <= 1) ? "" : task.Executions.ToString(CultureInfo.InvariantCulture),
                Time(task.PredictedMs),
                task is { LowMs: { } low, HighMs: { } high } ? $"{Time(low)}–{Time(high)}" : "",
                task.MeasuredMs is null ? "did not run" : Time(task.MeasuredMs),
                task is { MeasuredMs: { } measured, PredictedMs: > 0 } ? (measured / task.PredictedMs.Value).ToString("0.00", CultureInfo.InvariantCulture) : "",
                width < SourceWidth ? task.Source.Split(';')[0] : task.Source,
            ]);
        }

        TextTable.Append(text, rows, width, rightAligned: [2, 3, 4, 5, 6], flexible: [7, 0, 1]);
        string predicted = report.PredictedMs is null ? "unknown" : Time(report.PredictedMs);
        TextTable.AppendWrapped(text, $"whole run: predicted {predicted}, measured {Time(report.MeasuredMs)}", width, "  ", "    ");
        foreach (string note in report.Notes)
        {
            TextTable.AppendWrapped(text, "note: " + note, width, "  ", "    ");
        }

        return text.ToString();
    }

    private static string Time(double? milliseconds) =>
        milliseconds is { } ms && double.IsFinite(ms) ? Seconds.FromMilliseconds(ms).ToString() : "unknown";
}
