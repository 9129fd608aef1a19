using Orchestrator.IR;

namespace Tutorials;

/// <summary>What a coffee bar does.</summary>
[Dialect("coffee")]
public sealed partial class CoffeeDialect : Dialect
{
    /// <inheritdoc/>
    public override IReadOnlyList<RewritePattern> Simplifications { get; } = [new MergePours()];
}
