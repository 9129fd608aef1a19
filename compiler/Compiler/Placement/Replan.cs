namespace Orchestrator.Compiler.Placing;

/// <summary>A plan near one that runs.</summary>
/// <param name="Value">The plan, or null when none was found.</param>
/// <param name="Moved">Pools of the plan that do not run yet.</param>
/// <param name="Reference">What its price was held against: the objective of the cheapest plan found without regard to what runs, or a bound that was known.</param>
/// <param name="Bound">No plan has a smaller objective, however many pools move.</param>
internal sealed record ReplanAnswer(PlacementValue? Value, int Moved, double Reference, double Bound);

/// <summary>
/// Plans again after devices were lost or the load changed: the fewest pools move for which the plan costs no more than a tolerance above the cheapest
/// plan known. Where a bound is known and only some devices are short, their pools alone move, if that is cheap enough. Otherwise what a moved pool
/// counts for falls from more than all money to nothing until the plan is cheap enough.
/// </summary>
internal static class Replan
{
    private const int Covers = 48;
    private const int Rounds = 6;
    private const double Fall = 0.1;
    private const int MostFalls = 5;
    private const double ExactSeconds = 0.03;

    /// <summary>Plans again within a fixed amount of work.</summary>
    /// <param name="problem">What holds now.</param>
    /// <param name="running">Candidates of <paramref name="problem"/> that run and still exist; they need not hold all constraints nor cover all tasks.</param>
    /// <param name="tolerance">Share above the cheapest plan known that moving less may cost, 0 or more.</param>
    /// <param name="limit">Deterministic seconds for a plan from nothing, where repair finds none.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <param name="bound">An objective below which no plan is known to be, such as the bound of the plan that runs when devices were lost; 0 for none.</param>
    public static ReplanAnswer Run(PlacementProblem problem, int[] running, double tolerance, double limit, CancellationToken cancellation, double bound = 0)
    {
        if (bound > 0 && Repair(problem, running, bound, cancellation) is { } repaired && repaired.Objective <= (1 + tolerance) * bound)
        {
            return new ReplanAnswer(repaired, repaired.Chosen.Except(running).Count(), bound, bound);
        }

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
            using var near = new NearSearch(pruned.Problem, groups, kept, move);
            if (near.Found(cancellation) is { } found && Accepted(found))
            {
                Accepted(near.Better(found, cancellation));
                break;
            }
        }

        return new ReplanAnswer(best, Moved(best), fresh.Objective, relaxed.Bound);

        int Moved(PlacementValue value) => value.Chosen.Except(running).Count();

        bool Accepted(int[] chosen)
        {
            PlacementValue value = evaluator.Evaluate(pruned.ToOriginal(chosen));
            bool accepted = value.Violation == 0 && value.Objective <= most;
            if (accepted && (Moved(value) < Moved(best) || (Moved(value) == Moved(best) && value.Objective < best.Objective)))
            {
                best = value;
            }

            return accepted;
        }

        PlacementValue? Fresh()
        {
            int[][] start = [.. groups.Select(g => g.Covers[0])];
            int[]? found = LocalSearch.Run(pruned.Problem, groups, start, relaxed, Rounds, cancellation);
            return found is not null
                ? evaluator.Evaluate(pruned.ToOriginal(found))
                : PlacementSearch.Solve(problem, limit, breakTies: false, cancellation).Value;
        }
    }

    // Groups that run on a device of which there are too few, or that run no longer, may move; all others stay.
    private static PlacementValue? Repair(PlacementProblem problem, int[] running, double bound, CancellationToken cancellation)
    {
        bool[] stays = new bool[problem.TaskCount];
        long[] use = new long[problem.Devices.Length];
        foreach (int c in running)
        {
            use[problem.Candidates[c].Device] += problem.Candidates[c].Use;
        }

        foreach (PlacementCandidate candidate in running.Select(c => problem.Candidates[c]))
        {
            bool room = use[candidate.Device] <= problem.Devices[candidate.Device].Count * (double)PlacementProblem.WholeDevice;
            Array.ForEach(candidate.Tasks, t => stays[t] = room);
        }

        HashSet<int> runs = [.. running];
        long move = (long)Math.Ceiling(bound);
        ReducedProblem free = ReducedProblem.Of(problem, c => runs.Contains(c) || !problem.Candidates[c].Tasks.Any(t => stays[t]));
        ReducedProblem pruned = CandidatePruning.Prune(free.Problem, free.FromOriginal(running));
        int[] Original(int[] chosen) => free.ToOriginal(pruned.ToOriginal(chosen));
        PlacementCandidate[] dear = [.. pruned.Problem.Candidates.Select((c, i) => runs.Contains(Original([i])[0]) ? c : c with { Cost = c.Cost + move })];
        PlacementProblem near = pruned.Problem with { Candidates = dear, CostLimit = null };
        CoverGroup[] groups = GroupCovers.Of(near, [.. dear.Select(near.PriceOf)], Covers);
        if (groups.Any(g => g.Covers.Length == 0))
        {
            return null;
        }

        var unpriced = new RelaxedPlan(true, bound, new double[dear.Length], new double[dear.Length], new double[near.Limits.Length], new double[near.Devices.Length], []);
        int[]? found = LocalSearch.Run(near, groups, [.. groups.Select(g => g.Covers[0])], unpriced, 1, cancellation);
        return found is not null && new PlacementEvaluator(problem).Evaluate(Original(found)) is { Violation: 0 } value ? value : null;
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

    // The problem in which every pool that does not run costs so much more.
    private sealed class NearSearch : IDisposable
    {
        private readonly PlacementProblem _dear;
        private readonly CoverGroup[] _groups;
        private readonly HashSet<int> _runs;
        private readonly PlacementRelaxation _relaxation;
        private readonly RelaxedPlan _relaxed;

        public NearSearch(PlacementProblem problem, CoverGroup[] groups, int[] running, double move)
        {
            (_groups, _runs) = (groups, [.. running]);
            _dear = problem with
            {
                Candidates = [.. problem.Candidates.Select((c, i) => _runs.Contains(i) ? c : c with { Cost = c.Cost + (long)move })],
                CostLimit = null,
            };
            _relaxation = new PlacementRelaxation(_dear);
            _relaxed = _relaxation.Solve();
        }

        public int[]? Found(CancellationToken cancellation) => LocalSearch.Run(
            _dear, _groups, [.. _groups.Select(g => g.Covers.FirstOrDefault(c => c.All(_runs.Contains), g.Covers[0]))], _relaxed, Rounds, cancellation);

        public int[] Better(int[] found, CancellationToken cancellation)
        {
            PlacementValue value = new PlacementEvaluator(_dear).Evaluate(found);
            HashSet<int> chosen = [.. found];
            ReducedProblem left = ReducedProblem.Of(_dear, c => chosen.Contains(c) || _relaxed.Bound + _relaxed.ReducedCosts[c] <= value.Objective - 1);
            int[] hint = left.FromOriginal(found) ?? throw new InvalidOperationException("what was found was kept");
            CoverGroup[] groups = GroupCovers.Of(left.Problem, [.. left.Ids.Select(c => _relaxed.ReducedCosts[c])], Covers);
            return left.ToOriginal(BranchAndBound.Run(left.Problem, groups, hint, value.Objective, ExactSeconds, cancellation).Chosen);
        }

        public void Dispose() => _relaxation.Dispose();
    }
}
