using System.Collections.Immutable;
using Google.OrTools.LinearSolver;

namespace Orchestrator.Compiler.Placing.Layers;

/// <summary>
/// Splits in which all tokens go through the same stages: every machine of a stage holds the same layers. Stages of a place follow each other, and places
/// follow each other over their links. What a stage can be does not depend on where its layers begin, so that stages are counted by place, length and
/// machines: choose numbers of them with Σ length = layers and Σ seconds within the limit at the least price. Every length is open, however many layers.
/// </summary>
internal static class LayerStages
{
    private const int MostPlaces = 4;      // whose orders are all tried; beyond, two follow each other at most
    private const int MostNodes = 2000;    // of the search in each order
    private const double Better = 1e-7;    // share of the price by which another order must be cheaper
    private const int MostOfTwoKinds = 3;  // machines of each kind in a stage of two kinds

    /// <summary>The cheapest such split that carries <paramref name="demand"/> tokens a second; null when none was found.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="demand">Tokens a second, above 0.</param>
    /// <param name="atLeast">No split costs less: the search ends where it is reached.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static LayerPlan? Cheapest(LayerSplitProblem problem, double demand, double atLeast, CancellationToken cancellation)
    {
        Stage[][] stages = [.. Enumerable.Range(0, problem.Places).Select(p => Stages(problem, p, demand).ToArray())];
        LayerPlan? best = null;
        foreach (int[] order in Orders(problem, demand))
        {
            if (best is not null && best.Price <= atLeast * (1 + 1e-7))
            {
                break;
            }

            best = Along(problem, order, stages, demand, best?.Price ?? double.PositiveInfinity, cancellation) ?? best;
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
        LayerSplitProblem problem, int[] order, Stage[][] stages, double demand, double below, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        double ways = (problem.Back(order[^1], order[0]) ?? 0) + order.Zip(order[1..]).Sum(pair => problem.Hop(pair.First, pair.Second) ?? 0);
        Stage[] options = [.. order.SelectMany(p => stages[p])];
        double dearest = Math.Max(1e-12, options.Select(o => o.Price(problem)).DefaultIfEmpty(0).Max());
        using var program = new LinearProgram();
        int layers = program.Row(problem.Layers, problem.Layers);
        int[] devices = [.. problem.Counts.Select(count => program.Row(double.NegativeInfinity, count))];
        int cost = program.Row(double.NegativeInfinity, double.IsFinite(below) ? below / dearest * (1 - Better) : double.PositiveInfinity);
        var places = order.ToDictionary(p => p, p => program.Row(1, problem.Hop(p, p) is null ? 1 : problem.Layers));
        double inside = order.Sum(p => problem.Hop(p, p) ?? 0); // of the first stage in a place, which no hop leads to
        bool isTimed = double.IsFinite(problem.SecondsMost);
        int time = program.Row(double.NegativeInfinity, isTimed ? 1 - (ways - inside) / problem.SecondsMost : double.PositiveInfinity);
        for (int i = 0; i < options.Length; i++)
        {
            Stage stage = options[i];
            double price = stage.Price(problem) / dearest;
            int column = program.Column(price, MostTimes(problem, stage));
            program.Add(layers, column, stage.Layers);
            program.Add(cost, column, price);
            program.Add(places[stage.Place], column, 1);
            program.Add(time, column, isTimed ? (stage.Seconds(problem) + (problem.Hop(stage.Place, stage.Place) ?? 0)) / problem.SecondsMost : 0);
            foreach (int d in stage.Parts.Select(p => problem.Machines[p.Machine].Device).Distinct())
            {
                program.Add(devices[d], column, stage.DevicesOf(problem, d));
            }
        }

        return Whole(program, options) is { } times
            ? Written(problem, [.. options.SelectMany((o, i) => Enumerable.Repeat(o, times[i]))], demand, ways)
            : null;
    }

    // A few columns and rows: a branch-and-cut solver is at home here. Its limit counts nodes, so that it gives the same answer on any machine.
    private static int[]? Whole(LinearProgram program, Stage[] options)
    {
        if (options.Length == 0 || program.For("SCIP", _ => true) is not var (solver, columns))
        {
            return null;
        }

        using (solver)
        {
            solver.SetSolverSpecificParametersAsString($"limits/nodes = {MostNodes}");
            Solver.ResultStatus status = solver.Solve();
            return status is Solver.ResultStatus.OPTIMAL or Solver.ResultStatus.FEASIBLE ? [.. columns.Select(c => (int)Math.Round(c.SolutionValue()))] : null;
        }
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
