using Google.OrTools.Sat;

namespace Orchestrator.Compiler.Placing;

/// <summary>What the exact solver can say.</summary>
internal enum ExactStatus
{
    /// <summary>No plan is better.</summary>
    Optimal,

    /// <summary>A plan, and a bound on how much better another could be.</summary>
    Feasible,

    /// <summary>No plan holds all constraints.</summary>
    Infeasible,

    /// <summary>The limit was reached before any plan was found.</summary>
    Unknown,
}

/// <summary>The answer of the exact solver.</summary>
/// <param name="Status">How good it is.</param>
/// <param name="Chosen">Candidates, ascending; empty without a plan.</param>
/// <param name="Bound">No plan has a smaller objective.</param>
internal sealed record ExactAnswer(ExactStatus Status, int[] Chosen, double Bound);

/// <summary>
/// Solves a <see cref="PlacementProblem"/> with CP-SAT. Eight interleaved workers, a fixed seed and a deterministic limit: the answer does not
/// depend on the machine's cores or load.
/// </summary>
internal sealed class ExactSolver(PlacementProblem problem)
{
    private const int Workers = 8; // independent of the machine: interleaved search gives the same answer on any number of cores
    private const int Seed = 1;

    /// <summary>Solves within <paramref name="limit"/> deterministic seconds, starting from a cover if one is known.</summary>
    public ExactAnswer Solve(int[]? hint, double limit, CancellationToken cancellation)
    {
        var model = new PlacementModel(problem);
        if (hint is not null)
        {
            model.Hint(hint);
        }

        var solver = new CpSolver
        {
            StringParameters = FormattableString.Invariant(
                $"num_workers:{Workers},interleave_search:true,random_seed:{Seed},max_deterministic_time:{Math.Max(0.1, limit):0.###}"),
        };
        using CancellationTokenRegistration stop = cancellation.Register(solver.StopSearch);
        CpSolverStatus status = solver.Solve(model.Model);
        cancellation.ThrowIfCancellationRequested();
        return status switch
        {
            CpSolverStatus.Optimal => new ExactAnswer(ExactStatus.Optimal, model.Chosen(solver), solver.BestObjectiveBound),
            CpSolverStatus.Feasible => new ExactAnswer(ExactStatus.Feasible, model.Chosen(solver), solver.BestObjectiveBound),
            CpSolverStatus.Infeasible => new ExactAnswer(ExactStatus.Infeasible, [], double.PositiveInfinity),
            CpSolverStatus.Unknown => new ExactAnswer(ExactStatus.Unknown, [], solver.BestObjectiveBound),
            _ => throw new InvalidOperationException("the solver refused the model: " + model.Model.Validate()),
        };
    }
}
