namespace Orchestrator.Compiler.Placing;

/// <summary>A problem with some of the candidates of another.</summary>
/// <param name="Problem">The smaller problem; every plan of it is one of the other.</param>
/// <param name="Ids">By candidate of the smaller problem: its number in the other, ascending.</param>
internal sealed record ReducedProblem(PlacementProblem Problem, int[] Ids)
{
    /// <summary>The problem with only the candidates that <paramref name="keep"/> names.</summary>
    public static ReducedProblem Of(PlacementProblem problem, Func<int, bool> keep)
    {
        int[] ids = [.. Enumerable.Range(0, problem.Candidates.Length).Where(keep)];
        return new ReducedProblem(
            problem with
            {
                Candidates = [.. ids.Select(c => problem.Candidates[c])],
                Edges = [.. problem.Edges.Select(e => e with { FromClass = e.FromClass.Kept(ids), ToClass = e.ToClass.Kept(ids) })],
            },
            ids);
    }

    /// <summary>A choice in the numbers of the other problem.</summary>
    public int[] ToOriginal(int[] chosen) => [.. chosen.Select(c => Ids[c])];

    /// <summary>A choice of the other problem in the numbers of this one, or null when it has a candidate that is not here.</summary>
    public int[]? FromOriginal(int[] chosen)
    {
        int[] found = [.. chosen.Select(c => Array.BinarySearch(Ids, c))];
        return found.All(c => c >= 0) ? found : null;
    }
}

/// <summary>
/// Drops candidates that another one beats: it covers the same tasks, is nowhere slower, moves data no worse, costs no more whatever else is
/// chosen, and takes no device that something else could need. Some optimal plan, and some quickest one among them, is left.
/// </summary>
internal sealed class CandidatePruning
{
    private readonly PlacementProblem _problem;
    private readonly bool[] _ample;
    private readonly List<int>[] _columns;
    private readonly List<(PlacementEdge Edge, bool Produces)>[] _edges;

    private CandidatePruning(PlacementProblem problem)
    {
        _problem = problem;
        long[] most = problem.MostUse(problem.Covering());
        _ample = [.. problem.Devices.Select((d, i) => most[i] <= d.Count * (double)PlacementProblem.WholeDevice)];
        _columns = [.. Enumerable.Range(0, problem.TaskCount).Select(_ => new List<int>())];
        _edges = [.. Enumerable.Range(0, problem.TaskCount).Select(_ => new List<(PlacementEdge, bool)>())];
        foreach (int node in problem.RelevantNodes())
        {
            LatencyNode n = problem.Latency.Nodes[node];
            if (n.Kind == LatencyKind.Task && !_columns[n.Index].Contains(n.Column))
            {
                _columns[n.Index].Add(n.Column);
            }
        }

        foreach (PlacementEdge edge in problem.Edges)
        {
            _edges[edge.From].Add((edge, true));
            _edges[edge.To].Add((edge, false));
        }
    }

    /// <summary>The problem without beaten candidates.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="keep">Candidates that stay in any case, or null.</param>
    public static ReducedProblem Prune(PlacementProblem problem, int[]? keep = null)
    {
        var pruning = new CandidatePruning(problem);
        bool[] beaten = new bool[problem.Candidates.Length];
        foreach (IGrouping<string, int> same in Enumerable.Range(0, beaten.Length).GroupBy(c => string.Join(',', problem.Candidates[c].Tasks)))
        {
            pruning.Compare([.. same], beaten);
        }

        HashSet<int> kept = [.. keep ?? []];
        return ReducedProblem.Of(problem, c => !beaten[c] || kept.Contains(c));
    }

    // Cheapest first, so that what beats others is met early; among equals the first stays.
    private void Compare(int[] candidates, bool[] beaten)
    {
        (double Surely, double AtMost)[] prices = [.. candidates.Select(c => Prices(_problem.Candidates[c]))];
        long[][] times = [.. candidates.Select(c => Times(_problem.Candidates[c]))];
        int[] order = [.. Enumerable.Range(0, candidates.Length).OrderBy(i => prices[i].AtMost).ThenBy(i => times[i].Sum()).ThenBy(i => candidates[i])];
        var kept = new List<int>();
        foreach (int b in order)
        {
            beaten[candidates[b]] = kept.Any(a => NoDearer(candidates[a], candidates[b], prices[a].AtMost, prices[b].Surely)
                && NoSlower(times[a], times[b]) && MovesNoWorse(candidates[a], candidates[b]));
            if (!beaten[candidates[b]])
            {
                kept.Add(b);
            }
        }
    }

    // A part of a device may fit into what others leave, or need a device of its own.
    private (double Surely, double AtMost) Prices(PlacementCandidate c)
    {
        double price = _problem.Devices[c.Device].Cost;
        long whole = c.Use / PlacementProblem.WholeDevice;
        bool parts = c.Use % PlacementProblem.WholeDevice != 0;
        return (c.Cost + whole * price, c.Cost + (parts ? whole + 1 : whole) * price);
    }

    private bool NoDearer(int a, int b, double atMost, double surely)
    {
        PlacementCandidate x = _problem.Candidates[a];
        PlacementCandidate y = _problem.Candidates[b];
        return x.Device == y.Device ? x.Use <= y.Use && x.Cost <= y.Cost : _ample[x.Device] && atMost <= surely;
    }

    private long[] Times(PlacementCandidate c) => [.. c.Tasks.SelectMany((t, i) => _columns[t].Select(column => c.Durations[i][column]))];

    private static bool NoSlower(long[] a, long[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] > b[i])
            {
                return false;
            }
        }

        return true;
    }

    private bool MovesNoWorse(int a, int b)
    {
        foreach (int task in _problem.Candidates[a].Tasks)
        {
            foreach ((PlacementEdge edge, bool produces) in _edges[task])
            {
                CandidateClasses classes = produces ? edge.FromClass : edge.ToClass;
                if (classes[a] != classes[b] && !ClassNoWorse(edge, produces, classes[a], classes[b]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool ClassNoWorse(PlacementEdge edge, bool produces, int a, int b)
    {
        int others = produces ? edge.Moves[a].Length : edge.Moves.Length;
        for (int k = 0; k < others; k++)
        {
            Move? x = produces ? edge.Moves[a][k] : edge.Moves[k][a];
            Move? y = produces ? edge.Moves[b][k] : edge.Moves[k][b];
            if (y is not null && (x is null || x.Cost > y.Cost || x.Time > y.Time || (x.Load > 0 && (x.Link != y.Link || x.Load > y.Load))))
            {
                return false;
            }
        }

        return true;
    }
}
