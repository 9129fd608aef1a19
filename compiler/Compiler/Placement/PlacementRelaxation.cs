namespace Orchestrator.Compiler.Placing;

/// <summary>What the relaxation says of a problem.</summary>
/// <param name="Feasible">False when even fractions of candidates cannot hold the constraints.</param>
/// <param name="Bound">No plan has a smaller objective.</param>
/// <param name="Weights">By candidate: its fraction in the relaxed plan.</param>
/// <param name="ReducedCosts">By candidate: a plan that has it has at least <paramref name="Bound"/> plus this as objective.</param>
/// <param name="LimitPrices">By limit: objective that one microsecond more would save.</param>
/// <param name="DevicePrices">By device: objective that one more device would save.</param>
/// <param name="Counts">By device: whole devices, in fractions; NaN where parts of a device cannot be taken.</param>
internal sealed record RelaxedPlan(
    bool Feasible, double Bound, double[] Weights, double[] ReducedCosts, double[] LimitPrices, double[] DevicePrices, double[] Counts);

/// <summary>
/// The linear relaxation of a <see cref="PlacementProblem"/>: fractions of candidates, flows along edges, fractions of devices, and one variable
/// for each maximum of latencies. The earlier of two branches is taken at the least it can ever be.
/// </summary>
internal sealed class PlacementRelaxation : IDisposable
{
    private readonly PlacementProblem _problem;
    private readonly int[][] _covering;
    private readonly LinearProgram _program = new();
    private readonly long[] _mostUse;
    private readonly double[] _least;
    private readonly double[] _most;
    private readonly double _money;
    private readonly double _time;
    private readonly (int Column, double Value)[]?[] _edgeTimes;
    private readonly (int Column, double Value)[]?[] _nodes;
    private readonly int[] _counts;
    private readonly (int Row, double Scale)[] _deviceRows;
    private readonly int[] _limitRows;
    private readonly double _unit;
    private readonly int _spending;

    /// <summary>Builds the linear program.</summary>
    public PlacementRelaxation(PlacementProblem problem)
    {
        _problem = problem;
        _covering = problem.Covering();
        _mostUse = problem.MostUse(_covering);
        _least = LatencyBounds.Least(problem, _covering);
        _most = LatencyBounds.Most(problem, _covering);
        _edgeTimes = new (int, double)[problem.Edges.Length][];
        _nodes = new (int, double)[problem.Latency.Nodes.Count][];
        _money = Scale(problem.Candidates.Select(c => (double)problem.PriceOf(c)));
        _time = Scale([.. problem.Limits.Select(l => (double)Math.Max(1, l.Limit)), problem.MinimiseNode >= 0 ? _most[problem.MinimiseNode] : 1]);
        _spending = problem.CostLimit is { } most ? _program.Row(double.NegativeInfinity, most / _money) : -1;
        bool forMoney = problem.MinimiseNode < 0;
        bool[] shared = Shared(problem);
        foreach (PlacementCandidate candidate in problem.Candidates)
        {
            double price = shared[candidate.Device] ? candidate.Cost : problem.PriceOf(candidate);
            Spend(_program.Column(forMoney ? price / _money : 0, 1), price);
        }

        foreach (int[] candidates in _covering)
        {
            int row = _program.Row(1, 1);
            foreach (int c in candidates)
            {
                _program.Add(row, c, 1);
            }
        }

        _deviceRows = new (int, double)[problem.Devices.Length];
        _counts = [.. problem.Devices.Select((_, d) => AddDevice(d, shared[d], forMoney))];
        for (int e = 0; e < problem.Edges.Length; e++)
        {
            AddEdge(e, forMoney);
        }

        _limitRows = [.. problem.Limits.Select(AddLimit)];
        _unit = forMoney ? _money : _time;
        if (!forMoney)
        {
            AddLatest(problem.MinimiseNode);
        }
    }

    /// <summary>Work so far, the same on any machine.</summary>
    public double Work => _program.Work;

    /// <summary>Leaves a candidate out or takes it in again.</summary>
    public void Allow(int candidate, bool allowed) => _program.Limit(candidate, 0, allowed ? 1 : 0);

    /// <summary>Takes at least and at most so many whole devices; without effect on a device of which no parts can be taken.</summary>
    public void Count(int device, double least, double most)
    {
        if (_counts[device] >= 0)
        {
            _program.Limit(_counts[device], least, Math.Max(least, Math.Min(most, Math.Ceiling(_mostUse[device] / (double)PlacementProblem.WholeDevice))));
        }
    }

