namespace Orchestrator.IR;

/// <summary>A list of blocks inside an operation; the first is where control enters.</summary>
public sealed class Region
{
    // While the region encloses what VisibilityCheck reads: the operation read in it, and how many regions are around it.
    internal Operation? OpenOp;
    internal int OpenIndex;

    /// <summary>The operation that holds this, or null when detached.</summary>
    public Operation? Parent { get; private set; }

    /// <summary>Which region of <see cref="Parent"/>, from 0.</summary>
    public int Index { get; private set; }

    /// <summary>The entry block, or null when the region is empty.</summary>
    public Block? First { get; private set; }

    /// <summary>The last block, or null.</summary>
    public Block? Last { get; private set; }

    /// <summary>Number of blocks.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is no block.</summary>
    public bool IsEmpty => First is null;

    /// <summary>The blocks, in order. The one just returned may be removed while reading.</summary>
    public RegionBlocks Blocks => new(this);

    /// <summary>The entry block; makes one when the region is empty.</summary>
    public Block EnsureBlock() => First ?? AddBlock();

    /// <summary>Adds an empty block at the end.</summary>
    public Block AddBlock()
    {
        var block = new Block();
        Append(block);
        return block;
    }

    /// <summary>Adds a detached block at the end.</summary>
    public void Append(Block block)
    {
        if (block.Region is not null)
        {
            throw new InvalidOperationException("the block is in a region already");
        }

        (block.Region, block.Previous, block.Next) = (this, Last, null);
        if (Last is null)
        {
            First = block;
        }
        else
        {
            Last.Next = block;
        }

        Last = block;
        Count++;
    }

    /// <summary>Adds a detached block before <paramref name="next"/>, a block of this region; constant time.</summary>
    public void InsertBefore(Block next, Block block)
    {
        if (block.Region is not null || !ReferenceEquals(next.Region, this))
        {
            throw new ArgumentException("the block is in a region already, or the other one is not in this", nameof(block));
        }

        (block.Region, block.Previous, block.Next) = (this, next.Previous, next);
        if (next.Previous is { } previous)
        {
            previous.Next = block;
        }
        else
        {
            First = block;
        }

        next.Previous = block;
        Count++;
    }

    /// <summary>Takes a block of this region out; constant time.</summary>
    public void Remove(Block block)
    {
        if (!ReferenceEquals(block.Region, this))
        {
            throw new ArgumentException("the block is not in this region", nameof(block));
        }

        if (block.Previous is null)
        {
            First = block.Next;
        }
        else
        {
            block.Previous.Next = block.Next;
        }

        if (block.Next is null)
        {
            Last = block.Previous;
        }
        else
        {
            block.Next.Previous = block.Previous;
        }

        (block.Region, block.Previous, block.Next) = (null, null, null);
        Count--;
    }

    /// <summary>Moves all blocks of <paramref name="other"/> to the end of this.</summary>
    public void TakeBlocksOf(Region other)
    {
        foreach (Block block in other.Blocks)
        {
            other.Remove(block);
            Append(block);
        }
    }

    internal void AttachTo(Operation parent, int index)
    {
        if (Parent is not null)
        {
            throw new InvalidOperationException("the region belongs to an operation already");
        }

        (Parent, Index) = (parent, index);
    }
}
