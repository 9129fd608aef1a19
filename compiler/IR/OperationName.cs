using System.Runtime.InteropServices;

namespace Orchestrator.IR;

/// <summary>The name of operations, once per context; compare by reference.</summary>
public sealed class OperationName
{
    private byte[]? _quotedUtf8;

    internal OperationName(Context context, string text, Dialect? dialect, OpInfo? info) =>
        (Context, Text, Dialect, Info) = (context, text, dialect, info);

    /// <summary>The context in which this is unique.</summary>
    public Context Context { get; }

    /// <summary>The whole name, such as <c>agent.call</c>.</summary>
    public string Text { get; }

    /// <summary>The dialect before the first dot when the context has it, else null.</summary>
    public Dialect? Dialect { get; }

    /// <summary>What the dialect says about operations of this name, or null when it does not declare it.</summary>
    public OpInfo? Info { get; }

    /// <summary>The text of the name before the first dot; the empty string when there is none.</summary>
    public string DialectName => Text.IndexOf('.', StringComparison.Ordinal) is > 0 and int dot ? Text[..dot] : "";

    // The name in quotes, as the generic form has it; made once.
    internal ReadOnlySpan<byte> QuotedUtf8 => _quotedUtf8 ??= new AsmWriter().WriteQuoted(Text).Written.ToArray();

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>All that an operation is made of, before it is made.</summary>
public sealed class OperationState
{
    private List<Value>? _operands;
    private List<IRType>? _resultTypes;
    private List<Region>? _regions;
    private List<Block>? _successors;

    /// <summary>Nothing but a name yet.</summary>
    public OperationState(OperationName name) => Name = name;

    /// <summary>The name; it decides the class.</summary>
    public OperationName Name { get; }

    /// <summary>Operands, in order.</summary>
    public List<Value> Operands { get => _operands ??= []; init => _operands = value; }

    /// <summary>Types of the results, in order.</summary>
    public List<IRType> ResultTypes { get => _resultTypes ??= []; init => _resultTypes = value; }

    /// <summary>Attributes; the operation's own may be among them.</summary>
    public DictionaryAttr? Attributes { get; set; }

    /// <summary>The operation's own attributes.</summary>
    public Attr? Properties { get; set; }

    /// <summary>Detached regions, in order.</summary>
    public List<Region> Regions { get => _regions ??= []; init => _regions = value; }

    /// <summary>Blocks to which control may pass.</summary>
    public List<Block> Successors { get => _successors ??= []; init => _successors = value; }

    /// <summary>Where the operation was written.</summary>
    public Diagnostics.SourceSpan Span { get; set; }

    /// <summary>An explicit location, or null.</summary>
    public LocationAttr? Location { get; set; }

    internal OperationParts Parts => new()
    {
        Operands = CollectionsMarshal.AsSpan(_operands),
        ResultTypes = CollectionsMarshal.AsSpan(_resultTypes),
        Regions = CollectionsMarshal.AsSpan(_regions),
        Successors = CollectionsMarshal.AsSpan(_successors),
        Attributes = Attributes,
        Properties = Properties,
        Location = Location,
        Span = Span,
    };
}

// The same for callers that hold the parts in spans.
internal ref struct OperationParts
{
    public ReadOnlySpan<Value> Operands;
    public ReadOnlySpan<IRType> ResultTypes;
    public ReadOnlySpan<Region> Regions;
    public ReadOnlySpan<Block> Successors;
    public DictionaryAttr? Attributes;
    public Attr? Properties;
    public LocationAttr? Location;
    public Diagnostics.SourceSpan Span;
}

/// <summary>A constant or a value that an operation's result is equal to.</summary>
public readonly record struct FoldResult(Attr? Constant, Value? Value)
{
    /// <summary>Equal to a constant.</summary>
    public static FoldResult Of(Attr constant) => new(constant, null);

    /// <summary>Equal to another value.</summary>
    public static FoldResult Of(Value value) => new(null, value);
}

/// <summary>What came of <see cref="Operation.Fold"/>.</summary>
public enum FoldOutcome
{
    /// <summary>Nothing is known; nothing changed.</summary>
    None,

    /// <summary>The operation changed itself; it may fold again.</summary>
    InPlace,

    /// <summary>Every result is equal to what was given for it.</summary>
    Results,
}
