namespace Orchestrator.IR;

/// <summary>An attribute of a dialect that the context does not know, kept as it was written.</summary>
public sealed class OpaqueAttr : Attr
{
    internal OpaqueAttr(Context context, string dialect, string body, IRType? type) : base(context) => (DialectName, Body, Type) = (dialect, body, type);

    /// <summary>The dialect's name.</summary>
    public string DialectName { get; }

    /// <summary>What followed the name.</summary>
    public string Body { get; }

    /// <summary>The type that was written after it, or null.</summary>
    public IRType? Type { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(DialectName, Body, Type);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) =>
        other is OpaqueAttr o && o.DialectName == DialectName && o.Body == Body && ReferenceEquals(o.Type, Type);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.Write('#').WriteDialectSymbol(DialectName, Body);
        if (Type is not null)
        {
            writer.Write(" : ").Write(Type);
        }
    }
}

/// <summary>
/// A builtin attribute whose inside is kept as text: <c>affine_map</c>, <c>affine_set</c>, <c>dense</c>, <c>dense_resource</c>,
/// <c>sparse</c>, <c>strided</c>, <c>distinct</c>.
/// </summary>
public sealed class TextAttr : Attr
{
    internal TextAttr(Context context, string text, IRType? type) : base(context) => (Text, Type) = (text, type);

    /// <summary>Keyword and body.</summary>
    public string Text { get; }

    internal override string? AliasName =>
        Text.StartsWith("affine_map<", StringComparison.Ordinal) ? "map" : Text.StartsWith("affine_set<", StringComparison.Ordinal) ? "set" : null;

    /// <summary>The type that was written after it, or null.</summary>
    public IRType? Type { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Text, Type);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is TextAttr o && o.Text == Text && ReferenceEquals(o.Type, Type);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.Write(Text);
        if (Type is not null)
        {
            writer.Write(" : ").Write(Type);
        }
    }
}
