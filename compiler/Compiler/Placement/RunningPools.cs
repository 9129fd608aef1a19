using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>A plan that runs, told in the candidates of a problem.</summary>
internal static class RunningPools
{
    /// <summary>What moving fewer pools may cost: a share of the cheapest plan.</summary>
    public const double Tolerance = 0.05;

    /// <summary>Plans near <paramref name="running"/>: the fewest pools move for which the cost stays within <see cref="Tolerance"/>.</summary>
    public static SearchAnswer Near(
        DeploymentPlan running, TaskGraph graph, EstimateTable table, BuiltProblem built, double limit, CancellationToken cancellation)
    {
        SearchAnswer best = PlacementSearch.Solve(built.Problem, limit, breakTies: false, cancellation);
        if (best.Value is not { Violation: 0 })
        {
            return best;
        }

        ReplanAnswer near = Replan.Run(built.Problem, Of(running, graph, table, built), Tolerance, limit, cancellation, best.Bound);
        return near.Value is { Violation: 0 } value && value.Objective <= (1 + Tolerance) * best.Value.Objective
            ? new SearchAnswer(best.Bound > value.Objective - 1 ? ExactStatus.Optimal : ExactStatus.Feasible, value, best.Bound)
            : best;
    }

    // A pool runs on when it serves the same tasks in the same way on as many of the same devices.
    private static int[] Of(DeploymentPlan running, TaskGraph graph, EstimateTable table, BuiltProblem built)
    {
        static string Key(Candidate pool, TaskGraph graph) => string.Join('\n',
            [pool.Device, pool.Configuration, $"{pool.Replicas} × {pool.DevicesPerReplica}", .. pool.Tasks.Select(t => graph.Tasks[t].Name).Order(StringComparer.Ordinal)]);

        var pools = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int c = 0; c < built.CandidateIds.Length; c++)
        {
            pools.TryAdd(Key(table.Candidates[built.CandidateIds[c]], graph), c);
        }

        return [.. running.Placement.Pools.Select(p => pools.GetValueOrDefault(Key(running.Estimates.Candidates[p], running.Graph), -1)).Where(c => c >= 0).Order()];
    }
}
