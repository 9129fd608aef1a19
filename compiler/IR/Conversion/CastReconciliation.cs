namespace Orchestrator.IR;

/// <summary>Takes casts away that cancel each other out or that nobody uses.</summary>
internal static class CastReconciliation
{
    // How far a chain is followed; casts that use each other in a circle have no end.
    private const int ChainMax = 1000;

    /// <summary>Whether <paramref name="op"/> is a cast that a conversion left.</summary>
    public static bool IsCast(Operation op) => op.Name.Text == TypeConverter.Cast;

    /// <summary>Works on <paramref name="casts"/>; materializations among them that are no casts are only removed when unused. Gives how many went.</summary>
    public static int Run(IEnumerable<Operation> casts, Rewriter rewriter)
    {
        var all = new List<Operation>(casts);
        foreach (Operation cast in all)
        {
            if (IsCast(cast) && cast.Block is not null && Origin(cast) is { } origin)
            {
                for (int i = 0; i < cast.Results.Count; i++)
                {
                    rewriter.ReplaceUses(cast.Results[i], origin[i]);
                }
            }
        }

        int gone = 0;
        var pending = new Stack<Operation>(all);
        while (pending.TryPop(out Operation? cast))
        {
            if (cast.Block is null || IsUsed(cast) || (!IsCast(cast) && cast.Info?.Effects != Effect.None))
            {
                continue;
            }

            for (int i = 0; i < cast.OperandCount; i++)
            {
                if (cast.GetOperand(i).DefiningOp is { } before && IsCast(before))
                {
                    pending.Push(before);
                }
            }

            rewriter.Erase(cast);
            gone++;
        }

        return gone;
    }

    // The inputs of an earlier cast of the chain that has the types which this one gives.
    private static OperandList? Origin(Operation cast)
    {
        Operation at = cast;
        for (int i = 0; i < ChainMax; i++)
        {
            if (SameTypes(at.Operands, cast))
            {
                return at.Operands;
            }

            if (at.OperandCount == 0 || at.GetOperand(0).DefiningOp is not { } before || !IsCast(before) || before.Results.Count != at.OperandCount
                || ReferenceEquals(before, cast))
            {
                return null;
            }

            for (int k = 0; k < at.OperandCount; k++)
            {
                if (!ReferenceEquals(at.GetOperand(k), before.Results[k]))
                {
                    return null;
                }
            }

            at = before;
        }

        return null;
    }

    private static bool SameTypes(OperandList values, Operation cast)
    {
        if (values.Count != cast.Results.Count)
        {
            return false;
        }

        for (int i = 0; i < values.Count; i++)
        {
            if (!ReferenceEquals(values[i].Type, cast.Results[i].Type))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsUsed(Operation op)
    {
        for (int i = 0; i < op.Results.Count; i++)
        {
            if (op.Results[i].HasUses)
            {
                return true;
            }
        }

        return false;
    }
}
