using System.Runtime.InteropServices;

namespace Orchestrator.IR;

/// <summary>
/// A forward analysis that keeps one fact for each value and follows control: what cannot be executed contributes nothing. Facts of operands give
/// facts of results; at block arguments, region results and calls the facts of all ways that come together are joined. Facts only ever grow, so
/// it comes to an end when no chain of ever larger facts is endless.
/// </summary>
/// <typeparam name="TFact">What is known about a value. Its default stands for "nothing seen yet", the smallest fact.</typeparam>
public abstract class SparseForwardAnalysis<TFact> where TFact : struct, IEquatable<TFact>
{
    private readonly Dictionary<Value, TFact> _facts = [];
    private readonly HashSet<Block> _executable = [];
    private readonly Queue<Operation> _pending = new();
    private readonly HashSet<Operation> _queued = [];
    private readonly SymbolTables _symbols = new();
    private readonly Dictionary<Operation, List<Operation>> _callers = [];
    private readonly HashSet<Operation> _openCallables = [];
    private TFact[] _operands = new TFact[8];
    private TFact[] _results = new TFact[4];
    private Attr?[] _constants = new Attr?[8];
    private Operation? _root;

    /// <summary>What is known of a value that may be anything; joined with any fact it gives itself.</summary>
    protected abstract TFact Anything { get; }

    /// <summary>What holds when either of the two does.</summary>
    protected abstract TFact Join(TFact a, TFact b);

    /// <summary>The facts of the results of <paramref name="op"/>, which has no regions, successors or callee. A default fact waits for more.</summary>
    protected abstract void Visit(Operation op, ReadOnlySpan<TFact> operands, Span<TFact> results);

    /// <summary>The constant that a value is known to be by <paramref name="fact"/>, or null; it decides which way control goes.</summary>
    protected virtual Attr? ConstantOf(TFact fact) => null;

    /// <summary>What is known of <paramref name="value"/>; the default when it cannot be executed.</summary>
    public TFact FactOf(Value value) => _facts.GetValueOrDefault(value);

    /// <summary>Whether control can reach <paramref name="block"/>.</summary>
    public bool IsExecutable(Block block) => _executable.Contains(block);

    /// <summary>Works on everything inside <paramref name="root"/>, whose regions are entered with values that may be anything.</summary>
    public void Run(Operation root, CancellationToken cancellation = default)
    {
        _root = root;
        FindCallers(root);
        EnterAll(root);
        while (_pending.TryDequeue(out Operation? op))
        {
            cancellation.ThrowIfCancellationRequested();
            _queued.Remove(op);
            VisitOperation(op);
        }
    }

    // A private callable is known through all its calls when its name stands nowhere else.
    private void FindCallers(Operation root)
    {
        var uses = new SymbolUses();
        foreach (Operation op in root.Walk())
        {
            if (op is ICallableOp && (SymbolUses.VisibilityOf(op) != "private" || op.SymbolName is null || ReferenceEquals(op, root)))
            {
                _openCallables.Add(op);
            }

            foreach (SymbolRefAttr symbol in uses.Of(op))
            {
                if (_symbols.Lookup(op, symbol) is not { } callee || callee is not ICallableOp)
                {
                    continue;
                }

                if (op is ICallOp call && ReferenceEquals(call.Callee, symbol))
                {
                    (_callers.TryGetValue(callee, out List<Operation>? list) ? list : _callers[callee] = []).Add(op);
                }
                else
                {
                    _openCallables.Add(callee);
                }
            }
        }
    }

    private void EnterAll(Operation op)
    {
        foreach (Region region in op.Regions)
        {
            if (region.First is { } entry)
            {
                foreach (BlockArgument argument in entry.Arguments)
                {
                    Raise(argument, Anything);
                }

                MarkExecutable(entry);
            }
        }
    }

    private void MarkExecutable(Block block)
    {
        if (_executable.Add(block))
        {
            foreach (Operation op in block.Operations)
            {
                Enqueue(op);
            }
        }
    }

    private void Enqueue(Operation op)
    {
        if (op.Block is { } block && _executable.Contains(block) && _queued.Add(op))
        {
            _pending.Enqueue(op);
        }
    }

    private void Raise(Value value, TFact fact)
    {
        if (fact.Equals(default))
        {
            return;
        }

        ref TFact known = ref CollectionsMarshal.GetValueRefOrAddDefault(_facts, value, out bool exists);
        TFact joined = exists ? Join(known, fact) : fact;
        if (exists && joined.Equals(known))
        {
            return;
        }

        known = joined;
        foreach (Use use in value.Uses)
        {
            Enqueue(use.Owner);
        }
    }

    private void RaiseAll(Operation op, TFact fact)
    {
        for (int i = 0; i < op.Results.Count; i++)
        {
            Raise(op.Results[i], fact);
        }
    }

    // Both lists end together; what the receiver has more at its start is made by the operation itself.
    private void Pass(OperandList passed, IReadOnlyList<Value> received)
    {
        int skipped = received.Count - passed.Count;
        for (int i = 0; i < received.Count; i++)
        {
            Raise(received[i], i < skipped ? Anything : FactOf(passed[i - skipped]));
        }
    }

