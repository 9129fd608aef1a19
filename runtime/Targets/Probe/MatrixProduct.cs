using System.Runtime.Intrinsics;

namespace Orchestrator.Targets.Probe;

/// <summary>A product of packed matrices, 252 × 256 × 256, by tiles: enough to run at the machine's rate and small enough to stay in its caches.</summary>
internal sealed unsafe class MatrixProduct
{
    public const int M = 252;
    public const int N = 256;
    public const int K = 256;
    private const int Tile = TileKernel.Rows * TileKernel.Columns;

    private readonly delegate* unmanaged<float*, float*, float*, long, void> _tile;
    private readonly float[] _a = new float[M * K];
    private readonly float[] _b = new float[K * N];
    private readonly float[] _c = new float[M * N];

    /// <summary>With a compiled tile, or with .NET's vectors when <paramref name="tile"/> is 0.</summary>
    public MatrixProduct(nint tile)
    {
        _tile = (delegate* unmanaged<float*, float*, float*, long, void>)tile;
        for (int i = 0; i < _a.Length; i++)
        {
            _a[i] = ((i * 7) % 13) - 6;
        }

        for (int i = 0; i < _b.Length; i++)
        {
            _b[i] = ((i * 5) % 11) - 5;
        }
    }

    /// <summary>Operations of one product.</summary>
    public static double Flops => 2.0 * M * N * K;

    /// <summary>Computes the product once.</summary>
    public void Run()
    {
        Array.Clear(_c);
        fixed (float* a = _a, b = _b, c = _c)
        {
            float* tile = c;
            for (int j = 0; j < N / TileKernel.Columns; j++)
            {
                for (int i = 0; i < M / TileKernel.Rows; i++, tile += Tile)
                {
                    float* left = a + (i * TileKernel.Rows * K);
                    float* right = b + (j * TileKernel.Columns * K);
                    if (_tile is null)
                    {
                        Portable(left, right, tile);
                    }
                    else
                    {
                        _tile(left, right, tile, K);
                    }
                }
            }
        }
    }

    /// <summary>The largest difference of any element from one computed by the definition; the inputs are small whole numbers, so it is 0 when right.</summary>
    public double LargestError()
    {
        double worst = 0;
        for (int n = 0; n < _c.Length; n++)
        {
            (int tile, int inside) = Math.DivRem(n, Tile);
            (int j, int i) = Math.DivRem(tile, M / TileKernel.Rows);
            (int row, int column) = Math.DivRem(inside, TileKernel.Columns);
            double sum = 0;
            for (int k = 0; k < K; k++)
            {
                sum += (double)_a[(i * TileKernel.Rows * K) + (k * TileKernel.Rows) + row] * _b[(j * TileKernel.Columns * K) + (k * TileKernel.Columns) + column];
            }

            worst = Math.Max(worst, Math.Abs(sum - _c[n]));
        }

        return worst;
    }

    // Two vectors of columns at a time: twelve sums, which stay in registers.
    private static void Portable(float* a, float* b, float* c)
    {
        for (int j = 0; j < TileKernel.Columns; j += 32)
        {
            Vector512<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
            Vector512<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
            for (int k = 0; k < K; k++)
            {
                Vector512<float> b0 = Vector512.Load(b + (k * TileKernel.Columns) + j), b1 = Vector512.Load(b + (k * TileKernel.Columns) + j + 16);
                float* s = a + (k * TileKernel.Rows);
                Step(s[0], b0, b1, ref c00, ref c01);
                Step(s[1], b0, b1, ref c10, ref c11);
                Step(s[2], b0, b1, ref c20, ref c21);
                Step(s[3], b0, b1, ref c30, ref c31);
                Step(s[4], b0, b1, ref c40, ref c41);
                Step(s[5], b0, b1, ref c50, ref c51);
            }

            Store(c + j, c00, c01);
            Store(c + j + TileKernel.Columns, c10, c11);
            Store(c + j + (2 * TileKernel.Columns), c20, c21);
            Store(c + j + (3 * TileKernel.Columns), c30, c31);
            Store(c + j + (4 * TileKernel.Columns), c40, c41);
            Store(c + j + (5 * TileKernel.Columns), c50, c51);
        }
    }

    private static void Step(float s, Vector512<float> b0, Vector512<float> b1, ref Vector512<float> c0, ref Vector512<float> c1)
    {
        Vector512<float> a = Vector512.Create(s);
        c0 = Vector512.FusedMultiplyAdd(a, b0, c0);
        c1 = Vector512.FusedMultiplyAdd(a, b1, c1);
    }

    private static void Store(float* to, Vector512<float> left, Vector512<float> right)
    {
        left.Store(to);
        right.Store(to + 16);
    }
}
