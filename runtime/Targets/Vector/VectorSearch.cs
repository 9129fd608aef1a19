using Orchestrator.Diagnostics;

namespace Orchestrator.Targets.Vector;

/// <summary>Chooses what computes vector searches.</summary>
public static class VectorSearch
{
    /// <summary>The kernel's function, and its file in the kernel directory of a plan with <c>.ll</c> appended.</summary>
    public const string KernelName = "vector_search";

    /// <summary>The kernel of a plan where there is one and LLVM can compile it, else the portable search; <paramref name="note"/> says which and why.</summary>
    /// <param name="llvm">The compiler, or null where there is none.</param>
    /// <param name="kernelDirectory">Directory with the plan's kernels, or null.</param>
    /// <param name="note">For people, one line.</param>
    public static IVectorSearch Choose(LlvmCpu.LlvmCpu? llvm, string? kernelDirectory, out string note)
    {
        string? file = kernelDirectory is null ? null : Path.Combine(kernelDirectory, KernelName + ".ll");
        if (llvm is null || file is null || !File.Exists(file))
        {
            note = llvm is null ? "searched with Vector512: LLVM is not installed" : "searched with Vector512: the plan has no kernel for it";
            return new PortableVectorSearch();
        }

        try
        {
            var compiled = new LlvmVectorSearch(llvm, file, File.ReadAllText(file));
            note = "searched with " + compiled.Name;
            return compiled;
        }
        catch (Exception e) when (e is DiagnosticException or IOException or UnauthorizedAccessException)
        {
            note = "searched with Vector512: " + e.Message;
            return new PortableVectorSearch();
        }
    }

    internal static void Check(ReadOnlySpan<float> query, ReadOnlySpan<float> rows, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (query.Length != dimension || rows.Length % dimension != 0)
        {
            throw new ArgumentException($"a query of {query.Length} and rows of {rows.Length} floats do not fit a dimension of {dimension}");
        }
    }
}
