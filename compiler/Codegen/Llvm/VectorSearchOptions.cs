namespace Orchestrator.Codegen.Llvm;

/// <summary>What <see cref="VectorSearchKernel.Emit"/> may take as known.</summary>
public sealed record VectorSearchOptions
{
    /// <summary>The name that the runtime looks for when nothing else was agreed on.</summary>
    public const string DefaultName = "vector_search";

    /// <summary>Name of the function, ASCII letters, digits and underscores.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>Floats in a vector: 1, 2, 4, 8, 16 or 32. 16 fills an AVX-512 register; LLVM splits wider ones where the machine has narrower registers.</summary>
    public int Width { get; init; } = 16;

    /// <summary>
    /// Vectors in flight in the inner loop, 1 to 8. Each is one multiply-add chain for the product and one for the length, and such a chain waits
    /// four cycles for itself: four of each keep two units busy.
    /// </summary>
    public int Unroll { get; init; } = 4;

    /// <summary>Floats in a row, 1 or more, or null when it is an argument only. A kernel for one size answers -1 when it is called with another.</summary>
    public int? Dimension { get; init; }

    /// <summary>Whether every row has length 1 or 0, so that only products are computed.</summary>
    public bool RowsAreUnit { get; init; }
}
