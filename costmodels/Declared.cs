using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>What the workflow's author expects (<c>expect: 180 ms p50, 900 ms p95</c>).</summary>
[CostModel("declared")]
public sealed class Declared : ICostModel
{
    /// <inheritdoc/>
    public Evidence Evidence => Evidence.Expectation;

    /// <summary>Where only the median is declared, the 95th percentile is taken as this many times it: an assumption, not a measurement.</summary>
    public const double TailOfMedian = 2;

    /// <summary>A stated time is believed within this factor: an assumption about authors, not a measurement.</summary>
    public const double Trust = 1.5;

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question)
    {
        Workload work = question.Work;
        if (work.DeclaredP50 is null && work.DeclaredP95 is null)
        {
            return CostAnswer.NotMine;
        }

        double p50 = work.DeclaredP50?.Value ?? (work.DeclaredP95?.Value ?? 0) / TailOfMedian;
        double p95 = Math.Max(p50, work.DeclaredP95?.Value ?? p50 * TailOfMedian);
        string source = work.DeclaredP95 is null ? "expected by the author (p50); p95 taken as twice that"
            : work.DeclaredP50 is null ? "expected by the author (p95); p50 taken as half of that"
            : "expected by the author";
        Interval median = Interval.Within(p50, Trust);
        double held = EngineOf.HoldsDevice(work) ? 1 : 0;
        return new Estimate(median, Interval.Within(p95, Trust), median * held, work.Resident ?? Bytes.Zero, "declared", source);
    }
}

/// <summary>What executors hold.</summary>
internal static class EngineOf
{
    /// <summary>Whether an execution keeps a device busy; waiting for an answer from elsewhere does not.</summary>
    public static bool HoldsDevice(Workload work) =>
        work.Executor is not ("http" or "mcp" or "human") && work.Kind is not (WorkKind.Lookup or WorkKind.Wait);
}
