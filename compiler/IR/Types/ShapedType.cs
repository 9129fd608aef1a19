using System.Collections.Immutable;

namespace Orchestrator.IR;

/// <summary>Which builtin container of elements a <see cref="ShapedType"/> is.</summary>
public enum ShapedKind
{
    /// <summary><c>tensor</c>.</summary>
    Tensor,

    /// <summary><c>vector</c>.</summary>
    Vector,

    /// <summary><c>memref</c>.</summary>
    MemRef,
}

/// <summary><c>tensor&lt;…&gt;</c>, <c>vector&lt;…&gt;</c> or <c>memref&lt;…&gt;</c>.</summary>
public sealed class ShapedType : IRType
{
    /// <summary>Stands for a dimension that is known at run time only.</summary>
    public const long Dynamic = long.MinValue;

    internal ShapedType(Context context, ShapedKind kind, ImmutableArray<long> shape, ImmutableArray<bool> scalable, IRType element, ImmutableArray<Attr> parameters)
        : base(context) => (Kind, Shape, Scalable, Element, Parameters) = (kind, shape, scalable, element, parameters);

    /// <summary>Which container.</summary>
    public ShapedKind Kind { get; }

    /// <summary>The dimensions, <see cref="Dynamic"/> for unknown ones; default when even the rank is unknown.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>For vectors, which dimensions are multiples of a number known at run time only; default for none.</summary>
    public ImmutableArray<bool> Scalable { get; }

    /// <summary>The type of an element.</summary>
    public IRType Element { get; }

    /// <summary>Encoding of a tensor; layout and memory space of a memref.</summary>
    public ImmutableArray<Attr> Parameters { get; }

    /// <summary>Whether rank and all dimensions are known.</summary>
    public bool HasStaticShape => !Shape.IsDefault && !Shape.Contains(Dynamic);

    /// <summary>Number of elements of a static shape; the largest <c>long</c> when there are more.</summary>
    public long ElementCount
    {
        get
        {
            UInt128 count = 1;
            foreach (long dimension in Shape)
            {
                count = dimension == 0 || count == 0 ? 0 : UInt128.Min(count * (ulong)dimension, long.MaxValue);
            }

            return (long)count;
        }
    }

    /// <inheritdoc/>
    protected internal override int ContentHash() =>
        HashCode.Combine(Kind, Element, Shape.IsDefault ? -1 : Shape.SequenceHash(), Parameters.SequenceHash());

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) =>
        other is ShapedType o && o.Kind == Kind && ReferenceEquals(o.Element, Element) && Parameters.SameAs(o.Parameters)
        && Same(Shape, o.Shape) && Same(Scalable, o.Scalable);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.Write(Kind switch { ShapedKind.Tensor => "tensor<", ShapedKind.Vector => "vector<", _ => "memref<" });
        if (Shape.IsDefault)
        {
            writer.Write("*x");
        }
        else
        {
            for (int i = 0; i < Shape.Length; i++)
            {
                bool scalable = !Scalable.IsDefault && Scalable[i];
                writer.Write(scalable ? "[" : "");
                _ = Shape[i] == Dynamic ? writer.Write('?') : writer.Write(Shape[i]);
                writer.Write(scalable ? "]x" : "x");
            }
        }

        writer.Write(Element);
        foreach (Attr parameter in Parameters)
        {
            // A memory space is mostly a plain number; the encoding of a tensor is printed in full.
            _ = Kind == ShapedKind.MemRef ? writer.Write(", ").WriteElided(parameter) : writer.Write(", ").Write(parameter);
        }

        writer.Write('>');
    }

    private static bool Same<T>(ImmutableArray<T> a, ImmutableArray<T> b) =>
        a.IsDefault == b.IsDefault && (a.IsDefault || a.AsSpan().SequenceEqual(b.AsSpan()));
}
