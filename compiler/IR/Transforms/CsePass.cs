namespace Orchestrator.IR;

/// <summary>
/// Replaces an operation by an equal one that is computed before it on every way, when neither does anything besides; reads are merged when
/// nothing is written between them. Leaves out what nobody uses on the way.
/// </summary>
[Pass("cse")]
public sealed partial class CsePass : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        var work = new MergeEqual { MayAct = context.Counters is null ? null : () => context.MayAct(Name) };
        work.Run(root, context.Cancellation);
        context.Count(this, "num-cse'd", work.Merged);
        context.Count(this, "num-dce'd", work.Dead);
        if (work.Merged + work.Dead == 0)
        {
            context.PreserveAll();
        }
    }
}
