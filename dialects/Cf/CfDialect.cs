using Orchestrator.IR;

namespace Orchestrator.Dialects.Cf;

/// <summary>Control that passes from block to block, with MLIR's names and meaning.</summary>
[Dialect("cf")]
public sealed partial class CfDialect : Dialect
{
    /// <inheritdoc/>
    public override IReadOnlyList<RewritePattern> Simplifications { get; } =
    [
        new SkipPassThroughBlock(),
        new TakeKnownSuccessor(),
        new SkipPassThroughSuccessor(),
        new MergeEqualSuccessors(),
        new PropagateBranchCondition(),
        new DropKnownAssertion(),
        new TakeKnownCase(),
        new DropCases(),
        new SkipPassThroughCase(),
    ];
}

/// <summary>Stable codes of the diagnostics about <c>cf</c>.</summary>
public static class CfCodes
{
    /// <summary>What is handed to a block is not what the block takes.</summary>
    public const string SuccessorOperands = "ORC2115";

    /// <summary>The lists that say which operand belongs to whom do not fit the operation.</summary>
    public const string Segments = "ORC2116";

    /// <summary>The cases of a switch do not fit its flag or its successors.</summary>
    public const string Cases = "ORC2117";
}
