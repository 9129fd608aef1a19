namespace Orchestrator.Compiler.Placing.Baselines;

/// <summary>A problem with some of its candidates.</summary>
/// <param name="Problem">The smaller problem.</param>
/// <param name="Ids">By its candidate: the candidate of the whole problem.</param>
internal sealed record ProblemPart(PlacementProblem Problem, int[] Ids)
{
    // A baseline's own search, in deterministic seconds: enough to prove its optimum on the samples, a limit for what is larger.
    private const double SolverLimit = 2;

    /// <summary>The part with the candidates that <paramref name="keep"/> lets through.</summary>
    public static ProblemPart Of(PlacementProblem whole, Func<int, bool> keep)
    {
        int[] ids = [.. Enumerable.Range(0, whole.Candidates.Length).Where(keep)];
        return new ProblemPart(whole with
        {
            Candidates = [.. ids.Select(i => whole.Candidates[i])],
            Edges = [.. whole.Edges.Select(e => e with { FromClass = e.FromClass.Kept(ids), ToClass = e.ToClass.Kept(ids) })],
        }, ids);
    }

    /// <summary>The cheapest cover that holds every limit as candidates of the whole problem, with its objective; null when none is found.</summary>
    public (int[] Chosen, long Objective)? Solve(CancellationToken cancellation)
    {
        if (!WhatIf.Covered(Problem))
        {
            return null;
        }

        SearchAnswer answer = PlacementSearch.Solve(Problem, SolverLimit, breakTies: false, cancellation);
        return answer.Value is { Violation: 0 } value ? ([.. value.Chosen.Select(c => Ids[c])], value.Objective) : null;
    }
}
