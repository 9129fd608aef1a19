using System.Collections.Immutable;

namespace Orchestrator.IR;

/// <summary>
/// A type of a dialect, <c>!dialect.mnemonic</c> or <c>!dialect.mnemonic&lt;…&gt;</c>. Two are equal when class, mnemonic and
/// <see cref="Parameters"/> are; a class with more than types inside overrides the rest.
/// </summary>
public abstract class DialectType : IRType
{
    /// <summary>A type called <paramref name="mnemonic"/> with types inside.</summary>
    protected DialectType(Context context, string dialect, string mnemonic, ImmutableArray<IRType> parameters = default) : base(context) =>
        (DialectName, Mnemonic, Parameters) = (dialect, mnemonic, parameters.IsDefault ? [] : parameters);

    /// <summary>The dialect's name.</summary>
    public string DialectName { get; }

    /// <summary>The word after the dot.</summary>
    public string Mnemonic { get; }

    /// <summary>The types inside.</summary>
    public ImmutableArray<IRType> Parameters { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(DialectName, Mnemonic, Parameters.SequenceHash());

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) =>
        other is DialectType o && o.DialectName == DialectName && o.Mnemonic == Mnemonic && Parameters.SameAs(o.Parameters);

    /// <inheritdoc/>
    protected internal sealed override void Print(AsmWriter writer)
    {
        writer.Write('!').Write(DialectName).Write('.').Write(Mnemonic);
        PrintParameters(writer);
    }

    /// <summary>Writes <c>&lt;…&gt;</c>, or nothing when there is nothing inside.</summary>
    protected virtual void PrintParameters(AsmWriter writer)
    {
        if (Parameters.Length > 0)
        {
            writer.Write('<').WriteList(Parameters).Write('>');
        }
    }
}

/// <summary>A type of a dialect that the context does not know, kept as it was written.</summary>
public sealed class OpaqueType : IRType
{
    internal OpaqueType(Context context, string dialect, string body) : base(context) => (DialectName, Body) = (dialect, body);

    /// <summary>The dialect's name.</summary>
    public string DialectName { get; }

    /// <summary>What followed the name.</summary>
    public string Body { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(DialectName, Body);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is OpaqueType o && o.DialectName == DialectName && o.Body == Body;

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer) => writer.Write('!').WriteDialectSymbol(DialectName, Body);
}
