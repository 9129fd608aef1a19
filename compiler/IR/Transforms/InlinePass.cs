using System.Globalization;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Replaces calls by the body of what is called, callees first, wherever both dialects allow it. What calls itself, at once or over others, is
/// not put into itself. Private symbols that nobody names any more go.
/// </summary>
[Pass("inline")]
public sealed partial class InlinePass : Pass
{
    // A call and the callables from whose bodies it was copied, the latest first.
    private sealed record Pending(Operation Call, History? From);

    private sealed record History(Operation Callable, History? Before);

    /// <summary>What runs on a body before it is copied: <c>canonicalize</c>, or nothing when empty.</summary>
    [PassOption("default-pipeline")]
    public string DefaultPipeline { get; set; } = "canonicalize";

    /// <summary>A callee with more operations than this percentage of the caller's stays called; -1 for no limit.</summary>
    [PassOption("inlining-threshold")]
    public long Threshold { get; set; } = -1;

    /// <summary>How many times a body is searched for calls again after it was simplified, 1 or more.</summary>
    [PassOption("max-iterations")]
    public int IterationsMax { get; set; } = 4;

    /// <summary>The most operations that are copied altogether; calls of calls may grow without measure.</summary>
    [PassOption("max-operations")]
    public long OperationsMax { get; set; } = 4_000_000;

    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        if (DefaultPipeline is not ("" or "canonicalize"))
        {
            context.Diagnostics.Error(IRCodes.OptionValue, $"'{DefaultPipeline}' cannot run while inlining", SourceSpan.None,
                "write default-pipeline=canonicalize or leave it empty, and run other passes after this one");
            return;
        }

        new InlineRun(this, root, context).Run();
    }

    // One run; the pass itself keeps no state.
    private sealed class InlineRun(InlinePass pass, Operation root, PassContext context)
    {
        private readonly SymbolTables _symbols = new();
        private readonly Inlining _inlining = new(root.Context);
        private readonly HashSet<Operation> _inlined = [];
        private long _copied;
        private int _count;

        public void Run()
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
        }

        private void Simplify(Operation caller)
        {
            if (pass.DefaultPipeline.Length > 0)
            {
                new CanonicalizePass().Run(caller, context);
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
                    || _inlining.WhyNot(next.Call, call, callee) is not null || !Fits(callee, size, next.Call))
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
}
