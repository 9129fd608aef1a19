using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// One step of a program: operands, results, regions, successors, attributes and a place. Registered operations are sealed partial
/// classes with <see cref="OpAttribute"/>; every other name is an <see cref="UnregisteredOperation"/>, which keeps all that is on it.
/// </summary>
/// <remarks>
/// Attributes that belong to the meaning of a registered operation (its inherent ones) live in <see cref="Properties"/> and print in
/// <c>&lt;{…}&gt;</c>; what anybody else pinned on it lives in <see cref="Attributes"/> and prints in <c>{…}</c>.
/// </remarks>
public abstract partial class Operation
{
    private static readonly Region[] NoRegions = [];
    private static readonly Block[] NoBlocks = [];

    // Most operations have at most two operands and one result: these are held in the operation itself.
    private InlineSlots _inlineSlots;
    private object? _results;
    private Extras? _extras;

    // Null, the SourceText of the span, a LocationAttr, or a WrittenPlace for both.
    private object? _place;
    private int _sourceStart;
    private int _sourceLength;
    private int _operandCount;

    // For one algorithm at a time over a tree that nobody else works on: the number of the results while printing, marks of a driver.
    internal int Scratch;

    internal Operation? NextInBlock;
    internal Operation? PreviousInBlock;
    internal long Order;

    // Set by Initialize, which Create calls on every path before the operation is seen.
    private OperationName _name = null!;

    /// <summary>Made through <see cref="Create(OperationState)"/> only.</summary>
    protected Operation()
    {
    }

    /// <summary>The interned name, such as <c>agent.call</c>.</summary>
    public OperationName Name => _name;

    /// <summary>The context of everything on the operation.</summary>
    public Context Context => _name.Context;

    /// <summary>The block that holds this, or null when detached.</summary>
    public Block? Block { get; internal set; }

    /// <summary>The next operation of the block, or null.</summary>
    public Operation? Next => NextInBlock;

    /// <summary>The previous operation of the block, or null.</summary>
    public Operation? Previous => PreviousInBlock;

    /// <summary>The region that holds this, or null.</summary>
    public Region? ParentRegion => Block?.Region;

    /// <summary>The operation that holds this, or null.</summary>
    public Operation? ParentOp => Block?.Region?.Parent;

    /// <summary>What is pinned on the operation beside its own attributes.</summary>
    public DictionaryAttr Attributes { get; set; } = null!; // Set by Initialize.

    /// <summary>The operation's own attributes: a dictionary, null for none, or what an unknown operation brought.</summary>
    public Attr? Properties { get; set; }

    /// <summary>Where the operation was written; <see cref="SourceSpan.None"/> when nobody wrote it.</summary>
    public SourceSpan Span
    {
        get => new(_place as SourceText ?? (_place as WrittenPlace)?.Source, _sourceStart, _sourceLength);
        set
        {
            SetPlace(value.Source, WrittenLocation);
            (_sourceStart, _sourceLength) = (value.Start, value.Length);
        }
    }

    /// <summary>The location given by <c>loc(…)</c>, else one made of <see cref="Span"/>, else unknown.</summary>
    public LocationAttr Location
    {
        get => WrittenLocation ?? Context.LocationOf(Span);
        set => SetPlace(Span.Source, value);
    }

    /// <summary>The location that was given, or null when it follows from <see cref="Span"/>.</summary>
    public LocationAttr? WrittenLocation => _place as LocationAttr ?? (_place as WrittenPlace)?.Location;

    /// <summary>Number of operands.</summary>
    public int OperandCount => _operandCount;

    /// <summary>The operands, in order.</summary>
    public OperandList Operands => new(this, 0, _operandCount);

    /// <summary>The results, in order.</summary>
    public ResultList Results => new(_results);

    /// <summary>The only result.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one.</exception>
    public OpResult Result => _results as OpResult
        ?? throw new InvalidOperationException($"'{Name}' has {Results.Count} results, not one");

    /// <summary>The regions, in order.</summary>
    public ItemList<Region> Regions => _extras is { } extras ? new(extras.Regions, extras.Regions.Length) : new(NoRegions, 0);

    /// <summary>The blocks to which control may pass, in order.</summary>
    public ItemList<Block> Successors => _extras is { } extras ? new(extras.Successors, extras.Successors.Length) : new(NoBlocks, 0);

    /// <summary>Replaces successor <paramref name="index"/>.</summary>
    public void SetSuccessor(int index, Block block) => (_extras?.Successors ?? NoBlocks)[index] = block;

    /// <summary>What is known about operations of this name, or null when it is not registered.</summary>
    public OpInfo? Info => _name.Info;

    /// <summary>Whether the operation has <paramref name="trait"/>; unknown operations have none.</summary>
    public bool Has(OpTraits trait) => Info is { } info && (info.Traits & trait) == trait;

