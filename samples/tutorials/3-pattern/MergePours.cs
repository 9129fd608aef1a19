using Orchestrator.IR;

namespace Tutorials;

/// <summary>Milk that is poured twice is poured once.</summary>
public sealed class MergePours : RewritePattern<PourOp>
{
    /// <inheritdoc/>
    protected override bool Apply(PourOp op, Rewriter rewriter)
    {
        if (op.Cup.DefiningOp is not PourOp first || !first.Filled.HasOneUse)
        {
            return false;
        }

        rewriter.ReplaceWith(op, b => PourOp.Create(b, first.Cup, first.Milk + op.Milk, op.Filled.Type));
        return true;
    }
}
