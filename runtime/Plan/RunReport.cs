using System.Collections.Immutable;
using System.Text.Json;

namespace Orchestrator.Plan;

/// <summary>Predicted against measured for one task of one run. Times are per execution.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Device">Where it ran.</param>
/// <param name="PredictedMs">Likely milliseconds; null when nothing supported a prediction.</param>
/// <param name="LowMs">Low end of the prediction.</param>
/// <param name="HighMs">High end of the prediction.</param>
/// <param name="MeasuredMs">Mean milliseconds of its executions; null when it did not run.</param>
/// <param name="Executions">How often it ran.</param>
/// <param name="Source">The cost model and source behind the prediction.</param>
public sealed record TaskReport(
    string Task, string Device, double? PredictedMs, double? LowMs, double? HighMs, double? MeasuredMs, int Executions, string Source);

/// <summary>What happened in a run.</summary>
public sealed record RunReport
{
    /// <summary>The workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>The value of the workflow: a record's fields by name, anything else under <c>value</c>.</summary>
    public JsonElement Outputs { get; init; }

    /// <summary>By task id.</summary>
    public ImmutableArray<TaskReport> Tasks { get; init; } = [];

    /// <summary>Milliseconds from start to value.</summary>
    public double MeasuredMs { get; init; }

    /// <summary>Predicted milliseconds (p50) of the whole run; null when unknown.</summary>
    public double? PredictedMs { get; init; }

    /// <summary>Things a person should know: what was skipped, what was not configured, who did not answer.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

/// <summary>What runs taught: measured milliseconds of a service's phase on a device kind.</summary>
/// <param name="Service">Target of the declaration (a model reference, a command, a bundle), stable across workflows.</param>
/// <param name="Phase">The task's phase.</param>
/// <param name="DeviceKind">Catalogue kind.</param>
/// <param name="MeasuredMs">Measured times of the last executions, oldest first, at most 64.</param>
/// <param name="Size">How much work it was (<see cref="Workload.SizeText"/>); null where that was not kept, which stands for any.</param>
public sealed record CalibrationRow(string Service, string Phase, string DeviceKind, ImmutableArray<double> MeasuredMs, string? Size = null);

/// <summary>How far a cost model was off for one task of a run on a device kind.</summary>
/// <param name="DeviceKind">Catalogue kind.</param>
/// <param name="Model">The cost model.</param>
/// <param name="Service">Target of the declaration.</param>
/// <param name="Phase">The task's phase.</param>
/// <param name="Size">How much work it was (<see cref="Workload.SizeText"/>).</param>
/// <param name="Ratio">Median measured time over the time that the model alone predicted, above 0.</param>
public sealed record CalibrationRatio(string DeviceKind, string Model, string Service, string Phase, string Size, double Ratio);

/// <summary>The table that stage 11 writes and stage 6 reads.</summary>
/// <param name="Rows">Sorted by service, phase, device kind, size.</param>
public sealed record Calibration(ImmutableArray<CalibrationRow> Rows)
{
    /// <summary>Nothing learned yet.</summary>
    public static Calibration Empty { get; } = new([]);

    /// <summary>Errors of the cost models, oldest first, at most 64 for a device kind and model; each task and size has its newest.</summary>
    public ImmutableArray<CalibrationRatio> Ratios { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The measured times of a piece of work: those of its size, or of no known size; null when there are none.</summary>
    public CalibrationRow? Find(string service, string phase, string deviceKind, string size)
    {
        CalibrationRow? any = null;
        foreach (CalibrationRow row in Rows)
        {
            if (row.Service == service && row.Phase == phase && row.DeviceKind == deviceKind && !row.MeasuredMs.IsEmpty)
            {
                if (row.Size == size)
                {
                    return row;
                }

                any ??= row.Size is null ? row : null;
            }
        }

        return any;
    }
}
