namespace Orchestrator.Compiler.Placing.Baselines;

/// <summary>
/// Splits each latency limit over the tasks in proportion to the least time that each could take. Latencies are sums, maxima and multiples of
/// task times, so when every task stays within its share the limit holds, transfers that are slower than the quickest aside.
/// </summary>
internal sealed class LatencyShare
{
    private readonly PlacementProblem _problem;
    private readonly Dictionary<(int Task, int Column), double> _share = [];

    public LatencyShare(PlacementProblem problem)
    {
        _problem = problem;
        Dictionary<(int Task, int Column), double> least = Least(problem);
        double[] edges = [.. problem.Edges.Select(e => e.Moves.SelectMany(row => row).Where(m => m is not null).Select(m => (double)m!.Time).DefaultIfEmpty(0).Min())]; // nulls are left out
        double[] values = problem.Latency.Evaluate((t, c) => least.GetValueOrDefault((t, c)), e => edges[e]);
        foreach (PlacementLimit limit in problem.Limits.Where(l => l.OverrunCost is null && values[l.Root] > 0))
        {
            double stretch = limit.Limit / values[limit.Root];
            foreach ((int Task, int Column) part in PartsOf(problem.Latency, limit.Root))
            {
                double share = least.GetValueOrDefault(part) * stretch;
                _share[part] = Math.Min(_share.GetValueOrDefault(part, double.PositiveInfinity), share);
            }
        }
    }

    /// <summary>Whether each task of a candidate stays within its share.</summary>
    public bool Keeps(int candidate)
    {
        PlacementCandidate c = _problem.Candidates[candidate];
        for (int i = 0; i < c.Tasks.Length; i++)
        {
            for (int column = 0; column < c.Durations[i].Length; column++)
            {
                if (_share.TryGetValue((c.Tasks[i], column), out double share) && c.Durations[i][column] > share)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static Dictionary<(int Task, int Column), double> Least(PlacementProblem problem)
    {
        var least = new Dictionary<(int, int), double>();
        foreach (PlacementCandidate candidate in problem.Candidates)
        {
            for (int i = 0; i < candidate.Tasks.Length; i++)
            {
                for (int column = 0; column < candidate.Durations[i].Length; column++)
                {
                    (int, int) key = (candidate.Tasks[i], column);
                    least[key] = Math.Min(least.GetValueOrDefault(key, double.PositiveInfinity), candidate.Durations[i][column]);
                }
            }
        }

        return least;
    }

    private static HashSet<(int Task, int Column)> PartsOf(LatencyProgram program, int root)
    {
        var parts = new HashSet<(int, int)>();
        var seen = new HashSet<int> { root };
        var open = new Stack<int>([root]);
        while (open.Count > 0)
        {
            LatencyNode node = program.Nodes[open.Pop()];
            if (node.Kind == LatencyKind.Task)
            {
                parts.Add((node.Index, node.Column));
            }

            foreach (int child in node.Children.Where(seen.Add))
            {
                open.Push(child);
            }
        }

        return parts;
    }
}
