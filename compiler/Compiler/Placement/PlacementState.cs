namespace Orchestrator.Compiler.Placing;

/// <summary>What broken constraints count for while a search may break them.</summary>
/// <param name="Limits">By limit: objective for each microsecond above it.</param>
/// <param name="Devices">By device: objective for each device too many.</param>
/// <param name="Money">Objective for each unit above the limit of cost.</param>
internal sealed record Penalties(double[] Limits, double[] Devices, double Money);

/// <summary>
/// A plan that changes group by group, with its cost, latencies and broken constraints always at hand. It follows what
/// <see cref="PlacementEvaluator"/> computes from nothing.
/// </summary>
internal sealed class PlacementState
{
    // Data that cannot be moved outweighs everything else.
    private const double Impossible = 1e15;
    private const int ChangeWork = 20; // a change takes about as long as so many latencies

    private readonly PlacementProblem _problem;
    private readonly LatencyState _latency;
    private readonly (int Edge, bool Produces)[][] _edgesOf;
    private readonly int[] _owner;
    private readonly long[] _use;
    private readonly Move?[] _moved;
    private readonly bool[] _impossible;
    private long _changes;
    private long _cost;
    private int _impossibleMoves;

    /// <summary>Starts with one cover for each group.</summary>
    public PlacementState(PlacementProblem problem, CoverGroup[] groups, int[][] covers)
    {
        _problem = problem;
        _latency = new LatencyState(problem);
        var edgesOf = new List<(int, bool)>[problem.TaskCount];
        for (int t = 0; t < edgesOf.Length; t++)
        {
            edgesOf[t] = [];
        }

        for (int e = 0; e < problem.Edges.Length; e++)
        {
            edgesOf[problem.Edges[e].From].Add((e, true));
            edgesOf[problem.Edges[e].To].Add((e, false));
        }

        _edgesOf = [.. edgesOf.Select(l => l.ToArray())];
        _owner = new int[problem.TaskCount];
        Array.Fill(_owner, -1);
        _use = new long[problem.Devices.Length];
        _moved = new Move?[problem.Edges.Length];
        _impossible = new bool[problem.Edges.Length];
        Covers = new int[groups.Length][];
        Groups = groups;
        for (int g = 0; g < groups.Length; g++)
        {
            Covers[g] = [];
            Put(g, covers[g]);
        }

        Keep();
    }

    /// <summary>Changes and latencies computed so far: a measure of work that is the same on any machine.</summary>
    public long Work => _latency.Work + _changes;

    /// <summary>The groups.</summary>
    public CoverGroup[] Groups { get; }

    /// <summary>By group: the cover that it has.</summary>
    public int[][] Covers { get; }

    /// <summary>All chosen candidates, ascending.</summary>
    public int[] Chosen => [.. Covers.SelectMany(c => c).Order()];

    /// <summary>Gives a group another cover; <see cref="Keep"/> or put the old one back and <see cref="Restore"/>.</summary>
    public void Put(int group, int[] cover)
    {
        _changes += ChangeWork;
        Replace(group, cover, follow: true);
        _latency.Propagate();
    }

    /// <summary>Keeps all changes of latencies.</summary>
    public void Keep() => _latency.Keep();

    /// <summary>Takes back the only change since <see cref="Keep"/>: gives the group the cover that it had.</summary>
    public void Restore(int group, int[] cover)
    {
        _latency.TakeBack();
        Replace(group, cover, follow: false);
    }

    /// <summary>Gives a group the cover of least value while all others keep theirs; false when it has it.</summary>
    public bool Improve(int group, Penalties penalties, ref double value)
    {
        int[] kept = Covers[group];
        int[] better = kept;
        double least = value - 1e-9 * Math.Abs(value);
        foreach (int[] cover in Groups[group].Covers)
        {
            if (ReferenceEquals(cover, kept))
            {
                continue;
            }

            Put(group, cover);
            double other = Value(penalties);
            Restore(group, kept);
            if (other < least)
            {
                (least, better) = (other, cover);
            }
        }

        if (ReferenceEquals(better, kept))
        {
            return false;
        }

        Put(group, better);
        Keep();
        value = least;
        return true;
    }

