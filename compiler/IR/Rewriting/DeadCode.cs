namespace Orchestrator.IR;

/// <summary>What may be left out because nobody sees the difference.</summary>
public static class DeadCode
{
    /// <summary>Whether no result of <paramref name="op"/> is used and it changes nothing outside, nor does anything inside it.</summary>
    public static bool IsDead(Operation op, SymbolTables symbols)
    {
        if (op.Block is null || op.Results.Count == 0 || op.Has(OpTraits.Terminator) || op.Results.Any(r => r.HasUses))
        {
            return false;
        }

        return MayBeDropped(op, symbols);
    }

    /// <summary>Whether <paramref name="op"/> and all inside it change nothing outside.</summary>
    public static bool MayBeDropped(Operation op, SymbolTables symbols)
    {
        foreach (Operation inner in op.Walk())
        {
            Effect effect = inner.EffectsIn(symbols);
            bool terminator = inner.Has(OpTraits.Terminator) && !ReferenceEquals(inner, op);
            if (effect is Effect.Writes or Effect.Unknown && !terminator)
            {
                return false;
            }
        }

        return true;
    }
}
