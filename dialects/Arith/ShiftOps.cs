using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// Shifted to the left, filled with zeros; undefined from the width on.
/// <code>%2 = "arith.shli"(%0, %1) &lt;{overflowFlags = #arith.overflow&lt;none&gt;}&gt; : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.shli", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class ShLIOp : IntegerOperation
{
    /// <summary>Which overflows the author rules out; none unless said.</summary>
    [Attr("overflowFlags", Default = OverflowFlags.NoneText)] public partial OverflowFlags Overflow { get; set; }

    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        return Constants.IsInt(rhs, 0) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        int bits = b.ShiftAmount;
        value = bits < 0 ? default : a.ShiftLeft(bits);
        return bits >= 0;
    }
}

/// <summary>
/// Shifted to the right, filled with zeros; undefined from the width on.
/// <code>%2 = "arith.shrui"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.shrui", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class ShRUIOp : IntegerOperation
{
    /// <summary>Whether the author promises that no remainder is lost.</summary>
    [Attr("isExact")] public partial bool IsExact { get; set; }

    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        return Constants.IsInt(rhs, 0) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        int bits = b.ShiftAmount;
        value = bits < 0 ? default : a.ShiftRightUnsigned(bits);
        return bits >= 0;
    }
}

/// <summary>
/// Shifted to the right, filled with the top bit; undefined from the width on.
/// <code>%2 = "arith.shrsi"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.shrsi", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class ShRSIOp : IntegerOperation
{
    /// <summary>Whether the author promises that no remainder is lost.</summary>
    [Attr("isExact")] public partial bool IsExact { get; set; }

    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        return Constants.IsInt(rhs, 0) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        int bits = b.ShiftAmount;
        value = bits < 0 ? default : a.ShiftRightSigned(bits);
        return bits >= 0;
    }
}
