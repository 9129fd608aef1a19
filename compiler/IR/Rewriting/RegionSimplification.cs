namespace Orchestrator.IR;

/// <summary>
/// Simplifies the control flow of a region: blocks that cannot be reached go, a block and its only successor become one, arguments that
/// nobody needs go with what computes them. When aggressive, equal blocks become one and an argument that always gets one value becomes that value.
/// </summary>
internal sealed class RegionSimplification(Rewriter rewriter, SymbolTables symbols, bool aggressive)
{
    /// <summary>Whether anything changed.</summary>
    public bool Run(Region region)
    {
        if (region.Count < 2)
        {
            return false;
        }

        bool changed = EraseUnreachable(region);
        changed |= MergeChains(region);
        changed |= region.Count > 1 && new DeadArguments(rewriter, symbols).Run(region);
        if (aggressive && region.Count > 1)
        {
            changed |= MergeEqualBlocks(region);
            changed |= region.Count > 1 && ReplaceUniformArguments(region);
        }

        return changed;
    }

    /// <summary>Erases the blocks that control cannot reach; true when there were any.</summary>
    public bool EraseUnreachable(Region region)
    {
        var flow = new ControlFlow(region);
        List<Block>? gone = null;
        foreach (Block block in region.Blocks)
        {
            if (!flow.Reaches(block))
            {
                (gone ??= []).Add(block);
            }
        }

        // They may use each other's values in any order, so no use is left before the first one goes.
        foreach (Block block in gone ?? [])
        {
            foreach (Operation op in block.Operations)
            {
                foreach (Operation inner in op.Walk())
                {
                    inner.DropOperands();
                }
            }
        }

        foreach (Block block in gone ?? [])
        {
            rewriter.EraseBlock(block);
        }

        return gone is not null;
    }

    private bool MergeChains(Region region)
    {
        var flow = new ControlFlow(region);
        bool changed = false;
        Block? block = region.First;
        while (block is not null)
        {
            if (block.Last is IBranchOp branch and Operation { Successors.Count: 1, Results.Count: 0 } last
                && last.Successors[0] is var next && !ReferenceEquals(next, block) && !ReferenceEquals(next, region.First)
                && flow.EdgesTo(next).Count == 1 && last.EffectsIn(symbols) == Effect.None
                && branch.SuccessorOperands(0) is var passed && passed.Count == next.Arguments.Count)
            {
                Value[] values = [.. passed];
                rewriter.Erase(last);
                rewriter.MergeBlocks(next, block, values);
                changed = true;
                continue;
            }

            block = block.Next;
        }

        return changed;
    }

    // Only blocks whose values are not used elsewhere: neither of two equal blocks dominates what comes after the other.
    private bool MergeEqualBlocks(Region region)
    {
        var flow = new ControlFlow(region);
        var equivalence = new Equivalence();
        var byShape = new Dictionary<uint, List<Block>>();
        bool changed = false;
        Block? block = region.First?.Next;
        while (block is not null)
        {
            Block? following = block.Next;
            if (IsClosed(block))
            {
                uint shape = ShapeOf(block);
                if (!byShape.TryGetValue(shape, out List<Block>? like))
                {
                    byShape.Add(shape, like = []);
                }

                Block? equal = null;
                for (int i = 0; i < like.Count && equal is null; i++)
                {
                    equal = equivalence.Equal(like[i], block) ? like[i] : null;
                }

                if (equal is null)
                {
                    like.Add(block);
                }
                else
                {
                    foreach ((Operation from, int successor) in flow.EdgesTo(block))
                    {
                        from.SetSuccessor(successor, equal);
                        rewriter.Touch(from);
                    }

                    rewriter.EraseBlock(block);
                    changed = true;
                }
            }

            block = following;
        }

        return changed;
    }

    private static uint ShapeOf(Block block)
    {
        uint shape = (uint)block.Arguments.Count;
        foreach (Operation op in block.Operations)
        {
            shape = Equivalence.Mix(shape, op.Name);
        }

        return shape;
    }

    private static bool IsClosed(Block block)
    {
        foreach (BlockArgument argument in block.Arguments)
        {
            if (IsUsedOutside(argument, block))
            {
                return false;
            }
        }

        foreach (Operation op in block.Operations)
        {
            for (int i = 0; i < op.Results.Count; i++)
            {
                if (IsUsedOutside(op.Results[i], block))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsUsedOutside(Value value, Block block)
    {
        foreach (Use use in value.Uses)
        {
            Block? at = use.Owner.Block;
            while (at is not null && !ReferenceEquals(at, block))
            {
                at = at.ParentOp?.Block;
            }

            if (at is null)
            {
                return true;
            }
        }

        return false;
    }

    private bool ReplaceUniformArguments(Region region)
    {
        var flow = new ControlFlow(region);
        bool changed = false;
        for (Block? block = region.First?.Next; block is not null; block = block.Next)
        {
            for (int i = block.Arguments.Count - 1; i >= 0; i--)
            {
                if (Uniform(block.Arguments[i], flow.EdgesTo(block)) is not { } value || !DeadArguments.TryUnpass(flow.EdgesTo(block), i))
                {
                    continue;
                }

                rewriter.ReplaceUses(block.Arguments[i], value);
                block.RemoveArgument(i);
                changed = true;
            }
        }

        return changed;
    }

    // The one value that comes from everywhere, the argument itself aside; its definition then dominates every way here.
    private static Value? Uniform(BlockArgument argument, IReadOnlyList<(Operation From, int Successor)> edges)
    {
        Value? one = null;
        foreach ((Operation From, int Successor) edge in edges)
        {
            Value? passed = ControlFlow.Passed(edge, argument.Index);
            if (passed is null || (one is not null && !ReferenceEquals(one, passed) && !ReferenceEquals(passed, argument)))
            {
                return null;
            }

            one = ReferenceEquals(passed, argument) ? one : passed;
        }

        return one;
    }
}
