namespace Orchestrator.IR;

/// <summary>Moves what gives the same in every round of a loop to before it, when it does nothing besides and may be executed although no round comes.</summary>
[Pass("loop-invariant-code-motion")]
public sealed partial class LoopInvariantCodeMotionPass : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        var symbols = new SymbolTables();
        var pending = new Queue<Operation>();
        int moved = 0;

        // Inner loops first: what leaves them may leave the outer ones as well.
        foreach (Operation op in root.WalkPostOrder())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (op is ILoopOp loop && op.Block is not null)
            {
                foreach (Region region in loop.LoopRegions)
                {
                    moved += MoveOut(op, region, symbols, pending, context);
                }
            }
        }

        context.Count(this, "moved", moved);
        if (moved == 0)
        {
            context.PreserveAll();
        }
    }

    private int MoveOut(Operation loop, Region region, SymbolTables symbols, Queue<Operation> pending, PassContext context)
    {
        foreach (Block block in region.Blocks)
        {
            foreach (Operation op in block.Operations)
            {
                pending.Enqueue(op);
            }
        }

        int moved = 0;
        while (pending.TryDequeue(out Operation? op))
        {
            if (!ReferenceEquals(op.ParentRegion, region) || op.Has(OpTraits.Terminator) || op.Successors.Count > 0
                || !NeedsNothingOf(op, region) || !Speculation.IsFree(op, symbols) || !context.MayAct(Name))
            {
                continue;
            }

            op.MoveBefore(loop);
            moved++;
            for (int i = 0; i < op.Results.Count; i++)
            {
                foreach (Use use in op.Results[i].Uses)
                {
                    pending.Enqueue(use.Owner);
                }
            }
        }

        return moved;
    }

    // Whether neither the operation nor what is inside uses a value that is defined in the loop, other than inside the operation.
    private static bool NeedsNothingOf(Operation op, Region loop)
    {
        if (op.Regions.Count == 0)
        {
            return OperandsAreOutside(op, op, loop);
        }

        foreach (Operation inner in op.Walk())
        {
            if (!OperandsAreOutside(inner, op, loop))
            {
                return false;
            }
        }

        return true;
    }

    private static bool OperandsAreOutside(Operation user, Operation moved, Region loop)
    {
        for (int i = 0; i < user.OperandCount; i++)
        {
            Region? at = user.GetOperand(i).ParentBlock?.Region;
            while (at is not null && !ReferenceEquals(at, loop) && !ReferenceEquals(at.Parent, moved))
            {
                at = at.Parent?.ParentRegion;
            }

            if (at is not null && ReferenceEquals(at, loop))
            {
                return false;
            }
        }

        return true;
    }
}
