namespace Orchestrator.IR;

/// <summary>Folds operations: asks what their results are equal to, and puts that in their place.</summary>
internal sealed class Folder(Rewriter rewriter, ConstantPool constants)
{
    private Attr?[] _operands = new Attr?[8];
    private FoldResult[] _results = new FoldResult[4];
    private Value[] _values = new Value[4];

    /// <summary>Whether <paramref name="op"/> was replaced or became simpler.</summary>
    public bool TryFold(Operation op)
    {
        int results = op.Results.Count;
        if (op.Info is not { } info || (info.Traits & OpTraits.Constant) != 0)
        {
            return false;
        }

        Span<Attr?> operands = Constants(op);
        bool moved = (info.Traits & OpTraits.Commutative) != 0 && operands.Length > 1 && MoveConstantsRight(op, operands);
        if (results > _results.Length)
        {
            _results = new FoldResult[results];
        }

        Span<FoldResult> folded = _results.AsSpan(0, results);
        folded.Clear();
        switch (op.Fold(operands, folded))
        {
            case FoldOutcome.InPlace:
                rewriter.Touch(op);
                return true;
            case FoldOutcome.Results when results > 0 && TryReplace(op, folded):
                return true;
            default:
                if (moved)
                {
                    rewriter.Touch(op);
                }

                return moved;
        }
    }

    private Span<Attr?> Constants(Operation op)
    {
        int count = op.OperandCount;
        if (count > _operands.Length)
        {
            _operands = new Attr?[Math.Max(count, 2 * _operands.Length)];
        }

        for (int i = 0; i < count; i++)
        {
            _operands[i] = op.GetOperand(i).ConstantValue;
        }

        return _operands.AsSpan(0, count);
    }

    // Keeps the order among constants and among others, as everybody expects a + 1 and not 1 + a.
    private static bool MoveConstantsRight(Operation op, Span<Attr?> constants)
    {
        int firstConstant = 0;
        while (firstConstant < constants.Length && constants[firstConstant] is null)
        {
            firstConstant++;
        }

        int at = firstConstant;
        while (at < constants.Length && constants[at] is not null)
        {
            at++;
        }

        if (at >= constants.Length)
        {
            return false;
        }

        if (constants.Length == 2)
        {
            Value constant = op.GetOperand(0);
            op.SetOperand(0, op.GetOperand(1));
            op.SetOperand(1, constant);
            (constants[0], constants[1]) = (constants[1], constants[0]);
            return true;
        }

        var values = new Value[constants.Length];
        Attr?[] before = constants.ToArray();
        int next = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < before.Length; i++)
            {
                if ((before[i] is null) == (pass == 0))
                {
                    constants[next] = before[i];
                    values[next++] = op.GetOperand(i);
                }
            }
        }

        op.SetOperands(values);
        return true;
    }

    private Value? Constant(Operation op, Attr? value, IRType type) => value is not null && op.Block is { } block && op.Name.Dialect is { } dialect
        ? constants.Get(block, dialect, value, type, op.Span)
        : null;

    private bool TryReplace(Operation op, ReadOnlySpan<FoldResult> folded)
    {
        if (folded.Length > _values.Length)
        {
            _values = new Value[folded.Length];
        }

        for (int i = 0; i < folded.Length; i++)
        {
            OpResult result = op.Results[i];
            Value? value = folded[i].Value ?? Constant(op, folded[i].Constant, result.Type);
            if (value is null || ReferenceEquals(value, result) || !ReferenceEquals(value.Type, result.Type))
            {
                return false;
            }

            _values[i] = value;
        }

        for (int i = 0; i < folded.Length; i++)
        {
            rewriter.ReplaceUses(op.Results[i], _values[i]);
        }

        rewriter.Erase(op);
        return true;
    }
}
