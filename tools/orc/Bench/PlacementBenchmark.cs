using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Compiler.Placing;

namespace Orchestrator.Cli.Bench;

/// <summary>
/// Places made-up workflows with our solver, with CP-SAT on the problem as it comes, and with SCIP and HiGHS on the same linear form, in turn on each
/// instance; plans again after the loss of a device; packs buckets of requests over kinds of GPU. Everything runs in this process.
/// </summary>
internal sealed class PlacementBenchmark : Benchmark
{
    private const int PackingSeeds = 200;
    private const int SlowPeerSeeds = 10; // CBC takes seconds for what others take milliseconds
    private const double PackingDeadline = 20;
    private const double Tolerance = 0.05; // what moving less may cost
    private const int LargestWarm = 200;

    // Tasks, seconds to the deadline, seeds.
    private static readonly (int Tasks, double Deadline, int Seeds)[] Cases = [(50, 10, 6), (200, 10, 3), (1000, 30, 1)];

    public override string Name => "placement";

    public override string Summary => "placement of 50, 200 and 1,000 tasks over 10 device classes × 6 configurations × 4 loads, re-planning, packing";

    public override string Sides => "ours, CP-SAT, SCIP, HiGHS";

    public override JsonObject Run(BenchRun run)
    {
        run.Report($"load of the machine {Load()}");
        PlacementPeers.Ours(PlacementInput.Make(10, 0), 1); // libraries are loaded and compiled before the clock runs
        var rows = new JsonArray();
        foreach ((int tasks, double deadline, int seeds) in run.Sizes.Count > 0 ? run.Sizes.Select(Case) : Cases)
        {
            foreach (JsonNode row in RunSize(run, tasks, run.Deadline ?? deadline, run.Seeds ?? seeds))
            {
                rows.Add(row);
            }
        }

        rows.Add(RunPacking(run, run.Seeds ?? PackingSeeds));
        run.Report($"load of the machine {Load()}");
        return new JsonObject { ["benchmark"] = Name, ["rows"] = rows };
    }

    private static (int, double, int) Case(int tasks) => (tasks, tasks <= 200 ? 10 : 30, tasks <= 50 ? 6 : 3);

    private static List<JsonNode> RunSize(BenchRun run, int tasks, double deadline, int seeds)
    {
        var sides = new (string Name, Func<PlacementProblem, PeerAnswer?> Solve)[]
        {
            ("ours", p => PlacementPeers.Ours(p, deadline)),
            ("CP-SAT", p => PlacementPeers.Naive(p, deadline)),
            ("SCIP", p => PlacementPeers.Mixed(p, "SCIP", deadline)),
            ("HiGHS", p => PlacementPeers.Mixed(p, "HIGHS", deadline)),
        };
        var answers = sides.ToDictionary(s => s.Name, _ => new List<PeerAnswer>());
        var warm = new List<(double Milliseconds, int Moved, int Pools)>();
        for (int seed = 1; seed <= seeds; seed++)
        {
            PlacementProblem problem = PlacementInput.Make(tasks, seed);
            foreach ((string name, Func<PlacementProblem, PeerAnswer?> solve) in sides)
            {
                if (solve(problem) is { } answer)
                {
                    answers[name].Add(answer);
                    run.Report(Text(tasks, $"seed {seed}", name, answer));
                }
            }

            if (tasks <= LargestWarm)
            {
                warm.Add(Warm(problem));
            }
        }

        return [.. Summaries(run, tasks, deadline, answers), .. WarmRow(run, tasks, warm)];
    }

    private static IEnumerable<JsonNode> Summaries(BenchRun run, int tasks, double deadline, Dictionary<string, List<PeerAnswer>> answers)
    {
        foreach ((string name, List<PeerAnswer> side) in answers)
        {
            if (side.Count == 0)
            {
                run.Report($"{tasks,5} tasks  {name,-7} is not in the package");
                continue;
            }

            int proved = side.Count(a => a.Proved);
            double seconds = Median(side.Select(a => a.Seconds));
            double gap = Median(side.Select(Gap));
            run.Report(string.Create(CultureInfo.InvariantCulture,
                $"{tasks,5} tasks  {name,-7} median {seconds,7:F2} s, cpu {Median(side.Select(a => a.CpuSeconds)),7:F2} s, gap {(double.IsFinite(gap) ? gap.ToString("P2", CultureInfo.InvariantCulture) : "none"),8}, proved {proved} of {side.Count} within {deadline:0.#} s"));
            yield return new JsonObject
            {
                ["tasks"] = tasks,
                ["side"] = name,
                ["deadline_s"] = deadline,
                ["seeds"] = side.Count,
                ["proved"] = proved,
                ["seconds"] = Math.Round(seconds, 3),
                ["cpu_seconds"] = Math.Round(Median(side.Select(a => a.CpuSeconds)), 3),
                ["seconds_to_proof"] = 2 * proved > side.Count ? Math.Round(Median(side.Select(a => a.Proved ? a.Seconds : double.MaxValue)), 3) : null,
                ["gap"] = double.IsFinite(gap) ? Math.Round(gap, 6) : null,
            };
        }
    }

