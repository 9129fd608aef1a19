namespace Orchestrator.Cli.Papers.Placing;

/// <summary>Both halves of a block in whole numbers, whole and cut over devices: what cutting may not change.</summary>
internal static class CutBlock
{
    /// <summary>Feed-forward half: <c>relu(x A) B</c>, A cut by columns and B by rows, the parts added.</summary>
    /// <param name="x">Tokens by width.</param>
    /// <param name="up">Width by inner size.</param>
    /// <param name="down">Inner size by width.</param>
    /// <param name="devices">Divides the inner size; 1 is the whole.</param>
    public static long[,] FeedForward(long[,] x, long[,] up, long[,] down, int devices)
    {
        long[,] sum = new long[x.GetLength(0), down.GetLength(1)];
        int part = up.GetLength(1) / devices;
        for (int device = 0; device < devices; device++)
        {
            long[,] inner = Product(x, Columns(up, device * part, part));
            Add(sum, Product(Map(inner, v => Math.Max(0, v)), Rows(down, device * part, part)));
        }

        return sum;
    }

    /// <summary>
    /// Attention half without a softmax, so that numbers stay whole: of each head <c>(q k^T) v</c>, projections cut by heads and the output by rows.
    /// </summary>
    /// <param name="x">Tokens by width.</param>
    /// <param name="projections">Queries, keys and values, width by width.</param>
    /// <param name="output">Width by width.</param>
    /// <param name="heads">Heads, which divide the width.</param>
    /// <param name="devices">Divides the heads; 1 is the whole.</param>
    public static long[,] Attention(long[,] x, long[][,] projections, long[,] output, int heads, int devices)
    {
        long[,] sum = new long[x.GetLength(0), output.GetLength(1)];
        int size = output.GetLength(0) / heads;
        int own = heads / devices;
        for (int device = 0; device < devices; device++)
        {
            long[,] joined = new long[x.GetLength(0), own * size];
            for (int head = 0; head < own; head++)
            {
                long[][,] qkv = [.. projections.Select(p => Product(x, Columns(p, (device * own + head) * size, size)))];
                long[,] values = Product(Product(qkv[0], Transposed(qkv[1])), qkv[2]);
                Copy(values, joined, head * size);
            }

            Add(sum, Product(joined, Rows(output, device * own * size, own * size)));
        }

        return sum;
    }

    private static long[,] Product(long[,] a, long[,] b) => Make(a.GetLength(0), b.GetLength(1), (i, j) =>
    {
        long sum = 0;
        for (int k = 0; k < b.GetLength(0); k++)
        {
            sum += a[i, k] * b[k, j];
        }

        return sum;
    });

    private static long[,] Columns(long[,] a, int from, int count) => Make(a.GetLength(0), count, (i, j) => a[i, from + j]);

    private static long[,] Rows(long[,] a, int from, int count) => Make(count, a.GetLength(1), (i, j) => a[from + i, j]);

    private static long[,] Transposed(long[,] a) => Make(a.GetLength(1), a.GetLength(0), (i, j) => a[j, i]);

    private static long[,] Map(long[,] a, Func<long, long> function) => Make(a.GetLength(0), a.GetLength(1), (i, j) => function(a[i, j]));

    private static void Copy(long[,] from, long[,] to, int column)
    {
        for (int i = 0; i < from.GetLength(0); i++)
        {
            for (int j = 0; j < from.GetLength(1); j++)
            {
                to[i, column + j] = from[i, j];
            }
        }
    }

    private static void Add(long[,] to, long[,] from)
    {
        for (int i = 0; i < from.GetLength(0); i++)
        {
            for (int j = 0; j < from.GetLength(1); j++)
            {
                to[i, j] += from[i, j];
            }
        }
    }

    /// <summary>A matrix by its numbers.</summary>
    public static long[,] Make(int rows, int columns, Func<int, int, long> number)
    {
        long[,] made = new long[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                made[i, j] = number(i, j);
            }
        }

        return made;
    }
}
