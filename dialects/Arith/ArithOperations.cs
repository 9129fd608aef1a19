using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>An operation that computes one number from two of the same type.</summary>
public abstract class BinaryOperation : Operation
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

    /// <summary>What is computed.</summary>
    [Result]
    public OpResult Computed => Results[0];

    /// <inheritdoc/>
    public sealed override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results) =>
        TryFold(constants[0], constants[1], out results[0]) ? FoldOutcome.Results : FoldOutcome.None;

    /// <summary>What the result is equal to, given what the operands are known to be.</summary>
    private protected abstract bool TryFold(Attr? lhs, Attr? rhs, out FoldResult result);

    private protected static bool Give(Value value, out FoldResult result)
    {
        result = FoldResult.Of(value);
        return true;
    }

    private protected static bool Nothing(out FoldResult result)
    {
        result = default;
        return false;
    }
}

/// <summary>An operation on two signless integers or indices of one type.</summary>
public abstract class IntegerOperation : BinaryOperation
{
    /// <inheritdoc/>
    protected override void Verify(VerifyContext context) =>
        _ = TypeRules.Same(context, this, Lhs.Type) && TypeRules.Integer(context, this, Lhs.Type);

    private protected sealed override bool TryFold(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        if (Simplify(lhs, rhs, out result))
        {
            return true;
        }

        return FixedInt.TryGet(lhs, out FixedInt a) && FixedInt.TryGet(rhs, out FixedInt b) && a.Width == b.Width
            && Compute(a, b, out FixedInt value) && Constants.Give(value, Computed.Type, out result);
    }

    /// <summary>What holds whatever the first operand is.</summary>
    private protected virtual bool Simplify(Attr? lhs, Attr? rhs, out FoldResult result) => Nothing(out result);

    /// <summary>The result for two numbers; false when there is none.</summary>
    private protected abstract bool Compute(in FixedInt a, in FixedInt b, out FixedInt value);
}

/// <summary>An operation on two floating-point numbers of one type.</summary>
public abstract class FloatOperation : BinaryOperation
{
    /// <summary>Which rules need not be kept; none unless said.</summary>
    [Attr("fastmath", Default = FastMathFlags.NoneText)]
    public FastMathFlags FastMath => (FastMathFlags)GetAttr("fastmath")!; // Filled in when the operation is made.

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context) =>
        _ = TypeRules.Same(context, this, Lhs.Type) && TypeRules.Float(context, this, Lhs.Type);

    private protected sealed override bool TryFold(Attr? lhs, Attr? rhs, out FoldResult result)
    {
        bool known = FloatNumbers.TryGet(rhs, out double b);
        if (Simplify(known ? b : null, out result))
        {
            return true;
        }

        return known && FloatNumbers.TryGet(lhs, out double a)
            && Constants.Of(Compute(a, b), Computed.Type) is { } value && (result = FoldResult.Of(value)).Constant is not null;
    }

    /// <summary>What holds whatever the first operand is; <paramref name="rhs"/> is the second where known.</summary>
    private protected virtual bool Simplify(double? rhs, out FoldResult result) => Nothing(out result);

    /// <summary>The result for two numbers, before rounding.</summary>
    private protected abstract double Compute(double a, double b);
}

/// <summary>An operation that makes a number of another type from one.</summary>
public abstract class CastOperation : Operation
{
    /// <summary>The number.</summary>
    [Operand]
    public Value In
    {
        get => GetOperand(0);
        set => SetOperand(0, value);
    }

    /// <summary>The same number, or the nearest, in the other type.</summary>
    [Result]
    public OpResult Out => Results[0];

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!Types.SameShape(In.Type, Out.Type) || !Accepts(In.Type, Out.Type))
        {
            context.Error(this, ArithCodes.Cast, $"cannot make {Out.Type} of {In.Type}", Remedy);
        }
    }

    /// <summary>Whether the operation casts between these types, whose shapes agree.</summary>
    private protected abstract bool Accepts(IRType from, IRType to);

    /// <summary>Which types it casts between, as advice.</summary>
    private protected abstract string Remedy { get; }

    private protected static FoldOutcome GiveValue(Value value, Span<FoldResult> results)
    {
        results[0] = FoldResult.Of(value);
        return FoldOutcome.Results;
    }

    private protected static FoldOutcome GiveConstant(Attr? value, Span<FoldResult> results)
    {
        if (value is null)
        {
            return FoldOutcome.None;
        }

        results[0] = FoldResult.Of(value);
        return FoldOutcome.Results;
    }
}