    /// <summary>Frees the solver.</summary>
    public void Dispose() => _program.Dispose();

    /// <summary>Solves it.</summary>
    /// <param name="again">Whether it will be solved often with other candidates left out.</param>
    public RelaxedPlan Solve(bool again = false)
    {
        LinearAnswer answer = _program.Solve(again);
        if (!answer.Feasible)
        {
            return new RelaxedPlan(false, double.PositiveInfinity, [], [], [], [], []);
        }

        int n = _problem.Candidates.Length;
        return new RelaxedPlan(
            true,
            answer.Bound * _unit,
            answer.Values[..n],
            [.. answer.ReducedCosts.Take(n).Select(r => Math.Max(0, r) * _unit)],
            [.. _limitRows.Select(r => r < 0 ? 0 : -answer.Duals[r] * _unit / _time)],
            [.. _counts.Select((c, d) => DevicePrice(answer, d))],
            [.. _counts.Select(c => c < 0 ? double.NaN : answer.Values[c])]);
    }

    private double DevicePrice(LinearAnswer answer, int device)
    {
        (int row, double scale) = _deviceRows[device];
        double price = row < 0 ? 0 : _counts[device] >= 0 ? -answer.ReducedCosts[_counts[device]] : -answer.Duals[row] / scale;
        return Math.Max(0, price) * _unit;
    }

    /// <summary>The program with whole candidates and devices for another solver, and what a unit of its objective is; null where there is no such solver.</summary>
    public (Google.OrTools.LinearSolver.Solver Solver, Google.OrTools.LinearSolver.Variable[] Columns, double Unit)? For(string solver)
    {
        HashSet<int> counts = [.. _counts];
        return _program.For(solver, c => c < _problem.Candidates.Length || counts.Contains(c)) is var (made, columns) ? (made, columns, _unit) : null;
    }

    /// <summary>By device: whether candidates can take parts of one.</summary>
    public static bool[] Shared(PlacementProblem problem)
    {
        bool[] shared = new bool[problem.Devices.Length];
        foreach (PlacementCandidate candidate in problem.Candidates)
        {
            shared[candidate.Device] |= candidate.Use % PlacementProblem.WholeDevice != 0;
        }

        return shared;
    }

    // Numbers near one keep the solver exact.
    private static double Scale(IEnumerable<double> values) => Math.Max(1, values.DefaultIfEmpty(1).Max() / 100);

    private void Spend(int column, double cost)
    {
        if (_spending >= 0 && cost != 0)
        {
            _program.Add(_spending, column, cost / _money);
        }
    }

    // Parts of devices are paid for as whole devices: a column counts them. A device that is only taken whole is paid for by its candidates.
    private int AddDevice(int device, bool shared, bool forMoney)
    {
        double mostUsed = _mostUse[device] / (double)PlacementProblem.WholeDevice;
        double there = Math.Min(_problem.Devices[device].Count, Math.Ceiling(mostUsed));
        _deviceRows[device] = (-1, 1);
        if (!shared && mostUsed <= there)
        {
            return -1;
        }

        double scale = Math.Max(1, there);
        int row = _program.Row(double.NegativeInfinity, shared ? 0 : there / scale);
        _deviceRows[device] = (row, scale);
        for (int c = 0; c < _problem.Candidates.Length; c++)
        {
            if (_problem.Candidates[c].Device == device && _problem.Candidates[c].Use > 0)
            {
                _program.Add(row, c, _problem.Candidates[c].Use / (scale * PlacementProblem.WholeDevice));
            }
        }

        if (!shared)
        {
            return -1;
        }

        int count = _program.Column(forMoney ? _problem.Devices[device].Cost / _money : 0, there);
        Spend(count, _problem.Devices[device].Cost);
        _program.Add(row, count, -1 / scale);
        return count;
    }

    private void AddLatest(int node)
    {
        int latest = _program.Column(1, _most[node] / _time + 1);
        int row = _program.Row(0, double.PositiveInfinity);
        _program.Add(row, latest, 1);
        AddTo(row, Node(node), -1);
    }

