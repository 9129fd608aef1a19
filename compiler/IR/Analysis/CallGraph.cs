namespace Orchestrator.IR;

/// <summary>Who calls whom, as it was when this was made: operations with a body that can be called, and the calls inside them.</summary>
public sealed class CallGraph
{
    private readonly Dictionary<Operation, List<Operation>> _callees = [];
    private readonly List<Operation> _callables = [];
    private readonly List<Operation> _order = [];
    private readonly Dictionary<Operation, int> _circle = [];

    /// <summary>Reads everything inside <paramref name="root"/>.</summary>
    public CallGraph(Operation root, SymbolTables symbols)
    {
        foreach (Operation op in root.Walk())
        {
            if (op is ICallableOp { CallableRegion.IsEmpty: false })
            {
                _callables.Add(op);
                _callees.TryAdd(op, []);
            }
        }

        foreach (Operation op in root.Walk())
        {
            if (op is ICallOp call && CallableAround(op) is { } caller && symbols.Lookup(op, call.Callee) is { } callee && _callees.ContainsKey(callee))
            {
                _callees[caller].Add(callee);
            }
        }

        FindCircles();
    }

    /// <summary>The operations that can be called, in the order of the text.</summary>
    public IReadOnlyList<Operation> Callables => _callables;

    /// <summary>Whom <paramref name="callable"/> calls, once for each call.</summary>
    public IReadOnlyList<Operation> CalleesOf(Operation callable) => _callees.TryGetValue(callable, out List<Operation>? callees) ? callees : [];

    /// <summary>The nearest operation around <paramref name="op"/> that can be called, or null.</summary>
    public static Operation? CallableAround(Operation op)
    {
        Operation? at = op.ParentOp;
        while (at is not null && at is not ICallableOp)
        {
            at = at.ParentOp;
        }

        return at;
    }

    /// <summary>All callables, each after those that it calls; in a circle of calls the one that comes first in the text comes last.</summary>
    public IReadOnlyList<Operation> CalleesFirst => _order;

    /// <summary>Whether each of the two calls the other, at once or over others; what calls itself is in a circle of one.</summary>
    public bool AreInOneCircle(Operation a, Operation b) => _circle.TryGetValue(a, out int circle) && _circle.TryGetValue(b, out int other) && circle == other
        && (!ReferenceEquals(a, b) || CalleesOf(a).Contains(a));

    // Tarjan's algorithm with its own stack. A callable's low number is the smallest entry number that can be reached from it.
    private void FindCircles()
    {
        var low = new Dictionary<Operation, int>();
        var open = new Stack<Operation>();
        var stack = new Stack<(Operation Op, int Entry, int Next)>();
        int circles = 0;
        foreach (Operation root in _callables)
        {
            Enter(root);
            while (stack.TryPop(out (Operation Op, int Entry, int Next) top))
            {
                List<Operation> callees = _callees[top.Op];
                if (top.Next < callees.Count)
                {
                    Operation callee = callees[top.Next];
                    if (!low.ContainsKey(callee))
                    {
                        stack.Push(top);
                        Enter(callee);
                        continue;
                    }

                    if (!_circle.ContainsKey(callee))
                    {
                        low[top.Op] = Math.Min(low[top.Op], low[callee]);
                    }

                    stack.Push(top with { Next = top.Next + 1 });
                    continue;
                }

                _order.Add(top.Op);
                if (low[top.Op] == top.Entry)
                {
                    while (open.TryPop(out Operation? member))
                    {
                        _circle[member] = circles;
                        if (ReferenceEquals(member, top.Op))
                        {
                            break;
                        }
                    }

                    circles++;
                }
            }
        }

        void Enter(Operation op)
        {
            if (low.TryAdd(op, low.Count))
            {
                open.Push(op);
                stack.Push((op, low[op], 0));
            }
        }
    }
}
