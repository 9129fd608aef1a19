using Orchestrator.Dialects.Model;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Comm;

/// <summary>What devices that work on one thing tell each other.</summary>
[Dialect("comm")]
public sealed partial class CommDialect : Dialect;

/// <summary>
/// Sums the parts of all devices and gives the sum to each.
/// <code>%1 = "comm.all_reduce"(%0) &lt;{service = @mixture, step = "draft"}&gt; : (!model.partial) -> !model.kv</code>
/// </summary>
[Op("comm.all_reduce", Effects = Effect.None)]
public sealed partial class AllReduceOp : ModelOperation
{
    /// <summary>This device's part.</summary>
    [Operand] public partial Value Part { get; set; }

    /// <summary>The sum.</summary>
    [Result] public partial OpResult Sum { get; }
}
