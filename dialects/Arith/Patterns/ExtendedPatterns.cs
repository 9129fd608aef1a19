using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>A sum whose carry nobody reads is a plain sum.</summary>
internal sealed class DropCarry : RewritePattern<AddUIExtendedOp>
{
    protected override bool Apply(AddUIExtendedOp op, Rewriter rewriter)
    {
        if (op.Carry.HasUses)
        {
            return false;
        }

        AddIOp made = rewriter.Insert(op, b => AddIOp.Create(b, op.Lhs, op.Rhs, op.Sum.Type));
        rewriter.Replace(op, [made.Computed, op.Carry]);
        return true;
    }
}

/// <summary>A product whose upper half nobody reads is a plain product.</summary>
internal sealed class DropUpperHalf : RewritePattern<ExtendedProductOperation>
{
    protected override bool Apply(ExtendedProductOperation op, Rewriter rewriter)
    {
        if (op.High.HasUses)
        {
            return false;
        }

        MulIOp made = rewriter.Insert(op, b => MulIOp.Create(b, op.Lhs, op.Rhs, op.Low.Type));
        rewriter.Replace(op, [made.Computed, op.High]);
        return true;
    }
}

/// <summary>The upper half of <c>x * 1</c>, signed, is the sign of x in every bit.</summary>
internal sealed class ExtendedProductWithOne : RewritePattern<MulSIExtendedOp>
{
    protected override bool Apply(MulSIExtendedOp op, Rewriter rewriter)
    {
        IRType type = op.Low.Type;
        if (type is not IntegerType { Width: > 1 } || !Constants.IsInt(op.Rhs, 1))
        {
            return false;
        }

        Context context = rewriter.Context;
        Value zero = Constants.Insert(rewriter, op, 0, type);
        CmpIOp negative = rewriter.Insert(op, b => CmpIOp.Create(b, op.Lhs, zero, context.Int((long)IntegerPredicate.SignedLess), context.I1));
        ExtSIOp high = rewriter.Insert(op, b => ExtSIOp.Create(b, negative.Holds, type));
        rewriter.Replace(op, [op.Lhs, high.Out]);
        return true;
    }
}
