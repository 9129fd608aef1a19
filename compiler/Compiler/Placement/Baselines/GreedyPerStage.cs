namespace Orchestrator.Compiler.Placing.Baselines;

/// <summary>
/// Stage by stage, the cheapest pools that keep the stage's share of the latency limits: what one does who splits the budget first and looks
/// at one service at a time.
/// </summary>
internal sealed class GreedyPerStage : Baseline
{
    /// <inheritdoc/>
    public override string Name => "greedy per stage";

    /// <inheritdoc/>
    public override string Summary => "the cheapest pool of each stage within its share of the latency";

    /// <inheritdoc/>
    public override BaselineChoice Choose(BaselineProblem problem, CancellationToken cancellation)
    {
        var share = new LatencyShare(problem.Problem);
        ILookup<string, int> byTasks = Enumerable.Range(0, problem.Problem.Candidates.Length).Where(share.Keeps)
            .ToLookup(c => Stages.Key(problem.Problem.Candidates[c]));
        var cover = new Cover(problem.Problem);
        foreach (Stage stage in Stages.Of(problem.Problem))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Cheapest(cover, stage, byTasks) is not { } next)
            {
                return new BaselineChoice(null, $"nothing left keeps the share of {problem.TaskNames[stage.Tasks[0]]}");
            }

            cover = next;
        }

        return new BaselineChoice(cover.Chosen);
    }

    private static Cover? Cheapest(Cover cover, Stage stage, ILookup<string, int> byTasks)
    {
        (Cover Cover, double Price)? best = null;
        foreach (string[] cut in stage.Cuts)
        {
            Cover trial = cover.Copy();
            double price = 0;
            bool whole = true;
            foreach (string part in cut)
            {
                int[] possible = [.. byTasks[part].Where(trial.Admits)];
                whole &= possible.Length > 0;
                if (!whole)
                {
                    break;
                }

                int cheapest = possible.MinBy(c => (trial.PriceOf(c), c));
                price += trial.PriceOf(cheapest);
                trial.Take(cheapest);
            }

            if (whole && (best is null || price < best.Value.Price))
            {
                best = (trial, price);
            }
        }

        return best?.Cover;
    }
}
