using Orchestrator.Dialects.Arith;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>Two choices by the same bit, or by a bit and its opposite, one right after the other, become one.</summary>
internal sealed class CombineAdjacentIfs : RewritePattern<IfOp>
{
    protected override bool Apply(IfOp op, Rewriter rewriter)
    {
        if (op.Previous is not IfOp first)
        {
            return false;
        }

        bool same = ReferenceEquals(first.Condition, op.Condition);
        if (!same && !Bits.AreOpposite(first.Condition, op.Condition))
        {
            return false;
        }

        // What the second one does where the first one does its first region, and where it does its second.
        (Region second, Region secondElse) = same ? (op.Then, op.Else) : (op.Else, op.Then);
        UseYields(first, first.Then, second, rewriter);
        UseYields(first, first.Else, secondElse, rewriter);
        Region[] regions = [Join(rewriter, first.Then, second), Join(rewriter, first.Else, secondElse)];
        var types = new List<IRType>();
        foreach (IfOp part in (ReadOnlySpan<IfOp>)[first, op])
        {
            foreach (OpResult result in part.Results)
            {
                types.Add(result.Type);
            }
        }

        // Its regions are not empty only when neither was; the verifier asks for a first region.
        Operation made = rewriter.Before(op).Create(IfOp.OpName, [first.Condition], types.ToArray(), regions: regions, span: first.Span);
        int index = 0;
        foreach (IfOp part in (ReadOnlySpan<IfOp>)[first, op])
        {
            foreach (OpResult result in part.Results)
            {
                rewriter.ReplaceUses(result, made.Results[index++]);
            }
        }

        rewriter.Erase(op);
        rewriter.Erase(first);
        rewriter.Touch(made);
        return true;
    }

    // Inside the second choice the results of the first are what it yielded.
    private static void UseYields(IfOp first, Region way, Region inside, Rewriter rewriter)
    {
        if (way.First?.Last is not YieldOp yield || inside.IsEmpty)
        {
            return;
        }

        for (int i = 0; i < first.Results.Count; i++)
        {
            foreach (Use use in first.Results[i].Uses)
            {
                if (IsInside(use.Owner, inside))
                {
                    rewriter.SetOperand(use.Owner, use.Index, yield.GetOperand(i));
                }
            }
        }
    }

    private static bool IsInside(Operation user, Region region)
    {
        for (Region? at = user.ParentRegion; at is not null; at = at.Parent?.ParentRegion)
        {
            if (ReferenceEquals(at, region))
            {
                return true;
            }
        }

        return false;
    }

    // A new region that does what the first does and then what the second does, and yields what both yield. Empty when both are.
    private static Region Join(Rewriter rewriter, Region first, Region second)
    {
        var joined = new Region();
        if (first.First is not { } block)
        {
            joined.TakeBlocksOf(second);
            return joined;
        }

        joined.TakeBlocksOf(first);
        if (second.First is not { Last: { } secondYield } rest || block.Last is not { } firstYield)
        {
            return joined;
        }

        Value[] values = [.. firstYield.Operands, .. secondYield.Operands];
        rewriter.Erase(firstYield);
        rewriter.MergeBlocks(rest, block);
        secondYield.SetOperands(values);
        rewriter.Touch(secondYield);
        return joined;
    }
}

/// <summary>A choice in which nothing is done but another choice becomes one choice by both bits.</summary>
internal sealed class CombineNestedIfs : RewritePattern<IfOp>
{
    protected override bool Apply(IfOp op, Rewriter rewriter)
    {
        if (op.Then.First is not { Last: YieldOp then, First: IfOp inner } || !ReferenceEquals(inner.Next, then)
            || (!op.Else.IsEmpty && !RegionRewrites.OnlyYields(op.Else)) || (!inner.Else.IsEmpty && !RegionRewrites.OnlyYields(inner.Else))
            || inner.Then.First is not { Last: YieldOp innerThen } innerBlock)
        {
            return false;
        }

        int count = op.Results.Count;
        var values = new Value[count];
        var others = new Value[count];
        var upgrade = new bool[count];
        for (int i = 0; i < count; i++)
        {
            (values[i], others[i]) = (then.GetOperand(i), op.Else.First!.Last!.GetOperand(i)); // There are results, so there is a second region.
            if (values[i] is OpResult { Index: var index } result && ReferenceEquals(result.Owner, inner))
            {
                if (!ReferenceEquals(inner.Else.First!.Last!.GetOperand(index), others[i])) // The same.
                {
                    return false;
                }

                values[i] = innerThen.GetOperand(index);
            }
            else
            {
                upgrade[i] = !ReferenceEquals(values[i], others[i]);
            }
        }

        Value both = rewriter.Insert(op, b => AndIOp.Create(b, op.Condition, inner.Condition, rewriter.Context.I1)).Computed;
        for (int i = 0; i < count; i++)
        {
            if (upgrade[i])
            {
                (Value whenTrue, Value whenFalse) = (values[i], others[i]);
                others[i] = rewriter.Insert(op, b => SelectOp.Create(b, op.Condition, whenTrue, whenFalse, whenTrue.Type)).Chosen;
            }
        }

        if (count > 0)
        {
            op.Else.First!.Last!.SetOperands(others); // There are results, so there is a second region.
        }

        // The first region becomes that of the inner choice.
        innerThen.SetOperands(values);
        then.DropOperands();
        Block outer = op.Then.First!; // Seen above.
        inner.Then.Remove(innerBlock);
        op.Then.Append(innerBlock);
        rewriter.EraseBlock(outer);
        rewriter.SetOperand(op, 0, both);
        rewriter.Touch(innerThen);
        rewriter.Touch(op);
        return true;
    }
}
