using System.Globalization;

namespace Orchestrator.IR;

/// <summary>One run of the inliner; the pass itself keeps no state.</summary>
internal sealed class InlineRun(InlinePass pass, Operation root, PassContext context)
{
    // A call and the callables from whose bodies it was copied, the latest first.
    private sealed record Pending(Operation Call, History? From);

    private sealed record History(Operation Callable, History? Before);

    private readonly SymbolTables _symbols = new();
    private readonly Inlining _inlining = new(root.Context);
    private readonly HashSet<Operation> _inlined = [];
    private long _copied;
    private int _count;
    private bool _simplified;

    /// <summary>Does it; true when anything is other than before.</summary>
    public bool Run()
    {
        var graph = new CallGraph(root, _symbols);
        foreach (Operation caller in graph.CalleesFirst)
        {
            Simplify(caller);
            for (int i = 0; i < Math.Max(1, pass.IterationsMax) && InlineInto(caller, graph); i++)
            {
                Simplify(caller);
            }
        }

        context.Count(pass, "inlined", _count);
        EraseUnnamed();
        return _count > 0 || _simplified;
    }

    private void Simplify(Operation caller)
    {
        if (pass.DefaultPipeline.Length > 0)
        {
            _simplified |= new CanonicalizePass().Simplify(caller, context);
        }
    }

    private bool InlineInto(Operation caller, CallGraph graph)
    {
        var pending = new Stack<Pending>();
        foreach (Operation op in caller.Walk())
        {
            if (op is ICallOp && ReferenceEquals(CallGraph.CallableAround(op), caller))
            {
                pending.Push(new Pending(op, null));
            }
        }

        bool any = false;
        long size = caller.Walk().LongCount();
        while (pending.TryPop(out Pending? next))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var call = (ICallOp)next.Call; // Only calls are pending.
            if (_symbols.Lookup(next.Call, call.Callee) is not { } callee || callee is not ICallableOp { CallableRegion: { } body }
                || callee.Encloses(next.Call) || graph.AreInOneCircle(caller, callee) || graph.AreInOneCircle(callee, callee) || Includes(next.From, callee)
                || _inlining.WhyNot(next.Call, call, callee) is not null || !Fits(callee, size, next.Call) || !context.MayAct(pass.Name))
            {
                continue;
            }

            var from = new History(callee, next.From);
            foreach (Operation placed in _inlining.Inline(next.Call, call, body))
            {
                foreach (Operation op in placed.Walk())
                {
                    if (op is ICallOp)
                    {
                        pending.Push(new Pending(op, from));
                    }
                }
            }

            _inlined.Add(callee);
            _count++;
            any = true;
        }

        return any;
    }

    private bool Fits(Operation callee, long callerSize, Operation call)
    {
        long size = callee.Walk().LongCount();
        if (pass.Threshold >= 0 && size * 100 > pass.Threshold * callerSize)
        {
            return false;
        }

        if (_copied > pass.OperationsMax)
        {
            return false;
        }

        _copied += size;
        if (_copied > pass.OperationsMax)
        {
            context.Diagnostics.Warning(IRCodes.InliningLimit,
                string.Create(CultureInfo.InvariantCulture, $"inlining stopped here after {_copied - size} copied operations; the rest stays called"), call.Span,
                "raise max-operations, or make the callees fewer");
            return false;
        }

        return true;
    }

    private static bool Includes(History? history, Operation callable)
    {
        for (History? at = history; at is not null; at = at.Before)
        {
            if (ReferenceEquals(at.Callable, callable))
            {
                return true;
            }
        }

        return false;
    }

    // Erasing one may leave another without a name; callers were handled after their callees, so they come first here.
    private void EraseUnnamed()
    {
        bool again = _inlined.Count > 0;
        while (again)
        {
            again = false;
            var named = new HashSet<string>(StringComparer.Ordinal);
            var uses = new SymbolUses();
            foreach (Operation op in root.Walk())
            {
                foreach (SymbolRefAttr symbol in uses.Of(op))
                {
                    named.Add(symbol.Leaf);
                }
            }

            foreach (Operation callable in _inlined)
            {
                if (callable.Block is not null && SymbolUses.IsSymbol(callable) && SymbolUses.VisibilityOf(callable) == "private" && !named.Contains(callable.SymbolName ?? ""))
                {
                    callable.Erase();
                    again = true;
                }
            }

            _inlined.RemoveWhere(c => c.Block is null);
        }
    }
}
