namespace Orchestrator.IR;

/// <summary>Forgets where operations and block arguments were written.</summary>
[Pass("strip-debuginfo")]
public sealed partial class StripDebugInfoPass : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        LocationAttr unknown = root.Context.UnknownLocation;
        bool changed = false;
        foreach (Operation op in root.Walk())
        {
            changed |= !ReferenceEquals(op.Location, unknown);
            op.Location = unknown;
            foreach (Region region in op.Regions)
            {
                foreach (Block block in region.Blocks)
                {
                    foreach (BlockArgument argument in block.Arguments)
                    {
                        changed |= !ReferenceEquals(argument.Location, unknown);
                        argument.Location = unknown;
                    }
                }
            }
        }

        if (!changed)
        {
            context.PreserveAll();
        }
    }
}
