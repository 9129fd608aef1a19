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

        int[] classes = EqualValues(op, body, yield);
        var drop = new bool[count];
        bool any = false;
        for (int i = 0; i < count; i++)
        {
            ReplaceKnown(op, body, yield, classes, i, rewriter);
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

    private static void ReplaceKnown(ForOp op, Block body, YieldOp yield, int[] classes, int i, Rewriter rewriter)
    {
        (Value initial, BlockArgument argument, Value yielded) = (op.Initial[i], body.Arguments[i + 1], yield.GetOperand(i));
        if (ReferenceEquals(yielded, initial) || ClassOf(yielded, body, classes) == classes[i])
        {
            rewriter.ReplaceUses(argument, initial);
            rewriter.ReplaceUses(op.Results[i], initial);
            return;
        }

        int first = Array.IndexOf(classes, classes[i]);
        if (first < i)
        {
            rewriter.ReplaceUses(argument, body.Arguments[first + 1]);
            rewriter.ReplaceUses(op.Results[i], op.Results[first]);
        }
    }

    // Values with one number are equal in every round: they start equal, and what follows a round is equal when what came before is. All that
    // start equal are taken for equal at first, and parted until nothing speaks against it, so that values which change places are found too.
    private static int[] EqualValues(ForOp op, Block body, YieldOp yield)
    {
        int count = op.Results.Count;
        var classes = new int[count];
        var starts = new Dictionary<Value, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < count; i++)
        {
            starts.TryAdd(op.Initial[i], starts.Count);
            classes[i] = starts[op.Initial[i]];
        }

        int known = starts.Count;
        for (int before = 0; before != known;)
        {
            before = known;
            var parts = new Dictionary<(int Class, int Next, Value? Value), int>();
            var parted = new int[count];
            for (int i = 0; i < count; i++)
            {
                Value yielded = yield.GetOperand(i);
                int next = ClassOf(yielded, body, classes);
                var key = (classes[i], next, next < 0 ? yielded : null);
                parts.TryAdd(key, parts.Count);
                parted[i] = parts[key];
            }

            (classes, known) = (parted, parts.Count);
        }

        return classes;
    }

    private static int ClassOf(Value value, Block body, int[] classes) =>
        value is BlockArgument { Index: > 0 and var index } argument && ReferenceEquals(argument.Owner, body) ? classes[index - 1] : -1;

    // Read by nothing besides its own place in the yield.
    private static bool IsUnread(BlockArgument argument, YieldOp yield, int i) =>
        !argument.HasUses || (argument.HasOneUse && ReferenceEquals(yield.GetOperand(i), argument));
}
