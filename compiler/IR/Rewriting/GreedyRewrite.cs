using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Removes what is unused, folds and applies patterns until nothing fits any more, in rounds over everything; within a round an operation is
/// looked at again only when something near it changed. After a round control flow is simplified.
/// </summary>
public sealed class GreedyRewrite : IRewriteListener
{
    /// <summary>How many rewrites an operation may cost on average before patterns are said to undo each other.</summary>
    public const int RewritesPerOperation = 64;

    // So many rewrites in one place, for each operation, before it is asked whether they repeat.
    private const int RewritesInPlace = 4;

    private readonly PatternSet _patterns;
    private readonly DiagnosticBag _diagnostics;
    private readonly GreedyOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly WorkList _pending = new();
    private readonly RewriteHistory _history = new();
    private readonly HashSet<string> _boasters = new(StringComparer.Ordinal);
    private readonly Rewriter _rewriter;
    private readonly ConstantPool _constants;
    private readonly Folder _folder;
    private readonly SymbolTables _symbols = new();
    private readonly List<Region> _graphs = [];
    private readonly List<Operation> _seedConstants = [];

    // The isolated operations in which something changed in this round: the next one looks at no others.
    private readonly HashSet<Operation> _changedHomes = [];
    private readonly List<Operation> _homes = [];
    private readonly Operation _root;
    private Block? _lastBlock;
    private bool _failed;
    private bool _regionsChanged;

    private GreedyRewrite(Operation root, PatternSet patterns, DiagnosticBag diagnostics, GreedyOptions options, CancellationToken cancellation)
    {
        (_root, _patterns, _diagnostics, _options, _cancellation) = (root, patterns, diagnostics, options, cancellation);
        _rewriter = new Rewriter(root.Context, this);
        _constants = new ConstantPool(_rewriter);
        _folder = new Folder(_rewriter, _constants);
    }

    /// <summary>
    /// Rewrites everything inside <paramref name="root"/>. Gives the number of rewrites. When it does not come to an end it stops, leaves
    /// valid IR and reports the patterns that go round in circles; a pattern that claims success and changes nothing is reported once.
    /// </summary>
    public static int Run(
        Operation root,
        IReadOnlyList<RewritePattern> patterns,
        DiagnosticBag diagnostics,
        int rewritesPerOperation = RewritesPerOperation,
        CancellationToken cancellation = default)
    {
        var options = new GreedyOptions { RewritesPerOperation = Math.Max(1, rewritesPerOperation) };
        return (int)Math.Min(int.MaxValue, Run(root, new PatternSet(patterns), diagnostics, options, cancellation).Rewrites);
    }

    /// <summary>As the other, with all options.</summary>
    public static GreedyResult Run(
        Operation root, PatternSet patterns, DiagnosticBag diagnostics, GreedyOptions options, CancellationToken cancellation = default) =>
        new GreedyRewrite(root, patterns, diagnostics, options, cancellation).Run();

    void IRewriteListener.Inserted(Operation op)
    {
        if (op.Regions.Count > 0)
        {
            NoteHome(op);
            foreach (Operation inner in op.Walk())
            {
                _pending.Push(inner);
            }

            return;
        }

        Add(op);
    }

    void IRewriteListener.Modified(Operation op) => Add(op);

    void IRewriteListener.Erasing(Operation op)
    {
        _pending.Remove(op);
        NoteHome(op);
        for (int i = 0; i < op.OperandCount; i++)
        {
            // With few uses left, what was computed for this may have become unused, or used once.
            Value operand = op.GetOperand(i);
            if (operand.DefiningOp is { } definition && HasFewUses(operand))
            {
                Add(definition);
            }
        }
    }

    private static bool HasFewUses(Value value)
    {
        int uses = 0;
        foreach (Use _ in value.Uses)
        {
            if (++uses > 2)
            {
                return false;
            }
        }

        return true;
    }

    private GreedyResult Run()
    {
        long iterations = 0;
        bool changed = true;
        while (changed && !_failed && (_options.IterationsMax < 0 || iterations < _options.IterationsMax))
        {
            Fill(all: iterations == 0);
            iterations++;
            long before = _history.Count;
            Work();
            changed = _history.Count > before;
            if (!_failed && _options.Regions != RegionSimplify.Disabled && _graphs.Count > 0)
            {
                changed |= SimplifyRegions();
            }
        }

        return new GreedyResult(_history.Count, iterations, !changed && !_failed) { Changed = _regionsChanged || _rewriter.Changes > 0 };
    }

    private bool SimplifyRegions()
    {
        var simplification = new RegionSimplification(_rewriter, _symbols, _options.Regions == RegionSimplify.Aggressive);
        bool changed = false;
        foreach (Region region in _graphs)
        {
            if (region.Parent is { } parent && (parent.Block is not null || ReferenceEquals(parent, _root)) && MayAct() && simplification.Run(region))
            {
                changed = _regionsChanged = true;
                if (region.First?.First is { } first)
                {
                    NoteHome(first);
                }
            }
        }

        return changed;
    }

