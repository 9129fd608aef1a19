using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// The sum, wrapped around.
/// <code>%2 = "arith.addi"(%0, %1) &lt;{overflowFlags = #arith.overflow&lt;none&gt;}&gt; : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.addi", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class AddIOp : IntegerOperation
{
    /// <summary>Which overflows the author rules out; none unless said.</summary>
    [Attr("overflowFlags", Default = OverflowFlags.NoneText)] public partial OverflowFlags Overflow { get; set; }

    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        if (Constants.IsInt(rhs, 0))
        {
            return Give(Lhs, out result);
        }

        // (x - y) + y and y + (x - y) are x.
        if (Lhs.DefiningOp is SubIOp left && ReferenceEquals(left.Rhs, Rhs))
        {
            return Give(left.Lhs, out result);
        }

        return Rhs.DefiningOp is SubIOp right && ReferenceEquals(right.Rhs, Lhs) ? Give(right.Lhs, out result) : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = a + b;
        return true;
    }
}

/// <summary>
/// The difference, wrapped around.
/// <code>%2 = "arith.subi"(%0, %1) &lt;{overflowFlags = #arith.overflow&lt;none&gt;}&gt; : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.subi", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class SubIOp : IntegerOperation
{
    /// <summary>Which overflows the author rules out; none unless said.</summary>
    [Attr("overflowFlags", Default = OverflowFlags.NoneText)] public partial OverflowFlags Overflow { get; set; }

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

        // (x + y) - y is x, (x + y) - x is y.
        if (Lhs.DefiningOp is AddIOp sum)
        {
            return ReferenceEquals(sum.Rhs, Rhs) ? Give(sum.Lhs, out result)
                : ReferenceEquals(sum.Lhs, Rhs) ? Give(sum.Rhs, out result) : Nothing(out result);
        }

        return Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = a - b;
        return true;
    }
}

/// <summary>
/// The product, wrapped around.
/// <code>%2 = "arith.muli"(%0, %1) &lt;{overflowFlags = #arith.overflow&lt;none&gt;}&gt; : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.muli", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class MulIOp : IntegerOperation
{
    /// <summary>Which overflows the author rules out; none unless said.</summary>
    [Attr("overflowFlags", Default = OverflowFlags.NoneText)] public partial OverflowFlags Overflow { get; set; }

    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        if (Constants.IsInt(rhs, 0))
        {
            return Constants.Give(0, Computed.Type, out result);
        }

        return Constants.IsInt(rhs, 1) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = a * b;
        return true;
    }
}
