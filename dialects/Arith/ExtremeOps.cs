using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// The greater of two signed numbers.
/// <code>%2 = "arith.maxsi"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.maxsi", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class MaxSIOp : IntegerOperation
{
    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        if (ReferenceEquals(Lhs, Rhs))
        {
            return Give(Lhs, out result);
        }

        if (FixedInt.TryGet(rhs, out FixedInt limit) && limit.Width > 0)
        {
            return limit.IsSignedMax ? Give(Rhs, out result) : limit.IsSignedMin ? Give(Lhs, out result) : Nothing(out result);
        }

        return Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = a.CompareSigned(b) >= 0 ? a : b;
        return true;
    }
}

/// <summary>
/// The greater of two unsigned numbers.
/// <code>%2 = "arith.maxui"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.maxui", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class MaxUIOp : IntegerOperation
{
    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        if (ReferenceEquals(Lhs, Rhs))
        {
            return Give(Lhs, out result);
        }

        if (FixedInt.TryGet(rhs, out FixedInt limit) && limit.Width > 0)
        {
            return limit.IsAllOnes ? Give(Rhs, out result) : limit.IsZero ? Give(Lhs, out result) : Nothing(out result);
        }

        return Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = a.CompareUnsigned(b) >= 0 ? a : b;
        return true;
    }
}

/// <summary>
/// The smaller of two signed numbers.
/// <code>%2 = "arith.minsi"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.minsi", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class MinSIOp : IntegerOperation
{
    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        if (ReferenceEquals(Lhs, Rhs))
        {
            return Give(Lhs, out result);
        }

        if (FixedInt.TryGet(rhs, out FixedInt limit) && limit.Width > 0)
        {
            return limit.IsSignedMin ? Give(Rhs, out result) : limit.IsSignedMax ? Give(Lhs, out result) : Nothing(out result);
        }

        return Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = a.CompareSigned(b) <= 0 ? a : b;
        return true;
    }
}

/// <summary>
/// The smaller of two unsigned numbers.
/// <code>%2 = "arith.minui"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.minui", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class MinUIOp : IntegerOperation
{
    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        if (ReferenceEquals(Lhs, Rhs))
        {
            return Give(Lhs, out result);
        }

        if (FixedInt.TryGet(rhs, out FixedInt limit) && limit.Width > 0)
        {
            return limit.IsZero ? Give(Rhs, out result) : limit.IsAllOnes ? Give(Lhs, out result) : Nothing(out result);
        }

        return Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = a.CompareUnsigned(b) <= 0 ? a : b;
        return true;
    }
}
