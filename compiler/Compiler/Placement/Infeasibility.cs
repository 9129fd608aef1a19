using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>Finds out why no plan keeps a promise, and the plan that comes nearest.</summary>
internal sealed class Infeasibility(
    TaskGraph graph, Fleet fleet, EstimateTable table, Objective objective, Calibration calibration, ProblemBuilder builder, BuiltProblem built,
    CancellationToken cancellation)
{
    private const int MostReasons = 8;

    /// <summary>Some task has no candidate.</summary>
    public PlacementFailure NoCandidates() => WithRelaxations(Uncovered());

    /// <summary>Every task has candidates, but no choice of them holds everything.</summary>
    public PlacementFailure Why(ExactStatus status) => status is ExactStatus.Unknown or ExactStatus.Feasible
        ? new PlacementFailure("solver limit", $"no plan was found within {objective.SolverLimit:0.##} deterministic seconds, and none was ruled out",
            ["raise the solver's limit"], null, "")
        : WithRelaxations(Cause());

    // What cannot hold together, and changes that were planned again; advice stays where fewer than two changes are known.
    private PlacementFailure WithRelaxations(PlacementFailure failure)
    {
        const int enough = 2;
        var asked = new Setting(graph, fleet, objective);
        var planner = new SettingPlanner(asked, table, calibration, cancellation);
        ImmutableArray<Demand> conflict = Demand.Conflict(asked, planner);
        ImmutableArray<Relaxation> found = new Relaxations(asked, planner, conflict).Find();
        IEnumerable<string> advice = found.Length < enough ? failure.Remedies : [];
        return failure with
        {
            Conflict = [.. conflict.Select(d => d.Text)],
            Relaxations = found,
            Remedies = [.. found.Select(r => r.Cost is { } cost ? $"{r.Change}: {cost}{(r.Unit == "h" ? "/h" : " a run")}" : r.Change), .. advice],
        };
    }

    private PlacementFailure Uncovered()
    {
        HashSet<int> covered = [.. built.Problem.Candidates.SelectMany(c => c.Tasks)];
        GraphTask task = graph.Tasks.First(t => !covered.Contains(t.Id));
        string[] reasons = [.. table.Refusals.Where(r => r.Task == task.Id).Select(r => r.Reason).Distinct().Take(MostReasons)];
        Step step = graph.Steps[task.Step];
        return new PlacementFailure(
            "candidates",
            $"no device of {fleet.Name} can serve {task.Name}: {(reasons.Length > 0 ? string.Join("; ", reasons) : "the fleet has no device for it")}",
            [$"add a device that executes '{task.Work.Executor}' to the fleet, or change the call"],
            null,
            step.Location);
    }

    private PlacementFailure Cause()
    {
        PlacementProblem free = built.Problem with { Limits = [], CostLimit = null };
        SearchAnswer anyhow = Solve(free);
        if (anyhow.Value is not { Violation: 0 } cheapest)
        {
            return Devices();
        }

        // Latency first: among limits, the one that cannot be kept even alone; then their conflict; then money.
        foreach (PlacementLimit limit in built.Problem.Limits.Where(l => l.OverrunCost is null))
        {
            SearchAnswer quick = Solve(free with { MinimiseNode = limit.Root, TieBreak = -1 });
            if (quick.Value is { } v && v.Values[limit.Root] > limit.Limit)
            {
                return ProblemBuilder.IsQuality(limit) ? Quality(limit, quick) : Latency(limit, quick);
            }
        }

        SearchAnswer kept = Solve(built.Problem with { CostLimit = null });
        if (kept.Value is { Violation: 0 } dear && built.Problem.CostLimit is not null)
        {
            return Budget(dear, kept);
        }

        PlacementLimit[] hard = [.. built.Problem.Limits.Where(l => l.OverrunCost is null)];
        string names = string.Join(" and ", hard.Select(l => l.Name));
        return new PlacementFailure(
            hard.Length > 0 ? hard[0].Name : "budget",
            $"{names} can each be kept alone, but not together{(built.Problem.CostLimit is null ? "" : " within the budget")}",
            ["relax one of them, or add devices"], Nearest(anyhow, cheapest), LocationOf(hard.Length > 0 ? hard[0].Name : "budget"));
    }

    private PlacementFailure Latency(PlacementLimit limit, SearchAnswer quick)
    {
        PlacementValue value = quick.Value ?? throw new InvalidOperationException("the quickest plan is known here");
        double reached = value.Values[limit.Root];
        bool proved = quick.Status == ExactStatus.Optimal;
        var remedies = new List<string>
        {
            $"promise {limit.Name} ≤ {new Seconds(Relaxations.UpTime(Seconds.FromMicroseconds(reached).Value))} or more",
        };
        BuiltProblem unlimited = builder.Build(_ => true, limitCounts: false);
        SearchAnswer more = Solve(unlimited.Problem);
        if (more.Value is { Violation: 0 } plan)
        {
            remedies.Add("with more devices it can be kept: " + Shopping(unlimited, plan));
        }

        return new PlacementFailure(
            limit.Name,
            $"{limit.Name} ≤ {Seconds.FromMicroseconds(limit.Limit)} cannot be kept: the least that {fleet.Name} reaches is {(proved ? "" : "about ")}{Seconds.FromMicroseconds(reached)}",
            [.. remedies],
            Nearest(quick with { Bound = value.Objective }, value),
            LocationOf(limit.Name));
    }

    private PlacementFailure Quality(PlacementLimit limit, SearchAnswer best)
    {
        PlacementValue value = best.Value ?? throw new InvalidOperationException("the best plan is known here");
        string reached = Quantity.Digits(QualityBuilder.Left(value.Values[limit.Root]));
        return new PlacementFailure(
            limit.Name,
            $"{limit.Name} ≥ {Quantity.Digits(QualityBuilder.Left(limit.Limit))} cannot be kept: the best that the models' declarations state comes to {reached} on {fleet.Name}",
            [$"promise {limit.Name} ≥ {reached} or less, or declare a better model as an alternative: model m = \"A\" | \"B\" {{ quality: 73 % | 86 % }}"],
            Nearest(best with { Bound = value.Objective }, value),
            LocationOf(limit.Name));
    }

    private PlacementFailure Budget(PlacementValue dear, SearchAnswer kept)
    {
        double least = dear.Cost * built.DollarsPerUnit / built.RunsPerUnit;
        double budget = objective.BudgetPerRun?.Value ?? 0;
        return new PlacementFailure(
            "budget",
            $"a budget of {new Dollars(budget)} a run cannot be kept: the cheapest plan that keeps the rest costs {new Dollars(least)} a run",
            [$"allow {new Dollars(least)} a run, or relax a latency"], Nearest(kept, dear), LocationOf("budget"));
    }

    private PlacementFailure Devices()
    {
        int machines = built.Problem.Devices.Length - built.NarrowLinks.Length;
        PlacementProblem wide = built.Problem with { Limits = [], CostLimit = null, Devices = [.. built.Problem.Devices.Select((d, i) => i < machines ? d : d with { Count = Demand.Plenty })] };
        if (!built.NarrowLinks.IsEmpty && Solve(wide).Value is { Violation: 0 })
        {
            return new PlacementFailure("links",
                $"at {Quantity.Digits(objective.RatePerSecond ?? 0)} runs a second more would have to pass {string.Join(" and ", built.NarrowLinks)} than it carries",
                ["widen the link, or promise a lower rate"], null, LocationOf("rate"));
        }

        BuiltProblem unlimited = builder.Build(_ => true, limitCounts: false);
        SearchAnswer answer = Solve(unlimited.Problem with { Limits = [], CostLimit = null });
        if (answer.Value is not { Violation: 0 } plan)
        {
            PlacementProblem anywhere = unlimited.Problem with { Limits = [], CostLimit = null, Edges = unlimited.Problem.Edges[..graph.Edges.Length] };
            if (anywhere.Edges.Length < unlimited.Problem.Edges.Length && Solve(anywhere).Value is { Violation: 0 })
            {
                string[] wishes = [.. graph.Tasks.SelectMany(t => new[] { t.Near is { } n ? $"{t.Service} near {n}" : "", t.Apart is { } a ? $"{t.Service} apart from {a}" : "" })
                    .Where(w => w.Length > 0).Distinct()];
                return new PlacementFailure("neighbours", $"the places of {fleet.Name} do not allow {string.Join(" and ", wishes)}",
                    ["add devices at another place, or leave the wish out"], null, "");
            }

            return new PlacementFailure("links", $"some data cannot be moved: {fleet.Name} has no link between places that must exchange it",
                ["add the missing links to the fleet"], null, "");
        }

        return new PlacementFailure(
            "devices",
            $"{fleet.Name} has too few devices for {Quantity.Digits(objective.RatePerSecond ?? 0)} runs a second: {Shopping(unlimited, plan)}",
            ["add devices, or promise a lower rate"], null, LocationOf("rate"));
    }

    // What a plan takes beyond what is there.
    private string Shopping(BuiltProblem problem, PlacementValue plan)
    {
        var needs = plan.Chosen.Select(c => table.Candidates[problem.CandidateIds[c]]).GroupBy(c => c.Device).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (Device: g.Key, Needed: (int)Math.Ceiling(g.Sum(c => c.DeviceUse) - 1e-9), There: builder.CountOf(g.Key)))
            .Where(n => n.Needed > n.There)
            .Select(n => string.Create(CultureInfo.InvariantCulture, $"{n.Needed} {n.Device} are needed, {n.There} are there"));
        return string.Join("; ", needs.DefaultIfEmpty("another mix of devices"));
    }

    private Placement Nearest(SearchAnswer answer, PlacementValue value) =>
        new PlanReport(graph, fleet, table, objective, builder, built).Write(answer, value);

    private string LocationOf(string limit)
    {
        string kind = limit.StartsWith("first token", StringComparison.Ordinal) ? "first_token" : limit.Split(' ')[0];
        return graph.Promises.FirstOrDefault(p => p.Kind == kind && p.Location.Length > 0)?.Location ?? "";
    }

    private SearchAnswer Solve(PlacementProblem problem) => PlacementSearch.Solve(problem, Math.Min(objective.SolverLimit, 5), breakTies: false, cancellation);
}
