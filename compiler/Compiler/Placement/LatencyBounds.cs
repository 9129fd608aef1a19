namespace Orchestrator.Compiler.Placing;

/// <summary>The least and the most that every latency can be, over all choices of candidates.</summary>
internal static class LatencyBounds
{
    /// <summary>By node, with the quickest candidate of every task and the quickest move of every edge.</summary>
    public static double[] Least(PlacementProblem problem, int[][] covering) => problem.Latency.Evaluate(
        (task, column) => covering[task].Select(c => problem.Candidates[c].Duration(task, column)).DefaultIfEmpty(0).Min(),
        edge => OneCandidateCanHoldBoth(problem, covering, edge) ? 0 : problem.Edges[edge].Moves.SelectMany(r => r).Min(m => m?.Time ?? 0));

    /// <summary>By node, with the slowest candidate of every task and the slowest move of every edge.</summary>
    public static double[] Most(PlacementProblem problem, int[][] covering) => problem.Latency.Evaluate(
        (task, column) => covering[task].Select(c => problem.Candidates[c].Duration(task, column)).DefaultIfEmpty(0).Max(),
        edge => problem.Edges[edge].Moves.SelectMany(r => r).Max(m => m?.Time ?? 0));

    private static bool OneCandidateCanHoldBoth(PlacementProblem problem, int[][] covering, int edge) =>
        covering[problem.Edges[edge].From].Any(c => problem.Edges[edge].ToClass[c] >= 0);
}
