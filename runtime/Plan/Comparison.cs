using System.Collections.Immutable;

namespace Orchestrator.Plan;

/// <summary>A plan beside what usual ways of choosing come to on the same candidates, prices and promise.</summary>
/// <param name="Unit">What costs are for: <c>h</c> with a rate, <c>run</c> without.</param>
/// <param name="Plans">This plan first.</param>
public sealed record Comparison(string Unit, ImmutableArray<ComparedPlan> Plans);

/// <summary>What one way of choosing comes to.</summary>
/// <param name="Name"><c>this plan</c>, or the baseline's name.</param>
/// <param name="Summary">How it chooses.</param>
/// <param name="Cost">US dollars in the comparison's unit; null when it has no plan that keeps the promise.</param>
/// <param name="P95">Seconds end to end at the 95th percentile; null when it has no plan.</param>
/// <param name="Saving">Share of its cost that this plan saves, 0..1; negative when this plan is dearer; null when it has no plan.</param>
/// <param name="Note">Why it has no plan, or what it chose; may be empty.</param>
public sealed record ComparedPlan(string Name, string Summary, double? Cost, double? P95, double? Saving, string Note);
