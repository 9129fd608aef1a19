namespace Orchestrator.Compiler.Placing;

/// <summary>How a search ended.</summary>
/// <param name="Status">How good the answer is.</param>
/// <param name="Value">The plan, or null.</param>
/// <param name="Bound">No plan has a smaller objective.</param>
internal sealed record SearchAnswer(ExactStatus Status, PlacementValue? Value, double Bound);

/// <summary>
/// The stages of the solver, one after the other: drop beaten candidates, relax, search locally, drop candidates by reduced cost, improve region by region
/// where the problem is large, split until nothing better can be left, then take the quickest among plans of equal cost. All limits are counts of work.
/// </summary>
internal static class PlacementSearch
{
    private const double MostForTies = 1; // deterministic seconds; a quicker plan of equal cost is worth no more search
    private const int Covers = 64;        // of each group, for local search
    private const int SearchSteps = 2000; // groups times rounds of local search at the start
    private const int ManyGroups = 40;    // fewer are searched to the end sooner without regions
    private const int MostGroupsToSplit = 250; // more make every part dear and the whole endless
    private const double RegionShare = 0.5;
    private const int FewestRounds = 8;
    private const int MostRounds = 30;
    private const double CoverOfWeight = 1e-3;

    /// <summary>Solves within <paramref name="limit"/> deterministic seconds.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="limit">Deterministic seconds.</param>
    /// <param name="breakTies">Whether to look for a quicker plan of the same cost.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <param name="running">A plan that is known, in candidates of the problem, or null; the answer is never dearer than it where it holds.</param>
    public static SearchAnswer Solve(PlacementProblem problem, double limit, bool breakTies, CancellationToken cancellation, int[]? running = null)
    {
        if (problem.TaskCount == 0)
        {
            return new SearchAnswer(ExactStatus.Optimal, new PlacementEvaluator(problem).Evaluate([]), 0);
        }

        if (problem.OneAtATime)
        {
            return Serial.SerialSearch.Solve(problem, limit, cancellation);
        }

        ReducedProblem pruned = CandidatePruning.Prune(problem, running);
        SearchAnswer answer = problem.MinimiseNode >= 0
            ? ByConstraints(pruned.Problem, null, limit, cancellation)
            : ForMoney(pruned.Problem, running is null ? null : pruned.FromOriginal(running), limit, cancellation);
        if (answer is { Status: ExactStatus.Optimal, Value: { } best } && breakTies && problem.TieBreak >= 0 && problem.MinimiseNode < 0)
        {
            answer = answer with { Value = Quickest(pruned.Problem, best, limit, cancellation) };
        }

        return answer.Value is { } value ? answer with { Value = new PlacementEvaluator(problem).Evaluate(pruned.ToOriginal(value.Chosen)) } : answer;
    }

    private static SearchAnswer ForMoney(PlacementProblem problem, int[]? running, double limit, CancellationToken cancellation)
    {
        RelaxedPlan relaxed = Relax(problem);
        CoverGroup[] groups = relaxed.Feasible ? GroupCovers.Of(problem, Promise(relaxed), Covers) : [];
        if (!relaxed.Feasible || groups.Any(g => g.Covers.Length == 0))
        {
            // Whole numbers decide; where they take too long, that not even fractions hold is believed.
            SearchAnswer none = ByConstraints(problem, null, limit, cancellation);
            return none.Status == ExactStatus.Unknown && !relaxed.Feasible ? none with { Status = ExactStatus.Infeasible } : none;
        }

        PlacementValue? best = Start(problem, groups, relaxed, running, cancellation);
        if (best is null)
        {
            SearchAnswer first = ByConstraints(problem, null, limit, cancellation);
            if (first.Value is null || first.Status == ExactStatus.Optimal)
            {
                return first with { Bound = Math.Max(first.Bound, relaxed.Bound) };
            }

            best = first.Value;
        }

        if (groups.Length >= ManyGroups)
        {
            best = RegionSearch.Improve(problem, groups, relaxed, best, RegionShare * limit, cancellation);
        }

        if (relaxed.Bound > best.Objective - 1 || groups.Length > MostGroupsToSplit)
        {
            return relaxed.Bound > best.Objective - 1
                ? new SearchAnswer(ExactStatus.Optimal, best, best.Objective)
                : new SearchAnswer(ExactStatus.Feasible, best, relaxed.Bound);
        }

        HashSet<int> chosen = [.. best.Chosen];
        ReducedProblem left = ReducedProblem.Of(problem, c => chosen.Contains(c) || relaxed.Bound + relaxed.ReducedCosts[c] <= best.Objective - 1);
        BoundedPlan plan = Split(left, best, groups.Length < ManyGroups ? limit : (1 - RegionShare) * limit, cancellation);
        return new SearchAnswer(
            plan.Proved ? ExactStatus.Optimal : ExactStatus.Feasible,
            new PlacementEvaluator(problem).Evaluate(left.ToOriginal(plan.Chosen)),
            plan.Proved ? plan.Objective : Math.Max(plan.Bound, relaxed.Bound));
    }

