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
public sealed record CalibrationRow(string Service, string Phase, string DeviceKind, ImmutableArray<double> MeasuredMs);

/// <summary>The table that stage 11 writes and stage 6 reads.</summary>
/// <param name="Rows">Sorted by service, phase, device kind.</param>
public sealed record Calibration(ImmutableArray<CalibrationRow> Rows)
{
    /// <summary>Nothing learned yet.</summary>
    public static Calibration Empty { get; } = new([]);
}
