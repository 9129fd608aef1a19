using System.Runtime.CompilerServices;

namespace Orchestrator.IR;

/// <summary>A rewrite that may be applied wherever it fits: it must leave the meaning as it is and must not undo another.</summary>
public abstract class RewritePattern
{
    /// <summary>The name in messages, statistics and options.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Of two patterns that fit, the one with the larger benefit is tried first; 1 unless said otherwise.</summary>
    public virtual int Benefit => 1;

    /// <summary>The whole name of the only operations that the pattern looks at, or null when the class decides.</summary>
    public virtual string? RootName => null;

    /// <summary>
    /// Whether the pattern looks at operations named and made like <paramref name="op"/> at all. Asked once for each name, so the answer may depend
    /// on nothing but name, class and declaration.
    /// </summary>
    public virtual bool LooksAt(Operation op) => RootName is not { } name || name == op.Name.Text;

    /// <summary>Rewrites around <paramref name="op"/> through <paramref name="rewriter"/>; false when it does not fit, and then nothing was changed.</summary>
    public abstract bool Apply(Operation op, Rewriter rewriter);

    // As Apply, for an operation that LooksAt said yes to.
    internal virtual bool ApplyToLookedAt(Operation op, Rewriter rewriter) => Apply(op, rewriter);
}

/// <summary>A rewrite of operations of one class, or of all that implement an interface.</summary>
public abstract class RewritePattern<TOp> : RewritePattern where TOp : class
{
    /// <inheritdoc/>
    public sealed override bool LooksAt(Operation op) => op is TOp && base.LooksAt(op);

    /// <inheritdoc/>
    public sealed override bool Apply(Operation op, Rewriter rewriter) => op is TOp wanted && Apply(wanted, rewriter);

    internal sealed override bool ApplyToLookedAt(Operation op, Rewriter rewriter) => Apply(Unsafe.As<TOp>(op), rewriter);

    /// <summary>Rewrites around <paramref name="op"/> through <paramref name="rewriter"/>; false when it does not fit, and then nothing was changed.</summary>
    protected abstract bool Apply(TOp op, Rewriter rewriter);
}
