namespace Orchestrator.IR;

public abstract partial class Operation
{
    /// <summary>
    /// A detached copy with all that is inside. <paramref name="mapping"/> says what its operands and successors become, and knows afterwards what
    /// stands for each result, block and argument. No recursion: depth has no limit.
    /// </summary>
    public Operation Clone(ValueMapping? mapping = null)
    {
        mapping ??= new ValueMapping();
        Operation copy = CloneHead(mapping);
        var pending = new Stack<(Operation From, Operation To)>();
        var copied = new List<(Operation From, Operation To)> { (this, copy) };
        pending.Push((this, copy));
        while (pending.TryPop(out (Operation From, Operation To) next))
        {
            for (int r = 0; r < next.From.Regions.Count; r++)
            {
                CloneBlocks(next.From.Regions[r], next.To.Regions[r], mapping, pending, copied);
            }
        }

        // Operands come last: they may be results of what is copied later.
        foreach ((Operation from, Operation to) in copied)
        {
            for (int i = 0; i < from.OperandCount; i++)
            {
                to.AppendOperand(mapping.Of(from.GetOperand(i)));
            }

            for (int i = 0; i < from.Successors.Count; i++)
            {
                to.SetSuccessor(i, mapping.Of(from.Successors[i]));
            }
        }

        return copy;
    }

    private static void CloneBlocks(
        Region from, Region to, ValueMapping mapping, Stack<(Operation From, Operation To)> pending, List<(Operation From, Operation To)> copied)
    {
        foreach (Block block in from.Blocks)
        {
            Block copy = to.AddBlock();
            copy.Span = block.Span;
            mapping.Map(block, copy);
            foreach (BlockArgument argument in block.Arguments)
            {
                BlockArgument made = copy.AddArgument(argument.Type, argument.WrittenAt);
                made.Location = argument.Location;
                mapping.Map(argument, made);
            }

            foreach (Operation op in block.Operations)
            {
                Operation made = op.CloneHead(mapping);
                copy.Append(made);
                copied.Add((op, made));
                if (op.Regions.Count > 0)
                {
                    pending.Push((op, made));
                }
            }
        }
    }

    // Without operands and with empty regions.
    private Operation CloneHead(ValueMapping mapping)
    {
        var state = new OperationState(Name) { Attributes = Attributes, Properties = Properties, Span = Span, Location = WrittenLocation };
        foreach (OpResult result in Results)
        {
            state.ResultTypes.Add(result.Type);
        }

        foreach (Block successor in Successors)
        {
            state.Successors.Add(successor);
        }

        for (int i = 0; i < Regions.Count; i++)
        {
            state.Regions.Add(new Region());
        }

        Operation copy = Create(state);
        for (int i = 0; i < copy.Results.Count; i++)
        {
            mapping.Map(Results[i], copy.Results[i]);
        }

        return copy;
    }
}
