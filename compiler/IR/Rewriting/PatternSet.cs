namespace Orchestrator.IR;

/// <summary>Patterns by the operations that they look at, each list ordered by benefit. For one context and one thread.</summary>
public sealed class PatternSet
{
    private static readonly RewritePattern[] None = [];

    private readonly RewritePattern[] _patterns;
    private readonly Dictionary<OperationName, RewritePattern[]> _byName = [];
    private OperationName? _lastName;
    private RewritePattern[] _last = None;

    /// <summary>All of <paramref name="patterns"/>; those of equal benefit keep their order.</summary>
    public PatternSet(IEnumerable<RewritePattern> patterns) => _patterns = [.. patterns.OrderByDescending(p => p.Benefit)];

    /// <summary>The patterns, best first.</summary>
    public IReadOnlyList<RewritePattern> Patterns => _patterns;

    /// <summary>The patterns whose names are in <paramref name="only"/> (all when that is empty) and not in <paramref name="except"/>.</summary>
    public static IEnumerable<RewritePattern> Choose(IEnumerable<RewritePattern> patterns, IReadOnlyCollection<string> only, IReadOnlyCollection<string> except) =>
        patterns.Where(p => (only.Count == 0 || only.Contains(p.Name)) && !except.Contains(p.Name));

    /// <summary>The patterns that look at operations like <paramref name="op"/>, best first.</summary>
    public ReadOnlySpan<RewritePattern> For(Operation op)
    {
        OperationName name = op.Name;
        if (!ReferenceEquals(name, _lastName))
        {
            if (!_byName.TryGetValue(name, out RewritePattern[]? found))
            {
                _byName.Add(name, found = Fitting(op));
            }

            (_lastName, _last) = (name, found);
        }

        return _last;
    }

    // Apart from the look-up, which must not allocate for what is captured here.
    private RewritePattern[] Fitting(Operation op) => Array.FindAll(_patterns, p => p.LooksAt(op)) is { Length: > 0 } fitting ? fitting : None;
}
