using System.Numerics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// A two's-complement integer of a fixed width, as folding computes with it. Up to 64 bits it is a machine word; wider ones are big integers,
/// so that the many are fast and the few are right.
/// </summary>
internal readonly struct FixedInt
{
    // Up to 64 bits the value lies in _low, sign-extended; above that in _wide, with its sign.
    private readonly long _low;
    private readonly BigInteger _wide;

    private FixedInt(int width, long low) => (Width, _low) = (width, Extend(low, width));

    private FixedInt(int width, BigInteger wide)
    {
        Width = width;
        if (width <= 64)
        {
            _low = Extend((long)(ulong)(wide & ulong.MaxValue), width);
            return;
        }

        BigInteger bits = wide & ((BigInteger.One << width) - 1);
        _wide = (bits >> (width - 1)).IsZero ? bits : bits - (BigInteger.One << width);
    }

    /// <summary>Bits, 0 or more.</summary>
    public int Width { get; }

    /// <summary>The value with the top bit as sign.</summary>
    public BigInteger Signed => IsSmall ? _low : _wide;

    /// <summary>The value with all bits as digits.</summary>
    public BigInteger Unsigned => IsSmall ? Word : _wide.Sign < 0 ? _wide + (BigInteger.One << Width) : _wide;

    public bool IsZero => IsSmall ? _low == 0 : _wide.IsZero;

    public bool IsOne => IsSmall ? Word == 1 : _wide.IsOne;

    public bool IsAllOnes => IsSmall ? _low == -1 && Width > 0 : _wide == BigInteger.MinusOne;

    public bool IsNegative => IsSmall ? _low < 0 : _wide.Sign < 0;

    public bool IsSignedMin => IsSmall ? Width > 0 && _low == (Width == 64 ? long.MinValue : -(1L << (Width - 1))) : _wide == -(BigInteger.One << (Width - 1));

    public bool IsSignedMax => IsSmall ? Width > 0 && _low == (1L << (Width - 1)) - 1 : _wide == (BigInteger.One << (Width - 1)) - 1;

    private bool IsSmall => Width <= 64;

    // The bits, zero-extended; for small widths only.
    private ulong Word => Width == 64 ? (ulong)_low : (ulong)_low & ((1UL << Width) - 1);

    public static FixedInt Of(int width, long value) => width <= 64 ? new FixedInt(width, value) : new FixedInt(width, (BigInteger)value);

    public static FixedInt Of(int width, BigInteger value) => new(width, value);

    /// <summary>How wide values of this type (or of its elements) are in folding, or -1 when it is no integer.</summary>
    public static int WidthOf(IRType type) => Types.ElementOf(type) switch
    {
        IntegerType integer => integer.Width,
        IndexType => 64,
        _ => -1,
    };

    /// <summary>The number that <paramref name="attr"/> is, in each element if it has several.</summary>
    public static bool TryGet(Attr? attr, out FixedInt value)
    {
        if (Constants.SplatOf(attr) is IntegerAttr integer)
        {
            int width = integer.Type is IntegerType type ? type.Width : 64;
            value = width < 64 || width == 64 && integer.Type is not IntegerType { Signedness: Signedness.Unsigned }
                ? new FixedInt(width, (long)integer.BigValue)
                : new FixedInt(width, integer.BigValue);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The number as an attribute of <paramref name="type"/>.</summary>
    public IntegerAttr ToAttr(IRType type) => IsSmall ? type.Context.Int(_low, type) : type.Context.Int(_wide, type);

    public static FixedInt operator +(in FixedInt a, in FixedInt b) => a.IsSmall ? new(a.Width, a._low + b._low) : new(a.Width, a._wide + b._wide);

    public static FixedInt operator -(in FixedInt a, in FixedInt b) => a.IsSmall ? new(a.Width, a._low - b._low) : new(a.Width, a._wide - b._wide);

    public static FixedInt operator *(in FixedInt a, in FixedInt b) => a.IsSmall ? new(a.Width, a._low * b._low) : new(a.Width, a._wide * b._wide);

    public static FixedInt operator &(in FixedInt a, in FixedInt b) => a.IsSmall ? new(a.Width, a._low & b._low) : new(a.Width, a._wide & b._wide);

    public static FixedInt operator |(in FixedInt a, in FixedInt b) => a.IsSmall ? new(a.Width, a._low | b._low) : new(a.Width, a._wide | b._wide);

    public static FixedInt operator ^(in FixedInt a, in FixedInt b) => a.IsSmall ? new(a.Width, a._low ^ b._low) : new(a.Width, a._wide ^ b._wide);

    /// <summary>Quotient of the unsigned readings, cut off; the divisor is not zero.</summary>
    public FixedInt DivideUnsigned(in FixedInt b) => IsSmall ? new(Width, (long)(Word / b.Word)) : new(Width, Unsigned / b.Unsigned);

    /// <summary>Remainder of the unsigned readings; the divisor is not zero.</summary>
    public FixedInt RemainderUnsigned(in FixedInt b) => IsSmall ? new(Width, (long)(Word % b.Word)) : new(Width, Unsigned % b.Unsigned);

    /// <summary>Quotient of the signed readings, cut off towards zero; the divisor is not zero, and the quotient fits.</summary>
    public FixedInt DivideSigned(in FixedInt b) => IsSmall ? new(Width, _low / b._low) : new(Width, _wide / b._wide);

    /// <summary>Remainder of the signed readings, with the sign of this; the divisor is not zero.</summary>
    public FixedInt RemainderSigned(in FixedInt b) => b.IsAllOnes ? Of(Width, 0) : IsSmall ? new(Width, _low % b._low) : new(Width, _wide % b._wide);

    /// <summary>Shifted to the left by fewer than <see cref="Width"/> bits.</summary>
    public FixedInt ShiftLeft(int bits) => IsSmall ? new(Width, _low << bits) : new(Width, _wide << bits);

    /// <summary>Shifted to the right by fewer than <see cref="Width"/> bits, filled with the top bit.</summary>
    public FixedInt ShiftRightSigned(int bits) => IsSmall ? new(Width, _low >> bits) : new(Width, _wide >> bits);

    /// <summary>Shifted to the right by fewer than <see cref="Width"/> bits, filled with zeros.</summary>
    public FixedInt ShiftRightUnsigned(int bits) => IsSmall ? new(Width, (long)(Word >> bits)) : new(Width, Unsigned >> bits);

    /// <summary>How far this shifts, or -1 when that is <see cref="Width"/> or more.</summary>
    public int ShiftAmount => IsSmall ? Word < (ulong)Width ? (int)Word : -1 : Unsigned < Width ? (int)_wide : -1;

    public int CompareSigned(in FixedInt b) => IsSmall ? _low.CompareTo(b._low) : _wide.CompareTo(b._wide);

    public int CompareUnsigned(in FixedInt b) => IsSmall ? Word.CompareTo(b.Word) : Unsigned.CompareTo(b.Unsigned);

    /// <summary>With another width: cut, or extended by the top bit.</summary>
    public FixedInt ResizeSigned(int width) => IsSmall && width <= 64 ? new(width, _low) : new(width, Signed);

    /// <summary>With another width: cut, or extended by zeros.</summary>
    public FixedInt ResizeUnsigned(int width) => IsSmall && width <= 64 ? new(width, (long)Word) : new(width, Unsigned);

    public bool Same(in FixedInt b) => Width == b.Width && (IsSmall ? _low == b._low : _wide == b._wide);

    private static long Extend(long value, int width) => width == 0 ? 0 : value << (64 - width) >> (64 - width);
}
