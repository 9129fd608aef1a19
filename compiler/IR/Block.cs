using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>A straight list of operations with arguments; the list is linked through the operations, so edits take constant time.</summary>
public sealed class Block
{
    // Gap between neighbours when a block is numbered, so that most insertions find a free number; smaller in blocks of over a million.
    private const int OrderGap = 1 << 10;

    private static readonly BlockArgument[] None = [];

    private BlockArgument[] _arguments = None;
    private int _argumentCount;
    private bool _orderValid;

    // As in Operation: the number while printing.
    internal int Scratch;

    /// <summary>The first operation, or null.</summary>
    public Operation? First { get; private set; }

    /// <summary>The last operation, or null.</summary>
    public Operation? Last { get; private set; }

    /// <summary>Number of operations.</summary>
    public int Count { get; private set; }

    /// <summary>The region that holds this, or null when detached.</summary>
    public Region? Region { get; internal set; }

    /// <summary>The next block of the region, or null.</summary>
    public Block? Next { get; internal set; }

    /// <summary>The previous block of the region, or null.</summary>
    public Block? Previous { get; internal set; }

    /// <summary>The operation whose region holds this, or null.</summary>
    public Operation? ParentOp => Region?.Parent;

    /// <summary>Where the block's label was written.</summary>
    public SourceSpan Span { get; set; }

    /// <summary>The arguments, in order.</summary>
    public ItemList<BlockArgument> Arguments => new(_arguments, _argumentCount);

    /// <summary>The last operation if it ends the block (a registered terminator or one with successors), else null.</summary>
    public Operation? Terminator => Last is { } last && (last.Successors.Count > 0 || last.Has(OpTraits.Terminator)) ? last : null;

    /// <summary>The operations, in order. The one just returned may be removed while reading.</summary>
    public BlockOperations Operations => new(this);

    /// <summary>Adds an argument at the end.</summary>
    public BlockArgument AddArgument(IRType type, SourceSpan span = default)
    {
        var argument = new BlockArgument(this, _argumentCount, type) { WrittenAt = span };
        if (_argumentCount == _arguments.Length)
        {
            Array.Resize(ref _arguments, Math.Max(2, 2 * _argumentCount));
        }

        _arguments[_argumentCount++] = argument;
        return argument;
    }

    /// <summary>Removes an argument that nothing uses.</summary>
    public void RemoveArgument(int index)
    {
        if (Arguments[index].HasUses)
        {
            throw new InvalidOperationException($"block argument {index} is removed while it is used");
        }

        _argumentCount--;
        for (int i = index; i < _argumentCount; i++)
        {
            _arguments[i] = _arguments[i + 1];
            _arguments[i].Index = i;
        }

        _arguments[_argumentCount] = null!; // Beyond the count nothing is read.
    }

    /// <summary>Adds a detached operation at the end.</summary>
    public void Append(Operation op) => Insert(op, Last, null);

    /// <summary>Adds a detached operation before <paramref name="next"/>.</summary>
    public void InsertBefore(Operation next, Operation op) => Insert(op, next.PreviousInBlock, next);

    /// <summary>Adds a detached operation after <paramref name="previous"/>.</summary>
    public void InsertAfter(Operation previous, Operation op) => Insert(op, previous, previous.NextInBlock);

    internal void Unlink(Operation op)
    {
        if (op.PreviousInBlock is { } previous)
        {
            previous.NextInBlock = op.NextInBlock;
        }
        else
        {
            First = op.NextInBlock;
        }

        if (op.NextInBlock is { } next)
        {
            next.PreviousInBlock = op.PreviousInBlock;
        }
        else
        {
            Last = op.PreviousInBlock;
        }

        (op.Block, op.NextInBlock, op.PreviousInBlock) = (null, null, null);
        Count--;
    }

    internal void EnsureOrder()
    {
        if (_orderValid)
        {
            return;
        }

        int order = 0;
        int gap = Math.Clamp(int.MaxValue / (Count + 1), 1, OrderGap);
        for (Operation? op = First; op is not null; op = op.NextInBlock)
        {
            op.Order = order += gap;
        }

        _orderValid = true;
    }

    private void Insert(Operation op, Operation? previous, Operation? next)
    {
        if (op.Block is not null)
        {
            throw new InvalidOperationException($"'{op.Name}' is in a block already");
        }

        (op.Block, op.PreviousInBlock, op.NextInBlock) = (this, previous, next);
        if (previous is null)
        {
            First = op;
        }
        else
        {
            previous.NextInBlock = op;
        }

        if (next is null)
        {
            Last = op;
            op.Order = unchecked((previous?.Order ?? 0) + OrderGap);
            _orderValid &= op.Order > 0;
        }
        else
        {
            next.PreviousInBlock = op;
            int before = previous?.Order ?? 0;
            op.Order = before + (next.Order - before) / 2;
            _orderValid &= op.Order > before && op.Order < next.Order;
        }

        Count++;
    }
}
