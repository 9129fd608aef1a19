using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.CostModels;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>Stage 11: predicted against measured, and what the next plan learns from it.</summary>
public static class Compare
{
    /// <summary>Measured times that a row of the calibration keeps.</summary>
    public const int KeptTimes = 64;

    /// <summary>Rows that the calibration keeps.</summary>
    public const int KeptRows = 1024;

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

    /// <summary>
    /// The calibration with a run added: the times of its tasks, rows sorted, each with its last <see cref="KeptTimes"/> times; and by how much the cost
    /// models were off, the newest <see cref="MachineFactor.Kept"/> for a device kind and model.
    /// </summary>
    public static Calibration Learn(Calibration before, DeploymentPlan plan, RunResult result)
    {
        var rows = before.Rows.ToDictionary(KeyOf, r => r.MeasuredMs);
        var learned = new HashSet<(string Service, string Phase, string Device, string? Size)>();
        List<CalibrationRatio> ratios = [.. before.Ratios];
        for (int id = 0; id < plan.Graph.Tasks.Length && id < result.Tasks.Length; id++)
        {
            GraphTask task = plan.Graph.Tasks[id];
            Declaration? service = plan.Program.Declarations.FirstOrDefault(d => d.Symbol == task.Service);
            (Candidate? candidate, Estimate? estimate) = Chosen(plan, id);
            Device? device = candidate is null ? null : plan.Fleet.Devices.FirstOrDefault(d => d.Name == candidate.Device);
            ImmutableArray<double> times = result.Tasks[id].LastMs;
            if (service is null || device is null || times.IsEmpty)
            {
                continue;
            }

            (string Service, string Phase, string Device, string? Size) key =
                (service.Target.Length > 0 ? service.Target : service.Symbol, task.Phase, device.Kind, task.Work.SizeText());
            ImmutableArray<double> all = [.. rows.GetValueOrDefault(key, []), .. times];
            rows[key] = all[Math.Max(0, all.Length - KeptTimes)..];
            rows.Remove(key with { Size = null }); // from before sizes were kept
            learned.Add(key);
            AddError(ratios, key, estimate, times);
        }

        return new Calibration(Sorted(rows, learned))
        {
            Ratios = [.. ratios.GroupBy(r => (r.DeviceKind, r.Model)).SelectMany(g => g.TakeLast(MachineFactor.Kept))],
        };
    }

    private static (string Service, string Phase, string Device, string? Size) KeyOf(CalibrationRow row) => (row.Service, row.Phase, row.DeviceKind, row.Size);

    // What measurements, agreements and authors say needs no correction; a model is held against its own time, not against the corrected one.
    private static void AddError(List<CalibrationRatio> ratios, (string Service, string Phase, string Device, string? Size) key, Estimate? estimate, ImmutableArray<double> times)
    {
        if (estimate is not { IsKnown: true, P50.Likely: > 0 } || !CostModels.CostModels.IsModel(estimate.Model))
        {
            return;
        }

        double[] sorted = [.. times.Order()];
        double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        double alone = Milliseconds(estimate.P50.Likely / (estimate.Correction ?? 1)) ?? 0;
        if (median > 0 && alone > 0)
        {
            string size = key.Size ?? "";
            ratios.RemoveAll(r => r.DeviceKind == key.Device && r.Model == estimate.Model && r.Service == key.Service && r.Phase == key.Phase && r.Size == size);
            ratios.Add(new CalibrationRatio(key.Device, estimate.Model, key.Service, key.Phase, size, median / alone));
        }
    }

    // Beyond the limit, rows that this run did not touch go, those with the fewest times first.
    private static ImmutableArray<CalibrationRow> Sorted(
        Dictionary<(string Service, string Phase, string Device, string? Size), ImmutableArray<double>> rows, HashSet<(string Service, string Phase, string Device, string? Size)> learned) =>
    [
        .. rows.OrderBy(r => learned.Contains(r.Key) ? 0 : 1).ThenByDescending(r => r.Value.Length).ThenBy(r => r.Key)
            .Take(Math.Max(KeptRows, learned.Count))
            .Select(r => new CalibrationRow(r.Key.Service, r.Key.Phase, r.Key.Device, r.Value, r.Key.Size))
            .OrderBy(r => r.Service, StringComparer.Ordinal).ThenBy(r => r.Phase, StringComparer.Ordinal)
            .ThenBy(r => r.DeviceKind, StringComparer.Ordinal).ThenBy(r => r.Size, StringComparer.Ordinal),
    ];

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
