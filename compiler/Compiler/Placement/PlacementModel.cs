using Google.OrTools.Sat;

namespace Orchestrator.Compiler.Placing;

/// <summary>
/// The CP-SAT form: a Boolean per candidate, exact cover, whole devices, a flow per edge between classes of candidates (so that pairwise costs
/// are linear and tight), and one variable per maximum of latencies.
/// </summary>
internal sealed class PlacementModel
{
    private readonly PlacementProblem _problem;
    private readonly BoolVar[] _chosen;
    private readonly int[][] _covering;
    private readonly List<LinearExpr> _cost = [];
    private readonly List<LinearExpr>[] _carried; // by device that stands for a link
    private readonly LinearExpr?[] _edgeTime;
    private readonly LinearExpr?[] _node;
    private readonly long _horizon;

    /// <summary>Builds the model.</summary>
    public PlacementModel(PlacementProblem problem)
    {
        _problem = problem;
        _chosen = [.. problem.Candidates.Select((_, c) => Model.NewBoolVar($"x{c}"))];
        _covering = problem.Covering();
        _carried = [.. problem.Devices.Select(_ => new List<LinearExpr>())];
        _edgeTime = new LinearExpr?[problem.Edges.Length];
        _node = new LinearExpr?[problem.Latency.Nodes.Count];
        _horizon = Horizon();
        AddCover();
        AddDevices();
        for (int e = 0; e < problem.Edges.Length; e++)
        {
            AddEdge(e);
        }

        for (int d = 0; d < _carried.Length; d++)
        {
            if (_carried[d].Count > 0)
            {
                Model.Add(LinearExpr.Sum(_carried[d]) <= problem.Devices[d].Count * PlacementProblem.WholeDevice);
            }
        }

        LinearExpr cost = LinearExpr.Sum(_cost);
        if (problem.CostLimit is { } most)
        {
            Model.Add(cost <= most);
        }

        List<LinearExpr> objective = problem.MinimiseNode >= 0 ? [Node(problem.MinimiseNode)] : [cost];
        AddLimits(objective);
        Model.Minimize(LinearExpr.Sum(objective));
    }

    /// <summary>The model.</summary>
    public CpModel Model { get; } = new();

    /// <summary>Proposes a cover.</summary>
    public void Hint(int[] chosen)
    {
        for (int c = 0; c < _chosen.Length; c++)
        {
            Model.AddHint(_chosen[c], chosen.Contains(c));
        }
    }

    /// <summary>The candidates that a solver chose.</summary>
    public int[] Chosen(CpSolver solver) => [.. Enumerable.Range(0, _chosen.Length).Where(c => solver.BooleanValue(_chosen[c]))];

    private void AddCover()
    {
        foreach (int[] candidates in _covering)
        {
            Model.AddExactlyOne(candidates.Select(c => (ILiteral)_chosen[c]));
        }
    }

    private void AddDevices()
    {
        for (int c = 0; c < _chosen.Length; c++)
        {
            if (_problem.Candidates[c].Cost != 0)
            {
                _cost.Add(LinearExpr.Term(_chosen[c], _problem.Candidates[c].Cost));
            }
        }

        for (int d = 0; d < _problem.Devices.Length; d++)
        {
            PlacementDevice device = _problem.Devices[d];
            int[] users = [.. Enumerable.Range(0, _chosen.Length).Where(c => _problem.Candidates[c].Device == d && _problem.Candidates[c].Use > 0)];
            if (users.Length == 0)
            {
                continue;
            }

            BoolVar[] variables = [.. users.Select(c => _chosen[c])];
            long[] uses = [.. users.Select(c => _problem.Candidates[c].Use)];
            if (uses.All(u => u % PlacementProblem.WholeDevice == 0))
            {
                long[] whole = [.. uses.Select(u => u / PlacementProblem.WholeDevice)];
                Model.Add(LinearExpr.WeightedSum(variables, whole) <= device.Count);
                _cost.Add(LinearExpr.WeightedSum(variables, whole.Select(w => w * device.Cost)));
                continue;
            }

            IntVar count = Model.NewIntVar(0, device.Count, $"n{d}");
            Model.Add(LinearExpr.WeightedSum(variables, uses) <= count * PlacementProblem.WholeDevice);
            _cost.Add(count * device.Cost);
        }
    }

