using System.Numerics;

namespace Orchestrator.IR;

/// <summary>An integer with its type; <c>true</c> and <c>false</c> are those of <c>i1</c>.</summary>
public sealed class IntegerAttr : Attr
{
    internal IntegerAttr(Context context, BigInteger value, IRType type) : base(context) => (BigValue, Type) = (value, type);

    /// <summary>The value, with the sign that the type gives its bits (signless ones count as signed; <c>true</c> is -1 or 1: see <see cref="Bool"/>).</summary>
    public BigInteger BigValue { get; }

    /// <summary>An integer type or <c>index</c>.</summary>
    public IRType Type { get; }

    /// <summary>The value.</summary>
    /// <exception cref="OverflowException">It does not fit 64 bits.</exception>
    public long Value => (long)BigValue;

    /// <summary>Whether it is not zero.</summary>
    public bool Bool => !BigValue.IsZero;

    /// <summary>Whether it is a <c>bool</c>.</summary>
    public bool IsBool => Type is IntegerType { Width: 1, Signedness: Signedness.Signless };

    private protected override bool IsLeaf => true;

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(BigValue, Type);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is IntegerAttr o && ReferenceEquals(o.Type, Type) && o.BigValue == BigValue;

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.WriteWithoutType(this);
        if (!IsBool)
        {
            writer.Write(" : ").Write(Type);
        }
    }

    /// <summary>Whether <paramref name="value"/> can be written with <paramref name="type"/>: signless types take both readings of their bits.</summary>
    internal static bool Fits(BigInteger value, IRType type)
    {
        (int width, Signedness sign) = type is IntegerType i ? (i.Width, i.Signedness) : (64, Signedness.Signed);
        if (value.IsZero)
        {
            return true;
        }

        BigInteger min = width == 0 || sign == Signedness.Unsigned ? 0 : -(BigInteger.One << (width - 1));
        BigInteger max = width == 0 ? 0 : (BigInteger.One << (sign == Signedness.Signed ? width - 1 : width)) - 1;
        return value >= min && value <= max;
    }

    internal static BigInteger Wrap(BigInteger value, IRType type)
    {
        (int width, Signedness sign) = type is IntegerType i ? (i.Width, i.Signedness) : (64, Signedness.Signed);
        if (value.IsZero || width == 0)
        {
            return BigInteger.Zero;
        }

        if (width <= 64 && value >= long.MinValue && value <= long.MaxValue)
        {
            return WrapShort((long)value, width, sign);
        }

        BigInteger modulus = BigInteger.One << width;
        BigInteger wrapped = BigInteger.Remainder(value, modulus);
        wrapped = wrapped.Sign < 0 ? wrapped + modulus : wrapped;
        bool top = wrapped >= modulus >> 1;
        return sign != Signedness.Unsigned && top && width > 1 ? wrapped - modulus : wrapped;
    }

    // The same for what fits a machine word. The width is 1 to 64.
    private static BigInteger WrapShort(long value, int width, Signedness sign)
    {
        int unused = 64 - width;
        return sign == Signedness.Unsigned || width == 1 ? (ulong)value << unused >> unused : value << unused >> unused;
    }
}