    // Equal constants are merged on the way, before anything looks at them.
    private void Fill(bool all)
    {
        _pending.Clear();
        _graphs.Clear();
        _seedConstants.Clear();
        if (all || _changedHomes.Contains(_root))
        {
            int count = 0;
            foreach (Operation _ in _root.Walk())
            {
                count++;
            }

            _pending.Reserve(count);
            Seed(_root);
        }
        else
        {
            foreach (Operation home in _homes)
            {
                if (home.Block is not null)
                {
                    Seed(home);
                }
            }
        }

        _changedHomes.Clear();
        _homes.Clear();
        _lastBlock = null;
        foreach (Operation op in _seedConstants)
        {
            if (op.Block is not null && MayAct())
            {
                _constants.Take(op);
            }
        }
    }

    private void Seed(Operation top)
    {
        if (_options.TopDown)
        {
            foreach (Operation op in top.Walk())
            {
                Seed(op, top);
            }

            return;
        }

        foreach (Operation op in top.WalkPostOrder())
        {
            Seed(op, top);
        }

        _pending.ReverseSeeds();
    }

    private void Seed(Operation op, Operation top)
    {
        if (op.Regions.Count > 0)
        {
            foreach (Region region in op.Regions)
            {
                if (region.Count > 1)
                {
                    _graphs.Add(region);
                }
            }

            if (ReferenceEquals(op, top) && ReferenceEquals(op, _root))
            {
                return;
            }
        }

        if (_options.Fold && op.Info is { } info && (info.Traits & OpTraits.Constant) != 0)
        {
            _seedConstants.Add(op);
        }

        _pending.Seed(op);
    }

    private void Work()
    {
        long start = _history.Count;
        long size = _pending.SeedCount + 16;
        long limit = start + _options.RewritesPerOperation * size;
        long progress = start;
        int lowest = int.MaxValue;
        while (_pending.Pop() is { } op)
        {
            if (_pending.Count < lowest)
            {
                (lowest, progress) = (_pending.Count, _history.Count);
            }

            if (op.Block is null || ReferenceEquals(op, _root) || !Step(op))
            {
                continue;
            }

            long count = _history.Count;
            if ((count & 1023) == 0)
            {
                _cancellation.ThrowIfCancellationRequested();
            }

            if (_options.RewritesMax >= 0 && count - start >= _options.RewritesMax)
            {
                return;
            }

            bool inPlace = (count & 255) == 0 && count - progress > RewritesInPlace * size;
            if (count >= limit || inPlace)
            {
                IReadOnlyList<string> circle = _history.Circle();
                if (circle.Count > 0 || count >= limit)
                {
                    ReportCircle(op, circle, count - start);
                    return;
                }
            }
        }
    }

    private void ReportCircle(Operation op, IReadOnlyList<string> circle, long rewrites)
    {
        _failed = true;
        string what = circle.Count switch
        {
            0 => $"the last ones were by {Quote(_history.Names())}",
            1 => $"{Quote(circle)} goes on for ever",
            _ => $"{Quote(circle)} undo each other",
        };
        _diagnostics.Error(IRCodes.RewriteLimit, $"rewriting did not end after {rewrites} steps; {what}", op.Span, "make the patterns agree on one form");
    }

    private static string Quote(IReadOnlyList<string> names) => string.Join(" and ", names.Select(n => $"'{n}'"));

    private bool MayAct() => _options.MayAct is not { } ask || ask();

    // Whether something was done to the operation.
    private bool Step(Operation op)
    {
        if (_options.Fold)
        {
            if (DeadCode.IsUnused(op) && DeadCode.MayBeDropped(op, _symbols) && MayAct())
            {
                _rewriter.Erase(op);
                _history.Note(null);
                return true;
            }

            if (op.Has(OpTraits.Constant))
            {
                if (MayAct() && !_constants.Take(op))
                {
                    _history.Note(op.Name);
                    return true;
                }
            }
            else if (MayAct() && _folder.TryFold(op))
            {
                _history.Note(op.Name);
                return true;
            }
        }

        foreach (RewritePattern pattern in _patterns.For(op))
        {
            long before = _rewriter.Changes;
            if (!MayAct() || !pattern.ApplyToLookedAt(op, _rewriter))
            {
                continue;
            }

            if (_rewriter.Changes != before)
            {
                _history.Note(pattern);
                return true;
            }

            if (_boasters.Add(pattern.Name))
            {
                _diagnostics.Warning(IRCodes.RewriteLimit, $"pattern '{pattern.Name}' says that it rewrote '{op.Name}' but changed nothing", op.Span,
                    "return false when the pattern does not fit");
            }
        }

        return false;
    }

    // What holds a changed operation may simplify as well.
    private void Add(Operation op)
    {
        NoteHome(op);
        if (op.ParentOp is { Info: { } info } parent && (info.Traits & OpTraits.IsolatedFromAbove) == 0)
        {
            _pending.Push(parent);
        }

        _pending.Push(op);
    }

    private void NoteHome(Operation op)
    {
        if (op.Block is not { } block || ReferenceEquals(block, _lastBlock))
        {
            return;
        }

        _lastBlock = block;
        Operation? home = block.ParentOp;
        while (home is not null && !ReferenceEquals(home, _root) && home is { Info: { } info, Block: not null } && (info.Traits & OpTraits.IsolatedFromAbove) == 0)
        {
            home = home.ParentOp;
        }

        if (home is not null && _changedHomes.Add(home))
        {
            _homes.Add(home);
        }
    }
}
