namespace Orchestrator.Compiler.Placing;

/// <summary>A plan near one that runs.</summary>
/// <param name="Value">The plan, or null when none was found.</param>
/// <param name="Moved">Pools of the plan that do not run yet.</param>
/// <param name="Reference">Objective of the cheapest plan found without regard to what runs.</param>
/// <param name="Bound">No plan has a smaller objective, however many pools move.</param>
internal sealed record ReplanAnswer(PlacementValue? Value, int Moved, double Reference, double Bound);

/// <summary>
/// Plans again after devices were lost or the load changed: the fewest pools move for which the plan costs no more than a tolerance above the cheapest
/// plan known. What a moved pool counts for falls from more than all money to nothing until the plan is cheap enough.
/// </summary>
internal static class Replan
{
    private const int Covers = 48;
    private const int Rounds = 4;
    private const double Fall = 0.25;
    private const int MostFalls = 8;
    private const double ExactSeconds = 0.05;

    /// <summary>Plans again within a fixed amount of work.</summary>
    /// <param name="problem">What holds now.</param>
    /// <param name="running">Candidates of <paramref name="problem"/> that run and still exist; they need not hold all constraints nor cover all tasks.</param>
    /// <param name="tolerance">Share above the cheapest plan known that moving less may cost, 0 or more.</param>
    /// <param name="limit">Deterministic seconds for a plan from nothing, where repair finds none.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static ReplanAnswer Run(PlacementProblem problem, int[] running, double tolerance, double limit, CancellationToken cancellation)
    {
        ReducedProblem pruned = CandidatePruning.Prune(problem, running);
        int[] kept = pruned.FromOriginal(running) ?? throw new InvalidOperationException("what runs was kept");
        using var relaxation = new PlacementRelaxation(pruned.Problem);
        RelaxedPlan relaxed = relaxation.Solve();
        CoverGroup[] groups = relaxed.Feasible ? Groups(pruned.Problem, kept, relaxed) : [];
        if (!relaxed.Feasible || groups.Any(g => g.Covers.Length == 0))
        {
            return new ReplanAnswer(null, 0, double.PositiveInfinity, double.PositiveInfinity);
        }

        var evaluator = new PlacementEvaluator(problem);
        PlacementValue? fresh = Fresh();
        if (fresh is null)
        {
            return new ReplanAnswer(null, 0, double.PositiveInfinity, relaxed.Bound);
        }

        double most = fresh.Objective * (1 + tolerance);
        PlacementValue best = fresh;
        double move = Math.Max(1, fresh.Objective);
        for (int fall = 0; fall < MostFalls; fall++, move *= Fall)
        {
            if (Near(pruned, groups, kept, move, cancellation) is not { } chosen)
            {
                continue;
            }

            PlacementValue value = evaluator.Evaluate(pruned.ToOriginal(chosen));
            if (value.Violation == 0 && value.Objective <= most)
            {
                best = Moved(value) < Moved(best) || (Moved(value) == Moved(best) && value.Objective < best.Objective) ? value : best;
                break;
            }
        }

        return new ReplanAnswer(best, Moved(best), fresh.Objective, relaxed.Bound);

        int Moved(PlacementValue value) => value.Chosen.Except(running).Count();

        PlacementValue? Fresh()
        {
            int[]? found = LocalSearch.Run(pruned.Problem, groups, [.. groups.Select(g => g.Covers[0])], relaxed, Rounds, cancellation);
            return found is not null
                ? evaluator.Evaluate(pruned.ToOriginal(found))
                : PlacementSearch.Solve(problem, limit, breakTies: false, cancellation).Value;
        }
    }

    // The best plan when every pool that does not run costs so much more.
    private static int[]? Near(ReducedProblem pruned, CoverGroup[] groups, int[] kept, double move, CancellationToken cancellation)
    {
        HashSet<int> runs = [.. kept];
        PlacementProblem dear = pruned.Problem with
        {
            Candidates = [.. pruned.Problem.Candidates.Select((c, i) => runs.Contains(i) ? c : c with { Cost = c.Cost + (long)move })],
            CostLimit = null,
        };
        using var relaxation = new PlacementRelaxation(dear);
        RelaxedPlan relaxed = relaxation.Solve();
        int[][] start = [.. groups.Select(g => g.Covers.FirstOrDefault(c => c.All(runs.Contains), g.Covers[0]))];
        int[]? found = LocalSearch.Run(dear, groups, start, relaxed, Rounds, cancellation);
        if (found is null)
        {
            return null;
        }

        PlacementValue value = new PlacementEvaluator(dear).Evaluate(found);
        HashSet<int> chosen = [.. found];
        ReducedProblem left = ReducedProblem.Of(dear, c => chosen.Contains(c) || relaxed.Bound + relaxed.ReducedCosts[c] <= value.Objective - 1);
        int[]? hint = left.FromOriginal(found);
        BoundedPlan plan = BranchAndBound.Run(
            left.Problem, GroupCovers.Of(left.Problem, [.. left.Ids.Select(c => relaxed.ReducedCosts[c])], Covers), hint ?? [], value.Objective, ExactSeconds, cancellation);
        return left.ToOriginal(plan.Chosen);
    }

    // What runs is always among the covers of a group.
    private static CoverGroup[] Groups(PlacementProblem problem, int[] kept, RelaxedPlan relaxed)
    {
        CoverGroup[] groups = GroupCovers.Of(problem, [.. relaxed.ReducedCosts.Select((r, c) => r - 1e-3 * relaxed.Weights[c])], Covers);
        return [.. groups.Select(g =>
        {
            int[] mine = [.. kept.Where(c => g.Tasks.Contains(problem.Candidates[c].Tasks[0]))];
            bool whole = mine.Sum(c => problem.Candidates[c].Tasks.Length) == g.Tasks.Length;
            return whole && !g.Covers.Any(c => c.Order().SequenceEqual(mine)) ? g with { Covers = [.. g.Covers, mine] } : g;
        })];
    }
}
