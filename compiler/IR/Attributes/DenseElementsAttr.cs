using System.Collections.Immutable;
using System.Numerics;

namespace Orchestrator.IR;

/// <summary>
/// <c>dense&lt;…&gt; : type</c>: numbers for every element of a static shape. They lie in <see cref="Data"/> as little-endian bytes, each
/// element in whole bytes and complex ones as real then imaginary part; <c>i1</c> elements are packed eight to a byte, lowest bit first.
/// When all elements are equal only the first is kept.
/// </summary>
public sealed class DenseElementsAttr : Attr
{
    internal DenseElementsAttr(Context context, ShapedType type, ImmutableArray<byte> data, bool isSplat) : base(context) =>
        (Type, Data, IsSplat) = (type, data, isSplat);

    /// <summary>The shape and element type.</summary>
    public ShapedType Type { get; }

    /// <summary>The bytes; of one element when <see cref="IsSplat"/>. A splat of <c>i1</c> is 0 or 255.</summary>
    public ImmutableArray<byte> Data { get; }

    /// <summary>Whether all elements equal the first.</summary>
    public bool IsSplat { get; }

    /// <summary>Bits of one number in <see cref="Data"/>: its width rounded up to bytes, 1 for <c>i1</c>.</summary>
    internal static long StorageBits(IRType number) => WidthOf(number) is var width && width == 1 ? 1 : (width + 7) / 8 * 8;

    /// <summary>Bits of one element in <see cref="Data"/>; the parts of a complex number take whole bytes.</summary>
    internal static long ElementBits(IRType element) => element is ComplexType complex ? 2 * ((WidthOf(complex.Element) + 7) / 8 * 8) : StorageBits(element);

    /// <summary>The number at <paramref name="index"/> as unsigned bits; complex elements count as two numbers.</summary>
    internal BigInteger BitsAt(long index)
    {
        if (Type.Element is IntegerType { Width: 1 })
        {
            return (Data[(int)(index / 8)] >> (int)(index % 8)) & 1;
        }

        IRType number = Type.Element is ComplexType complex ? complex.Element : Type.Element;
        int width = WidthOf(number);
        int size = (width + 7) / 8;
        var value = new BigInteger(Data.AsSpan().Slice((int)(index * size), size), isUnsigned: true);
        return width % 8 == 0 ? value : value & ((BigInteger.One << width) - 1);
    }

    /// <summary>The integer at <paramref name="index"/>, with the sign that its type gives it; the elements are integers or <c>index</c>.</summary>
    public BigInteger IntegerAt(long index)
    {
        BigInteger bits = BitsAt(IsSplat ? 0 : index);
        int width = WidthOf(Type.Element);
        bool signed = Type.Element is not IntegerType { Signedness: Signedness.Unsigned };
        return signed && width > 0 && bits >> (width - 1) == 1 ? bits - (BigInteger.One << width) : bits;
    }

    internal static int WidthOf(IRType number) => number switch
    {
        IntegerType integer => integer.Width,
        FloatType floating => FloatFormat.Width(floating.Name),
        _ => 64,
    };

    /// <inheritdoc/>
    protected internal override int ContentHash()
    {
        var hash = default(HashCode);
        hash.Add(Type);
        hash.AddBytes(Data.AsSpan());
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) =>
        other is DenseElementsAttr o && ReferenceEquals(o.Type, Type) && o.IsSplat == IsSplat && Data.AsSpan().SequenceEqual(o.Data.AsSpan());

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        WriteValue(writer, allowHex: true);
        writer.Write(" : ").Write(Type);
    }

    internal void WriteValue(AsmWriter writer, bool allowHex) => DenseText.Write(writer.Write("dense<"), this, allowHex).Write('>');
}

/// <summary><c>dense&lt;"…"&gt; : type</c>: strings for every element of a static shape, for element types that are no numbers.</summary>
public sealed class DenseStringElementsAttr : Attr
{
    internal DenseStringElementsAttr(Context context, ShapedType type, ImmutableArray<string> values, bool isSplat) : base(context) =>
        (Type, Values, IsSplat) = (type, values, isSplat);

    /// <summary>The shape and element type.</summary>
    public ShapedType Type { get; }

    /// <summary>The strings as bytes, one a character; one only when <see cref="IsSplat"/>.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>Whether all elements equal the first.</summary>
    public bool IsSplat { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Type, Values.SequenceHash());

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) =>
        other is DenseStringElementsAttr o && ReferenceEquals(o.Type, Type) && o.IsSplat == IsSplat && Values.AsSpan().SequenceEqual(o.Values.AsSpan());

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.Write("dense<");
        DenseText.WriteNested(writer, Type, IsSplat, i => writer.WriteQuotedBytes(Values[(int)i]));
        writer.Write("> : ").Write(Type);
    }
}
