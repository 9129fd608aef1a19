namespace Orchestrator.IR;

/// <summary>Folds what is known, drops what is unused and applies the simplifications of all dialects until nothing changes.</summary>
[Pass("canonicalize")]
public sealed partial class CanonicalizePass : Pass
{
    /// <summary>Rewrites per operation before patterns are said to undo each other, 1 or more.</summary>
    [PassOption("max-rewrites-per-op")]
    public int RewritesPerOperation { get; set; } = GreedyRewrite.RewritesPerOperation;

    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        RewritePattern[] patterns = [.. root.Context.Dialects.SelectMany(d => d.Simplifications)];
        int rewrites = GreedyRewrite.Run(root, patterns, context.Diagnostics, Math.Max(1, RewritesPerOperation), context.Cancellation);
        context.Count(this, "rewrites", rewrites);
    }
}
