namespace Orchestrator.Compiler.Placing.Baselines;

/// <summary>
/// The cheapest plan whose accelerators are all of one kind, of as many as the fleet has; what that kind cannot serve goes where it can. Each
/// kind is solved as exactly as the plan itself.
/// </summary>
internal sealed class BestSingleKind : Baseline
{
    private const string Mixed = "mixed"; // a model cut by layers over several kinds

    /// <inheritdoc/>
    public override string Name => "best single kind";

    /// <inheritdoc/>
    public override string Summary => "the cheapest plan on one kind of accelerator";

    /// <inheritdoc/>
    public override BaselineChoice Choose(BaselineProblem problem, CancellationToken cancellation)
    {
        PlacementCandidate[] candidates = problem.Problem.Candidates;
        string KindOf(int candidate) => candidates[candidate].Uses.Select(u => problem.Kinds[u.Device]).Distinct().ToArray() is [var kind] ? kind : Mixed;
        string[] kinds = [.. Enumerable.Range(0, candidates.Length).Select(KindOf).Where(k => k.Length > 0 && k != Mixed).Distinct().Order(StringComparer.Ordinal)];
        if (kinds.Length == 0)
        {
            return new BaselineChoice(null, candidates.Any(c => c.Others.Length > 0) ? "no kind holds a model by itself" : "nothing here runs on an accelerator");
        }

        bool[] accelerated = Servable(candidates, c => KindOf(c).Length > 0, problem.Problem.TaskCount);
        (string Kind, int[] Chosen, long Objective)? best = null;
        foreach (string kind in kinds)
        {
            bool[] servable = Servable(candidates, c => KindOf(c) == kind, problem.Problem.TaskCount);
            var part = ProblemPart.Of(problem.Problem, c => KindOf(c) == kind || candidates[c].Tasks.All(t => !accelerated[t] || !servable[t]));
            if (part.Solve(cancellation) is { } found && (best is null || found.Objective < best.Value.Objective))
            {
                best = (kind, found.Chosen, found.Objective);
            }
        }

        return best is { } b ? new BaselineChoice(b.Chosen, b.Kind) : new BaselineChoice(null, $"no kind keeps the promise by itself ({string.Join(", ", kinds)})");
    }

    private static bool[] Servable(PlacementCandidate[] candidates, Func<int, bool> by, int tasks)
    {
        bool[] servable = new bool[tasks];
        foreach (int task in Enumerable.Range(0, candidates.Length).Where(by).SelectMany(c => candidates[c].Tasks))
        {
            servable[task] = true;
        }

        return servable;
    }
}
