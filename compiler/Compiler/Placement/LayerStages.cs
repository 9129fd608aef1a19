using System.Collections.Immutable;
using Google.OrTools.Sat;

namespace Orchestrator.Compiler.Placing;

/// <summary>
/// Splits in which all tokens go through the same stages: every machine of a stage holds the same layers. Stages of a place follow each other, and places
/// follow each other over their links. What a stage can be does not depend on where its layers begin, so that stages are counted by place, length and
/// machines: choose numbers of them with Σ length = layers and Σ seconds within the limit at the least price. Every length is open, however many layers.
/// </summary>
internal static class LayerStages
{
    private const int MostPlaces = 4;      // whose orders are all tried; beyond, two follow each other at most
    private const int MostOfTwoKinds = 3;  // machines of each kind in a stage of two kinds

    /// <summary>The cheapest such split that carries <paramref name="demand"/> tokens a second; null when none was found.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="demand">Tokens a second, above 0.</param>
    /// <param name="limit">Deterministic seconds for each order of places.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static LayerPlan? Cheapest(LayerSplitProblem problem, double demand, double limit, CancellationToken cancellation)
    {
        Stage[][] stages = [.. Enumerable.Range(0, problem.Places).Select(p => Stages(problem, p, demand).ToArray())];
        LayerPlan? best = null;
        foreach (int[] order in Orders(problem, demand))
        {
            if (Along(problem, order, stages, demand, best?.Price ?? double.PositiveInfinity, limit, cancellation) is { } plan
                && (best is null || plan.Price < best.Price))
            {
                best = plan;
            }
        }

        return best;
    }

    // Machines of a stage that carry the demand: of one kind, or a few of one with a few of another.
    private static IEnumerable<Stage> Stages(LayerSplitProblem problem, int place, double demand)
    {
        int[] here = [.. Enumerable.Range(0, problem.Machines.Length).Where(k => problem.Machines[k].Place == place && problem.CountOf(k) > 0)];
        foreach (int k in here)
        {
            for (int layers = 1; layers <= Math.Min(problem.Machines[k].Most, problem.Layers); layers++)
            {
                double rate = problem.RateOf(k, layers);
                int needed = Needed(demand, rate);
                if (needed <= problem.CountOf(k))
                {
                    yield return new Stage(place, layers, [(k, needed)]);
                }

                foreach (int other in here.Where(o => o > k && layers <= problem.Machines[o].Most))
                {
                    for (int n = 1; n < needed && n <= Math.Min(MostOfTwoKinds, problem.CountOf(k)); n++)
                    {
                        int rest = Needed(demand - n * rate, problem.RateOf(other, layers));
                        if (rest <= Math.Min(MostOfTwoKinds, problem.CountOf(other)))
                        {
                            yield return new Stage(place, layers, [(k, n), (other, rest)]);
                        }
                    }
                }
            }
        }
    }

    private static int Needed(double demand, double rate) => (int)Math.Min(int.MaxValue / 2, Math.Max(1, Math.Ceiling(demand / rate - 1e-9)));

    // Every order of some places whose links carry the demand.
    private static IEnumerable<int[]> Orders(LayerSplitProblem problem, double demand)
    {
        var open = new Queue<int[]>(Enumerable.Range(0, problem.Places).Select(p => new[] { p }));
        while (open.TryDequeue(out int[]? order))
        {
            if (problem.Back(order[^1], order[0]) is not null)
            {
                yield return order;
            }

            if (order.Length < (problem.Places <= MostPlaces ? problem.Places : 2))
            {
                foreach (int next in Enumerable.Range(0, problem.Places).Where(p => !order.Contains(p) && problem.TokensOn(order[^1], p) >= demand))
                {
                    open.Enqueue([.. order, next]);
                }
            }
        }
    }

