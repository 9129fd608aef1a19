namespace Orchestrator.IR;

/// <summary>
/// Applies patterns to each operation once, outer before inner and earlier before later; what patterns make is not looked at again. For
/// patterns that lower one operation at a time: it costs one walk, and cannot go on for ever.
/// </summary>
public static class WalkRewrite
{
    /// <summary>
    /// Rewrites everything inside <paramref name="root"/> and gives the number of rewrites. A pattern may erase or replace its operation and what is
    /// inside that, and make others; it may not erase operations elsewhere that still have to be visited.
    /// </summary>
    public static int Run(Operation root, PatternSet patterns, CancellationToken cancellation = default)
    {
        var rewriter = new Rewriter(root.Context);
        var pending = new Stack<Operation>();
        Push(root, pending);
        int rewrites = 0;
        while (pending.TryPop(out Operation? op))
        {
            if (op.Block is null)
            {
                continue;
            }

            cancellation.ThrowIfCancellationRequested();
            bool applied = false;
            foreach (RewritePattern pattern in patterns.For(op))
            {
                if (pattern.ApplyToLookedAt(op, rewriter))
                {
                    rewrites++;
                    applied = true;
                    break;
                }
            }

            // What a pattern left inside its operation may be new.
            if (!applied)
            {
                Push(op, pending);
            }
        }

        return rewrites;
    }

    private static void Push(Operation op, Stack<Operation> pending)
    {
        for (int r = op.Regions.Count - 1; r >= 0; r--)
        {
            for (Block? block = op.Regions[r].Last; block is not null; block = block.Previous)
            {
                for (Operation? inner = block.Last; inner is not null; inner = inner.Previous)
                {
                    pending.Push(inner);
                }
            }
        }
    }
}
