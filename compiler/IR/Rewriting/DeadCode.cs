namespace Orchestrator.IR;

/// <summary>What may be left out because nobody sees the difference.</summary>
public static class DeadCode
{
    /// <summary>Whether no result of <paramref name="op"/> is used and it changes nothing outside, nor does anything inside it.</summary>
    public static bool IsDead(Operation op, SymbolTables symbols) =>
        op.Block is not null && IsUnused(op) && MayBeDropped(op, symbols);

    /// <summary>Whether <paramref name="op"/> and all inside it change nothing outside.</summary>
    public static bool MayBeDropped(Operation op, SymbolTables symbols)
    {
        if (op.Regions.Count == 0)
        {
            return op.EffectsIn(symbols) is not (Effect.Writes or Effect.Unknown);
        }

        foreach (Operation inner in op.Walk())
        {
            bool terminator = inner.Has(OpTraits.Terminator) && !ReferenceEquals(inner, op);
            if (!terminator && inner.EffectsIn(symbols) is Effect.Writes or Effect.Unknown)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether nothing refers to <paramref name="op"/>: no use of a result, no symbol, no place that must be filled.</summary>
    public static bool IsUnused(Operation op)
    {
        // A table of symbols may be named by what is outside the program.
        if (op.Info is not { } info || (info.Traits & (OpTraits.Terminator | OpTraits.Symbol | OpTraits.SymbolTable)) != 0)
        {
            return false;
        }

        int count = op.Results.Count;
        for (int i = 0; i < count; i++)
        {
            if (op.Results[i].HasUses)
            {
                return false;
            }
        }

        return count > 0 || !info.IsInherent("sym_name");
    }

    /// <summary>
    /// Takes out <paramref name="op"/>, whose results have no use outside, with all that is inside. As <see cref="Operation.Erase"/>, but does
    /// not look for uses again.
    /// </summary>
    internal static void Erase(Operation op)
    {
        op.Remove();
        if (op.Regions.Count == 0)
        {
            op.DropOperands();
            return;
        }

        foreach (Operation inner in op.Walk())
        {
            inner.DropOperands();
        }
    }
}
