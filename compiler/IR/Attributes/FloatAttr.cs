using System.Numerics;

namespace Orchestrator.IR;

/// <summary>A floating-point number with its type.</summary>
public sealed class FloatAttr : Attr
{
    internal FloatAttr(Context context, double value, BigInteger? bits, FloatType type) : base(context) => (Value, Bits, Type) = (value, bits, type);

    /// <summary>The value, rounded to the type; the nearest double when the type has more digits.</summary>
    public double Value { get; }

    /// <summary>The bits, for types other than f64, f32, f16 and bf16, which a double stands for; else null.</summary>
    public BigInteger? Bits { get; }

    /// <summary>The type.</summary>
    public FloatType Type { get; }

    internal BigInteger AllBits => Bits ?? FloatFormat.ToBits(Value, Type.Name);

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(BitConverter.DoubleToInt64Bits(Value), Bits, Type);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is FloatAttr o && ReferenceEquals(o.Type, Type)
        && BitConverter.DoubleToInt64Bits(o.Value) == BitConverter.DoubleToInt64Bits(Value) && o.Bits == Bits;

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer) => writer.WriteWithoutType(this).Write(" : ").Write(Type);
}
