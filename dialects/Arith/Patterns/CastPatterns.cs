using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>Widening by the sign what was widened by zeros adds more zeros.</summary>
internal sealed class WidenByZerosOnce : RewritePattern<ExtSIOp>
{
    protected override bool Apply(ExtSIOp op, Rewriter rewriter)
    {
        if (op.In.DefiningOp is not ExtUIOp inner)
        {
            return false;
        }

        ExtUIOp made = rewriter.Insert(op, b => ExtUIOp.Create(b, inner.In, op.Out.Type));
        rewriter.Replace(op, [made.Out]);
        return true;
    }
}

/// <summary>What was widened further than it is needed is widened less.</summary>
internal sealed class WidenLess : RewritePattern<TruncIOp>
{
    protected override bool Apply(TruncIOp op, Rewriter rewriter)
    {
        if (op.In.DefiningOp is not CastOperation inner || inner is not (ExtUIOp or ExtSIOp)
            || FixedInt.WidthOf(inner.In.Type) >= FixedInt.WidthOf(op.Out.Type))
        {
            return false;
        }

        IRType type = op.Out.Type;
        CastOperation made = rewriter.Insert<CastOperation>(op, b => inner is ExtUIOp ? ExtUIOp.Create(b, inner.In, type) : ExtSIOp.Create(b, inner.In, type));
        rewriter.Replace(op, [made.Out]);
        return true;
    }
}

/// <summary>Which bits a shift fills in does not matter when just these are dropped.</summary>
internal sealed class ShiftInZeros : RewritePattern<TruncIOp>
{
    protected override bool Apply(TruncIOp op, Rewriter rewriter)
    {
        if (op.Overflow.Bits != 0 || op.In.DefiningOp is not ShRSIOp { IsExact: false, Computed.HasOneUse: true } shift || !Constants.TryGetInt(shift.Rhs, out FixedInt amount))
        {
            return false;
        }

        int dropped = FixedInt.WidthOf(op.In.Type) - FixedInt.WidthOf(op.Out.Type);
        if (amount.ShiftAmount != dropped)
        {
            return false;
        }

        ShRUIOp zeros = rewriter.Insert(op, b => ShRUIOp.Create(b, shift.Lhs, shift.Rhs, shift.Computed.Type));
        TruncIOp made = rewriter.Insert(op, b => TruncIOp.Create(b, zeros.Computed, op.Out.Type));
        rewriter.Replace(op, [made.Out]);
        return true;
    }
}

/// <summary>Bits that are read as one type and then as another are read as the other.</summary>
internal sealed class MergeBitcasts : RewritePattern<BitcastOp>
{
    protected override bool Apply(BitcastOp op, Rewriter rewriter)
    {
        if (op.In.DefiningOp is not BitcastOp inner)
        {
            return false;
        }

        op.In = inner.In;
        rewriter.Touch(op);
        rewriter.Touch(inner);
        return true;
    }
}

/// <summary>An integer that was made an index and is made that integer again; and one that is widened on its way to an index.</summary>
internal sealed class MergeIndexCasts : RewritePattern<CastOperation>
{
    protected override bool Apply(CastOperation op, Rewriter rewriter)
    {
        bool signed = op is IndexCastOp;
        if (!signed && op is not IndexCastUIOp || op.In.DefiningOp is not CastOperation inner)
        {
            return false;
        }

        // The other way round, index to i32 to index, bits are lost.
        if (inner.GetType() == op.GetType() && ReferenceEquals(inner.In.Type, op.Out.Type) && FixedInt.WidthOf(inner.In.Type) <= FixedInt.WidthOf(op.In.Type))
        {
            rewriter.Replace(op, [inner.In]);
            return true;
        }

        if (!Types.IsIndexLike(op.Out.Type) || !(signed ? inner is ExtSIOp : inner is ExtUIOp) || FixedInt.WidthOf(op.In.Type) > FixedInt.WidthOf(op.Out.Type))
        {
            return false;
        }

        op.In = inner.In;
        rewriter.Touch(op);
        rewriter.Touch(inner);
        return true;
    }
}
