using System.Numerics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

// The constants of two sums become one: (x + 1) + 2 is x + 3.

/// <summary>A sum or difference whose operand is a sum or difference, both with a constant.</summary>
internal static class Sums
{
    /// <summary>The non-constant operand of a sum or difference with a constant, and on which side of what the constant stands.</summary>
    public readonly record struct Part(Value Other, FixedInt Constant, Shape Shape, int Flags);

    public enum Shape
    {
        /// <summary>x + c.</summary>
        Plus,

        /// <summary>x - c.</summary>
        Minus,

        /// <summary>c - x.</summary>
        From,
    }

    public static bool TryRead(Value value, out Part part)
    {
        switch (value.DefiningOp)
        {
            case AddIOp sum when Constants.TryGetInt(sum.Rhs, out FixedInt added):
                part = new Part(sum.Lhs, added, Shape.Plus, sum.Overflow.Bits);
                return true;
            case SubIOp difference when Constants.TryGetInt(difference.Rhs, out FixedInt taken):
                part = new Part(difference.Lhs, taken, Shape.Minus, difference.Overflow.Bits);
                return true;
            case SubIOp difference when Constants.TryGetInt(difference.Lhs, out FixedInt start):
                part = new Part(difference.Rhs, start, Shape.From, difference.Overflow.Bits);
                return true;
            default:
                part = default;
                return false;
        }
    }

    /// <summary>Replaces <paramref name="op"/> by <paramref name="inner"/>'s other operand with <c>a + b</c>, or <c>a - b</c>, as its constant.</summary>
    public static bool Rewrite(Rewriter rewriter, BinaryOperation op, in Part inner, Shape shape, in FixedInt a, in FixedInt b, bool subtract, int flags)
    {
        FixedInt constant = subtract ? a - b : a + b;
        if (Constants.Of(constant, op.Computed.Type) is not { } attr)
        {
            return false;
        }

        Value known = Constants.Insert(rewriter, op, attr, op.Computed.Type);
        OverflowFlags kept = OverflowFlags.Get(rewriter.Context, Kept(flags & inner.Flags, a, b, constant, subtract));
        Value other = inner.Other;
        IRType type = op.Computed.Type;
        Operation made = shape switch
        {
            Shape.Plus => rewriter.Insert<Operation>(op, builder => AddIOp.Create(builder, other, known, type, kept)),
            Shape.Minus => rewriter.Insert<Operation>(op, builder => SubIOp.Create(builder, other, known, type, kept)),
            _ => rewriter.Insert<Operation>(op, builder => SubIOp.Create(builder, known, other, type, kept)),
        };
        rewriter.Replace(op, [made.Result]);
        return true;
    }

    // Where both steps cannot overflow the one step cannot either, unless the constants themselves do.
    private static int Kept(int flags, in FixedInt a, in FixedInt b, in FixedInt constant, bool subtract)
    {
        if (flags == 0)
        {
            return 0;
        }

        BigInteger signed = subtract ? a.Signed - b.Signed : a.Signed + b.Signed;
        BigInteger unsigned = subtract ? a.Unsigned - b.Unsigned : a.Unsigned + b.Unsigned;
        int kept = flags;
        kept &= signed == constant.Signed ? -1 : ~OverflowFlags.NoSignedWrap;
        return kept & (unsigned == constant.Unsigned ? -1 : ~OverflowFlags.NoUnsignedWrap);
    }
}

/// <summary>A constant is added to a sum or difference with a constant.</summary>
internal sealed class MergeSumOfSum : RewritePattern<AddIOp>
{
    protected override bool Apply(AddIOp op, Rewriter rewriter)
    {
        if (!Constants.TryGetInt(op.Rhs, out FixedInt c) || !Sums.TryRead(op.Lhs, out Sums.Part inner))
        {
            return false;
        }

        return inner.Shape switch
        {
            Sums.Shape.Plus => Sums.Rewrite(rewriter, op, inner, Sums.Shape.Plus, inner.Constant, c, subtract: false, op.Overflow.Bits),
            Sums.Shape.Minus => Sums.Rewrite(rewriter, op, inner, Sums.Shape.Plus, c, inner.Constant, subtract: true, op.Overflow.Bits),
            _ => Sums.Rewrite(rewriter, op, inner, Sums.Shape.From, inner.Constant, c, subtract: false, op.Overflow.Bits),
        };
    }
}

