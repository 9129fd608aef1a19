namespace Orchestrator.IR;

/// <summary>What is known of a value that may be constant.</summary>
/// <param name="Seen">False as long as no way to it was found.</param>
/// <param name="Constant">The constant that it always is, or null when it differs.</param>
/// <param name="Dialect">Who can make an operation that gives the constant.</param>
public readonly record struct ConstantFact(bool Seen, Attr? Constant, Dialect? Dialect)
{
    /// <summary>Not always the same.</summary>
    public static ConstantFact Varying { get; } = new(true, null, null);

    /// <summary>The same constant, whoever made it.</summary>
    public bool Equals(ConstantFact other) => Seen == other.Seen && ReferenceEquals(Constant, other.Constant);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Seen, Constant);
}

/// <summary>Finds values that are always the same constant, over branches, regions and calls, without what can never be executed.</summary>
public sealed class ConstantPropagation : SparseForwardAnalysis<ConstantFact>
{
    private Attr?[] _constants = new Attr?[8];
    private FoldResult[] _folded = new FoldResult[4];

    /// <inheritdoc/>
    protected override ConstantFact Anything => ConstantFact.Varying;

    /// <inheritdoc/>
    protected override Attr? ConstantOf(ConstantFact fact) => fact.Constant;

    /// <inheritdoc/>
    protected override ConstantFact Join(ConstantFact a, ConstantFact b) => !a.Seen ? b : !b.Seen || a.Equals(b) ? a : ConstantFact.Varying;

    /// <inheritdoc/>
    protected override void Visit(Operation op, ReadOnlySpan<ConstantFact> operands, Span<ConstantFact> results)
    {
        if (op.Has(OpTraits.Constant))
        {
            results[0] = op.Results[0].ConstantValue is { } value ? new ConstantFact(true, value, op.Name.Dialect) : ConstantFact.Varying;
            return;
        }

        if (_constants.Length < operands.Length)
        {
            _constants = new Attr?[operands.Length];
        }

        for (int i = 0; i < operands.Length; i++)
        {
            if (!operands[i].Seen)
            {
                return;
            }

            _constants[i] = operands[i].Constant;
        }

        results.Fill(ConstantFact.Varying);
        if (op.Info is null)
        {
            return;
        }

        if (_folded.Length < results.Length)
        {
            _folded = new FoldResult[results.Length];
        }

        Span<FoldResult> folded = _folded.AsSpan(0, results.Length);
        folded.Clear();
        if (Fold(op, _constants.AsSpan(0, operands.Length), folded) != FoldOutcome.Results)
        {
            return;
        }

        for (int i = 0; i < results.Length; i++)
        {
            if (folded[i].Constant is { } constant)
            {
                results[i] = new ConstantFact(true, constant, op.Name.Dialect);
            }
            else if (folded[i].Value is { } value)
            {
                results[i] = FactOf(value);
            }
        }
    }

    // An operation that changed itself is put back as it was: this only looks.
    private static FoldOutcome Fold(Operation op, ReadOnlySpan<Attr?> constants, Span<FoldResult> folded)
    {
        (DictionaryAttr attributes, Attr? properties) = (op.Attributes, op.Properties);
        Value[]? before = op.OperandCount > 1 ? [.. op.Operands] : null;
        Value? only = op.OperandCount == 1 ? op.GetOperand(0) : null;
        FoldOutcome outcome = op.Fold(constants, folded);
        if (outcome == FoldOutcome.InPlace)
        {
            (op.Attributes, op.Properties) = (attributes, properties);
            op.SetOperands(before is not null ? before : only is not null ? [only] : []);
        }

        return outcome;
    }
}
