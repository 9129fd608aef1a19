using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>Division that rounds otherwise than the machine does, and when division is safe.</summary>
internal static class Division
{
    /// <summary>Whether dividing by <paramref name="divisor"/> can never go wrong: it is known not to be zero, nor -1 when signed.</summary>
    public static bool CannotTrap(Value divisor, bool signed) =>
        Constants.TryGetInt(divisor, out FixedInt known) && !known.IsZero && !(signed && known.IsAllOnes);

    public static FixedInt CeilUnsigned(in FixedInt a, in FixedInt b)
    {
        FixedInt quotient = a.DivideUnsigned(b);
        return a.RemainderUnsigned(b).IsZero ? quotient : quotient + FixedInt.Of(a.Width, 1);
    }

    public static FixedInt CeilSigned(in FixedInt a, in FixedInt b)
    {
        FixedInt quotient = a.DivideSigned(b);
        return a.RemainderSigned(b).IsZero || a.IsNegative != b.IsNegative ? quotient : quotient + FixedInt.Of(a.Width, 1);
    }

    public static FixedInt FloorSigned(in FixedInt a, in FixedInt b)
    {
        FixedInt quotient = a.DivideSigned(b);
        return a.RemainderSigned(b).IsZero || a.IsNegative == b.IsNegative ? quotient : quotient - FixedInt.Of(a.Width, 1);
    }
}

/// <summary>Facts about values seen as bits.</summary>
internal static class Bits
{
    /// <summary>Whether one value is the other with every bit turned over.</summary>
    public static bool AreOpposite(Value a, Value b) => IsNotOf(a, b) || IsNotOf(b, a);

    /// <summary>The value of which <paramref name="value"/> is the bitwise not, or null.</summary>
    public static Value? NotOperand(Value value) =>
        value.DefiningOp is XOrIOp { } not && FixedInt.TryGet(not.Rhs.ConstantValue, out FixedInt mask) && mask.IsAllOnes ? not.Lhs : null;

    /// <summary>The operand of <paramref name="op"/> that is not <paramref name="value"/>, or null when none is.</summary>
    public static Value? Other(XOrIOp? op, Value value) =>
        op is null ? null : ReferenceEquals(op.Lhs, value) ? op.Rhs : ReferenceEquals(op.Rhs, value) ? op.Lhs : null;

    private static bool IsNotOf(Value not, Value value) => NotOperand(not) is { } inner && ReferenceEquals(inner, value);
}
