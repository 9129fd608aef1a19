using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// The unsigned quotient, cut off towards zero.
/// <code>%2 = "arith.divui"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.divui", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class DivUIOp : IntegerOperation
{
    /// <summary>Whether the author promises that no remainder is lost.</summary>
    [Attr("isExact")] public partial bool IsExact { get; set; }

    /// <inheritdoc/>
    public override bool IsSpeculatable => Division.CannotTrap(Rhs, signed: false);

    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        if (Constants.IsInt(rhs, 1))
        {
            return Give(Lhs, out result);
        }

        // A product that cannot overflow divided by one of its factors is the other.
        if (Lhs.DefiningOp is MulIOp product && (product.Overflow.Bits & OverflowFlags.NoUnsignedWrap) != 0)
        {
            return ReferenceEquals(product.Rhs, Rhs) ? Give(product.Lhs, out result)
                : ReferenceEquals(product.Lhs, Rhs) ? Give(product.Rhs, out result) : Nothing(out result);
        }

        return Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = default;
        if (b.IsZero)
        {
            return false;
        }

        value = a.DivideUnsigned(b);
        return true;
    }
}

/// <summary>
/// The signed quotient, cut off towards zero.
/// <code>%2 = "arith.divsi"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.divsi", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class DivSIOp : IntegerOperation
{
    /// <summary>Whether the author promises that no remainder is lost.</summary>
    [Attr("isExact")] public partial bool IsExact { get; set; }

    /// <inheritdoc/>
    public override bool IsSpeculatable => Division.CannotTrap(Rhs, signed: true);

    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        if (Constants.IsInt(rhs, 1))
        {
            return Give(Lhs, out result);
        }

        // A product that cannot overflow divided by one of its factors is the other.
        if (Lhs.DefiningOp is MulIOp product && (product.Overflow.Bits & OverflowFlags.NoSignedWrap) != 0)
        {
            return ReferenceEquals(product.Rhs, Rhs) ? Give(product.Lhs, out result)
                : ReferenceEquals(product.Lhs, Rhs) ? Give(product.Rhs, out result) : Nothing(out result);
        }

        return Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = default;
        if (b.IsZero || (a.IsSignedMin && b.IsAllOnes))
        {
            return false;
        }

        value = a.DivideSigned(b);
        return true;
    }
}

/// <summary>
/// The unsigned quotient, rounded up.
/// <code>%2 = "arith.ceildivui"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.ceildivui", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class CeilDivUIOp : IntegerOperation
{
    /// <inheritdoc/>
    public override bool IsSpeculatable => Division.CannotTrap(Rhs, signed: false);

    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        return Constants.IsInt(rhs, 1) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = default;
        if (b.IsZero)
        {
            return false;
        }

        value = Division.CeilUnsigned(a, b);
        return true;
    }
}

/// <summary>
/// The signed quotient, rounded up.
/// <code>%2 = "arith.ceildivsi"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.ceildivsi", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class CeilDivSIOp : IntegerOperation
{
    /// <inheritdoc/>
    public override bool IsSpeculatable => Division.CannotTrap(Rhs, signed: true);

    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        return Constants.IsInt(rhs, 1) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = default;
        if (b.IsZero || (a.IsSignedMin && b.IsAllOnes))
        {
            return false;
        }

        value = Division.CeilSigned(a, b);
        return true;
    }
}

/// <summary>
/// The signed quotient, rounded down.
/// <code>%2 = "arith.floordivsi"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.floordivsi", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class FloorDivSIOp : IntegerOperation
{
    /// <inheritdoc/>
    public override bool IsSpeculatable => Division.CannotTrap(Rhs, signed: true);

    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        return Constants.IsInt(rhs, 1) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = default;
        if (b.IsZero || (a.IsSignedMin && b.IsAllOnes))
        {
            return false;
        }

        value = Division.FloorSigned(a, b);
        return true;
    }
}

/// <summary>
/// The remainder of the unsigned quotient.
/// <code>%2 = "arith.remui"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.remui", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class RemUIOp : IntegerOperation
{
    /// <inheritdoc/>
    public override bool IsSpeculatable => Division.CannotTrap(Rhs, signed: false);

    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        return Constants.IsInt(rhs, 1) ? Constants.Give(0, Computed.Type, out result) : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = default;
        if (b.IsZero)
        {
            return false;
        }

        value = a.RemainderUnsigned(b);
        return true;
    }
}

/// <summary>
/// The remainder of the signed quotient, with the sign of the dividend.
/// <code>%2 = "arith.remsi"(%0, %1) : (i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.remsi", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class RemSIOp : IntegerOperation
{
    /// <inheritdoc/>
    public override bool IsSpeculatable => Division.CannotTrap(Rhs, signed: true);

    private protected override bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        return Constants.IsInt(rhs, 1) ? Constants.Give(0, Computed.Type, out result) : Nothing(out result);
    }

    private protected override bool Compute(in FixedInt a, in FixedInt b, out FixedInt value)
    {
        value = default;
        if (b.IsZero)
        {
            return false;
        }

        value = a.RemainderSigned(b);
        return true;
    }
}
