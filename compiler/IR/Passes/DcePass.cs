namespace Orchestrator.IR;

/// <summary>Removes operations whose results nobody uses and that do nothing besides.</summary>
[Pass("dce")]
public sealed partial class DcePass : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        var symbols = new SymbolTables();
        var gone = new HashSet<Operation>();

        // Users come after what they use, so backwards one reading is enough.
        foreach (Operation op in root.Walk().Reverse().ToArray())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (!ReferenceEquals(op, root) && !gone.Contains(op) && DeadCode.IsDead(op, symbols))
            {
                gone.UnionWith(op.Walk());
                op.Erase();
                context.Count(this, "removed");
            }
        }
    }
}
