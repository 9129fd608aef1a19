using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// The sum, wrapped around, and whether it was.
/// <code>%2:2 = "arith.addui_extended"(%0, %1) : (i32, i32) -&gt; (i32, i1)</code>
/// </summary>
[Op("arith.addui_extended", Traits = OpTraits.Commutative, Effects = Effect.None)]
public sealed partial class AddUIExtendedOp : Operation
{
    /// <summary>The first number.</summary>
    [Operand] public partial Value Lhs { get; set; }

    /// <summary>The second number.</summary>
    [Operand] public partial Value Rhs { get; set; }

    /// <summary>The sum.</summary>
    [Result] public partial OpResult Sum { get; }

    /// <summary>Whether the unsigned sum does not fit.</summary>
    [Result] public partial OpResult Carry { get; }

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        if (!FixedInt.TryGet(constants[1], out FixedInt b) || !Constants.Give(0, Carry.Type, out results[1]))
        {
            return FoldOutcome.None;
        }

        if (b.IsZero)
        {
            results[0] = FoldResult.Of(Lhs);
            return FoldOutcome.Results;
        }

        if (!FixedInt.TryGet(constants[0], out FixedInt a) || a.Width != b.Width)
        {
            return FoldOutcome.None;
        }

        FixedInt sum = a + b;
        return Constants.Give(sum, Sum.Type, out results[0]) && Constants.Give(sum.CompareUnsigned(a) < 0 ? 1 : 0, Carry.Type, out results[1])
            ? FoldOutcome.Results : FoldOutcome.None;
    }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!ReferenceEquals(Lhs.Type, Rhs.Type) || !ReferenceEquals(Lhs.Type, Sum.Type))
        {
            context.Error(this, ArithCodes.TypesDiffer, $"adds {Lhs.Type} and {Rhs.Type} to {Sum.Type}", "use one type");
        }
        else if (TypeRules.Integer(context, this, Lhs.Type))
        {
            TypeRules.Bits(context, this, Lhs.Type, Carry.Type);
        }
    }
}

/// <summary>A product in two halves, so that none of it is lost.</summary>
public abstract class ExtendedProductOperation : Operation
{
    /// <summary>The first number.</summary>
    [Operand]
    public Value Lhs
    {
        get => GetOperand(0);
        set => SetOperand(0, value);
    }

    /// <summary>The second number.</summary>
    [Operand]
    public Value Rhs
    {
        get => GetOperand(1);
        set => SetOperand(1, value);
    }

    /// <summary>The lower half.</summary>
    [Result] public OpResult Low => Results[0];

    /// <summary>The upper half.</summary>
    [Result] public OpResult High => Results[1];

    private protected abstract bool IsSigned { get; }

    /// <inheritdoc/>
    public sealed override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        if (!FixedInt.TryGet(constants[1], out FixedInt b) || !Constants.Give(0, High.Type, out results[1]))
        {
            return FoldOutcome.None;
        }

        if (b.IsZero)
        {
            results[0] = results[1];
            return FoldOutcome.Results;
        }

        if (b.IsOne && !IsSigned)
        {
            results[0] = FoldResult.Of(Lhs);
            return FoldOutcome.Results;
        }

        if (!FixedInt.TryGet(constants[0], out FixedInt a) || a.Width != b.Width)
        {
            return FoldOutcome.None;
        }

        int width = a.Width;
        FixedInt product = IsSigned ? a.ResizeSigned(2 * width) * b.ResizeSigned(2 * width) : a.ResizeUnsigned(2 * width) * b.ResizeUnsigned(2 * width);
        FixedInt high = width == 0 ? product : product.ShiftRightUnsigned(width);
        return Constants.Give(product.ResizeUnsigned(width), Low.Type, out results[0]) && Constants.Give(high.ResizeUnsigned(width), High.Type, out results[1])
            ? FoldOutcome.Results : FoldOutcome.None;
    }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context) =>
        _ = TypeRules.Same(context, this, Lhs.Type) && TypeRules.Integer(context, this, Lhs.Type);
}

/// <summary>
/// The signed product in two halves.
/// <code>%2:2 = "arith.mulsi_extended"(%0, %1) : (i32, i32) -&gt; (i32, i32)</code>
/// </summary>
[Op("arith.mulsi_extended", Traits = OpTraits.Commutative, Effects = Effect.None)]
public sealed partial class MulSIExtendedOp : ExtendedProductOperation
{
    private protected override bool IsSigned => true;
}

/// <summary>
/// The unsigned product in two halves.
/// <code>%2:2 = "arith.mului_extended"(%0, %1) : (i32, i32) -&gt; (i32, i32)</code>
/// </summary>
[Op("arith.mului_extended", Traits = OpTraits.Commutative, Effects = Effect.None)]
public sealed partial class MulUIExtendedOp : ExtendedProductOperation
{
    private protected override bool IsSigned => false;
}
