namespace Orchestrator.IR;

/// <summary>Who calls whom, as it was when this was made: operations with a body that can be called, and the calls inside them.</summary>
public sealed class CallGraph
{
    private readonly Dictionary<Operation, List<Operation>> _callees = [];
    private readonly List<Operation> _callables = [];

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
    public IReadOnlyList<Operation> CalleesFirst()
    {
        var order = new List<Operation>();
        var seen = new HashSet<Operation>();
        var stack = new Stack<(Operation Op, int Next)>();
        foreach (Operation root in _callables)
        {
            if (seen.Add(root))
            {
                stack.Push((root, 0));
            }

            while (stack.TryPop(out (Operation Op, int Next) top))
            {
                List<Operation> callees = _callees[top.Op];
                if (top.Next == callees.Count)
                {
                    order.Add(top.Op);
                    continue;
                }

                stack.Push((top.Op, top.Next + 1));
                if (seen.Add(callees[top.Next]))
                {
                    stack.Push((callees[top.Next], 0));
                }
            }
        }

        return order;
    }
}