    private static LayerPlan? Along(
        LayerSplitProblem problem, int[] order, Stage[][] stages, double demand, double below, double limit, CancellationToken cancellation)
    {
        var units = new LayerUnits(problem, demand);
        var model = new CpModel();
        double ways = (problem.Back(order[^1], order[0]) ?? 0) + order.Zip(order[1..]).Sum(pair => problem.Hop(pair.First, pair.Second) ?? 0);
        Stage[] options = [.. order.SelectMany(p => stages[p])];
        IntVar[] times = [.. options.Select(o => model.NewIntVar(0, MostTimes(problem, o), ""))];
        model.Add(LinearExpr.WeightedSum(times, options.Select(o => (long)o.Layers)) == problem.Layers);
        for (int d = 0; d < problem.Counts.Length; d++)
        {
            model.Add(LinearExpr.WeightedSum(times, options.Select(o => o.DevicesOf(problem, d))) <= problem.Counts[d]);
        }

        long inside = 0;
        foreach (int place in order)
        {
            double? hop = problem.Hop(place, place);
            LinearExpr here = LinearExpr.Sum(options.Select((o, i) => (o, i)).Where(x => x.o.Place == place).Select(x => times[x.i]));
            model.Add(here >= 1);
            if (hop is null)
            {
                model.Add(here <= 1);
            }

            inside += LayerUnits.Time(hop ?? 0); // of the first stage in the place, which no hop leads to
        }

        if (double.IsFinite(problem.SecondsMost))
        {
            long[] seconds = [.. options.Select(o => LayerUnits.Time(o.Seconds(problem)) + LayerUnits.Time(problem.Hop(o.Place, o.Place) ?? 0))];
            model.Add(LinearExpr.WeightedSum(times, seconds) <= (long)(problem.SecondsMost * LayerUnits.PerSecond) - LayerUnits.Time(ways) + inside);
        }

        long[] prices = [.. options.Select(o => units.Price(o.Price(problem)))];
        LinearExpr cost = LinearExpr.WeightedSum(times, prices);
        if (double.IsFinite(below))
        {
            model.Add(cost <= units.Price(below) - 1);
        }

        model.Minimize(cost);
        (CpSolverStatus status, CpSolver solver) = LayerUnits.Solve(model, limit, cancellation);
        return status is CpSolverStatus.Optimal or CpSolverStatus.Feasible
            ? Written(problem, [.. options.SelectMany((o, i) => Enumerable.Repeat(o, (int)solver.Value(times[i])))], demand, ways)
            : null;
    }

    private static long MostTimes(LayerSplitProblem problem, Stage stage) =>
        Math.Min(problem.Layers / stage.Layers, stage.Parts.Min(p => problem.CountOf(p.Machine) / p.Count));

    private static LayerPlan Written(LayerSplitProblem problem, Stage[] stages, double demand, double ways)
    {
        var holdings = ImmutableArray.CreateBuilder<LayerHolding>();
        var hops = ImmutableArray.CreateBuilder<LayerHop>();
        double seconds = ways;
        int first = 0;
        for (int i = 0; i < stages.Length; i++)
        {
            Stage stage = stages[i];
            double rates = stage.Parts.Sum(p => p.Count * problem.RateOf(p.Machine, stage.Layers));
            foreach ((int machine, int count) in stage.Parts)
            {
                holdings.Add(new LayerHolding(machine, first, first + stage.Layers, count, demand * count * problem.RateOf(machine, stage.Layers) / rates));
            }

            bool moves = i > 0;
            seconds += stage.Seconds(problem) + (moves && stages[i - 1].Place == stage.Place ? problem.Hop(stage.Place, stage.Place) ?? 0 : 0);
            if (moves)
            {
                hops.Add(new LayerHop(first, stages[i - 1].Place, stage.Place, demand));
            }

            first += stage.Layers;
        }

        return new LayerPlan(holdings.ToImmutable(), hops.ToImmutable(), stages[0].Place, stages.Sum(s => s.Price(problem)), demand, seconds);
    }

    /// <summary>What a stage can be.</summary>
    private sealed record Stage(int Place, int Layers, (int Machine, int Count)[] Parts)
    {
        public double Price(LayerSplitProblem problem) => Parts.Sum(p => p.Count * problem.Machines[p.Machine].Price);

        public double Seconds(LayerSplitProblem problem) => Parts.Max(p => problem.Machines[p.Machine].Seconds[Layers - 1]);

        public long DevicesOf(LayerSplitProblem problem, int device) =>
            Parts.Sum(p => problem.Machines[p.Machine].Device == device ? (long)p.Count * problem.Machines[p.Machine].Takes : 0);
    }
}
