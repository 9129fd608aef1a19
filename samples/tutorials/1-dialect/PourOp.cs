using Orchestrator.IR;

namespace Tutorials;

/// <summary>Adds milk to a cup. <code>%1 = coffee.pour %0 {milk = 20} : i32</code></summary>
[Op("coffee.pour", Effects = Effect.None, Traits = OpTraits.SameOperandsAndResultType)]
public sealed partial class PourOp : Operation
{
    /// <summary>What is in the cup before.</summary>
    [Operand<IntegerType>] public partial Value Cup { get; set; }

    /// <summary>Milk, in millilitres.</summary>
    [Attr] public partial long Milk { get; set; }

    /// <summary>What is in it afterwards.</summary>
    [Result<IntegerType>] public partial OpResult Filled { get; }

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        if (Milk != 0)
        {
            return FoldOutcome.None;
        }

        results[0] = FoldResult.Of(Cup);
        return FoldOutcome.Results;
    }
}