    private static RelaxedPlan Relax(PlacementProblem problem)
    {
        using var relaxation = new PlacementRelaxation(problem);
        return relaxation.Solve();
    }

    // A candidate promises most when the relaxed plan has it, then by how little it costs more.
    private static double[] Promise(RelaxedPlan relaxed) => [.. relaxed.ReducedCosts.Select((r, c) => r - CoverOfWeight * relaxed.Weights[c])];

    private static PlacementValue? Start(PlacementProblem problem, CoverGroup[] groups, RelaxedPlan relaxed, int[]? running, CancellationToken cancellation)
    {
        var evaluator = new PlacementEvaluator(problem);
        PlacementValue? known = running is null ? null : evaluator.Evaluate(running);
        int rounds = Math.Clamp(SearchSteps / groups.Length, FewestRounds, MostRounds);
        int[]? found = LocalSearch.Run(problem, groups, [.. groups.Select(g => g.Covers[0])], relaxed, rounds, cancellation);
        PlacementValue? best = found is null ? null : evaluator.Evaluate(found);
        return known is { Violation: 0 } && (best is null || known.Objective < best.Objective) ? known : best;
    }

    private static BoundedPlan Split(ReducedProblem left, PlacementValue best, double limit, CancellationToken cancellation)
    {
        RelaxedPlan relaxed = Relax(left.Problem);
        int[] start = left.FromOriginal(best.Chosen) ?? throw new InvalidOperationException("the best plan was kept");
        CoverGroup[] groups = GroupCovers.Of(left.Problem, Promise(relaxed), Covers);
        return BranchAndBound.Run(left.Problem, groups, start, best.Objective, limit, cancellation);
    }

    // The constraint solver alone: it finds out whether there is any plan, and minimises latencies.
    private static SearchAnswer ByConstraints(PlacementProblem problem, int[]? hint, double limit, CancellationToken cancellation)
    {
        ExactAnswer exact = new ExactSolver(problem).Solve(hint, limit, cancellation);
        PlacementValue? value = exact.Chosen.Length > 0 ? new PlacementEvaluator(problem).Evaluate(exact.Chosen) : null;
        double bound = exact.Status == ExactStatus.Optimal && value is not null ? Primary(problem, value) : exact.Bound;
        return new SearchAnswer(exact.Status, value, bound);
    }

    // With soft limits a cheaper plan may be slower for its price, so only plans without overrun are compared.
    private static PlacementValue Quickest(PlacementProblem problem, PlacementValue best, double limit, CancellationToken cancellation)
    {
        if (best.Overrun > 0)
        {
            return best;
        }

        RelaxedPlan relaxed = Relax(problem);
        HashSet<int> chosen = [.. best.Chosen];
        ReducedProblem equal = ReducedProblem.Of(
            problem with
            {
                CostLimit = best.Cost,
                MinimiseNode = problem.TieBreak,
                Limits = [.. problem.Limits.Select(l => l with { OverrunCost = null })],
            },
            c => chosen.Contains(c) || relaxed.Bound + relaxed.ReducedCosts[c] <= best.Cost);
        SearchAnswer answer = ByConstraints(equal.Problem, equal.FromOriginal(best.Chosen), Math.Min(limit, MostForTies), cancellation);
        return answer.Value is { Violation: 0 } quickest ? new PlacementEvaluator(problem).Evaluate(equal.ToOriginal(quickest.Chosen)) : best;
    }

    private static double Primary(PlacementProblem problem, PlacementValue value) =>
        problem.MinimiseNode >= 0 ? value.Values[problem.MinimiseNode] : value.Objective;
}
