namespace Orchestrator.IR;

/// <summary>
/// Which blocks of a region come before which on every way through it, computed for a region when first asked (the algorithm of Cooper,
/// Harvey and Kennedy). It describes the IR at that moment; make a new one after changes of control flow.
/// </summary>
public sealed class DominanceInfo
{
    private readonly Dictionary<Region, Dictionary<Block, (int Order, Block? Parent)>> _regions = [];

    /// <summary>Whether <paramref name="a"/> is on every way to <paramref name="b"/>, both blocks of one region. A block that cannot be reached is dominated by all.</summary>
    public bool Dominates(Block a, Block b)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        Dictionary<Block, (int Order, Block? Parent)> tree = TreeOf(a);
        if (!tree.ContainsKey(b))
        {
            return true;
        }

        if (!tree.TryGetValue(a, out (int Order, Block? Parent) target))
        {
            return false;
        }

        Block? at = b;
        while (at is not null && tree[at].Order > target.Order)
        {
            at = tree[at].Parent;
        }

        return ReferenceEquals(at, a);
    }

    /// <summary>Whether there is a way from the entry block of the region to <paramref name="block"/>.</summary>
    public bool IsReachable(Block block) => TreeOf(block).ContainsKey(block);

    private Dictionary<Block, (int Order, Block? Parent)> TreeOf(Block block)
    {
        Region region = block.Region ?? throw new InvalidOperationException("the block is in no region");
        if (!_regions.TryGetValue(region, out Dictionary<Block, (int Order, Block? Parent)>? tree))
        {
            _regions.Add(region, tree = Build(region));
        }

        return tree;
    }

    // Reachable blocks with their number in reverse post-order and their immediate dominator.
    private static Dictionary<Block, (int Order, Block? Parent)> Build(Region region)
    {
        List<Block> order = ReversePostOrder(region);
        var number = new Dictionary<Block, int>();
        for (int i = 0; i < order.Count; i++)
        {
            number[order[i]] = i;
        }

        List<int>[] predecessors = [.. order.Select(_ => new List<int>())];
        foreach (Block block in order)
        {
            foreach (Block successor in Successors(block))
            {
                predecessors[number[successor]].Add(number[block]);
            }
        }

        int[] parent = new int[order.Count];
        Array.Fill(parent, -1);
        for (bool changed = order.Count > 0; changed;)
        {
            changed = false;
            for (int i = 1; i < order.Count; i++)
            {
                int best = -1;
                foreach (int p in predecessors[i])
                {
                    best = p != 0 && parent[p] < 0 ? best : best < 0 ? p : Meet(parent, best, p);
                }

                changed |= best != parent[i];
                parent[i] = best;
            }
        }

        return order.Select((block, i) => (block, i)).ToDictionary(e => e.block, e => (e.i, e.i == 0 ? null : order[parent[e.i]]));
    }

    private static int Meet(int[] parent, int a, int b)
    {
        while (a != b)
        {
            (a, b) = a > b ? (parent[a], b) : (a, parent[b]);
        }

        return a;
    }

    private static List<Block> ReversePostOrder(Region region)
    {
        List<Block> order = [];
        if (region.First is not { } entry)
        {
            return order;
        }

        var seen = new HashSet<Block> { entry };
        var stack = new Stack<(Block Block, IEnumerator<Block> Next)>();
        stack.Push((entry, Successors(entry).GetEnumerator()));
        while (stack.TryPeek(out (Block Block, IEnumerator<Block> Next) top))
        {
            if (!top.Next.MoveNext())
            {
                order.Add(stack.Pop().Block);
            }
            else if (seen.Add(top.Next.Current))
            {
                stack.Push((top.Next.Current, Successors(top.Next.Current).GetEnumerator()));
            }
        }

        order.Reverse();
        return order;
    }

    private static IEnumerable<Block> Successors(Block block) =>
        block.Last?.Successors.Where(s => ReferenceEquals(s.Region, block.Region)) ?? [];
}
