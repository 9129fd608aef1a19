using Google.OrTools.Sat;

namespace Orchestrator.Compiler.Placing;

/// <summary>
/// What no split of layers can beat, whatever its boundaries. Positions are forgotten: of a token flow F, machines of kind k with ℓ layers carry x(k, ℓ),
/// with Σ ℓ·x = layers·F, x ≤ number·min(rate, F), and Σ x·seconds ≤ F·(most seconds). Every split holds these, so their best is a bound; as there is
/// one variable for a length and not one for a stretch it is small for any number of layers.
/// </summary>
internal static class LayerBound
{
    private const int Halvings = 60;

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
    /// <param name="limit">Deterministic seconds.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static double Price(LayerSplitProblem problem, double demand, double limit, CancellationToken cancellation)
    {
        if (LayerTokens(problem, demand) < problem.Layers * demand * (1 - 1e-9))
        {
            return double.PositiveInfinity;
        }

        var units = new LayerUnits(problem, demand);
        var model = new CpModel();
        var cost = new List<LinearExpr>();
        var done = new List<LinearExpr>();
        var time = new List<LinearExpr>();
        List<LinearExpr>[] taken = [.. problem.Counts.Select(_ => new List<LinearExpr>())];
        for (int k = 0; k < problem.Machines.Length; k++)
        {
            LayerMachine machine = problem.Machines[k];
            for (int layers = 1; layers <= Math.Min(machine.Most, problem.Layers); layers++)
            {
                long rate = units.RateAtMost(k, layers);
                long most = Math.Min(problem.CountOf(k), (LayerUnits.Demand * problem.Layers / layers + rate - 1) / rate);
                IntVar count = model.NewIntVar(0, most, "");
                IntVar flow = model.NewIntVar(0, Math.Min(most * rate, LayerUnits.Demand * problem.Layers), "");
                model.Add(flow <= count * rate);
                cost.Add(count * units.Price(machine.Price));
                done.Add(flow * layers);
                time.Add(flow * (long)Math.Floor(machine.Seconds[layers - 1] * LayerUnits.PerSecond));
                taken[machine.Device].Add(count * machine.Takes);
            }
        }

        model.Add(LinearExpr.Sum(done) >= LayerUnits.Demand * problem.Layers);
        for (int d = 0; d < taken.Length; d++)
        {
            model.Add(LinearExpr.Sum(taken[d]) <= problem.Counts[d]);
        }

        if (double.IsFinite(problem.SecondsMost))
        {
            model.Add(LinearExpr.Sum(time) <= (long)Math.Ceiling(problem.SecondsMost * LayerUnits.PerSecond) * LayerUnits.Demand);
        }

        model.Minimize(LinearExpr.Sum(cost));
        (CpSolverStatus status, CpSolver solver) = LayerUnits.Solve(model, limit, cancellation);
        return status == CpSolverStatus.Infeasible ? double.PositiveInfinity : Math.Max(0, solver.BestObjectiveBound) * units.PriceUnit;
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

/// <summary>Whole numbers for the constraint solver: a hundred-thousandth of the flow, a microsecond, about a millionth of the dearest plan.</summary>
internal sealed class LayerUnits
{
    /// <summary>Units of time in a second.</summary>
    public const double PerSecond = 1e6;

    /// <summary>The highest flow in units.</summary>
    public const long Demand = 100_000;

    private const double Prices = 1e8; // units of the dearest machine
    private const int Workers = 8;     // independent of the machine: interleaved search gives the same answer on any number of cores

    private readonly LayerSplitProblem _problem;

    /// <summary>Units for a flow of at most <paramref name="most"/> tokens a second.</summary>
    public LayerUnits(LayerSplitProblem problem, double most)
    {
        _problem = problem;
        FlowUnit = most / Demand;
        double dearest = problem.Machines.Max(m => m.Price);
        PriceUnit = dearest > 0 ? dearest / Prices : 1;
    }

    /// <summary>Tokens a second of one unit.</summary>
    public double FlowUnit { get; }

    /// <summary>Price of one unit.</summary>
    public double PriceUnit { get; }

    /// <summary>A price in units.</summary>
    public long Price(double price) => (long)Math.Round(price / PriceUnit);

    /// <summary>A rate in units, never too high; a machine is never passed more than the whole flow.</summary>
    public long Rate(int machine, int layers) => Units(_problem.RateOf(machine, layers));

    /// <summary>A rate in units, never too low.</summary>
    public long RateAtMost(int machine, int layers) => Math.Max(1, (long)Math.Min(Demand, Math.Ceiling(_problem.RateOf(machine, layers) / FlowUnit)));

    /// <summary>A flow in units, never too high.</summary>
    public long Units(double flow) => (long)Math.Min(Demand, Math.Floor(flow / FlowUnit * (1 + 1e-12)));

    /// <summary>A time in units, never too short.</summary>
    public static long Time(double seconds) => (long)Math.Ceiling(seconds * PerSecond - 1e-6);

    /// <summary>Solves with a limit of deterministic seconds; the same on any machine.</summary>
    public static (CpSolverStatus Status, CpSolver Solver) Solve(CpModel model, double limit, CancellationToken cancellation)
    {
        var solver = new CpSolver
        {
            StringParameters = FormattableString.Invariant(
                $"num_workers:{Workers},interleave_search:true,random_seed:1,max_deterministic_time:{Math.Max(0.05, limit):0.###}"),
        };
        using CancellationTokenRegistration stop = cancellation.Register(solver.StopSearch);
        CpSolverStatus status = solver.Solve(model);
        cancellation.ThrowIfCancellationRequested();
        return status == CpSolverStatus.ModelInvalid ? throw new InvalidOperationException("the solver refused the model: " + model.Validate()) : (status, solver);
    }
}
