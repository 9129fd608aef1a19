using Orchestrator.Dialects.Arith;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>A choice by a bit that is known becomes what is chosen.</summary>
internal sealed class TakeKnownBranch : RewritePattern<IfOp>
{
    protected override bool Apply(IfOp op, Rewriter rewriter)
    {
        if (op.Condition.ConstantValue is not IntegerAttr known)
        {
            return false;
        }

        Region taken = known.Bool ? op.Then : op.Else;
        if (taken.First is { } block)
        {
            RegionRewrites.Inline(rewriter, op, block, []);
        }
        else
        {
            rewriter.Erase(op);
        }

        return true;
    }
}

/// <summary>Inside a choice its condition is known.</summary>
internal sealed class PropagateCondition : RewritePattern<IfOp>
{
    protected override bool Apply(IfOp op, Rewriter rewriter)
    {
        if (op.Condition.HasOneUse || op.Condition.ConstantValue is not null)
        {
            return false;
        }

        Value condition = op.Condition;
        List<(Operation User, int Operand, bool Known)>? found = null;
        foreach (Use use in condition.Uses)
        {
            if (RegionAround(op, use.Owner) is { } region)
            {
                (found ??= []).Add((use.Owner, use.Index, ReferenceEquals(region, op.Then)));
            }
        }

        if (found is null)
        {
            return false;
        }

        Value?[] constants = new Value?[2];
        foreach ((Operation user, int operand, bool known) in found)
        {
            Value constant = constants[known ? 1 : 0] ??= Constants.Insert(rewriter, op, known ? 1 : 0, rewriter.Context.I1);
            rewriter.SetOperand(user, operand, constant);
        }

        return true;
    }

    // Which region of the choice holds the user, or null.
    private static Region? RegionAround(IfOp op, Operation user)
    {
        for (Operation? at = user; at is not null; at = at.ParentOp)
        {
            if (ReferenceEquals(at.ParentOp, op))
            {
                return at.ParentRegion;
            }
        }

        return null;
    }
}

/// <summary>A choice between values that are known before it is a select.</summary>
internal sealed class ChooseBySelect : RewritePattern<IfOp>
{
    protected override bool Apply(IfOp op, Rewriter rewriter)
    {
        int count = op.Results.Count;
        if (count == 0 || op.Then.First?.Last is not YieldOp then || op.Else.First?.Last is not YieldOp other)
        {
            return false;
        }

        var drop = new bool[count];
        bool any = false;
        for (int i = 0; i < count; i++)
        {
            any |= drop[i] = RegionRewrites.IsFromOutside(then.GetOperand(i), op.Then) && RegionRewrites.IsFromOutside(other.GetOperand(i), op.Else);
        }

        if (!any)
        {
            return false;
        }

        // Equal choices become one select.
        var selects = new Dictionary<(Value, Value), Value>();
        for (int i = 0; i < count; i++)
        {
            if (drop[i])
            {
                (Value whenTrue, Value whenFalse) = (then.GetOperand(i), other.GetOperand(i));
                if (!selects.TryGetValue((whenTrue, whenFalse), out Value? chosen))
                {
                    chosen = ReferenceEquals(whenTrue, whenFalse)
                        ? whenTrue
                        : rewriter.Insert(op, b => SelectOp.Create(b, op.Condition, whenTrue, whenFalse, whenTrue.Type)).Chosen;
                    selects.Add((whenTrue, whenFalse), chosen);
                }

                rewriter.ReplaceUses(op.Results[i], chosen);
            }
        }

        RegionRewrites.RemoveOperands(rewriter, then, drop);
        RegionRewrites.RemoveOperands(rewriter, other, drop);
        RegionRewrites.Rebuild(rewriter, op, [op.Condition], drop);
        return true;
    }
}

/// <summary>A choice that yields constant bits gives its condition or the opposite.</summary>
internal sealed class YieldCondition : RewritePattern<IfOp>
{
    protected override bool Apply(IfOp op, Rewriter rewriter)
    {
        if (op.Then.First?.Last is not YieldOp then || op.Else.First?.Last is not YieldOp other)
        {
            return false;
        }

        bool changed = false;
        for (int i = 0; i < op.Results.Count; i++)
        {
            OpResult result = op.Results[i];
            if (!result.HasUses || !ReferenceEquals(result.Type, rewriter.Context.I1)
                || then.GetOperand(i).ConstantValue is not IntegerAttr whenTrue || other.GetOperand(i).ConstantValue is not IntegerAttr whenFalse
                || whenTrue.Bool == whenFalse.Bool)
            {
                continue;
            }

            Value value = op.Condition;
            if (!whenTrue.Bool)
            {
                Value one = Constants.Insert(rewriter, op, 1, rewriter.Context.I1);
                value = rewriter.Insert(op, b => XOrIOp.Create(b, op.Condition, one, rewriter.Context.I1)).Computed;
            }

            rewriter.ReplaceUses(result, value);
            changed = true;
        }

        if (changed)
        {
            rewriter.Touch(op);
        }

        return changed;
    }
}

/// <summary>A second region that does nothing goes.</summary>
internal sealed class RemoveEmptyElse : RewritePattern<IfOp>
{
    protected override bool Apply(IfOp op, Rewriter rewriter)
    {
        if (op.Results.Count > 0 || !RegionRewrites.OnlyYields(op.Else) || op.Else.First is not { } block)
        {
            return false;
        }

        rewriter.EraseBlock(block);
        rewriter.Touch(op);
        return true;
    }
}

/// <summary>A choice by a negated bit is the opposite choice.</summary>
internal sealed class SwapBranches : RewritePattern<IfOp>
{
    protected override bool Apply(IfOp op, Rewriter rewriter)
    {
        if (op.Else.IsEmpty || Bits.NotOperand(op.Condition) is not { } condition)
        {
            return false;
        }

        var then = new Region();
        then.TakeBlocksOf(op.Then);
        op.Then.TakeBlocksOf(op.Else);
        op.Else.TakeBlocksOf(then);
        rewriter.SetOperand(op, 0, condition);
        rewriter.Touch(op);
        return true;
    }
}
