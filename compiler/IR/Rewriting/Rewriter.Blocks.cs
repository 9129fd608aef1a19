namespace Orchestrator.IR;

// Edits of blocks and regions.
public sealed partial class Rewriter
{
    /// <summary>Moves <paramref name="op"/> to just before <paramref name="before"/>.</summary>
    public void Move(Operation op, Operation before)
    {
        op.MoveBefore(before);
        Changes++;
        _listener?.Modified(op);
    }

    /// <summary>Makes an empty block before <paramref name="next"/>.</summary>
    public Block CreateBlock(Block next, params ReadOnlySpan<IRType> arguments)
    {
        var block = new Block();
        (next.Region ?? throw new ArgumentException("the block is in no region", nameof(next))).InsertBefore(next, block);
        foreach (IRType type in arguments)
        {
            block.AddArgument(type);
        }

        Changes++;
        return block;
    }

    /// <summary>Moves <paramref name="first"/> and all that follows it into a new block after its own, and gives that. The first half lacks a terminator then.</summary>
    public Block Split(Operation first)
    {
        Block block = first.Block ?? throw new ArgumentException("the operation is in no block", nameof(first));
        var rest = new Block { Span = first.Span };
        if (block.Next is { } next)
        {
            block.Region?.InsertBefore(next, rest);
        }
        else
        {
            block.Region?.Append(rest);
        }

        Operation? op = first;
        while (op is not null)
        {
            Operation? following = op.Next;
            op.Remove();
            rest.Append(op);
            op = following;
        }

        Changes++;
        return rest;
    }

    /// <summary>
    /// Moves the operations of <paramref name="block"/> before <paramref name="before"/>, with <paramref name="arguments"/> for its arguments, and
    /// takes the block out of its region.
    /// </summary>
    public void InlineBlock(Block block, Operation before, params IReadOnlyList<Value> arguments)
    {
        BindArguments(block, arguments);
        while (block.First is { } op)
        {
            op.MoveBefore(before);
        }

        block.Region?.Remove(block);
        Changes++;
    }

    /// <summary>
    /// Moves the operations of <paramref name="source"/> to the end of <paramref name="target"/>, with <paramref name="arguments"/> for its arguments, and
    /// takes <paramref name="source"/> out of its region.
    /// </summary>
    public void MergeBlocks(Block source, Block target, params IReadOnlyList<Value> arguments)
    {
        BindArguments(source, arguments);
        while (source.First is { } op)
        {
            op.Remove();
            target.Append(op);
        }

        source.Region?.Remove(source);
        Changes++;
    }

    /// <summary>Moves all blocks of <paramref name="region"/> before <paramref name="before"/>.</summary>
    public void InlineRegion(Region region, Block before)
    {
        Region target = before.Region ?? throw new ArgumentException("the block is in no region", nameof(before));
        while (region.First is { } block)
        {
            region.Remove(block);
            target.InsertBefore(before, block);
        }

        Changes++;
    }

    /// <summary>
    /// Moves the operations of a block without arguments before <paramref name="before"/>, all but its terminator, and gives the operands of
    /// that. The terminator is erased.
    /// </summary>
    public Value[] InlineBefore(Operation before, Block block)
    {
        Operation terminator = block.Last ?? throw new InvalidOperationException("the block is empty");
        Value[] yielded = [.. terminator.Operands];
        while (block.First is { } op && !ReferenceEquals(op, terminator))
        {
            op.MoveBefore(before);
            Touch(op);
        }

        Erase(terminator);
        return yielded;
    }

    /// <summary>Erases a block to which nothing passes control, with all that is in it.</summary>
    public void EraseBlock(Block block)
    {
        while (block.Last is { } op)
        {
            Erase(op);
        }

        block.Region?.Remove(block);
        Changes++;
    }

    private void BindArguments(Block block, IReadOnlyList<Value> arguments)
    {
        if (arguments.Count != block.Arguments.Count)
        {
            throw new ArgumentException($"{arguments.Count} values for {block.Arguments.Count} block arguments", nameof(arguments));
        }

        for (int i = 0; i < arguments.Count; i++)
        {
            ReplaceUses(block.Arguments[i], arguments[i]);
        }
    }
}
