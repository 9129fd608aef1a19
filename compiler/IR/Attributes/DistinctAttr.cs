using System.Runtime.CompilerServices;

namespace Orchestrator.IR;

/// <summary>
/// <c>distinct[n]&lt;…&gt;</c>: unlike every other attribute, two with the same inside are not equal. The number only tells them apart in
/// a text; printing numbers them from 0 in the order in which they come.
/// </summary>
public sealed class DistinctAttr : Attr
{
    internal DistinctAttr(Context context, Attr referenced) : base(context) => Referenced = referenced;

    /// <summary>What it holds; <c>unit</c> when nothing is written.</summary>
    public Attr Referenced { get; }

    internal override string? AliasName => Referenced is UnitAttr ? null : "distinct";

    internal override bool HasVariableText => true;

    /// <inheritdoc/>
    protected internal override int ContentHash() => RuntimeHelpers.GetHashCode(this);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.Write("distinct[").Write(writer.State?.NumberOf(this) ?? 0).Write("]<");
        if (Referenced is not UnitAttr)
        {
            writer.Write(Referenced);
        }

        writer.Write('>');
    }
}