/// <summary>A sum or difference with a constant is taken from a constant, or a constant from it.</summary>
internal sealed class MergeDifferenceOfSum : RewritePattern<SubIOp>
{
    protected override bool Apply(SubIOp op, Rewriter rewriter)
    {
        int flags = op.Overflow.Bits;
        if (Constants.TryGetInt(op.Rhs, out FixedInt c) && Sums.TryRead(op.Lhs, out Sums.Part left))
        {
            return left.Shape switch
            {
                Sums.Shape.Plus => Sums.Rewrite(rewriter, op, left, Sums.Shape.Plus, left.Constant, c, subtract: true, flags),
                Sums.Shape.Minus => Sums.Rewrite(rewriter, op, left, Sums.Shape.Minus, left.Constant, c, subtract: false, flags),
                _ => Sums.Rewrite(rewriter, op, left, Sums.Shape.From, left.Constant, c, subtract: true, flags),
            };
        }

        if (Constants.TryGetInt(op.Lhs, out c) && Sums.TryRead(op.Rhs, out Sums.Part right))
        {
            return right.Shape switch
            {
                Sums.Shape.Plus => Sums.Rewrite(rewriter, op, right, Sums.Shape.From, c, right.Constant, subtract: true, flags),
                Sums.Shape.Minus => Sums.Rewrite(rewriter, op, right, Sums.Shape.From, c, right.Constant, subtract: false, flags),
                _ => Sums.Rewrite(rewriter, op, right, Sums.Shape.Plus, c, right.Constant, subtract: true, flags),
            };
        }

        return false;
    }
}

/// <summary><c>(a - b) - a</c> is <c>0 - b</c>.</summary>
internal sealed class CancelInDifference : RewritePattern<SubIOp>
{
    protected override bool Apply(SubIOp op, Rewriter rewriter)
    {
        if (op.Lhs.DefiningOp is not SubIOp inner || !ReferenceEquals(inner.Lhs, op.Rhs) || op.Computed.Type is ShapedType)
        {
            return false;
        }

        Value zero = Constants.Insert(rewriter, op, 0, op.Computed.Type);
        OverflowFlags flags = OverflowFlags.Get(rewriter.Context, op.Overflow.Bits & inner.Overflow.Bits);
        SubIOp made = rewriter.Insert(op, b => SubIOp.Create(b, zero, inner.Rhs, op.Computed.Type, flags));
        rewriter.Replace(op, [made.Computed]);
        return true;
    }
}

/// <summary><c>x + y * -1</c> is <c>x - y</c>.</summary>
internal sealed class SubtractInsteadOfNegating : RewritePattern<AddIOp>
{
    protected override bool Apply(AddIOp op, Rewriter rewriter)
    {
        (Value Kept, Value Negated)? found = Negated(op.Rhs) is { } right ? (op.Lhs, right) : Negated(op.Lhs) is { } left ? (op.Rhs, left) : null;
        if (found is not { } parts)
        {
            return false;
        }

        SubIOp made = rewriter.Insert(op, b => SubIOp.Create(b, parts.Kept, parts.Negated, op.Computed.Type));
        rewriter.Replace(op, [made.Computed]);
        return true;
    }

    private static Value? Negated(Value value) => value.DefiningOp is MulIOp product && Constants.IsInt(product.Rhs, -1) ? product.Lhs : null;
}

/// <summary>The constants of a product of a product become one.</summary>
internal sealed class MergeProducts : RewritePattern<MulIOp>
{
    protected override bool Apply(MulIOp op, Rewriter rewriter)
    {
        if (!Constants.TryGetInt(op.Rhs, out FixedInt c) || op.Lhs.DefiningOp is not MulIOp inner || !Constants.TryGetInt(inner.Rhs, out FixedInt d)
            || Constants.Of(c * d, op.Computed.Type) is not { } attr)
        {
            return false;
        }

        int flags = op.Overflow.Bits & inner.Overflow.Bits;
        if (flags != 0)
        {
            FixedInt product = c * d;
            flags &= product.Signed == c.Signed * d.Signed ? -1 : ~OverflowFlags.NoSignedWrap;
            flags &= product.Unsigned == c.Unsigned * d.Unsigned ? -1 : ~OverflowFlags.NoUnsignedWrap;
        }

        Value known = Constants.Insert(rewriter, op, attr, op.Computed.Type);
        MulIOp made = rewriter.Insert(op, b => MulIOp.Create(b, inner.Lhs, known, op.Computed.Type, OverflowFlags.Get(rewriter.Context, flags)));
        rewriter.Replace(op, [made.Computed]);
        return true;
    }
}