    private ReadOnlySpan<Attr?> Constants(Operation op)
    {
        if (_constants.Length < op.OperandCount)
        {
            _constants = new Attr?[op.OperandCount];
        }

        for (int i = 0; i < op.OperandCount; i++)
        {
            _constants[i] = ConstantOf(FactOf(op.GetOperand(i)));
        }

        return _constants.AsSpan(0, op.OperandCount);
    }

    private bool WaitsForOperands(Operation op)
    {
        for (int i = 0; i < op.OperandCount; i++)
        {
            if (FactOf(op.GetOperand(i)).Equals(default))
            {
                return true;
            }
        }

        return false;
    }

    private void VisitOperation(Operation op)
    {
        if (op.Successors.Count > 0)
        {
            VisitBranch(op);
        }
        else if (op.Next is null && op.ParentOp is { } parent && !ReferenceEquals(parent, _root) && VisitEnd(op, parent))
        {
            return;
        }

        if (op is ICallOp call)
        {
            VisitCall(op, call);
        }
        else if (op is ICallableOp)
        {
            if (_openCallables.Contains(op))
            {
                EnterAll(op);
            }

            RaiseAll(op, Anything);
        }
        else if (op is IRegionBranchOp regions)
        {
            if (!WaitsForOperands(op))
            {
                foreach (RegionSuccessor to in regions.SuccessorsFrom(null, Constants(op)))
                {
                    Enter(to, regions.EntryOperands(to.Region));
                }
            }
        }
        else if (op.Regions.Count > 0)
        {
            EnterAll(op);
            RaiseAll(op, Anything);
        }
        else if (op.Results.Count > 0)
        {
            VisitPlain(op);
        }
    }

    private void VisitPlain(Operation op)
    {
        if (_operands.Length < op.OperandCount)
        {
            _operands = new TFact[op.OperandCount];
        }

        if (_results.Length < op.Results.Count)
        {
            _results = new TFact[op.Results.Count];
        }

        for (int i = 0; i < op.OperandCount; i++)
        {
            _operands[i] = FactOf(op.GetOperand(i));
        }

        Span<TFact> results = _results.AsSpan(0, op.Results.Count);
        results.Clear();
        Visit(op, _operands.AsSpan(0, op.OperandCount), results);
        for (int i = 0; i < results.Length; i++)
        {
            Raise(op.Results[i], results[i]);
        }
    }

    private void VisitBranch(Operation op)
    {
        if (WaitsForDecision(op))
        {
            return;
        }

        var branch = op as IBranchOp;
        int? taken = branch?.TakenSuccessor(Constants(op));
        for (int i = 0; i < op.Successors.Count; i++)
        {
            if (taken is { } only && only != i)
            {
                continue;
            }

            Block to = op.Successors[i];
            if (branch is not null)
            {
                Pass(branch.SuccessorOperands(i), to.Arguments);
            }
            else
            {
                foreach (BlockArgument argument in to.Arguments)
                {
                    Raise(argument, Anything);
                }
            }

            MarkExecutable(to);
        }
    }

    // Operands that are only handed over decide nothing.
    private bool WaitsForDecision(Operation op)
    {
        int deciding = op.OperandCount;
        for (int i = 0; op is IBranchOp branch && i < op.Successors.Count; i++)
        {
            deciding -= branch.SuccessorOperands(i).Count;
        }

        for (int i = 0; i < deciding; i++)
        {
            if (FactOf(op.GetOperand(i)).Equals(default))
            {
                return true;
            }
        }

        return false;
    }

    private void Enter(RegionSuccessor to, OperandList passed)
    {
        Pass(passed, to.Inputs);
        if (to.Region?.First is { } entry)
        {
            for (int i = 0; i < entry.Arguments.Count - to.Inputs.Count; i++)
            {
                Raise(entry.Arguments[i], Anything);
            }

            MarkExecutable(entry);
        }
    }

    // The end of a body: control goes on as the operation around says. False when that says nothing.
    private bool VisitEnd(Operation end, Operation parent)
    {
        if (parent is IRegionBranchOp regions && end.ParentRegion is { } from)
        {
            foreach (RegionSuccessor to in regions.SuccessorsFrom(from, default))
            {
                Enter(to, regions.PassedOperands(end, from, to.Region));
            }

            return true;
        }

        if (parent is ICallableOp && end.Has(OpTraits.ReturnLike) && _callers.TryGetValue(parent, out List<Operation>? callers))
        {
            foreach (Operation caller in callers)
            {
                if (caller.Block is { } block && _executable.Contains(block))
                {
                    Pass(end.Operands, caller.Results);
                }
            }

            return true;
        }

        return false;
    }

    private void VisitCall(Operation op, ICallOp call)
    {
        if (_symbols.Lookup(op, call.Callee) is not ICallableOp { CallableRegion: { First: { } entry } body } callable)
        {
            RaiseAll(op, Anything);
            return;
        }

        if (!_openCallables.Contains((Operation)callable)) // Callables are operations.
        {
            Pass(call.Arguments, entry.Arguments);
            MarkExecutable(entry);
        }

        // What returned before this call could be executed is seen now.
        foreach (Block block in body.Blocks)
        {
            if (_executable.Contains(block) && block.Last is { } end && end.Has(OpTraits.ReturnLike))
            {
                Pass(end.Operands, op.Results);
            }
        }
    }
}
