using Google.OrTools.LinearSolver;

namespace Orchestrator.Compiler.Placing.Layers;

/// <summary>
/// What no split of layers can beat, whatever its boundaries. Positions are forgotten: of a token flow F, machines of kind k with ℓ layers carry x(k, ℓ),
/// with Σ ℓ·x = layers·F, x ≤ number·min(rate, F), and Σ x·seconds ≤ F·(most seconds). Every split holds these, so their best is a bound; as there is
/// one variable for a length and not one for a stretch it is small for any number of layers.
/// </summary>
internal static class LayerBound
{
    private const int Halvings = 60;
    private const int MostNodes = 2000;
    private const double Tolerance = 1e-6; // of the solver's bound

    /// <summary>No split carries more tokens a second with the machines in hand.</summary>
    public static double Flow(LayerSplitProblem problem)
    {
        double low = 0;
        double high = problem.Machines.Select((m, k) => problem.CountOf(k) * Enumerable.Range(1, m.Most).Max(l => problem.RateOf(k, l))).DefaultIfEmpty(0).Sum();
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = LayerTokens(problem, middle) >= problem.Layers * middle ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>No split that carries <paramref name="demand"/> tokens a second costs less; infinite when there is none.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="demand">Tokens a second, above 0.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static double Price(LayerSplitProblem problem, double demand, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (LayerTokens(problem, demand) < problem.Layers * demand * (1 - 1e-9))
        {
            return double.PositiveInfinity;
        }

        double dearest = Math.Max(1e-12, problem.Machines.Max(m => m.Price));
        using var program = new LinearProgram();
        int done = program.Row(problem.Layers, double.PositiveInfinity); // in shares of the demand
        int[] taken = [.. problem.Counts.Select(count => program.Row(double.NegativeInfinity, count))];
        bool isTimed = double.IsFinite(problem.SecondsMost);
        int time = program.Row(double.NegativeInfinity, isTimed ? 1 : double.PositiveInfinity);
        var counts = new HashSet<int>();
        for (int k = 0; k < problem.Machines.Length; k++)
        {
            LayerMachine machine = problem.Machines[k];
            for (int layers = 1; layers <= Math.Min(machine.Most, problem.Layers); layers++)
            {
                double rate = Math.Min(1, problem.RateOf(k, layers) / demand);
                double most = Math.Min(problem.CountOf(k), Math.Ceiling(problem.Layers / (layers * rate)));
                int count = program.Column(machine.Price / dearest, most);
                int flow = program.Column(0, most * rate);
                int within = program.Row(double.NegativeInfinity, 0);
                counts.Add(count);
                program.Add(within, flow, 1);
                program.Add(within, count, -rate);
                program.Add(done, flow, layers);
                program.Add(taken[machine.Device], count, machine.Takes);
                program.Add(time, flow, isTimed ? machine.Seconds[layers - 1] / problem.SecondsMost : 0);
            }
        }

        if (program.For("SCIP", counts.Contains) is not var (solver, _))
        {
            return 0;
        }

        using (solver)
        {
            solver.SetSolverSpecificParametersAsString($"limits/nodes = {MostNodes}");
            Solver.ResultStatus status = solver.Solve();
            return status == Solver.ResultStatus.INFEASIBLE ? double.PositiveInfinity : Math.Max(0, solver.Objective().BestBound() * (1 - Tolerance)) * dearest;
        }
    }

    // Layers a second that all machines do together when none is passed more than the flow.
    private static double LayerTokens(LayerSplitProblem problem, double flow)
    {
        double[] best = new double[problem.Counts.Length];
        for (int k = 0; k < problem.Machines.Length; k++)
        {
            LayerMachine machine = problem.Machines[k];
            for (int layers = 1; layers <= Math.Min(machine.Most, problem.Layers); layers++)
            {
                double each = layers * Math.Min(problem.RateOf(k, layers), flow) / machine.Takes;
                best[machine.Device] = Math.Max(best[machine.Device], each);
            }
        }

        return best.Select((b, d) => b * problem.Counts[d]).Sum();
    }
}
