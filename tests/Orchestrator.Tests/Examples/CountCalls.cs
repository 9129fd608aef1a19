using Orchestrator.IR;

namespace Orchestrator.Tests.Examples;

/// <summary>Counts calls of models.</summary>
[Pass("count-calls", Summary = "Count the calls of models")]
public sealed partial class CountCalls : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        foreach (Operation op in root.Walk())
        {
            if (op.Name.Text == "agent.call")
            {
                context.Count(this, "calls");
            }
        }
    }
}
