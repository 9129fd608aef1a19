namespace Orchestrator.IR;

/// <summary>
/// What comes before what on every way through the IR. The tree of a region is built when it is first asked for; a region of one block
/// needs none. It describes the IR at that moment: make a new one after changes of control flow.
/// </summary>
public sealed class DominanceInfo : IAnalysis<DominanceInfo>
{
    private readonly Dictionary<Region, DominatorTree> _trees = [];
    private Region? _lastRegion;
    private DominatorTree? _lastTree;

    /// <summary>The dominator tree of <paramref name="region"/>.</summary>
    public DominatorTree TreeOf(Region region)
    {
        if (ReferenceEquals(region, _lastRegion) && _lastTree is { } last)
        {
            return last;
        }

        if (!_trees.TryGetValue(region, out DominatorTree? tree))
        {
            _trees.Add(region, tree = new DominatorTree(region));
        }

        (_lastRegion, _lastTree) = (region, tree);
        return tree;
    }

    /// <inheritdoc/>
    public static DominanceInfo Compute(Operation op, Analyses analyses) => new();

    /// <summary>Whether <paramref name="a"/> is on every way to <paramref name="b"/>, both blocks of one region. A block that cannot be reached is dominated by all.</summary>
    public bool Dominates(Block a, Block b)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        DominatorTree tree = TreeOf(a.Region ?? throw new InvalidOperationException("the block is in no region"));
        int target = tree.NumberOf(b);
        if (target < 0)
        {
            return true;
        }

        int number = tree.NumberOf(a);
        return number >= 0 && tree.Dominates(number, target);
    }

    /// <summary>
    /// Whether <paramref name="value"/> may be used by <paramref name="user"/>: it is defined before it, in its block, in a block that dominates
    /// that, or in a region around it. Isolation is not looked at.
    /// </summary>
    public bool ReachesTo(Value value, Operation user)
    {
        if (value.ParentBlock is not { Region: { } region } home)
        {
            return false;
        }

        Operation at = user;
        while (!ReferenceEquals(at.ParentRegion, region))
        {
            if (at.ParentOp is not { } parent)
            {
                return false;
            }

            at = parent;
        }

        if (at.Block is not { } block)
        {
            return false;
        }

        if (!ReferenceEquals(block, home))
        {
            return Dominates(home, block);
        }

        return value.DefiningOp is not { } definition || definition.IsBefore(at);
    }
}
