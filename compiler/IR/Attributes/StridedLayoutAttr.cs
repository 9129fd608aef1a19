using System.Collections.Immutable;

namespace Orchestrator.IR;

/// <summary><c>strided&lt;[…], offset: n&gt;</c>: how the elements of a memref lie in memory.</summary>
public sealed class StridedLayoutAttr : Attr
{
    internal StridedLayoutAttr(Context context, long offset, ImmutableArray<long> strides) : base(context) => (Offset, Strides) = (offset, strides);

    /// <summary>Elements before the first, <see cref="ShapedType.Dynamic"/> when unknown.</summary>
    public long Offset { get; }

    /// <summary>Elements from one index to the next, for each dimension; <see cref="ShapedType.Dynamic"/> when unknown.</summary>
    public ImmutableArray<long> Strides { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Offset, Strides.SequenceHash());

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) =>
        other is StridedLayoutAttr o && o.Offset == Offset && Strides.AsSpan().SequenceEqual(o.Strides.AsSpan());

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.Write("strided<[");
        for (int i = 0; i < Strides.Length; i++)
        {
            WriteNumber(writer.Write(i == 0 ? "" : ", "), Strides[i]);
        }

        writer.Write(']');
        if (Offset != 0)
        {
            WriteNumber(writer.Write(", offset: "), Offset);
        }

        writer.Write('>');
    }

    private static void WriteNumber(AsmWriter writer, long number) => _ = number == ShapedType.Dynamic ? writer.Write('?') : writer.Write(number);
}
