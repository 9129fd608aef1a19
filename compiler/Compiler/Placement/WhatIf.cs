using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>Further searches with one thing changed: which constraint binds, and what one kind of device would cost.</summary>
internal sealed class WhatIf(Fleet fleet, EstimateTable table, Objective objective, ProblemBuilder builder, BuiltProblem built, CancellationToken cancellation)
{
    /// <summary>A limit is relaxed by this share to see what it costs.</summary>
    public const double Step = 0.1;

    private const double MostDeterministicSeconds = 1; // a comparison is worth less than the plan

    private double Limit => Math.Min(MostDeterministicSeconds, objective.SolverLimit);

    /// <summary>The constraint whose relaxing saves most, for people; empty when relaxing none helps.</summary>
    public string Binding(PlacementValue value)
    {
        string best = "";
        double saved = 0;
        for (int i = 0; i < built.Problem.Limits.Length; i++)
        {
            PlacementLimit limit = built.Problem.Limits[i];
            long more = (long)Math.Ceiling(limit.Limit * Step);
            PlacementLimit[] relaxed = [.. built.Problem.Limits.Select((l, k) => k == i ? l with { Limit = l.Limit + more } : l)];
            string change = ProblemBuilder.IsQuality(limit)
                ? $"−{Quantity.Digits(QualityBuilder.Left(limit.Limit) - QualityBuilder.Left(limit.Limit + more))}"
                : $"+{Seconds.FromMicroseconds(more)}";
            Consider(built.Problem with { Limits = relaxed }, value, $"{limit.Name}: {change}", ref saved, ref best);
        }

        for (int d = 0; d < built.Problem.Devices.Length; d++)
        {
            PlacementDevice device = built.Problem.Devices[d];
            long used = value.Chosen.Sum(c => built.Problem.Candidates[c].Device == d ? built.Problem.Candidates[c].Use : 0);
            if (used <= (device.Count - 1) * PlacementProblem.WholeDevice || device.Count > int.MaxValue / 8)
            {
                continue;
            }

            long extra = Math.Max(1, (long)Math.Ceiling(device.Count * Step));
            PlacementDevice[] devices = [.. built.Problem.Devices.Select((x, k) => k == d ? x with { Count = x.Count + extra } : x)];
            string name = Name(d);
            Consider(built.Problem with { Devices = devices }, value, string.Create(CultureInfo.InvariantCulture, $"devices of {name}: {extra} more"), ref saved, ref best);
        }

        return best;
    }

    /// <summary>The cheapest plan that uses one kind of accelerator wherever an accelerator can serve, however many that takes.</summary>
    public SingleKind? BestSingleKind()
    {
        Dictionary<string, Device> devices = fleet.Devices.ToDictionary(d => d.Name, StringComparer.Ordinal);
        bool Accelerates(Candidate c) => devices[c.Device].Tier is "gpu" or "npu";
        HashSet<int> accelerated = [.. table.Candidates.Where(Accelerates).SelectMany(c => c.Tasks)];
        string[] kinds = [.. table.Candidates.Where(Accelerates).Select(c => devices[c.Device].Kind).Distinct().Order(StringComparer.Ordinal)];
        SingleKind? best = null;
        foreach (string kind in kinds)
        {
            HashSet<int> servable = [.. table.Candidates.Where(c => devices[c.Device].Kind == kind).SelectMany(c => c.Tasks)];
            BuiltProblem single = builder.Build(
                c => devices[c.Device].Kind == kind || c.Tasks.All(t => !accelerated.Contains(t) || !servable.Contains(t)), limitCounts: false);
            if (!Covered(single.Problem))
            {
                continue;
            }

            SearchAnswer answer = PlacementSearch.Solve(single.Problem, Limit, breakTies: false, cancellation);
            double cost = (answer.Value?.Objective ?? 0) * single.DollarsPerUnit;
            if (answer.Value is { Violation: 0 } && (best is null || cost < best.Cost))
            {
                best = new SingleKind(kind, cost);
            }
        }

        return best;
    }

    /// <summary>Whether every task has a candidate.</summary>
    public static bool Covered(PlacementProblem problem) =>
        problem.Candidates.SelectMany(c => c.Tasks).Distinct().Count() == problem.TaskCount;

    private string Name(int device) =>
        table.Candidates[built.CandidateIds[Array.FindIndex(built.Problem.Candidates, c => c.Device == device)]].Device;

    private void Consider(PlacementProblem relaxed, PlacementValue value, string change, ref double saved, ref string best)
    {
        SearchAnswer answer = PlacementSearch.Solve(relaxed, Limit, breakTies: false, cancellation);
        double saves = answer.Value is { } v ? (value.Objective - v.Objective) * built.DollarsPerUnit : 0;
        if (saves > saved)
        {
            saved = saves;
            int colon = change.IndexOf(": ", StringComparison.Ordinal);
            best = $"{change[..colon]}. {change[(colon + 2)..]} would save {new Dollars(saves)}{(built.RunsPerUnit == 1 ? " a run" : "/h")}{(answer.Status == ExactStatus.Optimal ? "" : " or more")}";
        }
    }
}
