using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>Stage 11: predicted against measured, and what the next plan learns from it.</summary>
public static class Compare
{
    /// <summary>Measured times that a row of the calibration keeps.</summary>
    public const int KeptTimes = 64;

    /// <summary>The report of a run. A run without a value has outputs of kind <see cref="JsonValueKind.Null"/>.</summary>
    /// <param name="plan">What the run was planned as.</param>
    /// <param name="result">A run of the plan's graph.</param>
    public static RunReport Report(DeploymentPlan plan, RunResult result)
    {
        ImmutableArray<TaskReport>.Builder tasks = ImmutableArray.CreateBuilder<TaskReport>(plan.Graph.Tasks.Length);
        foreach (GraphTask task in plan.Graph.Tasks)
        {
            (Candidate? candidate, Estimate? estimate) = Chosen(plan, task.Id);
            TaskMeasure measure = task.Id < result.Tasks.Length ? result.Tasks[task.Id] : new TaskMeasure(0, TimeSpan.Zero, []);
            tasks.Add(new TaskReport(
                task.Name,
                candidate?.Device ?? "",
                Milliseconds(estimate?.P50.Likely),
                Milliseconds(estimate?.P50.Low),
                Milliseconds(estimate?.P50.High),
                measure.Executions > 0 ? measure.Total.TotalMilliseconds / measure.Executions : null,
                measure.Executions,
                estimate is null ? "" : estimate.Source.Length == 0 ? estimate.Model : $"{estimate.Model}; {estimate.Source}"));
        }

        return new RunReport
        {
            Workflow = plan.Graph.Name,
            Outputs = Outputs(result.Value),
            Tasks = tasks.MoveToImmutable(),
            MeasuredMs = result.Elapsed.TotalMilliseconds,
            PredictedMs = plan.Placement.Latency.TryGetValue(50, out Interval whole) ? Milliseconds(whole.Likely) : null,
            Notes = result.Notes,
        };
    }

    /// <summary>The calibration with the times of a run added, rows sorted, each with its last <see cref="KeptTimes"/> times.</summary>
    public static Calibration Learn(Calibration before, DeploymentPlan plan, RunResult result)
    {
        var rows = before.Rows.ToDictionary(r => (r.Service, r.Phase, r.DeviceKind), r => r.MeasuredMs);
        for (int id = 0; id < plan.Graph.Tasks.Length && id < result.Tasks.Length; id++)
        {
            GraphTask task = plan.Graph.Tasks[id];
            Declaration? service = plan.Graph.Declarations.FirstOrDefault(d => d.Symbol == task.Service);
            Device? device = Chosen(plan, id).Candidate is { } candidate ? plan.Fleet.Devices.FirstOrDefault(d => d.Name == candidate.Device) : null;
            ImmutableArray<double> times = result.Tasks[id].LastMs;
            if (service is null || device is null || times.IsEmpty)
            {
                continue;
            }

            (string, string, string) key = (service.Target.Length > 0 ? service.Target : service.Symbol, task.Phase, device.Kind);
            ImmutableArray<double> all = [.. rows.GetValueOrDefault(key, []), .. times];
            rows[key] = all[Math.Max(0, all.Length - KeptTimes)..];
        }

        return new Calibration([.. rows.Select(r => new CalibrationRow(r.Key.Service, r.Key.Phase, r.Key.DeviceKind, r.Value))
            .OrderBy(r => r.Service, StringComparer.Ordinal).ThenBy(r => r.Phase, StringComparer.Ordinal).ThenBy(r => r.DeviceKind, StringComparer.Ordinal)]);
    }

    private static (Candidate? Candidate, Estimate? Estimate) Chosen(DeploymentPlan plan, int task)
    {
        foreach (Assignment assignment in plan.Placement.Assignments)
        {
            if (assignment.Task == task && assignment.Candidate >= 0 && assignment.Candidate < plan.Estimates.Candidates.Length)
            {
                Candidate candidate = plan.Estimates.Candidates[assignment.Candidate];
                int at = candidate.Tasks.IndexOf(task);
                return (candidate, at >= 0 && at < candidate.Estimates.Length ? candidate.Estimates[at] : null);
            }
        }

        return (null, null);
    }

    // What nothing supports is no number; in the report it is absent.
    private static double? Milliseconds(double? seconds) => seconds is { } s && double.IsFinite(s) ? s * 1e3 : null;

    private static JsonElement Outputs(Datum? value)
    {
        JsonNode? outputs = value is null ? null : value is RecordDatum ? value.ToJson() : new JsonObject { ["value"] = value.ToJson() };
        return JsonDocument.Parse(outputs?.ToJsonString(DatumJson.Compact) ?? "null").RootElement.Clone();
    }
}
