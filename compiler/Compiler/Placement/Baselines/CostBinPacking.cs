namespace Orchestrator.Compiler.Placing.Baselines;

/// <summary>
/// Cost bin packing as in Mélange (arXiv 2404.14527): each stage has its own latency objective, here its share of the limits, and among the
/// pools that keep it an integer program takes those whose whole devices together cost least.
/// </summary>
internal sealed class CostBinPacking : Baseline
{
    /// <inheritdoc/>
    public override string Name => "cost bin packing per stage";

    /// <inheritdoc/>
    public override string Summary => "the cheapest devices for all stages, each within its share of the latency (Mélange)";

    /// <inheritdoc/>
    public override BaselineChoice Choose(BaselineProblem problem, CancellationToken cancellation)
    {
        var share = new LatencyShare(problem.Problem);
        PlacementProblem packing = problem.Problem with { Limits = [], CostLimit = null, TieBreak = -1 };
        return ProblemPart.Of(packing, share.Keeps).Solve(cancellation) is { } found
            ? new BaselineChoice(found.Chosen)
            : new BaselineChoice(null, "the shares of the stages cannot all be kept");
    }
}
