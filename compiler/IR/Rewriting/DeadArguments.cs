namespace Orchestrator.IR;

/// <summary>
/// Takes block arguments away that reach nothing with an effect, with the operations that do nothing but feed them. Such values may go round
/// in a circle, so no single one of them looks unused.
/// </summary>
internal sealed class DeadArguments(Rewriter rewriter, SymbolTables symbols)
{
    private readonly HashSet<BlockArgument> _liveArguments = [];
    private readonly HashSet<Operation> _liveOperations = [];
    private readonly Stack<Value> _pending = new();

    /// <summary>Whether anything in <paramref name="region"/> changed. All its blocks can be reached.</summary>
    public bool Run(Region region)
    {
        var flow = new ControlFlow(region);
        MarkRoots(region, flow);
        while (_pending.TryPop(out Value? value))
        {
            if (value is BlockArgument argument && ReferenceEquals(argument.Owner.Region, region) && _liveArguments.Add(argument))
            {
                foreach ((Operation From, int Successor) edge in flow.EdgesTo(argument.Owner))
                {
                    if (ControlFlow.Passed(edge, argument.Index) is { } passed)
                    {
                        _pending.Push(passed);
                    }
                }
            }
            else if (value.DefiningOp is { } definition && ReferenceEquals(definition.ParentRegion, region))
            {
                MarkLive(definition);
            }
        }

        return Remove(region, flow);
    }

    /// <summary>Takes what every one of <paramref name="edges"/> hands over as argument <paramref name="index"/> away; false, and nothing changes, when one cannot.</summary>
    public static bool TryUnpass(IReadOnlyList<(Operation From, int Successor)> edges, int index)
    {
        // A branch that can do it for one argument can do it for all of them; those that cannot are found before anything changes.
        foreach ((Operation From, int Successor) edge in edges)
        {
            if (!CanUnpass(edge))
            {
                return false;
            }
        }

        foreach ((Operation from, int successor) in edges)
        {
            if (from is IBranchOp branch && !branch.TryRemoveSuccessorOperand(successor, index))
            {
                throw new InvalidOperationException($"'{from.Name}' did not give up what it hands to successor {successor}");
            }
        }

        return true;
    }

    // Tried on a copy: the branch itself knows best.
    private static bool CanUnpass((Operation From, int Successor) edge)
    {
        if (edge.From is not IBranchOp)
        {
            return false;
        }

        Operation copy = edge.From.Clone();
        bool can = copy is IBranchOp branch && branch.SuccessorOperands(edge.Successor).Count > 0 && branch.TryRemoveSuccessorOperand(edge.Successor, 0);
        copy.DropOperands();
        return can;
    }

    private void MarkRoots(Region region, ControlFlow flow)
    {
        foreach (Block block in region.Blocks)
        {
            bool fixedArguments = block.Previous is null;
            if (block.Arguments.Count > 0)
            {
                foreach ((Operation From, int Successor) edge in flow.EdgesTo(block))
                {
                    fixedArguments |= !CanUnpass(edge);
                }
            }

            for (int i = 0; fixedArguments && i < block.Arguments.Count; i++)
            {
                _pending.Push(block.Arguments[i]);
            }

            foreach (Operation op in block.Operations)
            {
                if (op.Next is null || op.Info is null || !DeadCode.MayBeDropped(op, symbols))
                {
                    MarkLive(op);
                }
            }
        }
    }

    private void MarkLive(Operation op)
    {
        if (!_liveOperations.Add(op))
        {
            return;
        }

        int operands = op.OperandCount;
        if (op is IBranchOp branch && op.Successors.Count > 0)
        {
            // What is handed over is needed when the argument is.
            for (int i = 0; i < op.Successors.Count; i++)
            {
                operands -= branch.SuccessorOperands(i).Count;
            }
        }

        for (int i = 0; i < operands; i++)
        {
            _pending.Push(op.GetOperand(i));
        }

        if (op.Regions.Count > 0)
        {
            foreach (Operation inner in op.Walk())
            {
                for (int i = 0; i < inner.OperandCount; i++)
                {
                    _pending.Push(inner.GetOperand(i));
                }
            }
        }
    }

    private bool Remove(Region region, ControlFlow flow)
    {
        var dead = new List<Operation>();
        var unneeded = new List<BlockArgument>();
        foreach (Block block in region.Blocks)
        {
            foreach (Operation op in block.Operations)
            {
                if (!_liveOperations.Contains(op))
                {
                    dead.Add(op);
                }
            }

            for (int i = block.Arguments.Count - 1; i >= 0; i--)
            {
                BlockArgument argument = block.Arguments[i];
                if (!_liveArguments.Contains(argument) && block.Previous is not null && TryUnpass(flow.EdgesTo(block), i))
                {
                    unneeded.Add(argument);
                }
            }
        }

        foreach (Operation op in dead)
        {
            foreach (Operation inner in op.Walk())
            {
                inner.DropOperands();
            }
        }

        // From the last one on, so that whatever still uses a value goes before it.
        for (int i = dead.Count - 1; i >= 0; i--)
        {
            rewriter.Erase(dead[i]);
        }

        foreach (BlockArgument argument in unneeded)
        {
            argument.Owner.RemoveArgument(argument.Index);
        }

        return dead.Count + unneeded.Count > 0;
    }
}
