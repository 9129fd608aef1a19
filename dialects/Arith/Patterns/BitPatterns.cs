using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>Bitwise operations on two values that were widened alike are done before widening: one cast instead of two.</summary>
internal sealed class WidenAfterwards : RewritePattern<IntegerOperation>
{
    protected override bool Apply(IntegerOperation op, Rewriter rewriter)
    {
        if (op is not (AndIOp or OrIOp or XOrIOp) || op.Lhs.DefiningOp is not CastOperation left || op.Rhs.DefiningOp is not CastOperation right
            || left is not (ExtUIOp or ExtSIOp) || left.GetType() != right.GetType() || !ReferenceEquals(left.In.Type, right.In.Type))
        {
            return false;
        }

        Rewrite(op, left, right, rewriter);
        return true;
    }

    private static void Rewrite(IntegerOperation op, CastOperation left, CastOperation right, Rewriter rewriter)
    {
        (Value a, Value b, IRType narrow) = (left.In, right.In, left.In.Type);
        BinaryOperation inner = rewriter.Insert<BinaryOperation>(op, builder => op switch
        {
            AndIOp => AndIOp.Create(builder, a, b, narrow),
            OrIOp => OrIOp.Create(builder, a, b, narrow),
            _ => XOrIOp.Create(builder, a, b, narrow),
        });
        IRType type = op.Computed.Type;
        CastOperation wide = rewriter.Insert<CastOperation>(op, builder => left is ExtUIOp
            ? ExtUIOp.Create(builder, inner.Computed, type)
            : ExtSIOp.Create(builder, inner.Computed, type));
        rewriter.Replace(op, [wide.Out]);
    }
}

/// <summary>The negation of a comparison is the opposite comparison.</summary>
internal sealed class InvertComparison : RewritePattern<XOrIOp>
{
    protected override bool Apply(XOrIOp op, Rewriter rewriter)
    {
        if (op.Lhs.DefiningOp is not CmpIOp compare || !Constants.IsInt(op.Rhs, -1))
        {
            return false;
        }

        IntegerAttr predicate = rewriter.Context.Int((long)IntegerPredicates.Invert(compare.Predicate));
        CmpIOp made = CmpIOp.Create(rewriter.Before(op), compare.Lhs, compare.Rhs, predicate, compare.Holds.Type);
        rewriter.Replace(op, [made.Holds]);
        return true;
    }
}

/// <summary>Whether two values that were widened alike are equal shows before widening; so does every order that the widening keeps.</summary>
internal sealed class CompareBeforeWidening : RewritePattern<CmpIOp>
{
    protected override bool Apply(CmpIOp op, Rewriter rewriter)
    {
        if (op.Lhs.DefiningOp is not CastOperation left || op.Rhs.DefiningOp is not CastOperation right || left is not (ExtUIOp or ExtSIOp)
            || left.GetType() != right.GetType() || !ReferenceEquals(left.In.Type, right.In.Type)
            || op.Predicate is not (IntegerPredicate.Equal or IntegerPredicate.NotEqual))
        {
            return false;
        }

        CmpIOp made = rewriter.Insert(op, b => CmpIOp.Create(b, left.In, right.In, op.PredicateNumber, op.Holds.Type));
        rewriter.Replace(op, [made.Holds]);
        return true;
    }
}
