using System.Diagnostics;
using System.Runtime.InteropServices;
using Google.OrTools.LinearSolver;
using Google.OrTools.Sat;
using Orchestrator.Compiler.Placing;

namespace Orchestrator.Cli.Bench;

/// <summary>What a solver made of an instance.</summary>
/// <param name="Seconds">From the problem to the answer, with what it takes to build the solver's own form.</param>
/// <param name="CpuSeconds">Processor time of all threads.</param>
/// <param name="Objective">Worth of its plan, checked by our evaluator; not a number without a plan.</param>
/// <param name="Bound">What it says that no plan can be below.</param>
/// <param name="Proved">Whether it says that its plan is the best.</param>
internal sealed record PeerAnswer(double Seconds, double CpuSeconds, double Objective, double Bound, bool Proved)
{
    /// <summary>Times an answer.</summary>
    public static PeerAnswer Of(Func<(double Objective, double Bound, bool Proved)> solve)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        (double objective, double bound, bool proved) = solve();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        return new PeerAnswer(seconds, (process.TotalProcessorTime - cpu).TotalSeconds, objective, bound, proved);
    }
}

/// <summary>Ours and others on a placement problem, all on the whole problem as it comes.</summary>
internal static partial class PlacementPeers
{
    private const double SecondsOfDeadline = 0.4; // our limit counts work; the rest is left for what comes before the search

    /// <summary>Ours.</summary>
    public static PeerAnswer Ours(PlacementProblem problem, double deadline) => PeerAnswer.Of(() =>
    {
        SearchAnswer answer = PlacementSearch.Solve(problem, deadline * SecondsOfDeadline, breakTies: false, CancellationToken.None);
        return (answer.Value?.Objective ?? double.NaN, answer.Bound, answer.Status == ExactStatus.Optimal);
    });

    /// <summary>CP-SAT on all candidates, with a variable for the start of everything that waits for several others; eight workers.</summary>
    public static PeerAnswer Naive(PlacementProblem problem, double deadline) => PeerAnswer.Of(() =>
    {
        var model = new PlacementModel(problem);
        var solver = new CpSolver { StringParameters = FormattableString.Invariant($"num_workers:8,max_time_in_seconds:{deadline:0.###}") };
        CpSolverStatus status = solver.Solve(model.Model);
        bool found = status is CpSolverStatus.Optimal or CpSolverStatus.Feasible;
        return (found ? Worth(problem, model.Chosen(solver)) : double.NaN, solver.BestObjectiveBound, status == CpSolverStatus.Optimal);
    });

    /// <summary>A mixed-integer solver of the OR-Tools package on the same linear form that ours relaxes; null where the package lacks it.</summary>
    public static PeerAnswer? Mixed(PlacementProblem problem, string name, double deadline)
    {
        using var probe = Solver.CreateSolver(name);
        return probe is null ? null : PeerAnswer.Of(() =>
        {
            using var relaxation = new PlacementRelaxation(problem);
            (Solver solver, Variable[] columns, double unit) = relaxation.For(name) ?? throw new InvalidOperationException("the solver was there a moment ago");
            using (solver)
            {
                Solver.ResultStatus status = Quietly(() => Run(solver, deadline));
                bool found = status is Solver.ResultStatus.OPTIMAL or Solver.ResultStatus.FEASIBLE;
                int[] chosen = found ? [.. Enumerable.Range(0, problem.Candidates.Length).Where(c => columns[c].SolutionValue() > 0.5)] : [];
                return (found ? Worth(problem, chosen) : double.NaN, found ? solver.Objective().BestBound() * unit : 0, status == Solver.ResultStatus.OPTIMAL);
            }
        });
    }

    /// <summary>The least cost of a packing by a mixed-integer solver; null where the package lacks it.</summary>
    public static PeerAnswer? Packing(PackingProblem problem, string name, double deadline)
    {
        using var probe = Solver.CreateSolver(name);
        return probe is null ? null : PeerAnswer.Of(() =>
        {
            using Solver solver = CostPacking.For(problem, name) ?? throw new InvalidOperationException("the solver was there a moment ago");
            Solver.ResultStatus status = Quietly(() => Run(solver, deadline));
            return (solver.Objective().Value(), solver.Objective().BestBound(), status == Solver.ResultStatus.OPTIMAL);
        });
    }

    /// <summary>The least of a linear program with some columns whole by a mixed-integer solver; null where the package lacks it.</summary>
    public static PeerAnswer? Mixed(LinearProgram program, Func<int, bool> whole, string name, double deadline)
    {
        using var probe = Solver.CreateSolver(name);
        return probe is null ? null : PeerAnswer.Of(() =>
        {
            (Solver solver, _) = program.For(name, whole) ?? throw new InvalidOperationException("the solver was there a moment ago");
            using (solver)
            {
                Solver.ResultStatus status = Quietly(() => Run(solver, deadline));
                bool found = status is Solver.ResultStatus.OPTIMAL or Solver.ResultStatus.FEASIBLE;
                return (found ? solver.Objective().Value() : double.NaN, found ? solver.Objective().BestBound() : 0, status == Solver.ResultStatus.OPTIMAL);
            }
        });
    }

    private static Solver.ResultStatus Run(Solver solver, double deadline)
    {
        using var parameters = new MPSolverParameters();
        parameters.SetDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, 0);
        solver.SetTimeLimit((long)(deadline * 1000));
        return solver.Solve(parameters);
    }

    private static double Worth(PlacementProblem problem, int[] chosen)
    {
        PlacementValue value = new PlacementEvaluator(problem).Evaluate(chosen);
        return value.Violation == 0 ? value.Objective : double.NaN;
    }

    // HiGHS greets on standard output whatever it is told.
    private static T Quietly<T>(Func<T> run)
    {
        int kept = Duplicate(1);
        int nowhere = Open("/dev/null", 1);
        _ = Duplicate(nowhere, 1);
        try
        {
            return run();
        }
        finally
        {
            _ = Duplicate(kept, 1);
            _ = Close(kept);
            _ = Close(nowhere);
        }
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int descriptor, int onto);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
