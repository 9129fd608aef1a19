namespace Orchestrator.Compiler.Placing;

/// <summary>What a node of a <see cref="LatencyProgram"/> computes.</summary>
internal enum LatencyKind
{
    /// <summary>No time.</summary>
    Zero,

    /// <summary>The duration of a task, in a column of the candidate that covers it.</summary>
    Task,

    /// <summary>The transfer time of an edge between the candidates at its ends.</summary>
    Edge,

    /// <summary>Children one after the other.</summary>
    Add,

    /// <summary>The latest child.</summary>
    Max,

    /// <summary>The earliest child.</summary>
    Min,

    /// <summary>The only child, repeated.</summary>
    Scale,
}

/// <summary>One operation on times.</summary>
/// <param name="Kind">What it computes.</param>
/// <param name="Index">Task or edge.</param>
/// <param name="Column">Column of durations for a task.</param>
/// <param name="Factor">Repetitions for <see cref="LatencyKind.Scale"/>, at least 0.</param>
/// <param name="Children">Earlier nodes.</param>
internal readonly record struct LatencyNode(LatencyKind Kind, int Index, int Column, long Factor, int[] Children);

/// <summary>
/// Latencies as expressions over durations of tasks and transfers. Every operation is monotone, so an upper bound on a root is enforced by
/// lower bounds on its parts. Children stand before their parents.
/// </summary>
internal sealed class LatencyProgram
{
    private readonly List<LatencyNode> _nodes = [new LatencyNode(LatencyKind.Zero, 0, 0, 0, [])];

    /// <summary>The node that is always zero.</summary>
    public const int Zero = 0;

    /// <summary>All nodes.</summary>
    public IReadOnlyList<LatencyNode> Nodes => _nodes;

    /// <summary>A task's duration.</summary>
    public int Task(int task, int column) => Append(new LatencyNode(LatencyKind.Task, task, column, 0, []));

    /// <summary>An edge's transfer time.</summary>
    public int Edge(int edge) => Append(new LatencyNode(LatencyKind.Edge, edge, 0, 0, []));

    /// <summary>One after the other.</summary>
    public int Add(params int[] children) => Join(LatencyKind.Add, [.. children.Where(c => c != Zero)]);

    /// <summary>The latest.</summary>
    public int Max(IEnumerable<int> children) => Join(LatencyKind.Max, [.. children.Where(c => c != Zero).Distinct()]);

    /// <summary>The earliest.</summary>
    public int Min(IEnumerable<int> children)
    {
        int[] all = [.. children.Distinct()];
        return all.Contains(Zero) ? Zero : Join(LatencyKind.Min, all);
    }

    /// <summary>Repeated.</summary>
    public int Scale(int child, long factor) => factor == 0 || child == Zero
        ? Zero
        : factor == 1 ? child : Append(new LatencyNode(LatencyKind.Scale, 0, 0, factor, [child]));

    /// <summary>The value of every node for given durations.</summary>
    public double[] Evaluate(Func<int, int, double> task, Func<int, double> edge)
    {
        double[] values = new double[_nodes.Count];
        for (int i = 0; i < values.Length; i++)
        {
            LatencyNode node = _nodes[i];
            values[i] = node.Kind switch
            {
                LatencyKind.Task => task(node.Index, node.Column),
                LatencyKind.Edge => edge(node.Index),
                LatencyKind.Add => Sum(values, node.Children),
                LatencyKind.Max => Extreme(values, node.Children, latest: true),
                LatencyKind.Min => Extreme(values, node.Children, latest: false),
                LatencyKind.Scale => values[node.Children[0]] * node.Factor,
                _ => 0,
            };
        }

        return values;
    }

    private static double Sum(double[] values, int[] children)
    {
        double sum = 0;
        foreach (int child in children)
        {
            sum += values[child];
        }

        return sum;
    }

    private static double Extreme(double[] values, int[] children, bool latest)
    {
        double extreme = values[children[0]];
        foreach (int child in children)
        {
            extreme = latest ? Math.Max(extreme, values[child]) : Math.Min(extreme, values[child]);
        }

        return extreme;
    }

    private int Join(LatencyKind kind, int[] children) => children.Length switch
    {
        0 => Zero,
        1 => children[0],
        _ => Append(new LatencyNode(kind, 0, 0, 0, children)),
    };

    private int Append(LatencyNode node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }
}
