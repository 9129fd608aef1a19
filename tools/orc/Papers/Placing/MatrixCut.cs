namespace Orchestrator.Cli.Papers.Placing;

/// <summary>Which side of a matrix is cut over devices.</summary>
internal enum Cut
{
    /// <summary>Columns: needs the whole input, leaves a part of the output on each device.</summary>
    Columns,

    /// <summary>Rows: takes a part of the input on each device, leaves sums that an all-reduce completes.</summary>
    Rows,
}

/// <summary>A matrix of half a block.</summary>
/// <param name="Name">As the architecture calls it.</param>
/// <param name="Reads">Matrices whose output it reads; none for the input of the half.</param>
internal sealed record BlockMatrix(string Name, params string[] Reads);

/// <summary>
/// Tensor parallelism by two rules (Redco, arXiv 2310.16355): matrices that follow each other alternate, columns first; attention is cut by heads, so its
/// projections are cut by columns and the one after it by rows, which is the first rule again.
/// </summary>
internal static class MatrixCut
{
    /// <summary>The cuts of the rules, a matrix after those that it reads.</summary>
    public static IReadOnlyList<Cut> Alternate(IReadOnlyList<BlockMatrix> half)
    {
        var cuts = new Dictionary<string, Cut>(StringComparer.Ordinal);
        foreach (BlockMatrix matrix in half)
        {
            bool parts = matrix.Reads.Length > 0 && matrix.Reads.All(r => cuts[r] == Cut.Columns);
            cuts[matrix.Name] = parts ? Cut.Rows : Cut.Columns;
        }

        return [.. half.Select(m => cuts[m.Name])];
    }

    /// <summary>
    /// Collectives of the forward pass: an all-reduce after each cut by rows, and an all-gather of each output in parts that a cut by columns, or
    /// nobody in the half, reads. A cut by rows takes its part of a whole input for nothing.
    /// </summary>
    public static int Collectives(IReadOnlyList<BlockMatrix> half, IReadOnlyList<Cut> cuts)
    {
        int count = cuts.Count(c => c == Cut.Rows);
        for (int i = 0; i < half.Count; i++)
        {
            bool read = half.Any(m => m.Reads.Contains(half[i].Name));
            bool whole = !read || half.Select((m, at) => (m, at)).Any(r => r.m.Reads.Contains(half[i].Name) && cuts[r.at] == Cut.Columns);
            count += cuts[i] == Cut.Columns && whole ? 1 : 0;
        }

        return count;
    }

    /// <summary>Collectives of the best of all cuts, and how many cuts have so few.</summary>
    public static (int Least, int Ways) Tried(IReadOnlyList<BlockMatrix> half)
    {
        int[] cuts = new int[half.Count];
        (int least, int ways) = (int.MaxValue, 0);
        do
        {
            int count = Collectives(half, [.. cuts.Select(c => (Cut)c)]);
            (least, ways) = count < least ? (count, 1) : count == least ? (least, ways + 1) : (least, ways);
        }
        while (Counting.Next(cuts, 2));
        return (least, ways);
    }
}
