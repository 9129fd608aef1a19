using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>
/// Results of a choice that nobody reads, that are the same value whatever is chosen, or that are always equal to another result go away.
/// </summary>
internal sealed class DropChoiceResults : RewritePattern<IRegionBranchOp>
{
    protected override bool Apply(IRegionBranchOp branch, Rewriter rewriter)
    {
        if (branch is not (IfOp or IndexSwitchOp or ExecuteRegionOp) || branch is not Operation { Results.Count: > 0 and int count } op)
        {
            return false;
        }

        List<YieldOp> yields = Yields(op);
        var drop = new bool[count];
        bool any = false;
        for (int i = 0; i < count; i++)
        {
            OpResult result = op.Results[i];
            if (result.HasUses && Same(op, yields, i, drop) is { } same)
            {
                rewriter.ReplaceUses(result, same);
            }

            any |= drop[i] = !result.HasUses;
        }

        if (!any)
        {
            return false;
        }

        foreach (YieldOp yield in yields)
        {
            RegionRewrites.RemoveOperands(rewriter, yield, drop);
        }

        RegionRewrites.Rebuild(rewriter, op, [.. op.Operands], drop);
        return true;
    }

    // What result i is always equal to: a value from outside that every way yields, or an earlier result.
    private static Value? Same(Operation op, List<YieldOp> yields, int i, bool[] drop)
    {
        if (yields.Count == 0)
        {
            return null;
        }

        Value first = yields[0].GetOperand(i);
        bool outside = RegionRewrites.IsFromOutside(first, yields[0].ParentRegion!); // A yield stands in a region.
        for (int k = 1; k < yields.Count && outside; k++)
        {
            outside = ReferenceEquals(yields[k].GetOperand(i), first);
        }

        if (outside)
        {
            return first;
        }

        for (int j = 0; j < i; j++)
        {
            bool equal = !drop[j];
            for (int k = 0; k < yields.Count && equal; k++)
            {
                equal = ReferenceEquals(yields[k].GetOperand(i), yields[k].GetOperand(j));
            }

            if (equal)
            {
                return op.Results[j];
            }
        }

        return null;
    }

    private static List<YieldOp> Yields(Operation op)
    {
        var yields = new List<YieldOp>();
        foreach (Region region in op.Regions)
        {
            for (Block? block = region.First; block is not null; block = block.Next)
            {
                if (block.Last is YieldOp yield)
                {
                    yields.Add(yield);
                }
            }
        }

        return yields;
    }
}

/// <summary>A choice by a number that is known becomes what is chosen.</summary>
internal sealed class TakeKnownCase : RewritePattern<IndexSwitchOp>
{
    protected override bool Apply(IndexSwitchOp op, Rewriter rewriter)
    {
        if (op.Number.ConstantValue is not IntegerAttr number || op.ChoiceFor(number).First is not { } block)
        {
            return false;
        }

        RegionRewrites.Inline(rewriter, op, block, []);
        return true;
    }
}

/// <summary>A region that is executed once becomes part of what is around it.</summary>
internal sealed class InlineExecutedRegion : RewritePattern<ExecuteRegionOp>
{
    protected override bool Apply(ExecuteRegionOp op, Rewriter rewriter)
    {
        if (op.NoInline || op.Body.First is not { } entry)
        {
            return false;
        }

        if (op.Body.Count == 1)
        {
            if (entry.Last is not YieldOp)
            {
                return false;
            }

            RegionRewrites.Inline(rewriter, op, entry, []);
            return true;
        }

        if (op.ParentOp is not (Func.FuncOp or ExecuteRegionOp))
        {
            return false;
        }

        InlineBlocks(op, entry, rewriter);
        return true;
    }

    // What follows becomes a block that the yields go to, with the results as its arguments.
    private static void InlineBlocks(ExecuteRegionOp op, Block entry, Rewriter rewriter)
    {
        Block before = op.Block!; // It stands in a function.
        Block rest = rewriter.Split(op.Next!); // It is no terminator, so something follows.
        foreach (OpResult result in op.Results)
        {
            rewriter.ReplaceUses(result, rest.AddArgument(result.Type, op.Span));
        }

        for (Block? block = entry; block is not null; block = block.Next)
        {
            if (block.Last is YieldOp yield)
            {
                rewriter.Insert(yield, b => Cf.BranchOp.Create(b, rest, yield.Operands));
                rewriter.Erase(yield);
            }
        }

        rewriter.InlineRegion(op.Body, rest);
        rewriter.Erase(op);
        rewriter.MergeBlocks(entry, before);
    }
}
