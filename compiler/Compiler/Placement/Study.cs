using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>Searches around a plan: the front of money against latency, and what the least certain estimates decide.</summary>
public static class Study
{
    private const int FrontSteps = 8;
    private const int MostTasks = 10;
    private const double DeterministicSeconds = 1; // each search; what it does not prove is said

    /// <summary>The study of a plan. The same plan gives the same study on any machine. Throws <see cref="OperationCanceledException"/> when cancelled.</summary>
    public static PlanStudy Of(DeploymentPlan plan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var builder = new ProblemBuilder(plan.Graph, plan.Fleet.WithPerson(), plan.Estimates, plan.Objective);
        BuiltProblem built = builder.Build(_ => true);
        (int percentile, bool first) = Studied(plan.Objective);
        ValueTimes times = built.Percentiles.First(p => p.Percentile == percentile).Times;
        int root = first ? times.First : times.End;
        double? limit = (first ? plan.Objective.FirstTokenLimits : plan.Objective.LatencyLimits).TryGetValue(percentile, out double promised) ? promised : null;
        return new PlanStudy(first, percentile, limit, Front(plan, built, root, limit, cancellation), Sensitivities(plan, built, root, percentile, cancellation));
    }

    // The highest promised percentile, as the latency budget of the plan has it.
    private static (int Percentile, bool First) Studied(Objective objective)
    {
        int percentile = objective.LatencyLimits.Keys.Concat(objective.FirstTokenLimits.Keys).DefaultIfEmpty(95).Max();
        return (percentile, objective.FirstTokenLimits.ContainsKey(percentile));
    }

    private static ImmutableArray<FrontPoint> Front(DeploymentPlan plan, BuiltProblem built, int root, double? promised, CancellationToken cancellation)
    {
        PlacementProblem free = built.Problem with { Limits = [.. built.Problem.Limits.Where(l => l.Root != root)], TieBreak = root };
        SearchAnswer cheapest = PlacementSearch.Solve(free, DeterministicSeconds, breakTies: true, cancellation);
        SearchAnswer quickest = PlacementSearch.Solve(free with { MinimiseNode = root }, DeterministicSeconds, breakTies: false, cancellation);
        if (cheapest.Value is not { Violation: 0 } slow || quickest.Value is not { Violation: 0 } quick)
        {
            return [];
        }

        (double least, double most) = (Math.Max(1, quick.Values[root]), slow.Values[root]);
        IEnumerable<double> limits = Enumerable.Range(0, FrontSteps).Select(k => least * Math.Pow(Math.Max(1, most / least), k / (double)FrontSteps));
        limits = promised is { } p ? limits.Append(p * 1e6) : limits;
        var found = new List<FrontPoint> { Point(plan, built, slow, root, cheapest.Status == ExactStatus.Optimal) };
        foreach (double limit in limits.Distinct().Where(l => l >= least && l < most).Order())
        {
            PlacementProblem within = free with { Limits = [.. free.Limits, new PlacementLimit("front", root, (long)Math.Ceiling(limit), null)] };
            SearchAnswer answer = PlacementSearch.Solve(within, DeterministicSeconds, breakTies: true, cancellation);
            if (answer.Value is { Violation: 0 } value)
            {
                found.Add(Point(plan, built, value, root, answer.Status == ExactStatus.Optimal));
            }
        }

        return Undominated(found);
    }

    private static ImmutableArray<FrontPoint> Undominated(List<FrontPoint> points)
    {
        var front = ImmutableArray.CreateBuilder<FrontPoint>();
        foreach (FrontPoint point in points.OrderBy(p => p.Latency).ThenBy(p => p.Cost))
        {
            if (front.Count == 0 || point.Cost < front[^1].Cost)
            {
                front.Add(point);
            }
        }

        return front.ToImmutable();
    }

    private static FrontPoint Point(DeploymentPlan plan, BuiltProblem built, PlacementValue value, int root, bool proved)
    {
        IEnumerable<Candidate> pools = value.Chosen.Select(c => plan.Estimates.Candidates[built.CandidateIds[c]]);
        string devices = string.Join(", ", pools.SelectMany(p => p.TakenDevices()).GroupBy(u => u.Device, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            double count = Math.Ceiling(g.Sum(u => u.Count) - 1e-9);
            return count > 1 ? FormattableString.Invariant($"{g.Key} ×{count:0}") : g.Key;
        }));
        return new FrontPoint(value.Values[root] / 1e6, value.Cost * built.DollarsPerUnit, proved, devices);
    }

    private static ImmutableArray<Sensitivity> Sensitivities(DeploymentPlan plan, BuiltProblem built, int root, int percentile, CancellationToken cancellation)
    {
        int[] chosen = [.. built.CandidateIds.Select((id, c) => (id, c)).Where(x => plan.Placement.Pools.Contains(x.id)).Select(x => x.c)];
        double before = new PlacementEvaluator(built.Problem).Evaluate(chosen).Values[root];
        var found = new List<(GraphTask Task, PlacementProblem Slow, PlacementValue Value)>();
        foreach (GraphTask task in plan.Graph.Tasks)
        {
            PlacementProblem slow = built.Problem with { Candidates = [.. built.Problem.Candidates.Select((c, i) => Slowed(c, task.Id, plan.Estimates.Candidates[built.CandidateIds[i]], built))] };
            PlacementValue value = new PlacementEvaluator(slow).Evaluate(chosen);
            if (value.Values[root] > before)
            {
                found.Add((task, slow, value));
            }
        }

        return [.. found.OrderByDescending(f => f.Value.Values[root]).ThenBy(f => f.Task.Id).Take(MostTasks).Select(f =>
        {
            Candidate pool = plan.Estimates.Candidates[plan.Placement.Assignments.First(a => a.Task == f.Task.Id).Candidate];
            SearchAnswer answer = f.Value.Violation == 0
                ? new SearchAnswer(ExactStatus.Feasible, f.Value, 0)
                : PlacementSearch.Solve(f.Slow, DeterministicSeconds, breakTies: false, cancellation);
            return new Sensitivity(
                f.Task.Name, ProblemBuilder.At(pool.Estimates[pool.Tasks.IndexOf(f.Task.Id)], percentile), f.Value.Values[root] / 1e6, f.Value.Violation == 0,
                answer.Value is { Violation: 0 } plan2 ? plan2.Objective * built.DollarsPerUnit : null);
        })];
    }

    // A candidate whose times of a task are those of the high end of their intervals.
    private static PlacementCandidate Slowed(PlacementCandidate candidate, int task, Candidate pool, BuiltProblem built)
    {
        int position = Array.IndexOf(candidate.Tasks, task);
        if (position < 0 || !pool.Estimates[position].IsKnown)
        {
            return candidate;
        }

        long[] slow = [.. candidate.Durations[position]];
        foreach (PercentileTimes times in built.Percentiles)
        {
            Interval time = ProblemBuilder.At(pool.Estimates[position], times.Percentile);
            double ratio = time.Likely > 0 && double.IsFinite(time.High) ? time.High / time.Likely : 1;
            for (int column = times.Column; column <= times.Column + 1; column++)
            {
                slow[column] = (long)Math.Min(1e13, slow[column] * ratio);
            }
        }

        return candidate with { Durations = [.. candidate.Durations.Select((d, i) => i == position ? slow : d)] };
    }
}