    private void AddEdge(int index)
    {
        PlacementEdge edge = _problem.Edges[index];
        int rows = edge.Moves.Length;
        int columns = rows == 0 ? 0 : edge.Moves[0].Length;
        if (edge.Moves.All(row => row.All(m => m is { IsFree: true })))
        {
            return;
        }

        var flows = new List<BoolVar>();
        var times = new List<long>();
        var out_ = new List<BoolVar>[rows];
        var in_ = new List<BoolVar>[columns];
        for (int p = 0; p < rows; p++)
        {
            out_[p] = [];
        }

        for (int q = 0; q < columns; q++)
        {
            in_[q] = [];
            for (int p = 0; p < rows; p++)
            {
                if (edge.Moves[p][q] is not { } move)
                {
                    continue;
                }

                BoolVar flow = Model.NewBoolVar($"e{index}_{p}_{q}");
                flows.Add(flow);
                times.Add(move.Time);
                out_[p].Add(flow);
                in_[q].Add(flow);
                if (move.Cost != 0)
                {
                    _cost.Add(LinearExpr.Term(flow, move.Cost));
                }

                if (move.Link >= 0)
                {
                    _carried[move.Link].Add(LinearExpr.Term(flow, move.Load));
                }
            }
        }

        Balance(out_, edge.FromClass, edge.ToClass);
        Balance(in_, edge.ToClass, edge.FromClass);
        _edgeTime[index] = LinearExpr.WeightedSum(flows, times);
    }

    // The flow of a class is the choice of a candidate of that class which does not hold the other end too.
    private void Balance(List<BoolVar>[] flows, CandidateClasses here, CandidateClasses there)
    {
        for (int k = 0; k < flows.Length; k++)
        {
            BoolVar[] members = [.. Enumerable.Range(here.First, here.Length).Where(c => here[c] == k && there[c] < 0).Select(c => _chosen[c])];
            Model.Add(LinearExpr.Sum(flows[k]) == LinearExpr.Sum(members));
        }
    }

    private void AddLimits(List<LinearExpr> objective)
    {
        foreach (PlacementLimit limit in _problem.Limits)
        {
            LinearExpr latency = Node(limit.Root);
            if (limit.OverrunCost is not { } price)
            {
                Model.Add(latency <= limit.Limit);
            }
            else if (price > 0 && _problem.MinimiseNode < 0)
            {
                IntVar over = Model.NewIntVar(0, _horizon, $"over_{limit.Name}");
                Model.Add(latency - over <= limit.Limit);
                objective.Add(over * price);
            }
        }
    }

    // Nodes are built on demand, children first, without recursion: a program may be deep.
    private LinearExpr Node(int root)
    {
        var open = new Stack<int>();
        open.Push(root);
        while (open.Count > 0)
        {
            int index = open.Peek();
            LatencyNode node = _problem.Latency.Nodes[index];
            int missing = Array.FindIndex(node.Children, c => _node[c] is null);
            if (_node[index] is null && missing >= 0)
            {
                open.Push(node.Children[missing]);
                continue;
            }

            _node[index] ??= Build(index, node);
            open.Pop();
        }

        return _node[root] ?? throw new InvalidOperationException("a latency node was not built");
    }

    private LinearExpr Build(int index, LatencyNode node)
    {
        LinearExpr[] children = [.. node.Children.Select(c => _node[c] ?? throw new InvalidOperationException("children come first"))];
        switch (node.Kind)
        {
            case LatencyKind.Task:
                return TaskTime(node.Index, node.Column);
            case LatencyKind.Edge:
                return _edgeTime[node.Index] ?? LinearExpr.Constant(0);
            case LatencyKind.Add:
                return LinearExpr.Sum(children);
            case LatencyKind.Scale:
                return children[0] * node.Factor;
            case LatencyKind.Max:
                IntVar latest = Model.NewIntVar(0, _horizon, $"max{index}");
                foreach (LinearExpr child in children)
                {
                    Model.Add(latest >= child);
                }

                return latest;
            case LatencyKind.Min:
                IntVar earliest = Model.NewIntVar(0, _horizon, $"min{index}");
                Model.AddMinEquality(earliest, children);
                return earliest;
            default:
                return LinearExpr.Constant(0);
        }
    }

    private LinearExpr TaskTime(int task, int column)
    {
        int[] covering = _covering[task];
        return LinearExpr.WeightedSum(covering.Select(c => _chosen[c]), covering.Select(c => _problem.Candidates[c].Duration(task, column)));
    }

    // The longest that any node can take.
    private long Horizon() => (long)Math.Min(LatencyBounds.Most(_problem, _covering).Max() + 1, 1e17);
}
