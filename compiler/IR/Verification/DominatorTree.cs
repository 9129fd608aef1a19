namespace Orchestrator.IR;

/// <summary>
/// For the blocks of one region that control can reach: which of them come before which on every way (the algorithm of Cooper, Harvey and
/// Kennedy). It describes the region at the moment when it was built.
/// </summary>
/// <remarks>
/// Blocks are numbered in reverse post-order, so a block's dominators have smaller numbers. All facts are arrays over these numbers; a block
/// finds its own number in its scratch field, which is checked against <see cref="_order"/> because another algorithm may have used the field.
/// </remarks>
public sealed class DominatorTree
{
    private const int Unreachable = -1;

    private readonly Block[] _order;
    private readonly int[] _parent;
    private readonly int[] _firstChild;
    private readonly int[] _nextSibling;
    private readonly int[] _enter;
    private readonly int[] _leave;

    /// <summary>Reads the control flow of <paramref name="region"/>.</summary>
    public DominatorTree(Region region)
    {
        foreach (Block block in region.Blocks)
        {
            block.Scratch = Unreachable;
        }

        _order = ReversePostOrder(region);
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i].Scratch = i + 1;
        }

        _parent = FindParents();
        _firstChild = new int[_order.Length];
        _nextSibling = new int[_order.Length];
        _enter = new int[_order.Length];
        _leave = new int[_order.Length];
        LinkChildren();
        NumberIntervals();
    }

    /// <summary>The reachable blocks, each after all that dominate it.</summary>
    public ReadOnlySpan<Block> Order => _order;

    /// <summary>The number of <paramref name="block"/> in <see cref="Order"/>, or -1 when control cannot reach it.</summary>
    public int NumberOf(Block block)
    {
        int number = block.Scratch - 1;
        if ((uint)number < (uint)_order.Length && ReferenceEquals(_order[number], block))
        {
            return number;
        }

        return block.Scratch == Unreachable ? -1 : Array.IndexOf(_order, block);
    }

    /// <summary>The number of the nearest other block on every way to block <paramref name="number"/>, or -1 for the entry.</summary>
    public int ParentOf(int number) => _parent[number];

    /// <summary>The first block whose parent is <paramref name="number"/>, or -1.</summary>
    public int FirstChildOf(int number) => _firstChild[number];

    /// <summary>The next block with the same parent, or -1.</summary>
    public int NextSiblingOf(int number) => _nextSibling[number];

    /// <summary>Whether block <paramref name="a"/> is <paramref name="b"/> or on every way to it; both are numbers.</summary>
    public bool Dominates(int a, int b) => _enter[a] <= _enter[b] && _leave[b] <= _leave[a];

    private static Block[] ReversePostOrder(Region region)
    {
        if (region.First is not { } entry)
        {
            return [];
        }

        // A block is marked in its scratch field when it is first seen.
        var finished = new List<Block>(region.Count);
        var stack = new Stack<(Block Block, int Next)>();
        entry.Scratch = 0;
        stack.Push((entry, 0));
        while (stack.TryPop(out (Block Block, int Next) top))
        {
            if (top.Block.Last is not { } last || top.Next >= last.Successors.Count)
            {
                finished.Add(top.Block);
                continue;
            }

            stack.Push((top.Block, top.Next + 1));
            Block successor = last.Successors[top.Next];
            if (successor.Scratch == Unreachable && ReferenceEquals(successor.Region, region))
            {
                successor.Scratch = 0;
                stack.Push((successor, 0));
            }
        }

        finished.Reverse();
        return [.. finished];
    }

    private int[] FindParents()
    {
        (int[] start, int[] predecessors) = Predecessors();
        int[] parent = new int[_order.Length];
        Array.Fill(parent, -1);
        for (bool changed = _order.Length > 1; changed;)
        {
            changed = false;
            for (int i = 1; i < parent.Length; i++)
            {
                int best = -1;
                for (int p = start[i]; p < start[i + 1]; p++)
                {
                    int from = predecessors[p];
                    if (from == 0 || parent[from] >= 0)
                    {
                        best = best < 0 ? from : Meet(parent, best, from);
                    }
                }

                changed |= best != parent[i];
                parent[i] = best;
            }
        }

        return parent;
    }

    // The predecessors of block i are those from start[i] to before start[i + 1].
    private (int[] Start, int[] Predecessors) Predecessors()
    {
        int[] start = new int[_order.Length + 2];
        foreach (Block block in _order)
        {
            for (int s = 0; block.Last is { } last && s < last.Successors.Count; s++)
            {
                int to = NumberOf(last.Successors[s]);
                start[to + 2] += to < 0 ? 0 : 1;
            }
        }

        for (int i = 2; i < start.Length; i++)
        {
            start[i] += start[i - 1];
        }

        int[] predecessors = new int[start[^1]];
        for (int i = 0; i < _order.Length; i++)
        {
            for (int s = 0; _order[i].Last is { } last && s < last.Successors.Count; s++)
            {
                if (NumberOf(last.Successors[s]) is >= 0 and int to)
                {
                    predecessors[start[to + 1]++] = i;
                }
            }
        }

        return (start, predecessors);
    }

    private static int Meet(int[] parent, int a, int b)
    {
        while (a != b)
        {
            (a, b) = a > b ? (parent[a], b) : (a, parent[b]);
        }

        return a;
    }

    private void LinkChildren()
    {
        Array.Fill(_firstChild, -1);
        Array.Fill(_nextSibling, -1);
        for (int i = _order.Length - 1; i > 0; i--)
        {
            _nextSibling[i] = _firstChild[_parent[i]];
            _firstChild[_parent[i]] = i;
        }
    }

    // A block dominates those whose interval of visits lies within its own.
    private void NumberIntervals()
    {
        int time = 0;
        int at = _order.Length > 0 ? 0 : -1;
        while (at >= 0)
        {
            _enter[at] = time++;
            if (_firstChild[at] >= 0)
            {
                at = _firstChild[at];
                continue;
            }

            while (at >= 0)
            {
                _leave[at] = time++;
                if (_nextSibling[at] >= 0)
                {
                    at = _nextSibling[at];
                    break;
                }

                at = _parent[at];
            }
        }
    }
}
