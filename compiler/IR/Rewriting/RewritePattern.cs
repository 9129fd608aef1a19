namespace Orchestrator.IR;

/// <summary>A rewrite that may be applied wherever it fits: it must leave the meaning as it is and must not undo another.</summary>
public abstract class RewritePattern
{
    /// <summary>The name in messages and statistics.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Rewrites around <paramref name="op"/> through <paramref name="rewriter"/>; false when it does not fit, and then nothing was changed.</summary>
    public abstract bool Apply(Operation op, Rewriter rewriter);
}

/// <summary>A rewrite of operations of one class.</summary>
public abstract class RewritePattern<TOp> : RewritePattern where TOp : Operation
{
    /// <inheritdoc/>
    public sealed override bool Apply(Operation op, Rewriter rewriter) => op is TOp wanted && Apply(wanted, rewriter);

    /// <summary>Rewrites around <paramref name="op"/> through <paramref name="rewriter"/>; false when it does not fit, and then nothing was changed.</summary>
    protected abstract bool Apply(TOp op, Rewriter rewriter);
}
