using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// Bitwise and.
/// <code>%2 = "arith.andi"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.andi", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class AndIOp : IntegerOperation
{
    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        if (ReferenceEquals(Lhs, Rhs))
        {
            return Give(Lhs, out result);
        }

        if (FixedInt.TryGet(rhs, out FixedInt mask) && (mask.IsZero || mask.IsAllOnes))
        {
            return mask.IsZero ? Constants.Give(0, Computed.Type, out result) : Give(Lhs, out result);
        }

        if (Bits.AreOpposite(Lhs, Rhs))
        {
            return Constants.Give(0, Computed.Type, out result);
        }

        // (x & y) & y is x & y.
        return Lhs.DefiningOp is AndIOp left && (ReferenceEquals(left.Lhs, Rhs) || ReferenceEquals(left.Rhs, Rhs)) ? Give(Lhs, out result)
            : Rhs.DefiningOp is AndIOp right && (ReferenceEquals(right.Lhs, Lhs) || ReferenceEquals(right.Rhs, Lhs)) ? Give(Rhs, out result)
            : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = a & b;
        return true;
    }
}

/// <summary>
/// Bitwise or.
/// <code>%2 = "arith.ori"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.ori", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class OrIOp : IntegerOperation
{
    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        if (ReferenceEquals(Lhs, Rhs))
        {
            return Give(Lhs, out result);
        }

        if (FixedInt.TryGet(rhs, out FixedInt mask) && (mask.IsZero || mask.IsAllOnes))
        {
            return mask.IsZero ? Give(Lhs, out result) : Give(Rhs, out result);
        }

        if (Bits.AreOpposite(Lhs, Rhs))
        {
            return Constants.Give(-1, Computed.Type, out result);
        }

        // (x | y) | y is x | y.
        return Lhs.DefiningOp is OrIOp left && (ReferenceEquals(left.Lhs, Rhs) || ReferenceEquals(left.Rhs, Rhs)) ? Give(Lhs, out result)
            : Rhs.DefiningOp is OrIOp right && (ReferenceEquals(right.Lhs, Lhs) || ReferenceEquals(right.Rhs, Lhs)) ? Give(Rhs, out result)
            : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = a | b;
        return true;
    }
}

/// <summary>
/// Bitwise exclusive or.
/// <code>%2 = "arith.xori"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.xori", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class XOrIOp : IntegerOperation
{
    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        if (ReferenceEquals(Lhs, Rhs))
        {
            return Constants.Give(0, Computed.Type, out result);
        }

        if (Constants.IsInt(rhs, 0))
        {
            return Give(Lhs, out result);
        }

        // x cancels x in (x ^ y) ^ x and in x ^ (x ^ y).
        return Bits.Other(Lhs.DefiningOp as XOrIOp, Rhs) is { } left ? Give(left, out result)
            : Bits.Other(Rhs.DefiningOp as XOrIOp, Lhs) is { } right ? Give(right, out result)
            : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = a ^ b;
        return true;
    }
}
