using System.Collections.Immutable;

namespace Orchestrator.IR;

/// <summary>Whether an integer type says how its top bit is read.</summary>
public enum Signedness
{
    /// <summary><c>iN</c>: the operations decide.</summary>
    Signless,

    /// <summary><c>siN</c>.</summary>
    Signed,

    /// <summary><c>uiN</c>.</summary>
    Unsigned,
}

/// <summary><c>iN</c>, <c>siN</c> or <c>uiN</c>.</summary>
public sealed class IntegerType : IRType
{
    /// <summary>The widest integer, in bits.</summary>
    public const int WidthMax = 16777215;

    internal IntegerType(Context context, int width, Signedness signedness) : base(context) => (Width, Signedness) = (width, signedness);

    /// <summary>Bits.</summary>
    public int Width { get; }

    /// <summary>How the top bit is read.</summary>
    public Signedness Signedness { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Width, Signedness);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is IntegerType o && o.Width == Width && o.Signedness == Signedness;

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer) =>
        writer.Write(Signedness switch { Signedness.Signed => "si", Signedness.Unsigned => "ui", _ => "i" }).Write(Width);
}

/// <summary><c>index</c>: an integer as wide as an address.</summary>
public sealed class IndexType : IRType
{
    internal IndexType(Context context) : base(context)
    {
    }

    /// <inheritdoc/>
    protected internal override int ContentHash() => 1;

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => true;

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer) => writer.Write("index");
}

/// <summary><c>none</c>: a type with one value.</summary>
public sealed class NoneType : IRType
{
    internal NoneType(Context context) : base(context)
    {
    }

    /// <inheritdoc/>
    protected internal override int ContentHash() => 2;

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => true;

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer) => writer.Write("none");
}

/// <summary>A floating-point type such as <c>f32</c>.</summary>
public sealed class FloatType : IRType
{
    internal FloatType(Context context, string name) : base(context) => Name = name;

    /// <summary>Every floating-point type.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "bf16", "f16", "f32", "f64", "f80", "f128", "tf32", "f8E5M2", "f8E4M3", "f8E4M3FN", "f8E5M2FNUZ", "f8E4M3FNUZ", "f8E4M3B11FNUZ",
        "f8E3M4", "f8E8M0FNU", "f6E2M3FN", "f6E3M2FN", "f4E2M1FN",
    ];

    /// <summary>The name, one of <see cref="Names"/>.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is FloatType o && o.Name == Name;

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer) => writer.Write(Name);
}

/// <summary><c>(inputs) -> results</c>.</summary>
public sealed class FunctionType : IRType
{
    internal FunctionType(Context context, ImmutableArray<IRType> inputs, ImmutableArray<IRType> results) : base(context) =>
        (Inputs, Results) = (inputs, results);

    /// <summary>Types of what goes in.</summary>
    public ImmutableArray<IRType> Inputs { get; }

    /// <summary>Types of what comes out.</summary>
    public ImmutableArray<IRType> Results { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Inputs.SequenceHash(), Results.SequenceHash());

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) =>
        other is FunctionType o && Inputs.SameAs(o.Inputs) && Results.SameAs(o.Results);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.Write('(').WriteList(Inputs).Write(") -> ").WriteResults(Results);
    }
}

/// <summary><c>tuple&lt;…&gt;</c>.</summary>
public sealed class TupleType : IRType
{
    internal TupleType(Context context, ImmutableArray<IRType> elements) : base(context) => Elements = elements;

    // From so many types on it is worth a name.
    private const int NamedFrom = 17;

    /// <summary>Types of the parts.</summary>
    public ImmutableArray<IRType> Elements { get; }

    internal override string? AliasName => Elements.Length >= NamedFrom ? "tuple" : null;

    /// <inheritdoc/>
    protected internal override int ContentHash() => Elements.SequenceHash();

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is TupleType o && Elements.SameAs(o.Elements);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer) => writer.Write("tuple<").WriteList(Elements).Write('>');
}

/// <summary><c>complex&lt;…&gt;</c>.</summary>
public sealed class ComplexType : IRType
{
    internal ComplexType(Context context, IRType element) : base(context) => Element = element;

    /// <summary>Type of both parts: an integer or a float.</summary>
    public IRType Element { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => Element.GetHashCode();

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is ComplexType o && ReferenceEquals(Element, o.Element);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer) => writer.Write("complex<").Write(Element).Write('>');
}

internal static class InternedSequence
{
    public static int SequenceHash<T>(this ImmutableArray<T> items)
    {
        var hash = new HashCode();
        foreach (T item in items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public static bool SameAs<T>(this ImmutableArray<T> a, ImmutableArray<T> b) where T : Interned
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Length; i++)
        {
            if (!ReferenceEquals(a[i], b[i]))
            {
                return false;
            }
        }

        return true;
    }
}
