using Orchestrator.IR;

namespace Tutorials;

/// <summary>Hands cups over. <code>coffee.serve %0, %1 {table = 4} : i32, i32</code></summary>
[Op("coffee.serve", Effects = Effect.Writes)]
public sealed partial class ServeOp : Operation
{
    /// <summary>What is in the cups.</summary>
    [Operand<IntegerType>] public partial OperandList Cups { get; }

    /// <summary>The number of the table, 1 or more.</summary>
    [Attr] public partial long Table { get; set; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (Table < 1)
        {
            context.Error(this, "ORC9001", $"serves table {Table}", "tables are numbered from 1");
        }
    }
}
