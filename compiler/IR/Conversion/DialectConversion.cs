using System.Globalization;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>What a conversion does about operations of which nobody said whether they may stay.</summary>
public enum ConversionMode
{
    /// <summary>They are converted if a pattern fits, and stay otherwise.</summary>
    Partial,

    /// <summary>They must go like forbidden ones.</summary>
    Full,
}

/// <summary>
/// Replaces what may not stay, in one go: operations are visited outer before inner and in order, what patterns make is legalised like the rest, and
/// nothing is ever taken back. All operations that cannot be converted are reported, each with what the patterns said.
/// </summary>
public sealed class DialectConversion : IRewriteListener
{
    // How often what a pattern made may have to be converted again.
    private const int GenerationsMax = 64;

    private readonly ConversionTarget _target;
    private readonly ConversionPattern[] _patterns;
    private readonly Dictionary<OperationName, ConversionPattern[]> _byName = [];
    private readonly DiagnosticBag _diagnostics;
    private readonly ConversionMode _mode;
    private readonly HashSet<Operation> _casts = [];
    private readonly Stack<(Operation Op, int Generation)> _pending = new();
    private readonly List<Operation> _made = [];
    private readonly ConversionRewriter _rewriter;
    private int _generation;

    private DialectConversion(Context context, ConversionTarget target, IEnumerable<ConversionPattern> patterns, DiagnosticBag diagnostics, ConversionMode mode)
    {
        (_target, _diagnostics, _mode) = (target, diagnostics, mode);
        _patterns = [.. patterns.OrderByDescending(p => p.Benefit)];
        _rewriter = new ConversionRewriter(new Rewriter(context, this), _casts);
    }

    /// <summary>Converts everything inside <paramref name="root"/>; false when something could not be, and then all of that is in <paramref name="diagnostics"/>.</summary>
    public static bool Run(
        Operation root,
        ConversionTarget target,
        IEnumerable<ConversionPattern> patterns,
        DiagnosticBag diagnostics,
        ConversionMode mode = ConversionMode.Partial,
        CancellationToken cancellation = default) =>
        new DialectConversion(root.Context, target, patterns, diagnostics, mode).Run(root, cancellation);

    void IRewriteListener.Inserted(Operation op) => _made.Add(op);

    void IRewriteListener.Modified(Operation op)
    {
    }

    void IRewriteListener.Erasing(Operation op) => _casts.Remove(op);

    private bool Run(Operation root, CancellationToken cancellation)
    {
        Push(root, 0);
        bool good = true;
        while (_pending.TryPop(out (Operation Op, int Generation) next))
        {
            cancellation.ThrowIfCancellationRequested();
            if (next.Op.Block is not null && !_casts.Contains(next.Op))
            {
                good &= Legalize(next.Op, next.Generation);
            }
        }

        CastReconciliation.Run(_casts, _rewriter.Plain);
        return good;
    }

    private void Push(Operation op, int generation)
    {
        for (int r = op.Regions.Count - 1; r >= 0; r--)
        {
            for (Block? block = op.Regions[r].Last; block is not null; block = block.Previous)
            {
                for (Operation? inner = block.Last; inner is not null; inner = inner.Previous)
                {
                    _pending.Push((inner, generation));
                }
            }
        }
    }

    private bool Legalize(Operation op, int generation)
    {
        Legality legality = _target.Of(op);
        if (legality == Legality.Legal)
        {
            if (!_target.CoversInside(op))
            {
                Push(op, generation);
            }

            return true;
        }

        var reasons = new List<string>();
        if (generation < GenerationsMax && TryConvert(op, generation, reasons))
        {
            return true;
        }

        if (legality == Legality.Illegal || _mode == ConversionMode.Full || generation >= GenerationsMax)
        {
            Report(op, legality, generation, reasons);
            Push(op, generation);
            return false;
        }

        Push(op, generation);
        return true;
    }

    private bool TryConvert(Operation op, int generation, List<string> reasons)
    {
        foreach (ConversionPattern pattern in PatternsFor(op))
        {
            _made.Clear();
            _generation = generation + 1;
            _rewriter.Reason = null;
            _rewriter.Types = pattern.Types;
            if (Operands(op, pattern.Types) is not { } operands)
            {
                reasons.Add($"'{pattern.Name}': no rule says what becomes of the type of an operand");
                continue;
            }

            long before = _rewriter.Plain.Changes;
            if (!pattern.Convert(op, operands, _rewriter))
            {
                reasons.Add($"'{pattern.Name}': {_rewriter.Reason ?? "it does not fit"}");
                if (_rewriter.Plain.Changes != before)
                {
                    reasons.Add($"'{pattern.Name}' changed something before it gave up, which cannot be taken back");
                }

                continue;
            }

            if (_rewriter.Plain.Changes == before)
            {
                reasons.Add($"'{pattern.Name}': it says that it fits but changes nothing");
                continue;
            }

            Continue(op);
            return true;
        }

        return false;
    }

    // Casts for operands are made before the pattern runs and are no change of its own; those that it does not need go at the end.
    private Value[]? Operands(Operation op, TypeConverter? types)
    {
        var operands = new Value[op.OperandCount];
        for (int i = 0; i < operands.Length; i++)
        {
            if ((types is null ? op.GetOperand(i) : _rewriter.Adapt(op.GetOperand(i), op, types)) is not { } value)
            {
                return null;
            }

            operands[i] = value;
        }

        return operands;
    }

    // An operation that was changed in place is looked at again with what is inside; what was made is pushed in reverse, so that it comes in order.
    private void Continue(Operation op)
    {
        if (op.Block is not null)
        {
            if (_target.Of(op) == Legality.Legal)
            {
                Push(op, _generation);
            }
            else
            {
                _pending.Push((op, _generation));
            }
        }

        for (int i = _made.Count - 1; i >= 0; i--)
        {
            if (_made[i].Block is not null && !ReferenceEquals(_made[i], op))
            {
                _pending.Push((_made[i], _generation));
            }
        }
    }

    private ConversionPattern[] PatternsFor(Operation op)
    {
        if (!_byName.TryGetValue(op.Name, out ConversionPattern[]? found))
        {
            _byName.Add(op.Name, found = Array.FindAll(_patterns, p => p.LooksAt(op)));
        }

        return found;
    }

    private void Report(Operation op, Legality legality, int generation, List<string> reasons)
    {
        string why = generation >= GenerationsMax
            ? string.Create(CultureInfo.InvariantCulture, $"the patterns {Names(op)} make it again and again, {generation} times so far")
            : reasons.Count == 0 ? "no pattern converts it" : string.Join("; ", reasons);
        string may = legality == Legality.Illegal ? "may not stay" : "is not known to be allowed";
        _diagnostics.Error(IRCodes.NotLegalized, $"'{op.Name}' {may} after the conversion, and {why}", op.Span,
            "add a pattern that converts it, or allow it in the target");
    }

    private string Names(Operation op) => string.Join(" and ", PatternsFor(op).Select(p => $"'{p.Name}'").Order(StringComparer.Ordinal));
}
