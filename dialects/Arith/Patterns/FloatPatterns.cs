using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>In a product or quotient of two negated numbers the signs cancel.</summary>
internal sealed class CancelSigns : RewritePattern<FloatOperation>
{
    protected override bool Apply(FloatOperation op, Rewriter rewriter)
    {
        if (op is not (MulFOp or DivFOp) || op.Lhs.DefiningOp is not NegFOp left || op.Rhs.DefiningOp is not NegFOp right)
        {
            return false;
        }

        op.Lhs = left.Number;
        op.Rhs = right.Number;
        rewriter.Touch(op);
        rewriter.Touch(left);
        rewriter.Touch(right);
        return true;
    }
}

/// <summary>An integer that a floating-point type holds exactly is rounded once: straight to the narrower type.</summary>
internal sealed class RoundIntegerOnce : RewritePattern<TruncFOp>
{
    protected override bool Apply(TruncFOp op, Rewriter rewriter)
    {
        if (op.RoundingMode is not null || op.In.DefiningOp is not CastOperation inner || inner is not (SIToFPOp or UIToFPOp)
            || FixedInt.WidthOf(inner.In.Type) > ExactBits(op.In.Type))
        {
            return false;
        }

        IRType type = op.Out.Type;
        CastOperation made = rewriter.Insert<CastOperation>(op, b => inner is SIToFPOp ? SIToFPOp.Create(b, inner.In, type) : UIToFPOp.Create(b, inner.In, type));
        rewriter.Replace(op, [made.Out]);
        return true;
    }

    // Widths of which every integer is a number of the type.
    private static int ExactBits(IRType type) => Types.ElementOf(type) is FloatType f ? f.Name switch
    {
        "f64" => 53,
        "f32" => 24,
        "f16" => 11,
        "bf16" => 8,
        _ => 0,
    } : 0;
}
