using System.Collections.Immutable;

namespace Orchestrator.IR;

/// <summary><c>affine_map&lt;(d0)[s0] -> (…)&gt;</c>: results computed from dimensions and symbols.</summary>
public sealed class AffineMapAttr : Attr
{
    internal AffineMapAttr(Context context, int dims, int symbols, ImmutableArray<AffineExpr> results) : base(context) =>
        (DimCount, SymbolCount, Results) = (dims, symbols, results);

    /// <summary>Number of dimensions.</summary>
    public int DimCount { get; }

    /// <summary>Number of symbols.</summary>
    public int SymbolCount { get; }

    /// <summary>One expression for each result.</summary>
    public ImmutableArray<AffineExpr> Results { get; }

    /// <summary>Whether result <c>i</c> is dimension <c>i</c>, for all dimensions.</summary>
    public bool IsIdentity
    {
        get
        {
            for (int i = 0; i < Results.Length; i++)
            {
                if (Results[i].Kind != AffineKind.Dim || Results[i].Value != i)
                {
                    return false;
                }
            }

            return Results.Length == DimCount;
        }
    }

    internal override string? AliasName => "map";

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(DimCount, SymbolCount, Results.SequenceHash());

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) =>
        other is AffineMapAttr o && o.DimCount == DimCount && o.SymbolCount == SymbolCount && Results.SameAs(o.Results);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.Write("affine_map<");
        WriteNames(writer, DimCount, SymbolCount);
        writer.Write(" -> (");
        for (int i = 0; i < Results.Length; i++)
        {
            AffineText.Write(writer.Write(i == 0 ? "" : ", "), Results[i]);
        }

        writer.Write(")>");
    }

    internal static void WriteNames(AsmWriter writer, int dims, int symbols)
    {
        writer.Write('(');
        for (int i = 0; i < dims; i++)
        {
            writer.Write(i == 0 ? "d" : ", d").Write(i);
        }

        writer.Write(symbols > 0 ? ")[" : ")");
        for (int i = 0; i < symbols; i++)
        {
            writer.Write(i == 0 ? "s" : ", s").Write(i);
        }

        writer.Write(symbols > 0 ? "]" : "");
    }
}

/// <summary>One line of an <see cref="AffineSetAttr"/>: the expression is zero, or at least zero.</summary>
public readonly record struct AffineConstraint(AffineExpr Expr, bool IsEquality);

/// <summary><c>affine_set&lt;(d0)[s0] : (…)&gt;</c>: the points at which all constraints hold.</summary>
public sealed class AffineSetAttr : Attr
{
    internal AffineSetAttr(Context context, int dims, int symbols, ImmutableArray<AffineConstraint> constraints) : base(context) =>
        (DimCount, SymbolCount, Constraints) = (dims, symbols, constraints);

    /// <summary>Number of dimensions.</summary>
    public int DimCount { get; }

    /// <summary>Number of symbols.</summary>
    public int SymbolCount { get; }

    /// <summary>The constraints, at least one.</summary>
    public ImmutableArray<AffineConstraint> Constraints { get; }

    internal override string? AliasName => "set";

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(DimCount, SymbolCount, Constraints.SequenceHash());

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is AffineSetAttr o && o.DimCount == DimCount
        && o.SymbolCount == SymbolCount && Constraints.AsSpan().SequenceEqual(o.Constraints.AsSpan());

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.Write("affine_set<");
        AffineMapAttr.WriteNames(writer, DimCount, SymbolCount);
        writer.Write(" : (");
        for (int i = 0; i < Constraints.Length; i++)
        {
            AffineText.Write(writer.Write(i == 0 ? "" : ", "), Constraints[i].Expr);
            writer.Write(Constraints[i].IsEquality ? " == 0" : " >= 0");
        }

        writer.Write(")>");
    }
}