    // One device fewer of the class that the plan pays most for.
    private static (double Milliseconds, int Moved, int Pools) Warm(PlacementProblem problem)
    {
        SearchAnswer answer = PlacementSearch.Solve(problem, 1, breakTies: false, CancellationToken.None);
        int[] running = answer.Value?.Chosen ?? [];
        long[] use = new long[problem.Devices.Length];
        foreach (int c in running)
        {
            use[problem.Candidates[c].Device] += problem.Candidates[c].Use;
        }

        int lost = Enumerable.Range(0, use.Length).MaxBy(d => use[d] * (double)problem.Devices[d].Cost);
        long left = (use[lost] + PlacementProblem.WholeDevice - 1) / PlacementProblem.WholeDevice - 1;
        PlacementProblem now = problem with { Devices = [.. problem.Devices.Select((d, i) => i == lost ? d with { Count = left } : d)] };
        int moved = 0;
        PeerAnswer again = PeerAnswer.Of(() =>
        {
            ReplanAnswer replanned = Replan.Run(now, running, Tolerance, 1, CancellationToken.None, answer.Bound);
            moved = replanned.Moved;
            return (replanned.Value?.Objective ?? double.NaN, replanned.Bound, false);
        });
        return (again.Seconds * 1000, moved, running.Length);
    }

    private static IEnumerable<JsonNode> WarmRow(BenchRun run, int tasks, List<(double Milliseconds, int Moved, int Pools)> warm)
    {
        if (warm.Count == 0)
        {
            yield break;
        }

        double median = Median(warm.Select(w => w.Milliseconds));
        run.Report(string.Create(CultureInfo.InvariantCulture,
            $"{tasks,5} tasks  re-plan after the loss of a device: median {median:F0} ms, moved {Median(warm.Select(w => (double)w.Moved)):0.#} of {Median(warm.Select(w => (double)w.Pools)):0.#} pools"));
        yield return new JsonObject
        {
            ["tasks"] = tasks,
            ["replan_ms"] = Math.Round(median, 1),
            ["replan_ms_most"] = Math.Round(warm.Max(w => w.Milliseconds), 1),
            ["moved"] = Median(warm.Select(w => (double)w.Moved)),
            ["pools"] = Median(warm.Select(w => (double)w.Pools)),
        };
    }

    private static JsonObject RunPacking(BenchRun run, int seeds)
    {
        var ours = new List<PeerAnswer>();
        var peers = new Dictionary<string, List<PeerAnswer>> { ["SCIP"] = [], ["CBC"] = [] };
        int equal = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            PackingProblem problem = PackingInput.Make(seed);
            PeerAnswer mine = PeerAnswer.Of(() =>
            {
                PackingPlan? plan = CostPacking.Solve(problem, int.MaxValue, CancellationToken.None);
                return (plan?.Cost ?? double.NaN, plan?.Bound ?? double.NaN, plan is not null && plan.Bound >= plan.Cost);
            });
            ours.Add(mine);
            bool same = true;
            foreach ((string name, List<PeerAnswer> side) in peers)
            {
                if ((name != "CBC" || seed <= SlowPeerSeeds) && PlacementPeers.Packing(problem, name, PackingDeadline) is { } answer)
                {
                    side.Add(answer);
                    same &= !answer.Proved || Math.Abs(answer.Objective - mine.Objective) <= 1e-6 * mine.Objective;
                }
            }

            equal += same ? 1 : 0;
        }

        double p95 = Percentile(ours, 0.95);
        run.Report(string.Create(CultureInfo.InvariantCulture,
            $"packing 10 × 10 buckets, 4 slices, 4 kinds, seeds 1 to {seeds}: ours median {Percentile(ours, 0.5):F1} ms, p95 {p95:F1} ms, p95 cpu {ours.Select(a => a.CpuSeconds * 1000).Order().ElementAt((int)(0.95 * (seeds - 1))):F1} ms; the same optimum on {equal}"));
        var row = new JsonObject { ["packing_seeds"] = seeds, ["same_optimum"] = equal, ["ours_ms"] = Math.Round(Percentile(ours, 0.5), 2), ["ours_p95_ms"] = Math.Round(p95, 2) };
        foreach ((string name, List<PeerAnswer> side) in peers)
        {
            if (side.Count > 0)
            {
                run.Report(string.Create(CultureInfo.InvariantCulture, $"  {name}, seeds 1 to {side.Count}: median {Percentile(side, 0.5):F1} ms, p95 {Percentile(side, 0.95):F1} ms, ours / theirs {Percentile(ours, 0.5) / Percentile(side, 0.5):F3}"));
                row[name + "_ms"] = Math.Round(Percentile(side, 0.5), 2);
                row[name + "_p95_ms"] = Math.Round(Percentile(side, 0.95), 2);
            }
        }

        return row;
    }

    private static string Text(int tasks, string label, string name, PeerAnswer answer) => string.Create(CultureInfo.InvariantCulture,
        $"{tasks,5} tasks  {label,-8} {name,-7} {answer.Seconds,7:F2} s, cpu {answer.CpuSeconds,7:F2} s, {(double.IsNaN(answer.Objective) ? "no plan" : string.Create(CultureInfo.InvariantCulture, $"${answer.Objective / 1e6:F3}/h, gap {Gap(answer),8:P2}"))}{(answer.Proved ? ", proved" : "")}");

    private static double Gap(PeerAnswer answer) =>
        double.IsNaN(answer.Objective) ? double.PositiveInfinity : Math.Max(0, answer.Objective - answer.Bound) / answer.Objective;

    private static double Percentile(List<PeerAnswer> answers, double share) => 1000 * answers.Select(a => a.Seconds).Order().ElementAt((int)(share * (answers.Count - 1)));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    // Runnable processes over the last 1, 5 and 15 minutes, where the kernel says so.
    private static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";
}
