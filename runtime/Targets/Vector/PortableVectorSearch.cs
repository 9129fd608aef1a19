using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Orchestrator.Targets.Vector;

/// <summary>Searches with the widest vectors that .NET has for this machine; needs nothing installed.</summary>
internal sealed class PortableVectorSearch : IVectorSearch
{
    /// <inheritdoc/>
    public string Name { get; } = Vector512.IsHardwareAccelerated ? "Vector512" : Vector256.IsHardwareAccelerated ? "Vector256" : "Vector128";

    /// <inheritdoc/>
    public int TopK(ReadOnlySpan<float> query, ReadOnlySpan<float> rows, int dimension, Span<int> ids, Span<float> scores)
    {
        VectorSearch.Check(query, rows, dimension);
        int wanted = Math.Min(ids.Length, scores.Length);
        int n = rows.Length / dimension;
        if (wanted == 0 || n == 0)
        {
            return 0;
        }

        float length = MathF.Sqrt(Products(query, query).Square);
        int count = 0;
        for (int i = 0; i < n; i++)
        {
            (float product, float square) = Products(query, rows.Slice(i * dimension, dimension));
            float both = length * MathF.Sqrt(square);
            float score = product / both;
            score = both > 0 && !float.IsNaN(score) ? score : 0;
            if (count < wanted || score > scores[count - 1])
            {
                count = Math.Min(count + 1, wanted);
                Insert(ids, scores, count - 1, i, score);
            }
        }

        return count;
    }

    // Rows come in rising order and enter only when strictly better, so equal scores keep that order.
    private static void Insert(Span<int> ids, Span<float> scores, int hole, int id, float score)
    {
        while (hole > 0 && scores[hole - 1] < score)
        {
            (ids[hole], scores[hole]) = (ids[hole - 1], scores[hole - 1]);
            hole--;
        }

        (ids[hole], scores[hole]) = (id, score);
    }

    private static (float Product, float Square) Products(ReadOnlySpan<float> query, ReadOnlySpan<float> row)
    {
        ref float q = ref MemoryMarshal.GetReference(query);
        ref float r = ref MemoryMarshal.GetReference(row);
        (float product, float square, int i) = Vector512.IsHardwareAccelerated ? Wide512(ref q, ref r, row.Length)
            : Vector256.IsHardwareAccelerated ? Wide256(ref q, ref r, row.Length)
            : Wide128(ref q, ref r, row.Length);
        for (; i < row.Length; i++)
        {
            product = MathF.FusedMultiplyAdd(query[i], row[i], product);
            square = MathF.FusedMultiplyAdd(row[i], row[i], square);
        }

        return (product, square);
    }

    // Two chains of each sum: one alone would wait for its own result in every step.
    private static (float, float, int) Wide512(ref float q, ref float r, int n)
    {
        Vector512<float> p0 = default, p1 = default, s0 = default, s1 = default;
        int i = 0;
        for (; i <= n - 32; i += 32)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref r, (nuint)i), b = Vector512.LoadUnsafe(ref r, (nuint)i + 16);
            p0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref q, (nuint)i), a, p0);
            p1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref q, (nuint)i + 16), b, p1);
            s0 = Vector512.FusedMultiplyAdd(a, a, s0);
            s1 = Vector512.FusedMultiplyAdd(b, b, s1);
        }

        return (Vector512.Sum(p0 + p1), Vector512.Sum(s0 + s1), i);
    }

    private static (float, float, int) Wide256(ref float q, ref float r, int n)
    {
        Vector256<float> p0 = default, p1 = default, s0 = default, s1 = default;
        int i = 0;
        for (; i <= n - 16; i += 16)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref r, (nuint)i), b = Vector256.LoadUnsafe(ref r, (nuint)i + 8);
            p0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref q, (nuint)i), a, p0);
            p1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref q, (nuint)i + 8), b, p1);
            s0 = Vector256.FusedMultiplyAdd(a, a, s0);
            s1 = Vector256.FusedMultiplyAdd(b, b, s1);
        }

        return (Vector256.Sum(p0 + p1), Vector256.Sum(s0 + s1), i);
    }

    private static (float, float, int) Wide128(ref float q, ref float r, int n)
    {
        Vector128<float> p = default, s = default;
        int i = 0;
        for (; i <= n - 4; i += 4)
        {
            Vector128<float> a = Vector128.LoadUnsafe(ref r, (nuint)i);
            p = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref q, (nuint)i), a, p);
            s = Vector128.FusedMultiplyAdd(a, a, s);
        }

        return (Vector128.Sum(p), Vector128.Sum(s), i);
    }
}
