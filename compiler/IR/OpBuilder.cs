using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>Makes operations and puts them at a place in a block.</summary>
public sealed class OpBuilder
{
    private Block? _block;
    private Operation? _before;

    /// <summary>A builder whose operations stay detached until an insertion point is set.</summary>
    public OpBuilder(Context context) => Context = context;

    /// <summary>The context of what is built.</summary>
    public Context Context { get; }

    /// <summary>The place given to operations that are made without one.</summary>
    public SourceSpan Span { get; set; }

    /// <summary>The block into which operations go, or null.</summary>
    public Block? Block => _block;

    /// <summary>The operation before which they go, or null for the end of <see cref="Block"/>.</summary>
    public Operation? Before => _before;

    /// <summary>Who is told of what is inserted, or null.</summary>
    internal IRewriteListener? Listener { get; init; }

    /// <summary>A builder that adds to the end of <paramref name="block"/>.</summary>
    public static OpBuilder AtEnd(Context context, Block block) => new(context) { _block = block };

    /// <summary>A builder that adds before <paramref name="op"/>, with its place.</summary>
    public static OpBuilder BeforeOp(Operation op) => new(op.Context) { _block = op.Block, _before = op, Span = op.Span };

    /// <summary>From now on adds to the end of <paramref name="block"/>.</summary>
    public void SetInsertionPointToEnd(Block block) => (_block, _before) = (block, null);

    /// <summary>From now on adds to the start of <paramref name="block"/>.</summary>
    public void SetInsertionPointToStart(Block block) => (_block, _before) = (block, block.First);

    /// <summary>From now on adds before <paramref name="op"/>.</summary>
    public void SetInsertionPoint(Operation op) => (_block, _before) = (op.Block, op);

    /// <summary>From now on adds after <paramref name="op"/>.</summary>
    public void SetInsertionPointAfter(Operation op) => (_block, _before) = (op.Block, op.Next);

    /// <summary>
    /// Makes an operation, of the registered class if <paramref name="name"/> has one, and inserts it. An attribute that belongs to
    /// the operation itself goes to its properties.
    /// </summary>
    /// <param name="name">The whole name, such as <c>agent.template</c>.</param>
    /// <param name="operands">Operands, in order.</param>
    /// <param name="resultTypes">Types of the results, in order.</param>
    /// <param name="attributes">Attributes, in any order.</param>
    /// <param name="regions">Detached regions, in order.</param>
    /// <param name="span">Where it was written; <see cref="Span"/> when not given.</param>
    /// <param name="successors">Blocks to which control may pass.</param>
    /// <param name="location">An explicit location.</param>
    public Operation Create(
        string name,
        ReadOnlySpan<Value> operands = default,
        ReadOnlySpan<IRType> resultTypes = default,
        ReadOnlySpan<NamedAttr> attributes = default,
        ReadOnlySpan<Region> regions = default,
        SourceSpan span = default,
        ReadOnlySpan<Block> successors = default,
        LocationAttr? location = null)
    {
        var state = new OperationState(Context.Name(name))
        {
            Operands = [.. operands],
            ResultTypes = [.. resultTypes],
            Attributes = attributes.IsEmpty ? null : Context.Dictionary(attributes.ToArray()),
            Regions = [.. regions],
            Successors = [.. successors],
            Span = span.Source is null ? Span : span,
            Location = location,
        };
        return Insert(Operation.Create(state));
    }

    /// <summary>Inserts a detached operation at the insertion point.</summary>
    public Operation Insert(Operation op)
    {
        if (_block is not null)
        {
            if (_before is null)
            {
                _block.Append(op);
            }
            else
            {
                _block.InsertBefore(_before, op);
            }

            Listener?.Inserted(op);
        }

        return op;
    }
}
