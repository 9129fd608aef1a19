namespace Orchestrator.IR;

/// <summary>How far the shape of control flow is simplified.</summary>
public enum RegionSimplify
{
    /// <summary>Not at all.</summary>
    Disabled,

    /// <summary>Blocks that cannot be reached and arguments that nobody needs go; a block and its only successor become one.</summary>
    Normal,

    /// <summary>Equal blocks become one as well, and arguments that always get the same value go.</summary>
    Aggressive,
}

/// <summary>How <see cref="GreedyRewrite"/> works.</summary>
public sealed record GreedyOptions
{
    /// <summary>No limit.</summary>
    public const long Unlimited = -1;

    /// <summary>Whether outer and earlier operations are looked at first; otherwise inner and later ones are.</summary>
    public bool TopDown { get; init; } = true;

    /// <summary>What is done to control flow after each round.</summary>
    public RegionSimplify Regions { get; init; } = RegionSimplify.Normal;

    /// <summary>The most rounds over everything, or <see cref="Unlimited"/>.</summary>
    public long IterationsMax { get; init; } = 10;

    /// <summary>The most rewrites in a round, or <see cref="Unlimited"/>; a round that reaches it ends without a message.</summary>
    public long RewritesMax { get; init; } = Unlimited;

    /// <summary>How many rewrites an operation may cost on average before patterns are said to undo each other, 1 or more.</summary>
    public int RewritesPerOperation { get; init; } = GreedyRewrite.RewritesPerOperation;

    /// <summary>Whether operations are folded and unused ones removed.</summary>
    public bool Fold { get; init; } = true;

    /// <summary>
    /// Whether the next thing is to be tried, or null for always: one removal, merge of constants, fold or pattern on an operation, or the
    /// simplification of one region. Asked before it is known whether it fits, because a pattern cannot be undone.
    /// </summary>
    public Func<bool>? MayAct { get; init; }
}

/// <summary>What came of a greedy rewrite.</summary>
/// <param name="Rewrites">Number of rewrites: removals, folds and applied patterns.</param>
/// <param name="Iterations">Number of rounds.</param>
/// <param name="Converged">Whether the last round found nothing more to do.</param>
public readonly record struct GreedyResult(long Rewrites, long Iterations, bool Converged)
{
    /// <summary>Whether anything is other than before; a constant that only moved counts as well.</summary>
    public bool Changed { get; init; }
}
