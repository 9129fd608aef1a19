using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>Choices and loops whose bodies are regions, with MLIR's names and meaning.</summary>
[Dialect("scf")]
public sealed partial class ScfDialect : Dialect
{
    /// <inheritdoc/>
    public override IReadOnlyList<RewritePattern> Simplifications { get; } =
    [
        // A select that another pattern makes between two choices would keep them apart.
        new CombineAdjacentIfs(),
        new CombineNestedIfs(),
        new TakeKnownBranch(),
        new SwapBranches(),
        new PropagateCondition(),
        new DropChoiceResults(),
        new ChooseBySelect(),
        new YieldCondition(),
        new RemoveEmptyElse(),
        new TakeKnownCase(),
        new InlineExecutedRegion(),
        new RemoveTrivialLoop(),
        new DropCarriedValues(),
        new DropConditionValues(),
        new DropLoopedValues(),
        new ConditionHoldsInRound(),
        new DropTrivialDimensions(),
    ];
}

/// <summary>Stable codes of the diagnostics about <c>scf</c>.</summary>
public static class ScfCodes
{
    /// <summary>A region ends otherwise than its operation needs.</summary>
    public const string Ending = "ORC2120";

    /// <summary>The arguments of a body are not what the loop hands it.</summary>
    public const string BodyArguments = "ORC2121";

    /// <summary>What is handed from round to round, or out, changes its type.</summary>
    public const string Carried = "ORC2122";

    /// <summary>Bounds or steps that do not belong together.</summary>
    public const string Bounds = "ORC2123";

    /// <summary>The cases of a switch do not fit its regions.</summary>
    public const string Cases = "ORC2124";
}
