using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>How <c>arith.cmpi</c> compares; the values are MLIR's.</summary>
public enum IntegerPredicate
{
    /// <summary>Equal.</summary>
    Equal = 0,

    /// <summary>Not equal.</summary>
    NotEqual = 1,

    /// <summary>Less, signed.</summary>
    SignedLess = 2,

    /// <summary>Less or equal, signed.</summary>
    SignedLessEqual = 3,

    /// <summary>Greater, signed.</summary>
    SignedGreater = 4,

    /// <summary>Greater or equal, signed.</summary>
    SignedGreaterEqual = 5,

    /// <summary>Less, unsigned.</summary>
    UnsignedLess = 6,

    /// <summary>Less or equal, unsigned.</summary>
    UnsignedLessEqual = 7,

    /// <summary>Greater, unsigned.</summary>
    UnsignedGreater = 8,

    /// <summary>Greater or equal, unsigned.</summary>
    UnsignedGreaterEqual = 9,
}

/// <summary>
/// Compares two integers.
/// <code>%2 = "arith.cmpi"(%0, %1) &lt;{predicate = 2 : i64}&gt; : (i32, i32) -&gt; i1</code>
/// </summary>
[Op("arith.cmpi", Effects = Effect.None)]
public sealed partial class CmpIOp : Operation
{
    /// <summary>The first number.</summary>
    [Operand] public partial Value Lhs { get; set; }

    /// <summary>The second number.</summary>
    [Operand] public partial Value Rhs { get; set; }

    /// <summary>How they are compared, the number of an <see cref="IntegerPredicate"/>.</summary>
    [Attr("predicate")] public partial IntegerAttr PredicateNumber { get; set; }

    /// <summary>Whether it holds.</summary>
    [Result] public partial OpResult Holds { get; }

    /// <summary>How they are compared.</summary>
    public IntegerPredicate Predicate => (IntegerPredicate)(int)PredicateNumber.BigValue;

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        IntegerPredicate predicate = Predicate;
        if (ReferenceEquals(Lhs, Rhs))
        {
            bool holds = IntegerPredicates.HoldsForEqual(predicate);
            return Constants.Give(holds ? 1 : 0, Holds.Type, out results[0]) ? FoldOutcome.Results : FoldOutcome.None;
        }

        bool right = FixedInt.TryGet(constants[1], out FixedInt b);
        bool left = FixedInt.TryGet(constants[0], out FixedInt a);
        if (left && right && a.Width == b.Width)
        {
            bool holds = IntegerPredicates.Evaluate(predicate, a, b);
            return Constants.Give(holds ? 1 : 0, Holds.Type, out results[0]) ? FoldOutcome.Results : FoldOutcome.None;
        }

        if (right && FoldBit(predicate, b) is { } bit)
        {
            results[0] = FoldResult.Of(bit);
            return FoldOutcome.Results;
        }

        if (!left || constants[1] is not null)
        {
            return FoldOutcome.None;
        }

        // A constant stands on the right.
        (Value first, Value second) = (Lhs, Rhs);
        Lhs = second;
        Rhs = first;
        PredicateNumber = Context.Int((long)IntegerPredicates.Swap(predicate));
        return FoldOutcome.InPlace;
    }

    // What is compared when it is a bit itself: x != 0 and x == 1 are x, also when x was widened.
    private Value? FoldBit(IntegerPredicate predicate, in FixedInt b)
    {
        bool isBit = Types.IsBoolLike(Lhs.Type);
        if (predicate == IntegerPredicate.Equal)
        {
            return isBit && b.IsOne ? Lhs : null;
        }

        if (predicate != IntegerPredicate.NotEqual || !b.IsZero)
        {
            return null;
        }

        return isBit ? Lhs : Lhs.DefiningOp is (ExtUIOp or ExtSIOp) and CastOperation cast && Types.IsBoolLike(cast.In.Type) ? cast.In : null;
    }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!ReferenceEquals(Lhs.Type, Rhs.Type))
        {
            context.Error(this, ArithCodes.TypesDiffer, $"compares {Lhs.Type} with {Rhs.Type}", "cast one of them");
        }
        else if (TypeRules.Integer(context, this, Lhs.Type) && TypeRules.Bits(context, this, Lhs.Type, Holds.Type))
        {
            TypeRules.Predicate(context, this, PredicateNumber, 10);
        }
    }
}

/// <summary>
/// Compares two floating-point numbers; the predicates 0 to 15 are MLIR's: false, oeq, ogt, oge, olt, ole, one, ord, ueq, ugt, uge, ult, ule, une, uno, true.
/// <code>%2 = "arith.cmpf"(%0, %1) &lt;{fastmath = #arith.fastmath&lt;none&gt;, predicate = 1 : i64}&gt; : (f32, f32) -&gt; i1</code>
/// </summary>
[Op("arith.cmpf", Effects = Effect.None)]
public sealed partial class CmpFOp : Operation
{
    /// <summary>The first number.</summary>
    [Operand] public partial Value Lhs { get; set; }

    /// <summary>The second number.</summary>
    [Operand] public partial Value Rhs { get; set; }

