namespace Orchestrator.IR;

/// <summary>Removes operations whose results nobody uses and that do nothing besides, and blocks that control cannot reach.</summary>
[Pass("dce")]
public sealed partial class DcePass : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        var symbols = new SymbolTables();
        var rewriter = new Rewriter(root.Context);
        var flow = new RegionSimplification(rewriter, symbols, aggressive: false);
        var order = new List<Operation>();
        var graphs = new List<Region>();
        foreach (Operation op in root.Walk())
        {
            if (!ReferenceEquals(op, root))
            {
                order.Add(op);
            }

            for (int i = 0; i < op.Regions.Count; i++)
            {
                if (op.Regions[i].Count > 1)
                {
                    graphs.Add(op.Regions[i]);
                }
            }
        }

        int blocks = 0;
        foreach (Region region in graphs)
        {
            int before = region.Count;
            if (context.MayAct(Name))
            {
                flow.EraseUnreachable(region);
            }

            blocks += before - region.Count;
        }

        // Users come after what they use, so backwards one reading is enough, but for what a block gives to an earlier one.
        int removed = 0;
        for (int i = order.Count - 1; i >= 0; i--)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (DeadCode.IsDead(order[i], symbols) && context.MayAct(Name))
            {
                rewriter.Erase(order[i]);
                removed++;
            }
        }

        context.Count(this, "removed", removed);
        context.Count(this, "blocks", blocks);
        if (removed + blocks == 0)
        {
            context.PreserveAll();
        }
    }
}
