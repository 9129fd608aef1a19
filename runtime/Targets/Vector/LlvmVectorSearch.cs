namespace Orchestrator.Targets.Vector;

/// <summary>Searches with a kernel of the compiler's: <c>i32 (ptr query, ptr rows, i64 n, i64 dim, i32 k, ptr ids, ptr scores)</c>.</summary>
internal sealed unsafe class LlvmVectorSearch : IVectorSearch
{
    private readonly delegate* unmanaged<float*, float*, long, long, int, int*, float*, int> _search;
    private readonly PortableVectorSearch _otherSizes = new();

    public LlvmVectorSearch(LlvmCpu.LlvmCpu llvm, string name, string text)
    {
        _search = (delegate* unmanaged<float*, float*, long, long, int, int*, float*, int>)llvm.Compile(name, text).AddressOf(VectorSearch.KernelName);
        Name = llvm.Version;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int TopK(ReadOnlySpan<float> query, ReadOnlySpan<float> rows, int dimension, Span<int> ids, Span<float> scores)
    {
        VectorSearch.Check(query, rows, dimension);
        fixed (float* q = query, r = rows, s = scores)
        fixed (int* i = ids)
        {
            int k = Math.Min(ids.Length, scores.Length);
            int found = _search(q, r, rows.Length / dimension, dimension, k, i, s);

            // A kernel for one size refuses the others.
            return found >= 0 ? found : _otherSizes.TopK(query, rows, dimension, ids, scores);
        }
    }
}
