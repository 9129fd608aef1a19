namespace Orchestrator.Compiler.Placing.Layers;

/// <summary>What machines carry whose layers are settled: the maximum flow as a linear program, for links are shared by all boundaries.</summary>
internal static class LayerCarried
{
    private const double Nothing = 1e-9; // of the flow

    /// <summary>The most tokens a second through <paramref name="plan"/>'s machines, times aside, with the flows that reach it.</summary>
    public static LayerPlan Most(LayerSplitProblem problem, LayerPlan plan)
    {
        int[] boundaries = [.. plan.Holdings.SelectMany(h => new[] { h.First, h.End }).Append(0).Append(problem.Layers).Distinct().Order()];
        using var program = new LinearProgram();
        int Node(int boundary, int place, bool arrived) => 2 * (Array.BinarySearch(boundaries, boundary) * problem.Places + place) + (arrived ? 1 : 0);
        int[] rows = [.. Enumerable.Range(0, 2 * boundaries.Length * problem.Places).Select(n => (n % 2, boundaries[n / 2 / problem.Places]) switch
        {
            (1, 0) => -1, // where tokens start
            (0, var b) when b == problem.Layers => -1,
            _ => program.Row(0, 0),
        })];
        void Arc(int from, int to, int column)
        {
            foreach ((int node, int sign) in new[] { (from, -1), (to, 1) })
            {
                if (rows[node] >= 0)
                {
                    program.Add(rows[node], column, sign);
                }
            }
        }

        double all = plan.Holdings.Sum(h => h.Count * problem.RateOf(h.Machine, h.End - h.First));
        int[] machines = [.. plan.Holdings.Select(h =>
        {
            int column = program.Column(h.First == 0 ? -1 / all : 0, h.Count * problem.RateOf(h.Machine, h.End - h.First) / all);
            int place = problem.Machines[h.Machine].Place;
            Arc(Node(h.First, place, arrived: true), Node(h.End, place, arrived: false), column);
            return column;
        })];
        var ways = new List<(int Boundary, int From, int To, int Column)>();
        foreach ((int from, int to) in Enumerable.Range(0, problem.Places).SelectMany(p => Enumerable.Range(0, problem.Places).Select(q => (p, q))))
        {
            double most = Math.Min(1, problem.TokensOn(from, to) / all);
            int together = program.Row(double.NegativeInfinity, from == to ? double.PositiveInfinity : most);
            foreach (int boundary in most > 0 ? boundaries[1..^1] : [])
            {
                int column = program.Column(0, most);
                program.Add(together, column, 1);
                Arc(Node(boundary, from, arrived: false), Node(boundary, to, arrived: true), column);
                ways.Add((boundary, from, to, column));
            }
        }

        LinearAnswer answer = program.Solve(again: false);
        double Flow(int column) => Math.Max(0, answer.Values[column]) * all;
        double total = plan.Holdings.Select((h, i) => h.First == 0 ? Flow(machines[i]) : 0).Sum();
        return plan with
        {
            Flow = total,
            Holdings = [.. plan.Holdings.Select((h, i) => h with { Flow = Flow(machines[i]) })],
            Hops = [.. ways.Select(w => new LayerHop(w.Boundary, w.From, w.To, Flow(w.Column))).Where(h => h.Flow > Nothing * total).OrderBy(h => h.Boundary).ThenBy(h => h.From).ThenBy(h => h.To)],
        };
    }
}
