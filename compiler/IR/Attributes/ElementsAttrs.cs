namespace Orchestrator.IR;

/// <summary><c>dense_resource&lt;handle&gt; : type</c>: elements that lie in the resource section of the file.</summary>
public sealed class DenseResourceElementsAttr : Attr
{
    internal DenseResourceElementsAttr(Context context, string handle, ShapedType type) : base(context) => (Handle, Type) = (handle, type);

    /// <summary>The name in the section.</summary>
    public string Handle { get; }

    /// <summary>The shape and element type.</summary>
    public ShapedType Type { get; }

    internal override bool HasVariableText => true;

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Handle, Type);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is DenseResourceElementsAttr o && o.Handle == Handle && ReferenceEquals(o.Type, Type);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.State?.Use(Handle);
        writer.Write("dense_resource<").WriteKey(Handle).Write("> : ").Write(Type);
    }
}

/// <summary><c>sparse&lt;indices, values&gt; : type</c>: values at some indices, zero elsewhere.</summary>
public sealed class SparseElementsAttr : Attr
{
    internal SparseElementsAttr(Context context, DenseElementsAttr indices, Attr values, ShapedType type) : base(context) =>
        (Indices, Values, Type) = (indices, values, type);

    /// <summary>One row of <c>i64</c> for each value.</summary>
    public DenseElementsAttr Indices { get; }

    /// <summary>Dense elements, numbers or strings.</summary>
    public Attr Values { get; }

    /// <summary>The shape and element type.</summary>
    public ShapedType Type { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Indices, Values, Type);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is SparseElementsAttr o
        && ReferenceEquals(o.Indices, Indices) && ReferenceEquals(o.Values, Values) && ReferenceEquals(o.Type, Type);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.Write("sparse<");
        if (Indices.Type.ElementCount > 0)
        {
            DenseText.Write(writer, Indices, allowHex: false).Write(", ");
            if (Values is DenseElementsAttr numbers)
            {
                DenseText.Write(writer, numbers, allowHex: true);
            }
            else if (Values is DenseStringElementsAttr strings)
            {
                DenseText.WriteNested(writer, strings.Type, strings.IsSplat, i => writer.WriteQuotedBytes(strings.Values[(int)i]));
            }
        }

        writer.Write("> : ").Write(Type);
    }
}
