namespace Orchestrator.Compiler.Placing;

/// <summary>
/// The values of a <see cref="LatencyProgram"/> while durations change one after the other: only what depends on a change is computed again,
/// and a change can be taken back. Nothing is allocated once it is made.
/// </summary>
internal sealed class LatencyState
{
    private readonly LatencyNode[] _nodes;
    private readonly int[][] _parents;
    private readonly ulong[] _dirty; // a bit for each node whose children changed
    private readonly List<(int Node, double Value)> _changes = [];
    private int _lowest;

    /// <summary>Follows the nodes that matter to a problem; all durations are zero.</summary>
    public LatencyState(PlacementProblem problem)
    {
        _nodes = [.. problem.Latency.Nodes];
        Values = new double[_nodes.Length];
        var parents = new List<int>?[_nodes.Length];
        var ofTask = new List<(int, int)>[problem.TaskCount];
        var ofEdge = new List<int>[problem.Edges.Length];
        for (int t = 0; t < ofTask.Length; t++)
        {
            ofTask[t] = [];
        }

        for (int e = 0; e < ofEdge.Length; e++)
        {
            ofEdge[e] = [];
        }

        foreach (int i in problem.RelevantNodes())
        {
            LatencyNode node = _nodes[i];
            if (node.Kind == LatencyKind.Task)
            {
                ofTask[node.Index].Add((i, node.Column));
            }
            else if (node.Kind == LatencyKind.Edge)
            {
                ofEdge[node.Index].Add(i);
            }

            foreach (int child in node.Children)
            {
                (parents[child] ??= []).Add(i);
            }
        }

        _parents = [.. parents.Select(p => p?.Distinct().ToArray() ?? [])];
        OfTask = [.. ofTask.Select(l => l.ToArray())];
        OfEdge = [.. ofEdge.Select(l => l.ToArray())];
        _dirty = new ulong[(_nodes.Length + 63) / 64];
        _lowest = _dirty.Length;
    }

    /// <summary>Nodes computed so far: a measure of work that is the same on any machine.</summary>
    public long Work { get; private set; }

    /// <summary>By node; those that matter to nothing stay zero.</summary>
    public double[] Values { get; }

    /// <summary>By task: its nodes with the column of each.</summary>
    public (int Node, int Column)[][] OfTask { get; }

    /// <summary>By edge: its nodes.</summary>
    public int[][] OfEdge { get; }

    /// <summary>Changes the value of a task or edge node; others follow at <see cref="Propagate"/>.</summary>
    public void Set(int node, double value)
    {
        if (Values[node] != value)
        {
            _changes.Add((node, Values[node]));
            Values[node] = value;
            MarkParents(node);
        }
    }

    /// <summary>Computes what depends on changed nodes, children before parents.</summary>
    public void Propagate()
    {
        for (; _lowest < _dirty.Length; _lowest++)
        {
            while (_dirty[_lowest] != 0)
            {
                int bit = System.Numerics.BitOperations.TrailingZeroCount(_dirty[_lowest]);
                _dirty[_lowest] &= ~(1UL << bit);
                int node = _lowest * 64 + bit;
                Work++;
                double value = Compute(in _nodes[node]);
                if (value != Values[node])
                {
                    _changes.Add((node, Values[node]));
                    Values[node] = value;
                    MarkParents(node);
                }
            }
        }
    }

    /// <summary>Keeps all changes.</summary>
    public void Keep() => _changes.Clear();

    /// <summary>Takes back all changes since the last <see cref="Keep"/>.</summary>
    public void TakeBack()
    {
        for (int i = _changes.Count - 1; i >= 0; i--)
        {
            Values[_changes[i].Node] = _changes[i].Value;
        }

        _changes.Clear();
    }

    private void MarkParents(int node)
    {
        foreach (int parent in _parents[node])
        {
            _dirty[parent >> 6] |= 1UL << parent;
            _lowest = Math.Min(_lowest, parent >> 6);
        }
    }

    private double Compute(in LatencyNode node)
    {
        double value = Values[node.Children[0]];
        switch (node.Kind)
        {
            case LatencyKind.Scale:
                return value * node.Factor;
            case LatencyKind.Add:
                for (int i = 1; i < node.Children.Length; i++)
                {
                    value += Values[node.Children[i]];
                }

                return value;
            case LatencyKind.Max:
                for (int i = 1; i < node.Children.Length; i++)
                {
                    value = Math.Max(value, Values[node.Children[i]]);
                }

                return value;
            default:
                for (int i = 1; i < node.Children.Length; i++)
                {
                    value = Math.Min(value, Values[node.Children[i]]);
                }

                return value;
        }
    }
}
