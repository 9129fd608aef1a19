using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// One of two values, by a bit; of vectors and tensors also element by element.
/// <code>%3 = "arith.select"(%0, %1, %2) : (i1, i32, i32) -&gt; i32</code>
/// </summary>
[Op("arith.select", Effects = Effect.None)]
public sealed partial class SelectOp : Operation
{
    /// <summary>Which one.</summary>
    [Operand] public partial Value Condition { get; set; }

    /// <summary>The value when the bit is set.</summary>
    [Operand] public partial Value TrueValue { get; set; }

    /// <summary>The value when it is not.</summary>
    [Operand] public partial Value FalseValue { get; set; }

    /// <summary>The value that was chosen.</summary>
    [Result] public partial OpResult Chosen { get; }

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        if (Choose(constants) is not { } chosen)
        {
            return FoldOutcome.None;
        }

        results[0] = FoldResult.Of(chosen);
        return FoldOutcome.Results;
    }

    private Value? Choose(ReadOnlySpan<Attr?> constants)
    {
        if (ReferenceEquals(TrueValue, FalseValue))
        {
            return TrueValue;
        }

        if (FixedInt.TryGet(constants[0], out FixedInt known))
        {
            return known.IsZero ? FalseValue : TrueValue;
        }

        if (ReferenceEquals(Condition.Type, Chosen.Type) && Constants.IsInt(constants[1], 1) && Constants.IsInt(constants[2], 0))
        {
            return Condition;
        }

        // A bit that is chosen by itself is 1 where it is chosen as the first value and 0 where it is chosen as the second.
        if (ReferenceEquals(Condition, FalseValue) && FixedInt.TryGet(constants[1], out FixedInt whenTrue))
        {
            return whenTrue.IsZero ? TrueValue : Condition;
        }

        if (ReferenceEquals(Condition, TrueValue) && FixedInt.TryGet(constants[2], out FixedInt whenFalse))
        {
            return whenFalse.IsZero ? Condition : FalseValue;
        }

        // The same holds for a bit that was widened.
        if (WidenedTrue(FalseValue) is { } one && Constants.IsInt(constants[1], one))
        {
            return FalseValue;
        }

        if (WidenedTrue(TrueValue) is not null && Constants.IsInt(constants[2], 0))
        {
            return TrueValue;
        }

        // Of two values that are chosen by whether they are equal, it is the same one every time.
        if (Condition.DefiningOp is not CmpIOp { Predicate: IntegerPredicate.Equal or IntegerPredicate.NotEqual } compare)
        {
            return null;
        }

        bool these = (ReferenceEquals(compare.Lhs, TrueValue) && ReferenceEquals(compare.Rhs, FalseValue))
            || (ReferenceEquals(compare.Rhs, TrueValue) && ReferenceEquals(compare.Lhs, FalseValue));
        return !these ? null : compare.Predicate == IntegerPredicate.NotEqual ? TrueValue : FalseValue;
    }

    // What the value is where the bit is set, when it is the bit widened.
    private long? WidenedTrue(Value value) =>
        value.DefiningOp is (ExtUIOp or ExtSIOp) and CastOperation cast && ReferenceEquals(cast.In, Condition) ? cast is ExtUIOp ? 1 : -1 : null;

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!ReferenceEquals(TrueValue.Type, FalseValue.Type) || !ReferenceEquals(TrueValue.Type, Chosen.Type))
        {
            context.Error(this, ArithCodes.TypesDiffer, $"chooses between {TrueValue.Type} and {FalseValue.Type} for {Chosen.Type}", "use one type");
        }
        else if (!ReferenceEquals(Condition.Type, Context.I1) && !(Types.IsBoolLike(Condition.Type) && Types.SameShape(Condition.Type, Chosen.Type)))
        {
            context.Error(this, ArithCodes.TypesDiffer, $"chooses {Chosen.Type} by {Condition.Type}", "choose by i1, or by i1 in the shape of the values");
        }
    }
}

/// <summary>
/// The number with the other sign.
/// <code>%1 = "arith.negf"(%0) &lt;{fastmath = #arith.fastmath&lt;none&gt;}&gt; : (f32) -&gt; f32</code>
/// </summary>
[Op("arith.negf", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class NegFOp : Operation
{
    /// <summary>The number.</summary>
    [Operand] public partial Value Number { get; set; }

    /// <summary>Which rules need not be kept; none unless said.</summary>
    [Attr("fastmath", Default = FastMathFlags.NoneText)] public partial FastMathFlags FastMath { get; set; }

    /// <summary>The other.</summary>
    [Result] public partial OpResult Negated { get; }

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        if (Number.DefiningOp is NegFOp inner)
        {
            results[0] = FoldResult.Of(inner.Number);
            return FoldOutcome.Results;
        }

        if (!FloatNumbers.TryGet(constants[0], out double number) || Constants.Of(-number, Negated.Type) is not { } value)
        {
            return FoldOutcome.None;
        }

        results[0] = FoldResult.Of(value);
        return FoldOutcome.Results;
    }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context) =>
        _ = TypeRules.Same(context, this, Number.Type) && TypeRules.Float(context, this, Number.Type);
}
