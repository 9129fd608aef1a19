using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>A loop that runs no round or one round is no loop; nor is one that only hands over what is known before it.</summary>
internal sealed class RemoveTrivialLoop : RewritePattern<ForOp>
{
    protected override bool Apply(ForOp op, Rewriter rewriter)
    {
        if (Trips.Count(op) is not { } trips)
        {
            return false;
        }

        if (trips.IsZero)
        {
            rewriter.Replace(op, [.. op.Initial]);
            return true;
        }

        Block body = op.Body.First!; // The verifier asks for it.
        if (trips.IsOne)
        {
            RegionRewrites.Inline(rewriter, op, body, [op.LowerBound, .. op.Initial]);
            return true;
        }

        if (!RegionRewrites.OnlyYields(op.Body) || body.Last is not YieldOp yield)
        {
            return false;
        }

        foreach (Value value in yield.Operands)
        {
            if (!RegionRewrites.IsFromOutside(value, op.Body))
            {
                return false;
            }
        }

        rewriter.Replace(op, [.. yield.Operands]);
        return true;
    }
}

/// <summary>Values that a loop hands from round to round although they never change, equal others, or are not read.</summary>
internal sealed class DropCarriedValues : RewritePattern<ForOp>
{
    protected override bool Apply(ForOp op, Rewriter rewriter)
    {
        int count = op.Results.Count;
        if (count == 0 || op.Body.First is not { Last: YieldOp yield } body)
        {
            return false;
        }

        var drop = new bool[count];
        bool any = false;
        for (int i = 0; i < count; i++)
        {
            ReplaceKnown(op, body, yield, i, rewriter);
            any |= drop[i] = !op.Results[i].HasUses && IsUnread(body.Arguments[i + 1], yield, i);
        }

        if (!any)
        {
            return false;
        }

        RegionRewrites.RemoveOperands(rewriter, yield, drop);
        RegionRewrites.RemoveArguments(body, drop, start: 1);
        var operands = new List<Value> { op.LowerBound, op.UpperBound, op.Step };
        for (int i = 0; i < count; i++)
        {
            if (!drop[i])
            {
                operands.Add(op.Initial[i]);
            }
        }

        RegionRewrites.Rebuild(rewriter, op, operands.ToArray(), drop);
        return true;
    }

    private static void ReplaceKnown(ForOp op, Block body, YieldOp yield, int i, Rewriter rewriter)
    {
        (Value initial, BlockArgument argument, Value yielded) = (op.Initial[i], body.Arguments[i + 1], yield.GetOperand(i));
        if (ReferenceEquals(yielded, argument) || ReferenceEquals(yielded, initial))
        {
            rewriter.ReplaceUses(argument, initial);
            rewriter.ReplaceUses(op.Results[i], initial);
            return;
        }

        for (int j = 0; j < i; j++)
        {
            if (ReferenceEquals(op.Initial[j], initial) && ReferenceEquals(yield.GetOperand(j), yielded))
            {
                rewriter.ReplaceUses(argument, body.Arguments[j + 1]);
                rewriter.ReplaceUses(op.Results[i], op.Results[j]);
                return;
            }
        }
    }

    // Read by nothing besides its own place in the yield.
    private static bool IsUnread(BlockArgument argument, YieldOp yield, int i) =>
        !argument.HasUses || (argument.HasOneUse && ReferenceEquals(yield.GetOperand(i), argument));
}
