using Orchestrator.Dialects.Agent;
using Orchestrator.Dialects.Model;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Task;

/// <summary>Placeable pieces that are not models.</summary>
[Dialect("task")]
public sealed partial class TaskDialect : Dialect;

/// <summary>A piece that a tool, an index, a memory or a model serves.</summary>
public abstract class TaskOperation : PieceOperation
{
    private protected override bool CanServe(Operation declaration) =>
        declaration is DeclareToolOp or DeclareIndexOp or DeclareMemoryOp or DeclareModelOp;
}

/// <summary>
/// The part of a step that waits for something elsewhere.
/// <code>%1 = "task.lookup"(%0) &lt;{service = @find, step = "search"}&gt; : (!agent.text) -> !agent.json</code>
/// </summary>
[Op("task.lookup")]
public sealed partial class LookupOp : TaskOperation
{
    /// <summary>What is asked.</summary>
    [Operand] public partial OperandList Inputs { get; }

    /// <summary>The answer.</summary>
    [Result] public partial OpResult? Answer { get; }
}

/// <summary>
/// The part of a step that computes here.
/// <code>%1 = "task.compute"(%0) &lt;{service = @kb, step = "search"}&gt; : (!agent.text) -> !agent.list&lt;!agent.text&gt;</code>
/// </summary>
[Op("task.compute")]
public sealed partial class ComputeOp : TaskOperation
{
    /// <summary>What it computes with.</summary>
    [Operand] public partial OperandList Inputs { get; }

    /// <summary>What it gives.</summary>
    [Result] public partial OpResult? Computed { get; }
}

/// <summary>
/// A whole step that runs in one place.
/// <code>%1 = "task.run"(%0) &lt;{service = @find, step = "search"}&gt; : (!agent.text) -> !agent.json</code>
/// </summary>
[Op("task.run")]
public sealed partial class RunOp : TaskOperation
{
    /// <summary>What goes in.</summary>
    [Operand] public partial OperandList Inputs { get; }

    /// <summary>What comes out.</summary>
    [Result] public partial OpResult? Output { get; }
}

/// <summary>
/// Moves a value from one place to another.
/// <code>%1 = "task.transfer"(%0) : (!agent.text) -> !agent.text</code>
/// </summary>
[Op("task.transfer", Effects = Effect.None)]
public sealed partial class TransferOp : Operation
{
    /// <summary>The value here.</summary>
    [Operand] public partial Value Source { get; set; }

    /// <summary>The value there.</summary>
    [Result] public partial OpResult Moved { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!ReferenceEquals(Source.Type, Moved.Type))
        {
            context.Error(this, IRCodes.WrongType, $"makes {Moved.Type} of {Source.Type}", "keep the type");
        }
    }
}
