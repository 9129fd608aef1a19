using Google.OrTools.Sat;

namespace Orchestrator.Compiler.Placing.Layers;

/// <summary>Whole numbers for the constraint solver: a hundred-thousandth of the flow, a microsecond, about a millionth of the dearest plan.</summary>
internal sealed class LayerUnits
{
    /// <summary>Units of time in a second.</summary>
    public const double PerSecond = 1e6;

    /// <summary>The highest flow in units.</summary>
    public const long Demand = 100_000;

    private const double Prices = 1e8; // units of the dearest machine
    private const int Workers = 8; // independent of the machine: interleaved search gives the same answer on any number of cores

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

    /// <summary>A flow in units, never too high.</summary>
    public long Units(double flow) => (long)Math.Min(Demand, Math.Floor(flow / FlowUnit * (1 + 1e-12)));

    /// <summary>A time in units, never too short.</summary>
    public static long Time(double seconds) => (long)Math.Ceiling(seconds * PerSecond - 1e-6);

    /// <summary>Solves with a limit of deterministic seconds; the same on any machine.</summary>
    /// <param name="model">The model.</param>
    /// <param name="limit">Deterministic seconds.</param>
    /// <param name="cancellation">Stops the search.</param>
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