    /// <summary>How they are compared, 0 to 15.</summary>
    [Attr("predicate")] public partial IntegerAttr PredicateNumber { get; set; }

    /// <summary>Which rules need not be kept; none unless said.</summary>
    [Attr("fastmath", Default = FastMathFlags.NoneText)] public partial FastMathFlags FastMath { get; set; }

    /// <summary>Whether it holds.</summary>
    [Result] public partial OpResult Holds { get; }

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        int predicate = (int)PredicateNumber.BigValue;
        bool left = FloatNumbers.TryGet(constants[0], out double a);
        bool right = FloatNumbers.TryGet(constants[1], out double b);
        bool none = (left && double.IsNaN(a)) || (right && double.IsNaN(b));
        if (!(left && right) && !none && predicate is not (0 or 15))
        {
            return FoldOutcome.None;
        }

        // Bits of a predicate: equal, greater, less, unordered.
        int found = none ? 8 : a == b ? 1 : a > b ? 2 : 4;
        bool holds = predicate == 15 || (predicate & found) != 0;
        return Constants.Give(holds ? 1 : 0, Holds.Type, out results[0]) ? FoldOutcome.Results : FoldOutcome.None;
    }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!ReferenceEquals(Lhs.Type, Rhs.Type))
        {
            context.Error(this, ArithCodes.TypesDiffer, $"compares {Lhs.Type} with {Rhs.Type}", "cast one of them");
        }
        else if (TypeRules.Float(context, this, Lhs.Type) && TypeRules.Bits(context, this, Lhs.Type, Holds.Type))
        {
            TypeRules.Predicate(context, this, PredicateNumber, 16);
        }
    }
}

/// <summary>What follows from the predicates of <c>arith.cmpi</c>.</summary>
internal static class IntegerPredicates
{
    public static bool HoldsForEqual(IntegerPredicate predicate) => predicate is IntegerPredicate.Equal or IntegerPredicate.SignedLessEqual
        or IntegerPredicate.SignedGreaterEqual or IntegerPredicate.UnsignedLessEqual or IntegerPredicate.UnsignedGreaterEqual;

    public static bool Evaluate(IntegerPredicate predicate, in FixedInt a, in FixedInt b) => predicate switch
    {
        IntegerPredicate.Equal => a.Same(b),
        IntegerPredicate.NotEqual => !a.Same(b),
        IntegerPredicate.SignedLess => a.CompareSigned(b) < 0,
        IntegerPredicate.SignedLessEqual => a.CompareSigned(b) <= 0,
        IntegerPredicate.SignedGreater => a.CompareSigned(b) > 0,
        IntegerPredicate.SignedGreaterEqual => a.CompareSigned(b) >= 0,
        IntegerPredicate.UnsignedLess => a.CompareUnsigned(b) < 0,
        IntegerPredicate.UnsignedLessEqual => a.CompareUnsigned(b) <= 0,
        IntegerPredicate.UnsignedGreater => a.CompareUnsigned(b) > 0,
        _ => a.CompareUnsigned(b) >= 0,
    };

    /// <summary>The predicate that says the same when the operands change places.</summary>
    public static IntegerPredicate Swap(IntegerPredicate predicate) => predicate switch
    {
        IntegerPredicate.Equal or IntegerPredicate.NotEqual => predicate,
        IntegerPredicate.SignedLess => IntegerPredicate.SignedGreater,
        IntegerPredicate.SignedLessEqual => IntegerPredicate.SignedGreaterEqual,
        IntegerPredicate.SignedGreater => IntegerPredicate.SignedLess,
        IntegerPredicate.SignedGreaterEqual => IntegerPredicate.SignedLessEqual,
        IntegerPredicate.UnsignedLess => IntegerPredicate.UnsignedGreater,
        IntegerPredicate.UnsignedLessEqual => IntegerPredicate.UnsignedGreaterEqual,
        IntegerPredicate.UnsignedGreater => IntegerPredicate.UnsignedLess,
        _ => IntegerPredicate.UnsignedLessEqual,
    };

    /// <summary>The predicate that holds when this one does not.</summary>
    public static IntegerPredicate Invert(IntegerPredicate predicate) => predicate switch
    {
        IntegerPredicate.Equal => IntegerPredicate.NotEqual,
        IntegerPredicate.NotEqual => IntegerPredicate.Equal,
        IntegerPredicate.SignedLess => IntegerPredicate.SignedGreaterEqual,
        IntegerPredicate.SignedLessEqual => IntegerPredicate.SignedGreater,
        IntegerPredicate.SignedGreater => IntegerPredicate.SignedLessEqual,
        IntegerPredicate.SignedGreaterEqual => IntegerPredicate.SignedLess,
        IntegerPredicate.UnsignedLess => IntegerPredicate.UnsignedGreaterEqual,
        IntegerPredicate.UnsignedLessEqual => IntegerPredicate.UnsignedGreater,
        IntegerPredicate.UnsignedGreater => IntegerPredicate.UnsignedLessEqual,
        _ => IntegerPredicate.UnsignedLess,
    };
}
