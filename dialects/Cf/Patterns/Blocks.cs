using Orchestrator.IR;

namespace Orchestrator.Dialects.Cf;

/// <summary>What patterns ask about the blocks that a branch goes to.</summary>
internal static class Blocks
{
    // Blocks do not know who goes to them. Looking through a region of more blocks for every branch would take time with the square of its size.
    private const int SearchedMax = 512;

    /// <summary>The only block that goes to <paramref name="block"/>, once or more often; null when there are several, none, or too many to look at.</summary>
    public static Block? OnlyPredecessor(Block block)
    {
        if (block.Region is not { Count: <= SearchedMax } region || block.Previous is null)
        {
            return null;
        }

        Block? only = null;
        for (Block? at = region.First; at is not null; at = at.Next)
        {
            if (at.Last is not { } last)
            {
                continue;
            }

            for (int i = 0; i < last.Successors.Count; i++)
            {
                if (!ReferenceEquals(last.Successors[i], block))
                {
                    continue;
                }

                if (only is not null && !ReferenceEquals(only, at))
                {
                    return null;
                }

                only = at;
            }
        }

        return only;
    }

    /// <summary>
    /// Where control ends up that goes to <paramref name="block"/> with <paramref name="arguments"/>, when the block does nothing but go on to another one;
    /// false when it does more, and when such blocks go round in a circle.
    /// </summary>
    public static bool TrySkip(Block block, IReadOnlyList<Value> arguments, out Block target, out Value[] passed)
    {
        (target, passed) = (block, []);
        if (block.First is not BranchOp branch || ReferenceEquals(branch.Target, block) || GoesInCircle(branch))
        {
            return false;
        }

        foreach (BlockArgument argument in block.Arguments)
        {
            foreach (Use use in argument.Uses)
            {
                if (!ReferenceEquals(use.Owner, branch))
                {
                    return false;
                }
            }
        }

        target = branch.Target;
        passed = new Value[branch.OperandCount];
        for (int i = 0; i < passed.Length; i++)
        {
            Value value = branch.GetOperand(i);
            passed[i] = value is BlockArgument { Owner: var owner, Index: var index } && ReferenceEquals(owner, block) ? arguments[index] : value;
        }

        return true;
    }

    /// <summary>Whether both runs are the same values.</summary>
    public static bool Same(OperandList a, OperandList b)
    {
        bool same = a.Count == b.Count;
        for (int i = 0; i < a.Count && same; i++)
        {
            same = ReferenceEquals(a[i], b[i]);
        }

        return same;
    }

    private static bool GoesInCircle(BranchOp branch)
    {
        var seen = new HashSet<Block>(ReferenceEqualityComparer.Instance);
        Block at = branch.Target;
        while (at.First is BranchOp next)
        {
            if (!seen.Add(at))
            {
                return true;
            }

            at = next.Target;
        }

        return false;
    }
}
