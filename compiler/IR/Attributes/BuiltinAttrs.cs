using System.Collections.Immutable;

namespace Orchestrator.IR;

/// <summary>A name with an attribute; converts from a pair.</summary>
public readonly record struct NamedAttr(string Name, Attr Value)
{
    /// <summary>From a pair.</summary>
    public static implicit operator NamedAttr((string Name, Attr Value) pair) => new(pair.Name, pair.Value);
}

/// <summary><c>unit</c>: being there is all it says.</summary>
public sealed class UnitAttr : Attr
{
    internal UnitAttr(Context context) : base(context)
    {
    }

    /// <inheritdoc/>
    protected internal override int ContentHash() => 0;

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => true;

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer) => writer.Write("unit");
}

/// <summary><c>[…]</c>.</summary>
public sealed class ArrayAttr : Attr
{
    internal ArrayAttr(Context context, ImmutableArray<Attr> elements) : base(context) => Elements = elements;

    /// <summary>The elements, in order.</summary>
    public ImmutableArray<Attr> Elements { get; }

    /// <summary>The elements if all are strings, else null.</summary>
    public ImmutableArray<string>? AsStrings() =>
        Elements.All(e => e is StringAttr) ? [.. Elements.Select(e => ((StringAttr)e).Value)] : null;

    /// <summary>The elements if all are types, else null.</summary>
    public ImmutableArray<IRType>? AsTypes() =>
        Elements.All(e => e is TypeAttr) ? [.. Elements.Select(e => ((TypeAttr)e).Type)] : null;

    /// <summary>The elements if all are floats, else null.</summary>
    public ImmutableArray<double>? AsDoubles() =>
        Elements.All(e => e is FloatAttr) ? [.. Elements.Select(e => ((FloatAttr)e).Value)] : null;

    /// <inheritdoc/>
    protected internal override int ContentHash() => Elements.SequenceHash();

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is ArrayAttr o && Elements.SameAs(o.Elements);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.Write('[');
        for (int i = 0; i < Elements.Length; i++)
        {
            writer.Write(i == 0 ? "" : ", ").WriteElided(Elements[i]);
        }

        writer.Write(']');
    }
}

/// <summary><c>{…}</c>, sorted by name.</summary>
public sealed class DictionaryAttr : Attr
{
    internal DictionaryAttr(Context context, ImmutableArray<NamedAttr> entries) : base(context) => Entries = entries;

    /// <summary>The entries, sorted by name in ordinal order, each name once.</summary>
    public ImmutableArray<NamedAttr> Entries { get; }

    /// <summary>Number of entries.</summary>
    public int Count => Entries.Length;

    /// <summary>The attribute called <paramref name="name"/>, or null.</summary>
    public Attr? Get(string name)
    {
        int low = 0;
        int high = Entries.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = string.CompareOrdinal(Entries[middle].Name, name);
            if (order == 0)
            {
                return Entries[middle].Value;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>The attribute called <paramref name="name"/> if it is a <typeparamref name="T"/>, else null.</summary>
    public T? Get<T>(string name) where T : Attr => Get(name) as T;

    /// <summary>The same with <paramref name="name"/> set, or removed when <paramref name="value"/> is null.</summary>
    public DictionaryAttr With(string name, Attr? value)
    {
        IEnumerable<NamedAttr> others = Entries.Where(e => e.Name != name);
        return Context.Dictionary(value is null ? others : others.Append(new NamedAttr(name, value)));
    }

    private protected override bool HoldsVariableText()
    {
        foreach (NamedAttr entry in Entries)
        {
            if (entry.Value.MayHoldAlias)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    protected internal override int ContentHash() => Entries.SequenceHash();

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is DictionaryAttr o && Entries.AsSpan().SequenceEqual(o.Entries.AsSpan());

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer) => writer.Write('{').WriteEntries(this).Write('}');
}

/// <summary>A type as an attribute.</summary>
public sealed class TypeAttr : Attr
{
    internal TypeAttr(Context context, IRType type) : base(context) => Type = type;

    /// <summary>The type.</summary>
    public IRType Type { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => Type.GetHashCode();

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is TypeAttr o && ReferenceEquals(o.Type, Type);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer) => writer.Write(Type);
}

/// <summary><c>@root::@nested</c>: a reference to an operation by its <c>sym_name</c>.</summary>
public sealed class SymbolRefAttr : Attr
{
    internal SymbolRefAttr(Context context, string root, ImmutableArray<string> nested) : base(context) => (Root, Nested) = (root, nested);

    /// <summary>The outermost name.</summary>
    public string Root { get; }

    /// <summary>The names inside it, from outer to inner; mostly empty.</summary>
    public ImmutableArray<string> Nested { get; }

    /// <summary>The innermost name.</summary>
    public string Leaf => Nested.Length > 0 ? Nested[^1] : Root;

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Root, Nested.SequenceHash());

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) =>
        other is SymbolRefAttr o && o.Root == Root && Nested.AsSpan().SequenceEqual(o.Nested.AsSpan());

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.WriteSymbol(Root);
        foreach (string name in Nested)
        {
            writer.Write("::").WriteSymbol(name);
        }
    }
}

/// <summary><c>array&lt;type: …&gt;</c>.</summary>
public sealed class DenseArrayAttr : Attr
{
    internal DenseArrayAttr(Context context, IRType element, ImmutableArray<Attr> values) : base(context) => (Element, Values) = (element, values);

    /// <summary>The type of each element.</summary>
    public IRType Element { get; }

    /// <summary>Integer or float attributes of that type.</summary>
    public ImmutableArray<Attr> Values { get; }

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Element, Values.SequenceHash());

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) =>
        other is DenseArrayAttr o && ReferenceEquals(o.Element, Element) && Values.SameAs(o.Values);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.Write("array<").Write(Element);
        for (int i = 0; i < Values.Length; i++)
        {
            writer.Write(i == 0 ? ": " : ", ").WriteWithoutType(Values[i]);
        }

        writer.Write('>');
    }
}
