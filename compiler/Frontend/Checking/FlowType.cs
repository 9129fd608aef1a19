using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

/// <summary>The type of a value.</summary>
internal abstract record FlowType
{
    public static readonly FlowType Text = new BasicType("text");
    public static readonly FlowType Bool = new BasicType("bool");
    public static readonly FlowType Int = new BasicType("int");
    public static readonly FlowType Decimal = new BasicType("decimal");
    public static readonly FlowType Json = new BasicType("json");
    public static readonly FlowType Audio = new BasicType("audio");
    public static readonly FlowType Image = new BasicType("image");
    public static readonly FlowType Bytes = new BasicType("bytes");
    public static readonly FlowType Vector = new BasicType("vector");

    /// <summary>The type of something that was reported already; it fits everywhere.</summary>
    public static readonly FlowType Unknown = new BasicType("?");

    /// <summary>What a search of an index finds.</summary>
    public static readonly FlowType Hits = new ListType(new RecordType("", [new("id", Text), new("text", Text), new("score", Decimal)]));

    /// <summary>The types that have a name in the language.</summary>
    public static readonly IReadOnlyDictionary<string, FlowType> Basics = new FlowType[]
    {
        Text, Bool, Int, Decimal, Json, Bytes, Image, Audio, Vector, new BasicType("tokens"),
    }.ToDictionary(t => t.ToString(), StringComparer.Ordinal);

    public bool IsUnknown => ReferenceEquals(this, Unknown) || this is ListType { Element.IsUnknown: true };

    public bool IsNumber => this == Int || this == Decimal || this == Json || ReferenceEquals(this, Unknown);

    /// <summary>
    /// Whether a value of this type may stand where <paramref name="wanted"/> is wanted: the same type, anything as JSON, an int as a decimal,
    /// a case as text, a value as an optional one, a list by its elements and a record by the fields that are wanted.
    /// Types nest as deep as the file's brackets at most.
    /// </summary>
    public bool Fits(FlowType wanted) => (this, wanted) switch
    {
        _ when ReferenceEquals(this, Unknown) || ReferenceEquals(wanted, Unknown) || Equals(wanted) => true,
        (_, BasicType) when wanted == Json => true,
        (CasesType, BasicType) when wanted == Text => true,
        (BasicType, BasicType) => this == Int && wanted == Decimal,
        (OptionalType a, OptionalType b) => a.Inner.Fits(b.Inner),
        (_, OptionalType b) => Fits(b.Inner),
        (ListType a, ListType b) => a.Element.Fits(b.Element),
        (RecordType a, RecordType b) => b.Fields.All(f => a.Find(f.Name) is { } has ? has.Fits(f.Type) : f.Type is OptionalType),
        _ => false,
    };

    /// <summary>The type that both fit, or null.</summary>
    public static FlowType? Join(FlowType a, FlowType b)
    {
        if (a.Fits(b))
        {
            return ReferenceEquals(b, Unknown) ? a : b;
        }

        return b.Fits(a) ? a
            : a is CasesType && b is CasesType ? Text
            : a is OptionalType optional && Join(optional.Inner, b) is { } left ? Optional(left)
            : b is OptionalType other && Join(a, other.Inner) is { } right ? Optional(right)
            : null;
    }

    /// <summary>The optional type; an optional type is its own.</summary>
    public static FlowType Optional(FlowType type) => type is OptionalType || ReferenceEquals(type, Unknown) ? type : new OptionalType(type);
}

/// <summary>A type without parts.</summary>
internal sealed record BasicType(string Name) : FlowType
{
    public override string ToString() => Name;
}

/// <summary><c>list&lt;T&gt;</c>.</summary>
internal sealed record ListType(FlowType Element) : FlowType
{
    public override string ToString() => $"list<{Element}>";
}

/// <summary><c>T?</c>.</summary>
internal sealed record OptionalType(FlowType Inner) : FlowType
{
    public override string ToString() => $"{Inner}?";
}

/// <summary>A record; its name is for messages and does not count.</summary>
internal sealed record RecordType(string Name, Sequence<RecordField> Fields) : FlowType
{
    public FlowType? Find(string name) => Fields.FirstOrDefault(f => f.Name == name)?.Type;

    public bool Equals(RecordType? other) => other is not null && Fields == other.Fields;

    public override int GetHashCode() => Fields.Count;

    public override string ToString() => Name.Length > 0 ? Name : $"{{ {string.Join(", ", Fields.Select(f => $"{f.Name}: {f.Type}"))} }}";
}

/// <summary>A field of a record type.</summary>
internal sealed record RecordField(string Name, FlowType Type);

/// <summary>One of several words.</summary>
internal sealed record CasesType(string Name, Sequence<string> Cases) : FlowType
{
    public override string ToString() => Name;
}
