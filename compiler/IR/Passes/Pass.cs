namespace Orchestrator.IR;

/// <summary>
/// A step that changes IR in a way that is always allowed; what is worth doing is decided by placement. Derived classes are
/// <c>sealed partial</c> with <see cref="PassAttribute"/>.
/// </summary>
/// <remarks>
/// One object may run on many operations one after another, and the runner makes copies with the same options for other threads: what a pass
/// must remember from one operation to the next does not belong in it.
/// </remarks>
public abstract class Pass
{
    /// <summary>The name in pipelines.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Changes <paramref name="root"/> and what is inside it, never what is around it. Mistakes of the user's go to the context; a pass that
    /// changed nothing says so by <see cref="PassContext.PreserveAll"/>.
    /// </summary>
    public abstract void Run(Operation root, PassContext context);
}
