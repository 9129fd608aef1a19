namespace Orchestrator.Targets.Vector;

/// <summary>Finds the rows of a matrix that point most in the direction of a query. Implementations are thread-safe.</summary>
public interface IVectorSearch
{
    /// <summary>For people: what computes, <c>LLVM 22.1.8 (libLLVM.so.22.1)</c> or <c>Vector512</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Writes the best rows by cosine in falling order of score, equal scores by rising row, and gives how many were written: the smaller of the
    /// number of rows and of the shorter of the two outputs. A vector of length 0, and a score that is no number, counts as score 0.
    /// </summary>
    /// <param name="query"><paramref name="dimension"/> floats.</param>
    /// <param name="rows">Row-major, a whole number of rows of <paramref name="dimension"/> floats.</param>
    /// <param name="dimension">Floats in a row, at least 1.</param>
    /// <param name="ids">Receives row numbers from 0.</param>
    /// <param name="scores">Receives cosines, -1 to 1 up to rounding.</param>
    int TopK(ReadOnlySpan<float> query, ReadOnlySpan<float> rows, int dimension, Span<int> ids, Span<float> scores);
}
