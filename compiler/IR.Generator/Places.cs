namespace Orchestrator.IR.Generator;

/// <summary>Where the values of a part begin and how many they are, as expressions in the operation's class.</summary>
internal static class Places
{
    private const string Segments = "global::Orchestrator.IR.OpSegments.";

    /// <summary>Whether sizes must be written in an attribute: more than one part of a kind has no fixed number of values.</summary>
    public static bool AreWritten(IEnumerable<OpPart> parts, PartKind kind) =>
        kind is PartKind.Operand or PartKind.Result && parts.Count(p => p.Kind == kind && p.Count != Count.One) > 1;

    public static string Attribute(PartKind kind) => Segments + (kind == PartKind.Operand ? "Operands" : "Results");

    /// <summary>Fills in the places of all parts.</summary>
    public static void Assign(List<OpPart> parts)
    {
        foreach (IGrouping<PartKind, OpPart> kind in parts.Where(p => p.Kind != PartKind.Attr).GroupBy(p => p.Kind))
        {
            OpPart[] all = [.. kind];
            string total = kind.Key switch { PartKind.Operand => "OperandCount", PartKind.Result => "Results.Count", PartKind.Region => "Regions.Count", _ => "Successors.Count" };
            int open = System.Array.FindIndex(all, p => p.Count != Count.One);
            for (int i = 0; i < all.Length; i++)
            {
                OpPart part = all[i];
                if (AreWritten(parts, kind.Key))
                {
                    part.Start = $"{Segments}Start(this, {Attribute(kind.Key)}, {i})";
                    part.Size = $"{Segments}Size(this, {Attribute(kind.Key)}, {i})";
                }
                else
                {
                    // Behind the only part without a fixed number, values are counted from the end.
                    part.Start = open >= 0 && i > open ? $"{total} - {all.Length - i}" : i.ToString();
                    part.Size = i == open ? $"global::System.Math.Max(0, {total} - {all.Length - 1})" : "1";
                }
            }
        }
    }
}
