using Orchestrator.Dialects.Arith;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Cf;

/// <summary>A branch to a block that only goes on goes there itself.</summary>
internal sealed class SkipPassThroughBlock : RewritePattern<BranchOp>
{
    protected override bool Apply(BranchOp op, Rewriter rewriter)
    {
        if (!Blocks.TrySkip(op.Target, op.Operands, out Block target, out Value[] passed))
        {
            return false;
        }

        rewriter.Insert(op, b => BranchOp.Create(b, target, passed));
        rewriter.Erase(op);
        return true;
    }
}

/// <summary>A branch by a bit that is known, also because the way here was taken by it, goes one way.</summary>
internal sealed class TakeKnownSuccessor : RewritePattern<CondBranchOp>
{
    protected override bool Apply(CondBranchOp op, Rewriter rewriter)
    {
        bool? known = op.Condition.ConstantValue is IntegerAttr constant ? constant.Bool : KnownFromWay(op);
        if (known is not { } taken)
        {
            return false;
        }

        int index = taken ? 0 : 1;
        rewriter.Insert(op, b => BranchOp.Create(b, op.Successors[index], op.SuccessorOperands(index)));
        rewriter.Erase(op);
        return true;
    }

    // The block is only reached by one side of a branch on the same bit.
    private static bool? KnownFromWay(CondBranchOp op)
    {
        if (op.Condition.HasOneUse || op.Block is not { } block
            || Blocks.OnlyPredecessor(block)?.Last is not CondBranchOp before || !ReferenceEquals(before.Condition, op.Condition)
            || ReferenceEquals(before.Successors[0], before.Successors[1]))
        {
            return null;
        }

        return ReferenceEquals(before.Successors[0], block);
    }
}

/// <summary>A side of a branch that leads to a block that only goes on leads there itself.</summary>
internal sealed class SkipPassThroughSuccessor : RewritePattern<CondBranchOp>
{
    protected override bool Apply(CondBranchOp op, Rewriter rewriter)
    {
        bool first = Blocks.TrySkip(op.Successors[0], op.SuccessorOperands(0), out Block trueTarget, out Value[] trueValues);
        bool second = Blocks.TrySkip(op.Successors[1], op.SuccessorOperands(1), out Block falseTarget, out Value[] falseValues);
        if (!first && !second)
        {
            return false;
        }

        Value[] whenTrue = first ? trueValues : [.. op.SuccessorOperands(0)];
        Value[] whenFalse = second ? falseValues : [.. op.SuccessorOperands(1)];
        rewriter.Insert(op, b => CondBranchOp.Create(b, op.Condition, trueTarget, whenTrue, falseTarget, whenFalse, op.BranchWeights));
        rewriter.Erase(op);
        return true;
    }
}

/// <summary>A branch of which both sides lead to one block goes there, with the values chosen by the bit.</summary>
internal sealed class MergeEqualSuccessors : RewritePattern<CondBranchOp>
{
    protected override bool Apply(CondBranchOp op, Rewriter rewriter)
    {
        Block target = op.Successors[0];
        if (!ReferenceEquals(target, op.Successors[1]))
        {
            return false;
        }

        (OperandList whenTrue, OperandList whenFalse) = (op.SuccessorOperands(0), op.SuccessorOperands(1));

        // Choices between values only pay where the blocks become one.
        if (!Blocks.Same(whenTrue, whenFalse) && !ReferenceEquals(Blocks.OnlyPredecessor(target), op.Block))
        {
            return false;
        }

        var values = new Value[whenTrue.Count];
        for (int i = 0; i < values.Length; i++)
        {
            (Value a, Value b) = (whenTrue[i], whenFalse[i]);
            values[i] = ReferenceEquals(a, b) ? a : rewriter.Insert(op, builder => SelectOp.Create(builder, op.Condition, a, b, a.Type)).Chosen;
        }

        rewriter.Insert(op, b => BranchOp.Create(b, target, values));
        rewriter.Erase(op);
        return true;
    }
}

/// <summary>In a block that is only reached by one side of a branch the bit is known.</summary>
internal sealed class PropagateBranchCondition : RewritePattern<CondBranchOp>
{
    protected override bool Apply(CondBranchOp op, Rewriter rewriter)
    {
        if (op.Condition.HasOneUse || op.Condition.ConstantValue is not null || ReferenceEquals(op.Successors[0], op.Successors[1]))
        {
            return false;
        }

        bool changed = false;
        for (int i = 0; i < 2; i++)
        {
            Block block = op.Successors[i];
            Value? constant = null;
            foreach (Use use in op.Condition.Uses)
            {
                if (!ReferenceEquals(use.Owner.Block, block) || (constant is null && !ReferenceEquals(Blocks.OnlyPredecessor(block), op.Block)))
                {
                    continue;
                }

                constant ??= Constants.Insert(rewriter, op, 1 - i, rewriter.Context.I1);
                rewriter.SetOperand(use.Owner, use.Index, constant);
                changed = true;
            }
        }

        return changed;
    }
}

/// <summary>What is known to hold need not be asserted.</summary>
internal sealed class DropKnownAssertion : RewritePattern<AssertOp>
{
    protected override bool Apply(AssertOp op, Rewriter rewriter)
    {
        if (op.Condition.ConstantValue is not IntegerAttr { Bool: true })
        {
            return false;
        }

        rewriter.Erase(op);
        return true;
    }
}
