namespace Orchestrator.IR;

public abstract partial class Operation
{
    /// <summary>Takes the operation out of its block; constant time. Its operands and results stay linked.</summary>
    public void Remove() => Block?.Unlink(this);

    /// <summary>Moves it to just before <paramref name="other"/>.</summary>
    public void MoveBefore(Operation other)
    {
        Block block = other.Block ?? throw new InvalidOperationException("the other operation is in no block");
        Remove();
        block.InsertBefore(other, this);
    }

    /// <summary>Takes it out and lets go of its operands and all that is inside.</summary>
    /// <exception cref="InvalidOperationException">A result still has a use outside.</exception>
    public void Erase()
    {
        foreach (OpResult result in Results)
        {
            if (result.HasUses)
            {
                throw new InvalidOperationException($"'{Name}' is erased while '{result.Uses.First().Owner.Name}' uses its result {result.Index}");
            }
        }

        Remove();
        foreach (Operation inner in WalkPostOrder())
        {
            inner.DropOperands();
        }
    }

    /// <summary>Replaces every use of the results by <paramref name="values"/> and erases the operation.</summary>
    public void ReplaceWith(IReadOnlyList<Value> values)
    {
        ResultList results = Results;
        if (values.Count != results.Count)
        {
            throw new ArgumentException($"{values.Count} values for {results.Count} results", nameof(values));
        }

        for (int i = 0; i < results.Count; i++)
        {
            results[i].ReplaceAllUsesWith(values[i]);
        }

        Erase();
    }

    /// <summary>Whether this comes before <paramref name="other"/> in the block that holds both; constant time on average.</summary>
    public bool IsBefore(Operation other)
    {
        if (Block is null || !ReferenceEquals(Block, other.Block))
        {
            throw new InvalidOperationException("the operations are not in one block");
        }

        Block.EnsureOrder();
        return Order < other.Order;
    }

    /// <summary>Whether <paramref name="other"/> is this operation or inside it.</summary>
    public bool Encloses(Operation other)
    {
        for (Operation? at = other; at is not null; at = at.ParentOp)
        {
            if (ReferenceEquals(at, this))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>This operation and all inside it, outer before inner.</summary>
    public OperationWalk Walk() => new(this);

    /// <summary>This operation and all inside it, inner before outer. The operation just returned may be erased.</summary>
    public IEnumerable<Operation> WalkPostOrder()
    {
        Operation? at = Deepest(this);
        while (at is not null)
        {
            Operation? next = null;
            if (!ReferenceEquals(at, this))
            {
                Operation parent = at.ParentOp!; // Everything below this has a parent.
                Operation? sibling = at.Next ?? FirstIn(at.Block!.Next) ?? FirstInside(parent, at.ParentRegion!.Index + 1);
                next = sibling is null ? parent : Deepest(sibling);
            }

            yield return at;
            at = next;
        }
    }

    internal static Operation? FollowingInWalk(Operation at, Operation root) => FirstInside(at, 0) ?? After(at, root);

    private static Operation Deepest(Operation from)
    {
        while (FirstInside(from, 0) is { } inner)
        {
            from = inner;
        }

        return from;
    }

    private static Operation? FirstInside(Operation op, int fromRegion)
    {
        ItemList<Region> regions = op.Regions;
        for (int i = fromRegion; i < regions.Count; i++)
        {
            if (FirstIn(regions[i].First) is { } first)
            {
                return first;
            }
        }

        return null;
    }

    private static Operation? FirstIn(Block? block)
    {
        while (block is not null && block.First is null)
        {
            block = block.Next;
        }

        return block?.First;
    }

    private static Operation? After(Operation at, Operation root)
    {
        while (!ReferenceEquals(at, root))
        {
            Operation? next = at.Next ?? FirstIn(at.Block!.Next) ?? FirstInside(at.ParentOp!, at.ParentRegion!.Index + 1);
            if (next is not null)
            {
                return next;
            }

            at = at.ParentOp!; // Below the root everything has a parent.
        }

        return null;
    }
}
