namespace Orchestrator.Compiler.Placing.Layers;

/// <summary>
/// One model cut by layers over machines of different kinds, as in Helix (arXiv 2406.01566): the cheapest machines that carry a flow of tokens within a
/// time per token, or the most that the machines in hand carry. First a bound without positions (<see cref="LayerBound"/>), then stages that all tokens go
/// through (<see cref="LayerStages"/>), then the flow over boundaries (<see cref="LayerFlow"/>): over all of them where there are few, else over those
/// of the stages and an even grid; the bound holds for all in either case. The same input gives the same answer on any machine.
/// </summary>
internal static class LayerSplit
{
    private const int MostArcs = 1500; // more take the exact program long without being better
    private const double Rounding = 2e-6; // of the bound of a solver in floating point
    private const int Halvings = 12;

    /// <summary>The cheapest split that carries <paramref name="demand"/> tokens a second; without a plan and proved where there is none.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="demand">Tokens a second, above 0.</param>
    /// <param name="limit">Deterministic seconds.</param>
    /// <param name="enough">Share of the price above the bound at which a plan is taken without looking for a better one.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static LayerAnswer Cheapest(LayerSplitProblem problem, double demand, double limit, double enough = 0, CancellationToken cancellation = default)
    {
        double bound = problem.Machines.Length == 0 ? double.PositiveInfinity : LayerBound.Price(problem, demand, cancellation);
        if (double.IsInfinity(bound))
        {
            return new LayerAnswer(null, bound, true);
        }

        LayerPlan? plan = LayerStages.Cheapest(problem, demand, bound, cancellation);
        if (plan is not null && plan.Price * (1 - enough) <= bound * (1 + Rounding))
        {
            bool best = plan.Price <= bound * (1 + Rounding);
            return new LayerAnswer(plan, best ? plan.Price : bound, best);
        }

        (int[] boundaries, bool all) = Boundaries(problem, plan);
        LayerAnswer exact = LayerFlow.Cheapest(problem, boundaries, demand, bound, plan, limit, cancellation);
        LayerPlan? cheapest = exact.Plan is { } found && (plan is null || found.Price < plan.Price) ? found : plan;
        bound = all ? Math.Max(bound, exact.Bound) : bound;
        bool proved = (all && exact.Proved) || (cheapest is not null && cheapest.Price <= bound * (1 + Rounding));
        return new LayerAnswer(cheapest, proved && cheapest is not null ? cheapest.Price : bound, proved);
    }

    /// <summary>The split of the machines in hand that carries most tokens a second; prices do not count.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="limit">Deterministic seconds.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static LayerAnswer MostFlow(LayerSplitProblem problem, double limit, CancellationToken cancellation = default)
    {
        double bound = problem.Machines.Length == 0 ? 0 : LayerBound.Flow(problem);
        if (bound <= 0)
        {
            return new LayerAnswer(null, 0, true);
        }

        LayerPlan? plan = null;
        double low = 0;
        double high = bound;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            LayerPlan? carried = LayerStages.Cheapest(problem, middle, 0, cancellation);
            (low, high, plan) = carried is null ? (low, middle, plan) : (middle, high, carried);
        }

        (int[] boundaries, bool all) = Boundaries(problem, plan);
        LayerAnswer exact = LayerFlow.Most(problem, boundaries, bound, plan, limit, cancellation);
        LayerPlan?[] known = [.. new[] { plan, exact.Plan }.Select(p => p is null || double.IsFinite(problem.SecondsMost) ? p : LayerCarried.Most(problem, p))];
        LayerPlan? best = known.MaxBy(p => p?.Flow ?? -1);
        bound = Math.Max(best?.Flow ?? 0, all ? Math.Min(bound, exact.Bound) : bound);
        return new LayerAnswer(best, bound, (all && exact.Proved) || (best is not null && best.Flow >= bound * (1 - Rounding)));
    }

    // All boundaries where the program stays small; else those of a plan and as fine a grid as there is room for.
    private static (int[] Boundaries, bool All) Boundaries(LayerSplitProblem problem, LayerPlan? plan)
    {
        int[] stages = plan is null ? [] : [.. plan.Holdings.SelectMany(h => new[] { h.First, h.End })];
        for (int block = 1; ; block++)
        {
            int[] boundaries = [.. Enumerable.Range(0, problem.Layers / block + 1).Select(i => i * block).Append(problem.Layers).Concat(stages).Distinct().Order()];
            if (LayerFlow.Size(problem, boundaries) <= MostArcs || block >= problem.Layers)
            {
                return (boundaries, block == 1);
            }
        }
    }
}
