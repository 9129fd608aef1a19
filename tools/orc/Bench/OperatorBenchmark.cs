using System.Globalization;
using System.Text.Json.Nodes;
using Google.OrTools.Sat;
using Orchestrator.Compiler.Placing;
using Orchestrator.Compiler.Placing.Serial;

namespace Orchestrator.Cli.Bench;

/// <summary>Places operator graphs with ours and with CP-SAT on the usual model of intervals that do not overlap, in turn on each instance.</summary>
internal sealed class OperatorBenchmark : Benchmark
{
    private const int Operators = 200;
    private const int Seeds = 6;
    private const int SkipSeeds = 3;
    private const int Warm = 20;
    private const double Deadline = 20;
    private const double SecondsOfDeadline = 0.4;

    public override string Name => "operators";

    public override string? PartOf => "placement";

    public override string Summary => "placement of a model's 200 operators on a processor, two GPUs and an NPU, least time of one inference";

    public override string Sides => "ours, CP-SAT";

    public override JsonObject Run(BenchRun run) => new() { ["benchmark"] = Name, ["rows"] = new JsonArray([.. Rows(run)]) };

    // Made-up graphs by seed, then those of models.
    private static IEnumerable<JsonNode> Rows(BenchRun run)
    {
        double deadline = run.Deadline ?? Deadline;
        Ours(OperatorInput.Make(Warm, 0), 1); // libraries are loaded and compiled before the clock runs
        IEnumerable<(string Name, PlacementProblem Problem)> made = Enumerable.Range(1, run.Seeds ?? Seeds).Select(s => ($"seed {s}", OperatorInput.Make(Operators, s)));
        IEnumerable<(string Name, PlacementProblem Problem)> skips = Enumerable.Range(1, run.Seeds ?? SkipSeeds).Select(s => ($"seed {s}, with skips", OperatorInput.Make(Operators, s, skips: true)));
        foreach ((string name, PlacementProblem problem) in made.Concat(skips).Concat(OperatorModels.All()))
        {
            PeerAnswer ours = Ours(problem, deadline);
            PeerAnswer peer = Intervals(problem, deadline);
            foreach ((string side, PeerAnswer answer) in new[] { ("ours", ours), ("CP-SAT", peer) })
            {
                double gap = (answer.Objective - answer.Bound) / answer.Objective;
                run.Report(string.Create(CultureInfo.InvariantCulture,
                    $"{problem.TaskCount,5} operators × {problem.Devices.Length} devices  {name,-32}  {side,-6} {answer.Seconds,6:F2} s, {(double.IsFinite(gap) ? answer.Objective / 1e6 : "no plan"),9:F3} ms, bound {answer.Bound / 1e6,9:F3} ms, gap {(double.IsFinite(gap) ? gap : "none"),8:P2}"));
                yield return new JsonObject
                {
                    ["operators"] = problem.TaskCount,
                    ["devices"] = problem.Devices.Length,
                    ["instance"] = name,
                    ["side"] = side,
                    ["deadline_s"] = deadline,
                    ["seconds"] = Math.Round(answer.Seconds, 3),
                    ["time_ms"] = double.IsFinite(answer.Objective) ? Math.Round(answer.Objective / 1e6, 6) : null,
                    ["bound_ms"] = Math.Round(answer.Bound / 1e6, 6),
                    ["gap"] = double.IsFinite(gap) ? Math.Round(gap, 6) : null,
                };
            }
        }
    }

    private static PeerAnswer Ours(PlacementProblem problem, double deadline) => PeerAnswer.Of(() =>
    {
        SearchAnswer answer = PlacementSearch.Solve(problem, deadline * SecondsOfDeadline, breakTies: false, CancellationToken.None);
        return (answer.Value is { } value ? SerialSearch.TimeOf(problem, value.Chosen) : double.NaN, answer.Bound, answer.Status == ExactStatus.Optimal);
    });

    /// <summary>An optional interval for each operator and device, no two of a device overlapping, room of each device, and what each edge takes.</summary>
    public static PeerAnswer Intervals(PlacementProblem problem, double deadline) => PeerAnswer.Of(() =>
    {
        var model = new CpModel();
        long horizon = Horizon(problem);
        BoolVar[] chosen = [.. problem.Candidates.Select((_, c) => model.NewBoolVar($"x{c}"))];
        IntVar[] start = [.. Enumerable.Range(0, problem.TaskCount).Select(t => model.NewIntVar(0, horizon, $"s{t}"))];
        IntVar[] end = [.. Enumerable.Range(0, problem.TaskCount).Select(t => model.NewIntVar(0, horizon, $"e{t}"))];
        int[][] covering = problem.Covering();
        foreach (int[] candidates in covering)
        {
            model.AddExactlyOne(candidates.Select(c => chosen[c]));
        }

        for (int d = 0; d < problem.Devices.Length; d++)
        {
            int[] on = [.. Enumerable.Range(0, problem.Candidates.Length).Where(c => problem.Candidates[c].Device == d)];
            model.AddNoOverlap(on.Select(c => model.NewOptionalIntervalVar(
                start[problem.Candidates[c].Tasks[0]], problem.Candidates[c].Durations[0][0], end[problem.Candidates[c].Tasks[0]], chosen[c], $"i{c}")));
            model.Add(LinearExpr.WeightedSum(on.Select(c => chosen[c]), on.Select(c => problem.Candidates[c].Use)) <= problem.Devices[d].Count * PlacementProblem.WholeDevice);
        }

        foreach (PlacementEdge edge in problem.Edges)
        {
            foreach (int p in covering[edge.From])
            {
                foreach (int q in covering[edge.To])
                {
                    Move? move = edge.Moves[edge.FromClass[p]][edge.ToClass[q]];
                    if (move is null)
                    {
                        model.AddBoolOr([chosen[p].Not(), chosen[q].Not()]);
                    }
                    else
                    {
                        model.Add(start[edge.To] >= end[edge.From] + move.Time).OnlyEnforceIf([chosen[p], chosen[q]]);
                    }
                }
            }
        }

        IntVar last = model.NewIntVar(0, horizon, "last");
        model.AddMaxEquality(last, end);
        model.Minimize(last);
        var solver = new CpSolver { StringParameters = string.Create(CultureInfo.InvariantCulture, $"num_workers:8,max_time_in_seconds:{deadline:0.###}") };
        CpSolverStatus status = solver.Solve(model);
        bool found = status is CpSolverStatus.Optimal or CpSolverStatus.Feasible;
        return (found ? solver.ObjectiveValue : double.NaN, solver.BestObjectiveBound, status == CpSolverStatus.Optimal);
    });

    private static long Horizon(PlacementProblem problem) =>
        problem.Covering().Sum(candidates => candidates.Max(c => problem.Candidates[c].Durations[0][0]))
        + problem.Edges.Sum(e => e.Moves.SelectMany(row => row).Max(m => m?.Time ?? 0));
}
