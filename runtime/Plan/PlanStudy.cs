using System.Collections.Immutable;

namespace Orchestrator.Plan;

/// <summary>A plan that no other one beats in both latency and money.</summary>
/// <param name="Latency">Seconds at the study's percentile.</param>
/// <param name="Cost">US dollars, in the unit of the objective: an hour with a rate, else a run.</param>
/// <param name="Proved">Whether no plan as quick is cheaper; when not, one may be.</param>
/// <param name="Devices">What it takes, for people: <c>L4 ×2, server</c>.</param>
public sealed record FrontPoint(double Latency, double Cost, bool Proved, string Devices);

/// <summary>What becomes of a plan when one task takes as long as the high end of its 90 % interval, all else as estimated; loads and replicas stay.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Time">Seconds of one execution on its pool at the study's percentile.</param>
/// <param name="Latency">Seconds of the workflow then, with the plan as it is.</param>
/// <param name="Kept">Whether every promise still holds.</param>
/// <param name="Cost">Of the cheapest plan made for that, US dollars in the unit of the objective; null when none keeps the promise.</param>
public sealed record Sensitivity(string Task, Interval Time, double Latency, bool Kept, double? Cost);

/// <summary>What surrounds a plan: dearer and quicker, cheaper and slower ones, and what its least certain estimates decide.</summary>
/// <param name="FirstToken">Whether the latency studied is that of the first token and not of the whole run.</param>
/// <param name="Percentile">50, 95 or 99.</param>
/// <param name="Limit">Promised seconds, or null.</param>
/// <param name="Front">Ascending by latency, so descending by money.</param>
/// <param name="Sensitivities">The largest effect on the latency first; only tasks that have one.</param>
public sealed record PlanStudy(
    bool FirstToken, int Percentile, double? Limit, ImmutableArray<FrontPoint> Front, ImmutableArray<Sensitivity> Sensitivities);
