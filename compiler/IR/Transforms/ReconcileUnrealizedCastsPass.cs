namespace Orchestrator.IR;

/// <summary>Takes away the casts that conversions left between type systems, where they cancel each other out or nobody uses them.</summary>
[Pass("reconcile-unrealized-casts")]
public sealed partial class ReconcileUnrealizedCastsPass : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        var casts = new List<Operation>();
        foreach (Operation op in root.Walk())
        {
            if (CastReconciliation.IsCast(op) && context.MayAct(Name))
            {
                casts.Add(op);
            }
        }

        var rewriter = new Rewriter(root.Context);
        context.Count(this, "removed", CastReconciliation.Run(casts, rewriter));
        if (rewriter.Changes == 0)
        {
            context.PreserveAll();
        }
    }
}
