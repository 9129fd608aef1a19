using System.Collections.Frozen;

namespace Orchestrator.IR;

/// <summary>Facts about all operations of a name that passes ask for.</summary>
[Flags]
public enum OpTraits
{
    /// <summary>None of these.</summary>
    None = 0,

    /// <summary>Must be the last of its block.</summary>
    Terminator = 1,

    /// <summary>Its regions may not use values from outside.</summary>
    IsolatedFromAbove = 2,

    /// <summary>Operations in its regions are found by <c>sym_name</c>, which must be unique there.</summary>
    SymbolTable = 4,

    /// <summary>Has a <c>sym_name</c>.</summary>
    Symbol = 8,

    /// <summary>In its regions a value may be used before it is defined.</summary>
    GraphRegion = 16,

    /// <summary>A region holds at most one block.</summary>
    SingleBlock = 32,

    /// <summary>Blocks of its regions need no terminator.</summary>
    NoTerminator = 64,

    /// <summary>Has no operands, and its result is the attribute <c>value</c>.</summary>
    Constant = 128,

    /// <summary>Operands may change places.</summary>
    Commutative = 256,

    /// <summary>Ends a body and hands its operands to whoever called it, as <c>func.return</c> does.</summary>
    ReturnLike = 512,

    /// <summary>All operands and results have one type.</summary>
    SameOperandsAndResultType = 1024,
}

/// <summary>What an operation does besides computing its results.</summary>
public enum Effect
{
    /// <summary>Nothing: equal operands and attributes give equal results, and an unused one may go.</summary>
    None,

    /// <summary>As much as the operations in its regions do.</summary>
    OfRegions,

    /// <summary>Reads something that may change; an unused one may go, two equal ones may differ.</summary>
    Reads,

    /// <summary>Asks a model or a service; it costs and may answer differently, but an unused one may go.</summary>
    Calls,

    /// <summary>Changes something outside; it stays, in its place.</summary>
    Writes,

    /// <summary>Nobody said; taken for <see cref="Writes"/>.</summary>
    Unknown,
}

/// <summary>What a dialect says about operations of one name. Made by the generator.</summary>
public sealed partial class OpInfo
{
    private readonly FrozenSet<string> _inherent;
    private OpShape? _shape;
    private OpSyntax? _syntax;

    /// <summary>All facts of one operation name.</summary>
    /// <param name="name">The whole name.</param>
    /// <param name="factory">Makes an empty object of the registered class.</param>
    /// <param name="attributes">The names of the operation's own attributes.</param>
    /// <param name="traits">Facts that passes ask for.</param>
    /// <param name="effects">What it does beside its results.</param>
    /// <param name="summary">One sentence.</param>
    public OpInfo(string name, Func<Operation> factory, IEnumerable<string> attributes, OpTraits traits, Effect effects, string summary)
    {
        (Name, Factory, Traits, Effects, Summary) = (name, factory, traits, effects, summary);
        _inherent = attributes.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The whole name.</summary>
    public string Name { get; }

    /// <summary>Facts that passes ask for.</summary>
    public OpTraits Traits { get; }

    /// <summary>What it does beside its results.</summary>
    public Effect Effects { get; }

    /// <summary>One sentence about it.</summary>
    public string Summary { get; }

    /// <summary>The names of its own attributes.</summary>
    public IReadOnlyCollection<string> AttributeNames => _inherent;

    /// <summary>What is declared about its parts; made when first asked for.</summary>
    public OpShape Shape => _shape ??= ShapeFactory?.Invoke() ?? OpShape.Unknown;

    /// <summary>Makes <see cref="Shape"/>.</summary>
    public Func<OpShape>? ShapeFactory { get; init; }

    /// <summary>How it is written in pretty form.</summary>
    public OpSyntax Syntax => _syntax ??= SyntaxFactory?.Invoke() ?? DefaultSyntax.Instance;

    /// <summary>Makes <see cref="Syntax"/>; the default form when null.</summary>
    public Func<OpSyntax>? SyntaxFactory { get; init; }

    internal Func<Operation> Factory { get; }

    /// <summary>Whether <paramref name="attribute"/> belongs to the operation itself.</summary>
    public bool IsInherent(string attribute) => _inherent.Contains(attribute);
}
