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
        foreach (OpResult result in _results)
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
        if (values.Count != _results.Length)
        {
            throw new ArgumentException($"{values.Count} values for {_results.Length} results", nameof(values));
        }

        for (int i = 0; i < _results.Length; i++)
        {
            _results[i].ReplaceAllUsesWith(values[i]);
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

    /// <summary>This operation and all inside it, outer before inner. The tree is walked by its links: no recursion, no stack.
    /// The operation just returned may not be removed while walking; use <see cref="WalkPostOrder"/> for that.</summary>
    public IEnumerable<Operation> Walk()
    {
        for (Operation? at = this; at is not null; at = FirstInside(at, 0) ?? After(at, this))
        {
            yield return at;
        }
    }

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
        for (int i = fromRegion; i < op._regions.Length; i++)
        {
            if (FirstIn(op._regions[i].First) is { } first)
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
