namespace Orchestrator.IR;

/// <summary>
/// A family of operations, types and attributes under one name. Derived classes are <c>sealed partial</c> with
/// <see cref="DialectAttribute"/>; the generator fills <see cref="Name"/> and <see cref="Ops"/>.
/// </summary>
public abstract class Dialect
{
    /// <summary>The name before the dot.</summary>
    public abstract string Name { get; }

    /// <summary>The operations, one a name.</summary>
    public abstract IReadOnlyList<OpInfo> Ops { get; }

    /// <summary>Rewrites that make operations simpler and are always allowed; <c>canonicalize</c> applies them.</summary>
    public virtual IReadOnlyList<RewritePattern> Simplifications => [];

    /// <summary>The words that may follow <c>!name.</c>, for messages.</summary>
    public virtual IReadOnlyList<string> TypeNames => [];

    /// <summary>What is declared about each of <see cref="TypeNames"/>.</summary>
    public virtual IReadOnlyList<TypeShape> TypeShapes => [.. TypeNames.Select(n => new TypeShape(n, default, ""))];

    /// <summary>The words that may follow <c>#name.</c>, for messages.</summary>
    public virtual IReadOnlyList<string> AttrNames => [];

    /// <summary>Whether types and attributes that the dialect does not declare are kept as written rather than refused.</summary>
    public virtual bool KeepsUnknown => false;

    /// <summary>Reads the rest of <c>!name.mnemonic…</c>; null when there is no such type.</summary>
    public virtual IRType? ParseType(IRParser parser, string mnemonic) => null;

    /// <summary>Reads the rest of <c>#name.mnemonic…</c>; null when there is no such attribute.</summary>
    public virtual Attr? ParseAttr(IRParser parser, string mnemonic) => null;

    /// <summary>Whether constants that are made inside <paramref name="region"/>, of an operation of this dialect, stay in it although it sees what is outside.</summary>
    public virtual bool KeepsConstants(Region region) => false;

    /// <summary>Whether the body of <paramref name="callable"/>, which is of this dialect, may be copied to the place of <paramref name="call"/>.</summary>
    public virtual bool MayInline(Operation call, Operation callable) => false;

    /// <summary>Whether <paramref name="op"/>, of this dialect, may be copied into the body of <paramref name="into"/>.</summary>
    public virtual bool MayInlineInto(Operation op, Region into) => true;

    /// <summary>An operation that gives <paramref name="value"/> as a <paramref name="type"/>, or null when the dialect has none.</summary>
    public virtual Operation? MaterializeConstant(OpBuilder builder, Attr value, IRType type, Diagnostics.SourceSpan span) => null;
}
