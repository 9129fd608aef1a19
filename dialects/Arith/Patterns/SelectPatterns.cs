using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>A choice inside a choice by the same bit, or by one that follows from it, was made already.</summary>
internal sealed class SkipNestedSelect : RewritePattern<SelectOp>
{
    protected override bool Apply(SelectOp op, Rewriter rewriter)
    {
        if (op.TrueValue.DefiningOp is SelectOp first && ReferenceEquals(first.Condition, op.Condition))
        {
            op.TrueValue = first.TrueValue;
            rewriter.Touch(op);
            rewriter.Touch(first);
            return true;
        }

        if (op.FalseValue.DefiningOp is SelectOp second && ReferenceEquals(second.Condition, op.Condition))
        {
            op.FalseValue = second.FalseValue;
            rewriter.Touch(op);
            rewriter.Touch(second);
            return true;
        }

        // Two bits are only set together when each is, and then the inner choice gives the same.
        if (op.FalseValue.DefiningOp is SelectOp wider && ReferenceEquals(wider.TrueValue, op.TrueValue) && op.Condition.DefiningOp is AndIOp both
            && (ReferenceEquals(both.Lhs, wider.Condition) || ReferenceEquals(both.Rhs, wider.Condition)))
        {
            rewriter.Replace(op, wider.Chosen);
            return true;
        }

        return false;
    }
}

/// <summary>A choice by a negated bit is the opposite choice.</summary>
internal sealed class SwapSelect : RewritePattern<SelectOp>
{
    protected override bool Apply(SelectOp op, Rewriter rewriter)
    {
        if (Bits.NotOperand(op.Condition) is not { } condition || op.Condition.DefiningOp is not { } not)
        {
            return false;
        }

        (Value whenTrue, Value whenFalse) = (op.TrueValue, op.FalseValue);
        op.Condition = condition;
        op.TrueValue = whenFalse;
        op.FalseValue = whenTrue;
        rewriter.Touch(op);
        rewriter.Touch(not);
        return true;
    }
}

/// <summary>A choice between 0 and 1 is the bit, negated or widened.</summary>
internal sealed class SelectBit : RewritePattern<SelectOp>
{
    protected override bool Apply(SelectOp op, Rewriter rewriter)
    {
        if (op.Chosen.Type is not IntegerType { Width: > 0 } type || !Constants.TryGetInt(op.TrueValue, out FixedInt whenTrue)
            || !Constants.TryGetInt(op.FalseValue, out FixedInt whenFalse)
            || !(whenTrue.IsOne && whenFalse.IsZero || whenTrue.IsZero && whenFalse.IsOne))
        {
            return false;
        }

        Value bit = op.Condition;
        if (whenTrue.IsZero)
        {
            Value one = Constants.Insert(rewriter, op, 1, rewriter.Context.I1);
            Value condition = bit;
            bit = rewriter.Insert(op, b => XOrIOp.Create(b, condition, one, rewriter.Context.I1)).Computed;
        }

        if (type.Width > 1)
        {
            Value narrow = bit;
            bit = rewriter.Insert(op, b => ExtUIOp.Create(b, narrow, type)).Out;
        }

        rewriter.Replace(op, [bit]);
        return true;
    }
}
