namespace Orchestrator.IR;

/// <summary>What may be executed although the program would not have come to it.</summary>
public static class Speculation
{
    /// <summary>
    /// Whether <paramref name="op"/> and all inside it do nothing besides computing results and cannot go wrong. A choice between regions of one block
    /// cannot when nothing in them can.
    /// </summary>
    public static bool IsFree(Operation op, SymbolTables symbols)
    {
        if (op.Regions.Count == 0)
        {
            return op.EffectsIn(symbols) == Effect.None && op.IsSpeculatable;
        }

        foreach (Operation inner in op.Walk())
        {
            if (inner.Has(OpTraits.Terminator) && !ReferenceEquals(inner, op))
            {
                continue;
            }

            Effect effect = inner.EffectsIn(symbols);
            bool choice = effect == Effect.OfRegions && inner is IRegionBranchOp and not ILoopOp && !HasSeveralBlocks(inner);
            if (effect is not (Effect.None or Effect.OfRegions) || !(inner.IsSpeculatable || choice))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasSeveralBlocks(Operation op)
    {
        for (int i = 0; i < op.Regions.Count; i++)
        {
            if (op.Regions[i].Count > 1)
            {
                return true;
            }
        }

        return false;
    }
}