    private void AddEdge(int index, bool forMoney)
    {
        PlacementEdge edge = _problem.Edges[index];
        if (edge.Moves.All(row => row.All(m => m is { IsFree: true })))
        {
            return;
        }

        int[] outRows = [.. edge.Moves.Select(_ => _program.Row(0, 0))];
        int[] inRows = [.. edge.Moves[0].Select(_ => _program.Row(0, 0))];
        var times = new List<(int, double)>();
        for (int p = 0; p < outRows.Length; p++)
        {
            for (int q = 0; q < inRows.Length; q++)
            {
                if (edge.Moves[p][q] is { } move)
                {
                    int flow = _program.Column(forMoney ? move.Cost / _money : 0, 1);
                    Spend(flow, move.Cost);
                    _program.Add(outRows[p], flow, -1);
                    _program.Add(inRows[q], flow, -1);
                    if (move.Link >= 0 && _deviceRows[move.Link] is { Row: >= 0 } link)
                    {
                        _program.Add(link.Row, flow, move.Load / (link.Scale * PlacementProblem.WholeDevice));
                    }

                    if (move.Time != 0)
                    {
                        times.Add((flow, move.Time / _time));
                    }
                }
            }
        }

        Balance(outRows, _covering[edge.From], edge.FromClass, edge.ToClass);
        Balance(inRows, _covering[edge.To], edge.ToClass, edge.FromClass);
        _edgeTimes[index] = [.. times];
    }

    private void Balance(int[] rows, int[] candidates, CandidateClasses here, CandidateClasses there)
    {
        foreach (int c in candidates)
        {
            if (there[c] < 0)
            {
                _program.Add(rows[here[c]], c, 1);
            }
        }
    }

    private int AddLimit(PlacementLimit limit)
    {
        if (_most[limit.Root] <= limit.Limit)
        {
            return -1;
        }

        int row = _program.Row(double.NegativeInfinity, limit.Limit / _time);
        AddTo(row, Node(limit.Root), 1);
        if (limit.OverrunCost is { } price)
        {
            double cost = _problem.MinimiseNode < 0 ? price * _time / _money : 0;
            _program.Add(row, _program.Column(cost, _most[limit.Root] / _time), -1);
        }

        return row;
    }

    private void AddTo(int row, (int Column, double Value)[] terms, double factor)
    {
        foreach ((int column, double value) in terms)
        {
            _program.Add(row, column, factor * value);
        }
    }

    // Nodes are built on demand, children first, without recursion: a program may be deep.
    private (int Column, double Value)[] Node(int root)
    {
        var open = new Stack<int>();
        open.Push(root);
        while (open.Count > 0)
        {
            int index = open.Peek();
            LatencyNode node = _problem.Latency.Nodes[index];
            int missing = node.Kind == LatencyKind.Min ? -1 : Array.FindIndex(node.Children, c => _nodes[c] is null);
            if (_nodes[index] is null && missing >= 0)
            {
                open.Push(node.Children[missing]);
                continue;
            }

            _nodes[index] ??= Build(index, node);
            open.Pop();
        }

        return _nodes[root] ?? throw new InvalidOperationException("a latency node was not built");
    }

    private (int Column, double Value)[] Build(int index, LatencyNode node)
    {
        switch (node.Kind)
        {
            case LatencyKind.Task:
                return [.. _covering[node.Index].Select(c => (c, _problem.Candidates[c].Duration(node.Index, node.Column) / _time)).Where(t => t.Item2 != 0)];
            case LatencyKind.Edge:
                return _edgeTimes[node.Index] ?? [];
            case LatencyKind.Add:
                return [.. node.Children.SelectMany(Built)];
            case LatencyKind.Scale:
                return [.. Built(node.Children[0]).Select(t => (t.Column, t.Value * node.Factor))];
            case LatencyKind.Max:
                int latest = _program.Column(0, _most[index] / _time);
                foreach (int child in node.Children)
                {
                    int row = _program.Row(0, double.PositiveInfinity);
                    _program.Add(row, latest, 1);
                    AddTo(row, Built(child), -1);
                }

                return [(latest, 1)];
            case LatencyKind.Min when _least[index] > 0:
                int constant = _program.Column(0, 1);
                _program.Add(_program.Row(1, 1), constant, 1);
                return [(constant, _least[index] / _time)];
            default:
                return [];
        }
    }

    private (int Column, double Value)[] Built(int node) => _nodes[node] ?? throw new InvalidOperationException("children come first");
}
