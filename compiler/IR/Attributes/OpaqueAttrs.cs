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
