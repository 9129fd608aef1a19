using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Orchestrator.IR;

// The ways to get builtin types and attributes.
public sealed partial class Context
{
    /// <summary><c>i1</c>.</summary>
    public IntegerType I1 { get; }

    /// <summary><c>i64</c>.</summary>
    public IntegerType I64 { get; }

    /// <summary><c>f64</c>.</summary>
    public FloatType F64 { get; }

    /// <summary><c>index</c>.</summary>
    public IndexType Index { get; }

    /// <summary><c>none</c>.</summary>
    public NoneType None { get; }

    /// <summary><c>unit</c>.</summary>
    public UnitAttr Unit { get; }

    /// <summary>A dictionary without entries.</summary>
    public DictionaryAttr EmptyDictionary { get; }

    /// <summary><c>loc(unknown)</c>.</summary>
    public LocationAttr UnknownLocation { get; }

    /// <summary><c>iN</c>, <c>siN</c> or <c>uiN</c>; <paramref name="width"/> is 0 to <see cref="IntegerType.WidthMax"/> bits.</summary>
    public IntegerType Integer(int width, Signedness signedness = Signedness.Signless) => Intern(new IntegerType(this, width, signedness));

    /// <summary>A floating-point type by its name, one of <see cref="FloatType.Names"/>.</summary>
    public FloatType Float(string name) => Intern(new FloatType(this, name));

    /// <summary><c>(inputs) -> (results)</c>.</summary>
    public FunctionType Function(ImmutableArray<IRType> inputs, ImmutableArray<IRType> results) => Intern(new FunctionType(this, inputs, results));

    /// <summary><c>tensor&lt;…&gt;</c>; <see cref="ShapedType.Dynamic"/> for a dimension that is not known, a default <paramref name="shape"/> where not even the rank is.</summary>
    public ShapedType Tensor(ImmutableArray<long> shape, IRType element) => Intern(new ShapedType(this, ShapedKind.Tensor, shape, default, element, []));

    /// <summary><c>tuple&lt;…&gt;</c>.</summary>
    public TupleType Tuple(ImmutableArray<IRType> elements) => Intern(new TupleType(this, elements));

    /// <summary><c>complex&lt;…&gt;</c>.</summary>
    public ComplexType Complex(IRType element) => Intern(new ComplexType(this, element));

    /// <summary>An <c>i64</c> attribute.</summary>
    public IntegerAttr Int(long value) => Int(value, I64);

    /// <summary>An integer attribute of an integer or <c>index</c> type; the value is wrapped into the type's range.</summary>
    public IntegerAttr Int(BigInteger value, IRType type) => Intern(new IntegerAttr(this, IntegerAttr.Wrap(value, type), type));

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public IntegerAttr Bool(bool value) => Int(value ? 1 : 0, I1);

    /// <summary>An <c>f64</c> attribute.</summary>
    public FloatAttr Double(double value) => Double(value, F64);

    /// <summary>A floating-point attribute; the value is rounded to the type.</summary>
    public FloatAttr Double(double value, FloatType type) => FloatFormat.FitsDouble(type.Name)
        ? Intern(new FloatAttr(this, FloatFormat.Round(value, type.Name), null, type))
        : FloatBits(FloatFormat.Encode(value, type.Name), type);

    /// <summary>A floating-point attribute given by its bits.</summary>
    public FloatAttr FloatBits(BigInteger bits, FloatType type)
    {
        bits = FloatSemantics.Of(type.Name).Normalize(bits);
        return Intern(new FloatAttr(this, FloatFormat.FromBits(bits, type.Name), FloatFormat.FitsDouble(type.Name) ? null : bits, type));
    }

    /// <summary>A string attribute.</summary>
    public StringAttr String(string value) => Intern(new StringAttr(this, StringAttr.Encode(value), null));

    /// <summary>A string attribute of bytes, one a character, with an optional type.</summary>
    public StringAttr StringBytes(string bytes, IRType? type = null) => Intern(new StringAttr(this, bytes, type));

    /// <summary><c>[…]</c>.</summary>
    public ArrayAttr Array(ImmutableArray<Attr> elements) => Intern(new ArrayAttr(this, elements));

    /// <summary>An array of strings.</summary>
    public ArrayAttr Strings(IEnumerable<string> values) => Array([.. values.Select(String)]);

    /// <summary>An array of types.</summary>
    public ArrayAttr Types(IEnumerable<IRType> types) => Array([.. types.Select(TypeOf)]);

    /// <summary><c>{…}</c>; later entries win over earlier ones of the same name.</summary>
    public DictionaryAttr Dictionary(IEnumerable<NamedAttr> entries) =>
        entries is List<NamedAttr> list ? Dictionary(CollectionsMarshal.AsSpan(list)) : Dictionary([.. entries]);

    /// <summary><c>{…}</c>; later entries win over earlier ones of the same name.</summary>
    public DictionaryAttr Dictionary(ReadOnlySpan<NamedAttr> entries)
    {
        if (entries.IsEmpty)
        {
            return EmptyDictionary;
        }

        NamedAttr[] sorted = IsSorted(entries) ? entries.ToArray() : Sorted(entries);
        return Intern(new DictionaryAttr(this, ImmutableCollectionsMarshal.AsImmutableArray(sorted)));
    }

    private static bool IsSorted(ReadOnlySpan<NamedAttr> entries)
    {
        for (int i = 1; i < entries.Length; i++)
        {
            if (string.CompareOrdinal(entries[i - 1].Name, entries[i].Name) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static NamedAttr[] Sorted(ReadOnlySpan<NamedAttr> entries)
    {
        var last = new Dictionary<string, Attr>(StringComparer.Ordinal);
        foreach (NamedAttr entry in entries)
        {
            last[entry.Name] = entry.Value;
        }

        NamedAttr[] sorted = [.. last.Select(e => new NamedAttr(e.Key, e.Value))];
        System.Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return sorted;
    }

    /// <summary>A type as an attribute.</summary>
    public TypeAttr TypeOf(IRType type) => Intern(new TypeAttr(this, type));

    /// <summary><c>@root::@nested</c>.</summary>
    public SymbolRefAttr Symbol(string root, params ImmutableArray<string> nested) => Intern(new SymbolRefAttr(this, root, nested));

    /// <summary><c>array&lt;type: …&gt;</c>; the elements are integer or float attributes of that type.</summary>
    public DenseArrayAttr DenseArray(IRType element, ImmutableArray<Attr> values) => Intern(new DenseArrayAttr(this, element, values));

    /// <summary><c>array&lt;i64: …&gt;</c>.</summary>
    public DenseArrayAttr DenseArray(params ReadOnlySpan<long> values)
    {
        var elements = ImmutableArray.CreateBuilder<Attr>(values.Length);
        foreach (long value in values)
        {
            elements.Add(Int(value));
        }

        return DenseArray(I64, elements.MoveToImmutable());
    }

    /// <summary><c>loc("path":line:column)</c>; line and column from 1.</summary>
    public LocationAttr FileLocation(string path, int line, int column) => Intern(new FileLoc(this, path, (uint)line, (uint)column, (uint)line, (uint)column));

    /// <summary><c>loc("name")</c> or <c>loc("name"(child))</c>.</summary>
    public LocationAttr NameLocation(string name, LocationAttr? child = null) => Intern(new NameLoc(this, StringAttr.Encode(name), child));
}