    /// <summary>The objective with broken constraints at the prices given.</summary>
    public double Value(Penalties penalties)
    {
        double value = 0;
        long cost = _cost;
        for (int d = 0; d < _use.Length; d++)
        {
            long whole = (_use[d] + PlacementProblem.WholeDevice - 1) / PlacementProblem.WholeDevice;
            cost += whole * _problem.Devices[d].Cost;
            value += penalties.Devices[d] * Math.Max(0, whole - _problem.Devices[d].Count);
        }

        bool forMoney = _problem.MinimiseNode < 0;
        for (int l = 0; l < _problem.Limits.Length; l++)
        {
            PlacementLimit limit = _problem.Limits[l];
            double over = Math.Max(0, _latency.Values[limit.Root] - limit.Limit);
            value += limit.OverrunCost is { } price ? (forMoney ? over * price : 0) : over * penalties.Limits[l];
        }

        value += forMoney ? cost : _latency.Values[_problem.MinimiseNode];
        value += _problem.CostLimit is { } most && cost > most ? (cost - most) * penalties.Money : 0;
        return value + Impossible * _impossibleMoves;
    }

    /// <summary>How far each constraint is missed: limits in microseconds, devices in whole ones, money; and whether nothing is.</summary>
    public bool Missed(double[] limits, double[] devices, out double money)
    {
        bool none = _impossibleMoves == 0;
        long cost = _cost;
        for (int d = 0; d < _use.Length; d++)
        {
            long whole = (_use[d] + PlacementProblem.WholeDevice - 1) / PlacementProblem.WholeDevice;
            cost += whole * _problem.Devices[d].Cost;
            devices[d] = Math.Max(0, whole - _problem.Devices[d].Count);
            none &= devices[d] == 0;
        }

        for (int l = 0; l < _problem.Limits.Length; l++)
        {
            limits[l] = _problem.Limits[l].OverrunCost is null ? Math.Max(0, _latency.Values[_problem.Limits[l].Root] - _problem.Limits[l].Limit) : 0;
            none &= limits[l] == 0;
        }

        money = _problem.CostLimit is { } most ? Math.Max(0, cost - most) : 0;
        return none && money == 0;
    }

    private void Replace(int group, int[] cover, bool follow)
    {
        foreach (int c in Covers[group])
        {
            PlacementCandidate candidate = _problem.Candidates[c];
            _cost -= candidate.Cost;
            _use[candidate.Device] -= candidate.Use;
        }

        Covers[group] = cover;
        foreach (int c in cover)
        {
            PlacementCandidate candidate = _problem.Candidates[c];
            _cost += candidate.Cost;
            _use[candidate.Device] += candidate.Use;
            for (int i = 0; i < candidate.Tasks.Length; i++)
            {
                int task = candidate.Tasks[i];
                _owner[task] = c;
                foreach ((int node, int column) in follow ? _latency.OfTask[task] : [])
                {
                    _latency.Set(node, candidate.Durations[i][column]);
                }
            }
        }

        foreach (int task in Groups[group].Tasks)
        {
            foreach ((int edge, _) in _edgesOf[task])
            {
                Move(edge, follow);
            }
        }
    }

    private void Carry(Move? move, int sign)
    {
        if (move is { Link: >= 0 and var link })
        {
            _use[link] += sign * move.Load;
        }
    }

    private void Move(int index, bool follow)
    {
        PlacementEdge edge = _problem.Edges[index];
        int from = _owner[edge.From];
        int to = _owner[edge.To];
        if (from < 0 || to < 0)
        {
            return;
        }

        Move? move = from == to ? null : edge.Moves[edge.FromClass[from]][edge.ToClass[to]];
        bool impossible = from != to && move is null;
        _impossibleMoves += (impossible ? 1 : 0) - (_impossible[index] ? 1 : 0);
        _impossible[index] = impossible;
        _cost += (move?.Cost ?? 0) - (_moved[index]?.Cost ?? 0);
        Carry(_moved[index], -1);
        Carry(move, 1);
        _moved[index] = move;
        foreach (int node in follow ? _latency.OfEdge[index] : [])
        {
            _latency.Set(node, move?.Time ?? 0);
        }
    }
}
