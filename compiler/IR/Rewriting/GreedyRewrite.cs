using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Folds, removes what is unused and applies patterns until nothing fits any more. Each operation is looked at again only when something
/// near it changed.
/// </summary>
public sealed class GreedyRewrite
{
    /// <summary>How many rewrites an operation may cost on average before patterns are said to undo each other.</summary>
    public const int RewritesPerOperation = 64;

    private const int Remembered = 16;

    private readonly IReadOnlyList<RewritePattern> _patterns;
    private readonly DiagnosticBag _diagnostics;
    private readonly Queue<Operation> _pending = new();
    private readonly HashSet<Operation> _queued = [];
    private readonly HashSet<Operation> _gone = [];
    private readonly Queue<string> _lately = new();
    private readonly Rewriter _rewriter;
    private readonly SymbolTables _symbols = new();

    private GreedyRewrite(Context context, IReadOnlyList<RewritePattern> patterns, DiagnosticBag diagnostics)
    {
        (_patterns, _diagnostics) = (patterns, diagnostics);
        _rewriter = new Rewriter(context, Add, op => _gone.Add(op));
    }

    /// <summary>
    /// Rewrites everything inside <paramref name="root"/>. Gives the number of rewrites. When it does not come to an end it stops, leaves
    /// valid IR and reports the patterns that go round in circles; so it does with a pattern that claims success and changes nothing.
    /// </summary>
    public static int Run(
        Operation root,
        IReadOnlyList<RewritePattern> patterns,
        DiagnosticBag diagnostics,
        int rewritesPerOperation = RewritesPerOperation,
        CancellationToken cancellation = default)
    {
        var driver = new GreedyRewrite(root.Context, patterns, diagnostics);
        int count = 0;
        foreach (Operation op in root.Walk())
        {
            if (!ReferenceEquals(op, root))
            {
                driver.Add(op);
                count++;
            }
        }

        return driver.Run((int)Math.Min(int.MaxValue, (long)rewritesPerOperation * (count + 16)), cancellation);
    }

    private int Run(int limit, CancellationToken cancellation)
    {
        int rewrites = 0;
        while (_pending.TryDequeue(out Operation? op))
        {
            cancellation.ThrowIfCancellationRequested();
            _queued.Remove(op);
            if (_gone.Contains(op) || Step(op) is not { } name)
            {
                continue;
            }

            rewrites++;
            _lately.Enqueue(name);
            if (_lately.Count > Remembered)
            {
                _lately.Dequeue();
            }

            if (rewrites >= limit)
            {
                string names = string.Join(" and ", _lately.Distinct().Order(StringComparer.Ordinal).Select(n => $"'{n}'"));
                _diagnostics.Error(IRCodes.RewriteLimit, $"rewriting did not end after {rewrites} steps; the last ones were by {names}", op.Span,
                    "make the patterns agree on one form");
                break;
            }
        }

        return rewrites;
    }

    // The name of what was done to the operation, or null for nothing.
    private string? Step(Operation op)
    {
        if (DeadCode.IsDead(op, _symbols))
        {
            _rewriter.Erase(op);
            return "dead code";
        }

        if (TryFold(op))
        {
            return $"fold of {op.Name}";
        }

        foreach (RewritePattern pattern in _patterns)
        {
            long before = _rewriter.Changes;
            if (!pattern.Apply(op, _rewriter))
            {
                continue;
            }

            if (_rewriter.Changes == before)
            {
                _diagnostics.Warning(IRCodes.RewriteLimit, $"pattern '{pattern.Name}' says that it rewrote '{op.Name}' but changed nothing", op.Span,
                    "return false when the pattern does not fit");
                continue;
            }

            return pattern.Name;
        }

        return null;
    }

    private bool TryFold(Operation op)
    {
        if (op.Has(OpTraits.Constant) || op.Results.Count == 0)
        {
            return false;
        }

        var constants = new Attr?[op.OperandCount];
        for (int i = 0; i < constants.Length; i++)
        {
            constants[i] = op.GetOperand(i).ConstantValue;
        }

        var folded = new FoldResult[op.Results.Count];
        FoldOutcome outcome = op.Fold(constants, folded);
        if (outcome == FoldOutcome.InPlace)
        {
            _rewriter.Touch(op);
        }

        if (outcome != FoldOutcome.Results)
        {
            return outcome == FoldOutcome.InPlace;
        }

        var values = new Value[folded.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (folded[i].Value is { } value)
            {
                values[i] = value;
            }
            else if (folded[i].Constant is { } constant
                && op.Name.Dialect?.MaterializeConstant(OpBuilder.BeforeOp(op), constant, op.Results[i].Type, op.Span) is { } made)
            {
                Add(made);
                values[i] = made.Result;
            }
            else
            {
                return false;
            }
        }

        _rewriter.Replace(op, values);
        return true;
    }

    private void Add(Operation op)
    {
        if (!_gone.Contains(op) && _queued.Add(op))
        {
            _pending.Enqueue(op);
        }
    }
}
