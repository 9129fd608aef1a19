using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Orchestrator.CostModels.Learning;

/// <summary>
/// The lower triangular factor L of a symmetric positive definite matrix K = L Lᵀ, in panels (right-looking: factor a panel, then subtract its
/// product from what is left), so that 4,000 rows take a few seconds on one core. Sums run in one fixed order: the same on every machine.
/// </summary>
public sealed class Cholesky
{
    private const int Panel = 64;

    // Row-major size × size; L in the lower half and the diagonal, the upper half is never read.
    private readonly double[] lower;

    private Cholesky(double[] lower, int size)
    {
        this.lower = lower;
        Size = size;
    }

    /// <summary>Rows of the matrix.</summary>
    public int Size { get; }

    /// <summary>Natural logarithm of the determinant of K.</summary>
    public double LogDeterminant
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Size; i++)
            {
                sum += Math.Log(lower[(i * Size) + i]);
            }

            return 2 * sum;
        }
    }

    /// <summary>Factors in place: <paramref name="matrix"/> belongs to the result afterwards.</summary>
    /// <param name="matrix">Row-major, at least size², only the lower half and the diagonal are read.</param>
    /// <param name="size">Rows, 0 to 46,340.</param>
    /// <param name="token">Looked at once per panel.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static Cholesky Factor(double[] matrix, int size, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)size * size, matrix.LongLength);
        for (int start = 0; start < size; start += Panel)
        {
            token.ThrowIfCancellationRequested();
            int end = Math.Min(start + Panel, size);
            for (int i = start; i < size; i++)
            {
                FactorRow(matrix, size, i, start, end);
            }

            for (int block = end; block < size; block += Panel)
            {
                Subtract(matrix, size, start, end, block, Math.Min(block + Panel, size));
            }
        }

        return new Cholesky(matrix, size);
    }

    /// <summary>Replaces b by the x of K x = b.</summary>
    /// <exception cref="ArgumentException">Another length than <see cref="Size"/>.</exception>
    public void Solve(Span<double> b)
    {
        SolveLower(b);
        for (int i = Size - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = lower.AsSpan(i * Size, i + 1);
            b[i] /= row[i];
            AddScaled(-b[i], row[..i], b);
        }
    }

    /// <summary>Replaces b by the x of L x = b; the sum of its squares is bᵀ K⁻¹ b.</summary>
    /// <exception cref="ArgumentException">Another length than <see cref="Size"/>.</exception>
    public void SolveLower(Span<double> b)
    {
        if (b.Length != Size)
        {
            throw new ArgumentException($"{b.Length} values for {Size} rows", nameof(b));
        }

        for (int i = 0; i < Size; i++)
        {
            ReadOnlySpan<double> row = lower.AsSpan(i * Size, i + 1);
            b[i] = (b[i] - Dot(row[..i], b)) / row[i];
        }
    }

    /// <summary>L⁻¹, row-major, lower half; K⁻¹ is its transpose times itself.</summary>
    public double[] InverseLower(CancellationToken token = default)
    {
        double[] inverse = new double[(long)Size * Size];
        for (int i = 0; i < Size; i++)
        {
            token.ThrowIfCancellationRequested();
            Span<double> into = inverse.AsSpan(i * Size, i + 1);
            for (int k = 0; k < i; k++)
            {
                double factor = lower[(i * Size) + k];
                if (factor != 0)
                {
                    AddScaled(-factor, inverse.AsSpan(k * Size, k + 1), into);
                }
            }

            double pivot = lower[(i * Size) + i];
            into[i] = 1;
            for (int j = 0; j <= i; j++)
            {
                into[j] /= pivot;
            }
        }

        return inverse;
    }

    /// <summary>Sum of products over the length of <paramref name="a"/>.</summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double left = ref MemoryMarshal.GetReference(a);
        ref double right = ref MemoryMarshal.GetReference(b[..a.Length]);
        Vector256<double> sum = Vector256<double>.Zero;
        int i = 0;
        for (; i + 4 <= a.Length; i += 4)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref left, (nuint)i), Vector256.LoadUnsafe(ref right, (nuint)i), sum);
        }

        double rest = 0;
        for (; i < a.Length; i++)
        {
            rest += a[i] * b[i];
        }

        return Sum(sum) + rest;
    }

    private static void AddScaled(double factor, ReadOnlySpan<double> a, Span<double> into)
    {
        ref double from = ref MemoryMarshal.GetReference(a);
        ref double to = ref MemoryMarshal.GetReference(into[..a.Length]);
        Vector256<double> scale = Vector256.Create(factor);
        int i = 0;
        for (; i + 4 <= a.Length; i += 4)
        {
            Vector256.FusedMultiplyAdd(scale, Vector256.LoadUnsafe(ref from, (nuint)i), Vector256.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < a.Length; i++)
        {
            into[i] += factor * a[i];
        }
    }

    // A fixed order of additions, where Vector256.Sum leaves it to the machine.
    private static double Sum(Vector256<double> v) => (v[0] + v[1]) + (v[2] + v[3]);

    // Entries of one row within a panel, all earlier panels being subtracted already.
    private static void FactorRow(double[] matrix, int size, int row, int start, int end)
    {
        Span<double> values = matrix.AsSpan((row * size) + start, Math.Min(end, row + 1) - start);
        for (int j = 0; j < values.Length; j++)
        {
            int column = start + j;
            double rest = values[j] - Dot(values[..j], matrix.AsSpan((column * size) + start, j));
            if (column < row)
            {
                values[j] = rest / matrix[(column * size) + column];
                continue;
            }

            if (!(rest > values[j] * 1e-14))
            {
                throw new ArithmeticException($"the matrix is not positive definite at row {row}");
            }

            values[j] = Math.Sqrt(rest);
        }
    }

    // Subtracts the product of the panel with itself from columns first..last of every row from `first` on, 4 rows × 2 columns at a time.
    private static void Subtract(double[] matrix, int size, int start, int end, int first, int last)
    {
        int width = end - start;
        for (int i = first; i < size; i += 4)
        {
            bool whole = i + 4 <= size && width % 4 == 0;
            int j = first;
            for (; whole && j + 2 <= Math.Min(last, i + 4); j += 2)
            {
                SubtractTile(ref matrix[0], size, start, width, i, j);
            }

            for (int row = i; row < Math.Min(i + 4, size); row++)
            {
                for (int column = j; column < Math.Min(last, row + 1); column++)
                {
                    matrix[(row * size) + column] -= Dot(matrix.AsSpan((row * size) + start, width), matrix.AsSpan((column * size) + start, width));
                }
            }
        }
    }

    private static void SubtractTile(ref double matrix, int size, int start, int width, int i, int j)
    {
        nuint n = (nuint)size;
        nuint row = ((nuint)i * n) + (nuint)start;
        nuint column = ((nuint)j * n) + (nuint)start;
        Vector256<double> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (nuint k = 0; k < (nuint)width; k += 4)
        {
            Vector256<double> left = Vector256.LoadUnsafe(ref matrix, column + k);
            Vector256<double> right = Vector256.LoadUnsafe(ref matrix, column + n + k);
            Vector256<double> a = Vector256.LoadUnsafe(ref matrix, row + k);
            a0 = Vector256.FusedMultiplyAdd(a, left, a0);
            a1 = Vector256.FusedMultiplyAdd(a, right, a1);
            Vector256<double> b = Vector256.LoadUnsafe(ref matrix, row + n + k);
            b0 = Vector256.FusedMultiplyAdd(b, left, b0);
            b1 = Vector256.FusedMultiplyAdd(b, right, b1);
            Vector256<double> c = Vector256.LoadUnsafe(ref matrix, row + (2 * n) + k);
            c0 = Vector256.FusedMultiplyAdd(c, left, c0);
            c1 = Vector256.FusedMultiplyAdd(c, right, c1);
            Vector256<double> d = Vector256.LoadUnsafe(ref matrix, row + (3 * n) + k);
            d0 = Vector256.FusedMultiplyAdd(d, left, d0);
            d1 = Vector256.FusedMultiplyAdd(d, right, d1);
        }

        Span<double> all = MemoryMarshal.CreateSpan(ref matrix, size * size);
        int target = (i * size) + j;
        all[target] -= Sum(a0);
        all[target + 1] -= Sum(a1);
        all[target + size] -= Sum(b0);
        all[target + size + 1] -= Sum(b1);
        all[target + (2 * size)] -= Sum(c0);
        all[target + (2 * size) + 1] -= Sum(c1);
        all[target + (3 * size)] -= Sum(d0);
        all[target + (3 * size) + 1] -= Sum(d1);
    }
}
