using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Compiler.Placing;
using Orchestrator.Compiler.Placing.Layers;

namespace Orchestrator.Cli.Bench;

/// <summary>Cuts of a model by layers: ours, and the flow over all boundaries as it comes for a mixed-integer solver.</summary>
internal static class LayerSplitPeers
{
    private const double LimitOfDeadline = 0.05; // our limit counts work of eight interleaved searches

    /// <summary>Solves seeded instances on every side in turn; one line a side and the row of figures.</summary>
    public static JsonObject Run(BenchRun run, double deadline, int seeds)
    {
        var answers = new Dictionary<string, List<PeerAnswer>> { ["ours"] = [], ["SCIP"] = [], ["HiGHS"] = [] };
        for (int seed = 1; seed <= seeds; seed++)
        {
            (LayerSplitProblem problem, double demand) = LayerSplitInput.Make(seed);
            answers["ours"].Add(PeerAnswer.Of(() =>
            {
                LayerAnswer answer = LayerSplit.Cheapest(problem, demand, deadline * LimitOfDeadline);
                return (answer.Plan?.Price ?? double.NaN, answer.Bound, answer.Proved);
            }));
            foreach ((string name, string solver) in new[] { ("SCIP", "SCIP"), ("HiGHS", "HIGHS") })
            {
                using LinearProgram program = Whole(problem, demand, out HashSet<int> counts);
                if (PlacementPeers.Mixed(program, counts.Contains, solver, deadline) is { } answer)
                {
                    answers[name].Add(answer);
                }
            }
        }

        var row = new JsonObject { ["layer_splits"] = seeds, ["deadline_s"] = deadline };
        run.Report(string.Create(CultureInfo.InvariantCulture,
            $"cutting {LayerSplitInput.Layers} layers over 24 machines of 5 kinds in 3 zones, seeds 1 to {seeds}, {deadline:0.#} s each:"));
        foreach ((string name, List<PeerAnswer> side) in answers.Where(s => s.Value.Count > 0))
        {
            double seconds = Median(side.Select(a => a.Seconds));
            double gap = Median(side.Select(Gap));
            double dearer = Median(side.Zip(answers["ours"]).Select(p => double.IsNaN(p.First.Objective) ? double.PositiveInfinity : p.First.Objective / p.Second.Objective));
            run.Report(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-6} median {seconds:F2} s, gap {Share(gap)}, price / ours {(double.IsFinite(dearer) ? dearer.ToString("F3", CultureInfo.InvariantCulture) : "no plan")}, proved {side.Count(a => a.Proved)} of {side.Count}"));
            row[name + "_s"] = Math.Round(seconds, 3);
            row[name + "_gap"] = double.IsFinite(gap) ? Math.Round(gap, 6) : null;
            row[name + "_proved"] = side.Count(a => a.Proved);
        }

        return row;
    }

    private static string Share(double gap) => double.IsFinite(gap) ? gap.ToString("P2", CultureInfo.InvariantCulture) : "none";

    private static double Gap(PeerAnswer a) => double.IsNaN(a.Objective) ? double.PositiveInfinity : Math.Max(0, (a.Objective - a.Bound) / a.Objective);

    private static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }

    // The program over all boundaries: a number of machines and a flow for every kind and stretch, a flow for every boundary and pair of places.
    private static LinearProgram Whole(LayerSplitProblem problem, double demand, out HashSet<int> counts)
    {
        var program = new LinearProgram();
        counts = [];
        int Node(int boundary, int place, int arrived) => 2 * (boundary * problem.Places + place) + arrived;
        bool IsEnd(int n) => n % 2 == 1 ? n / 2 / problem.Places == 0 : n / 2 / problem.Places == problem.Layers;
        int started = program.Row(1, 1);
        int[] rows = [.. Enumerable.Range(0, 2 * (problem.Layers + 1) * problem.Places).Select(n => IsEnd(n) ? program.Row(double.NegativeInfinity, double.PositiveInfinity) : program.Row(0, 0))];
        int[] devices = [.. problem.Counts.Select(c => program.Row(0, c))];
        for (int k = 0; k < problem.Machines.Length; k++)
        {
            LayerMachine machine = problem.Machines[k];
            foreach ((int s, int e) in Enumerable.Range(0, problem.Layers).SelectMany(s => Enumerable.Range(s + 1, Math.Min(machine.Most, problem.Layers - s)).Select(e => (s, e))))
            {
                int count = program.Column(machine.Price, problem.CountOf(k));
                int flow = program.Column(0, 1);
                int within = program.Row(double.NegativeInfinity, 0);
                program.Add(within, flow, 1);
                program.Add(within, count, -Math.Min(1, problem.RateOf(k, e - s) / demand));
                program.Add(devices[machine.Device], count, machine.Takes);
                program.Add(rows[Node(s, machine.Place, 1)], flow, -1);
                program.Add(rows[Node(e, machine.Place, 0)], flow, 1);
                counts.Add(count);
                if (s == 0)
                {
                    program.Add(started, flow, 1);
                }
            }
        }

        foreach ((int p, int q) in Enumerable.Range(0, problem.Places).SelectMany(p => Enumerable.Range(0, problem.Places).Select(q => (p, q))))
        {
            double most = Math.Min(1, problem.TokensOn(p, q) / demand);
            int together = program.Row(double.NegativeInfinity, p == q ? double.PositiveInfinity : most);
            for (int b = 1; b < problem.Layers; b++)
            {
                int flow = program.Column(0, most);
                program.Add(rows[Node(b, p, 0)], flow, -1);
                program.Add(rows[Node(b, q, 1)], flow, 1);
                program.Add(together, flow, 1);
            }
        }

        return program;
    }
}