    /// <summary>Makes an operation of the registered class if its name has one; it is not in any block yet.</summary>
    public static Operation Create(OperationState state)
    {
        OperationParts parts = state.Parts;
        return Create(state.Name, in parts);
    }

    /// <summary>The same for an operation with neither regions nor successors.</summary>
    public static Operation Create(OperationName name, ReadOnlySpan<Value> operands, ReadOnlySpan<IRType> resultTypes, DictionaryAttr? properties, SourceSpan span)
    {
        var parts = new OperationParts { Operands = operands, ResultTypes = resultTypes, Properties = properties, Span = span };
        return Create(name, in parts);
    }

    internal static Operation Create(OperationName name, in OperationParts parts)
    {
        Operation operation = name.Info?.Factory() ?? new UnregisteredOperation();
        operation.Initialize(name, in parts);
        return operation;
    }

    /// <summary>The first lines of the text form, for messages and the debugger.</summary>
    public override string ToString() => IRPrinter.Print(this);

    /// <summary>
    /// Works out what the results are equal to. <paramref name="constants"/> has the constant that each operand is known to be, or null. On
    /// <see cref="FoldOutcome.Results"/> every one of <paramref name="results"/> (as many as the operation has) was set, and nothing else
    /// changed; on <see cref="FoldOutcome.InPlace"/> the operation changed its own operands or attributes into a simpler form.
    /// </summary>
    public virtual FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results) => FoldOutcome.None;

    /// <summary>
    /// Whether the operation may be executed although the program would not have come to it, as when it moves out of a loop that may run no
    /// round: true when it does nothing besides computing its results and cannot go wrong.
    /// </summary>
    public virtual bool IsSpeculatable => Info?.Effects == Effect.None;

    /// <summary>
    /// What the operation does besides computing its results; <see cref="Effect.OfRegions"/> is left for the caller to follow. What it refers
    /// to is found in <paramref name="symbols"/>.
    /// </summary>
    public virtual Effect EffectsIn(SymbolTables symbols) => Info?.Effects ?? Effect.Unknown;

    /// <summary>Checks counts and types as declared; made by the generator for registered operations.</summary>
    protected internal virtual bool VerifyStructure(VerifyContext context) => true;

    /// <summary>Checks what the declaration cannot say. Called only when <see cref="VerifyStructure"/> found nothing.</summary>
    protected internal virtual void Verify(VerifyContext context)
    {
    }

    internal ref OperandSlot Slot(int index)
    {
        SlotAccess.Note();
        if (index < InlineSlots.Count)
        {
            return ref _inlineSlots[index];
        }

        return ref _extras!.MoreSlots[index - InlineSlots.Count]; // There: AppendOperand made room before it counted the operand.
    }

    private void Initialize(OperationName name, in OperationParts parts)
    {
        _name = name;
        SetPlace(parts.Span.Source, parts.Location);
        (_sourceStart, _sourceLength) = (parts.Span.Start, parts.Span.Length);
        Attributes = parts.Attributes ?? name.Context.EmptyDictionary;
        Properties = parts.Properties;
        if (name.Info is { } info)
        {
            if (Attributes.Count > 0)
            {
                SplitInherentAttributes();
            }

            Properties = info.Complete(name.Context, Properties);
        }

        ReadOnlySpan<IRType> types = parts.ResultTypes;
        if (types.Length == 1)
        {
            _results = new OpResult(this, 0, types[0]);
        }
        else if (types.Length > 1)
        {
            var results = new OpResult[types.Length];
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = new OpResult(this, i, types[i]);
            }

            _results = results;
        }

        if (parts.Regions.Length > 0 || parts.Successors.Length > 0 || parts.Operands.Length > InlineSlots.Count)
        {
            MakeExtras(in parts);
        }

        foreach (Value operand in parts.Operands)
        {
            AppendOperand(operand);
        }
    }

    private void MakeExtras(in OperationParts parts)
    {
        _extras = new Extras
        {
            Regions = parts.Regions.IsEmpty ? NoRegions : parts.Regions.ToArray(),
            Successors = parts.Successors.IsEmpty ? NoBlocks : parts.Successors.ToArray(),
            MoreSlots = parts.Operands.Length > InlineSlots.Count ? new OperandSlot[parts.Operands.Length - InlineSlots.Count] : [],
        };
        for (int i = 0; i < _extras.Regions.Length; i++)
        {
            _extras.Regions[i].AttachTo(this, i);
        }
    }

    private void SetPlace(SourceText? source, LocationAttr? location) =>
        _place = location is null ? source : source is null ? location : new WrittenPlace(source, location);

    // What few operations have.
    private sealed class Extras
    {
        public Region[] Regions = NoRegions;
        public Block[] Successors = NoBlocks;
        public OperandSlot[] MoreSlots = [];
    }

    private sealed record WrittenPlace(SourceText Source, LocationAttr Location);
}

/// <summary>An operation whose name no dialect in the context declares; it keeps its name and everything on it.</summary>
public sealed class UnregisteredOperation : Operation
{
}
