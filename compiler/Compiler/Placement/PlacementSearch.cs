namespace Orchestrator.Compiler.Placing;

/// <summary>How a search ended.</summary>
/// <param name="Status">How good the answer is.</param>
/// <param name="Value">The plan, or null.</param>
/// <param name="Bound">No plan has a smaller objective.</param>
internal sealed record SearchAnswer(ExactStatus Status, PlacementValue? Value, double Bound);

/// <summary>Heuristic, then the exact solver from its answer, then the quickest among plans of equal cost.</summary>
internal static class PlacementSearch
{
    private const double MostForTies = 1; // deterministic seconds; a quicker plan of equal cost is worth no more search

    /// <summary>Solves within <paramref name="limit"/> deterministic seconds.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="limit">Deterministic seconds.</param>
    /// <param name="breakTies">Whether to look for a quicker plan of the same cost.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static SearchAnswer Solve(PlacementProblem problem, double limit, bool breakTies, CancellationToken cancellation)
    {
        PlacementValue? guess = new HeuristicSolver(problem).Solve(cancellation);
        PlacementValue? hint = guess is { Violation: 0 } ? guess : null;
        ExactAnswer exact = new ExactSolver(problem).Solve(hint?.Chosen, limit, cancellation);
        if (exact.Status == ExactStatus.Infeasible)
        {
            return new SearchAnswer(ExactStatus.Infeasible, null, double.PositiveInfinity);
        }

        var evaluator = new PlacementEvaluator(problem);
        PlacementValue? best = exact.Chosen.Length > 0 ? evaluator.Evaluate(exact.Chosen) : null;
        if (hint is not null && (best is null || Primary(problem, hint) < Primary(problem, best)))
        {
            best = hint;
        }

        if (best is null)
        {
            return new SearchAnswer(ExactStatus.Unknown, null, exact.Bound);
        }

        double bound = exact.Status == ExactStatus.Optimal ? Primary(problem, best) : Math.Min(exact.Bound, Primary(problem, best));
        if (exact.Status == ExactStatus.Optimal && breakTies && problem.TieBreak >= 0 && problem.MinimiseNode < 0)
        {
            best = Quickest(problem, best, limit, cancellation);
        }

        return new SearchAnswer(exact.Status == ExactStatus.Optimal ? ExactStatus.Optimal : ExactStatus.Feasible, best, bound);
    }

    // With soft limits a cheaper plan may be slower for its price, so only plans without overrun are compared.
    private static PlacementValue Quickest(PlacementProblem problem, PlacementValue best, double limit, CancellationToken cancellation)
    {
        if (best.Overrun > 0)
        {
            return best;
        }

        PlacementProblem quick = problem with
        {
            CostLimit = best.Cost,
            MinimiseNode = problem.TieBreak,
            Limits = [.. problem.Limits.Select(l => l with { OverrunCost = null })],
        };
        ExactAnswer answer = new ExactSolver(quick).Solve(best.Chosen, Math.Min(limit, MostForTies), cancellation);
        return answer.Chosen.Length > 0 ? new PlacementEvaluator(problem).Evaluate(answer.Chosen) : best;
    }

    private static double Primary(PlacementProblem problem, PlacementValue value) =>
        problem.MinimiseNode >= 0 ? value.Values[problem.MinimiseNode] : value.Objective;
}
