namespace Orchestrator.CostModels.Operators;

/// <summary>
/// The few numbers that turn a datasheet into the time of a matrix multiply, each as a natural logarithm so that errors are factors.
/// Learned per (device, format, software) from measurements, drawn to what kin devices have.
/// </summary>
public static class GemmParameter
{
    /// <summary>Fixed time of a kernel, log of microseconds.</summary>
    public const int Floor = 0;

    /// <summary>Share of the peak that a full large tile reaches.</summary>
    public const int Compute = 1;

    /// <summary>Share of the memory bandwidth that weights stream at.</summary>
    public const int Memory = 2;

    /// <summary>Bandwidth of the last-level cache over that of memory.</summary>
    public const int Cache = 3;

    /// <summary>Time for a unit to pass 1024 steps along k however small its tile, log of microseconds.</summary>
    public const int Depth = 4;

    /// <summary>Bandwidth at which all units together load tiles, over that of memory.</summary>
    public const int Load = 5;

    /// <summary>Log of the exponent that joins memory and arithmetic: small adds them, large takes the longer.</summary>
    public const int Join = 6;

    /// <summary>Logit of the share of a partial last wave of tiles that is paid in full.</summary>
    public const int Wave = 7;

    /// <summary>Bandwidth of the pass over activations and outputs that nothing hides, over that of memory.</summary>
    public const int Pass = 8;

    /// <summary>Share of the rate that is left when n or k is not a multiple of eight, log.</summary>
    public const int Odd = 9;

    /// <summary>How many there are.</summary>
    public const int Count = 10;

    /// <summary>Names in order, as tables write them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["floor", "compute", "memory", "cache", "depth", "load", "join", "wave", "pass", "odd"];
}

/// <summary>
/// Time of C[m,n] = A[m,k] B[k,n] on a device: a launch floor, plus arithmetic in waves of output tiles over the units (the best of several
/// tile sizes and splits along k, as kernel libraries choose), joined with the bytes through memory, or through the last-level cache where
/// repeated runs keep the operands there.
/// </summary>
public static class GemmPhysics
{
    private static readonly (double M, double N)[] Tiles = [(16, 64), (16, 128), (64, 64), (64, 128), (128, 128), (128, 256)];
    private static readonly double[] Splits = [1, 2, 4, 8, 16];

    /// <summary>Seconds of one multiply, above 0.</summary>
    /// <param name="device">The device's datasheet.</param>
    /// <param name="format">Number format.</param>
    /// <param name="m">Rows of A: tokens.</param>
    /// <param name="n">Columns of B: outputs.</param>
    /// <param name="k">Inner size.</param>
    /// <param name="p">By <see cref="GemmParameter"/>.</param>
    public static double Seconds(Accelerator device, GemmFormat format, double m, double n, double k, ReadOnlySpan<double> p)
    {
        double peak = device.Peak(format.Peaks);
        double unitRate = peak / device.Units * Math.Exp(p[GemmParameter.Compute]);
        unitRate *= n % 8 == 0 && k % 8 == 0 ? 1 : Math.Exp(p[GemmParameter.Odd]);
        double unitLoad = device.Bandwidth * Math.Exp(p[GemmParameter.Load]) / device.Units;
        double depth = Math.Exp(p[GemmParameter.Depth]) * 1e-6 / 1024;
        double wave = 1 / (1 + Math.Exp(-p[GemmParameter.Wave]));
        double cacheRate = device.Bandwidth * Math.Exp(p[GemmParameter.Cache]);
        double multiply = double.PositiveInfinity;
        foreach ((double tileM, double tileN) in Tiles)
        {
            double tiles = Math.Ceiling(m / tileM) * Math.Ceiling(n / tileN);
            double step = Hypot3(2 * tileM * tileN / unitRate, (tileM * format.ActivationBytes + tileN * format.WeightBytes) / unitLoad, depth);
            foreach (double split in Splits)
            {
                if (split > 1 && (tiles * split > 4 * device.Units || k / split < 128))
                {
                    break;
                }

                double waves = tiles * split / device.Units;
                waves = waves <= 1 ? 1 : (1 - wave) * waves + wave * Math.Ceiling(waves);
                double reduce = split > 1 ? m * n * 4 * split / cacheRate + depth * 512 : 0;
                multiply = Math.Min(multiply, waves * step * k / split + reduce);
            }
        }

        double bytes = Bytes(format, m, n, k);
        double stream = device.Bandwidth * Math.Exp(p[GemmParameter.Memory]);
        double resident = 1 / (1 + Math.Pow(bytes / (0.7 * device.CacheBytes), 4));
        double memory = bytes * (resident / Math.Max(cacheRate, stream) + (1 - resident) / stream);
        double join = Math.Exp(p[GemmParameter.Join]);
        double longer = Math.Max(multiply, memory);
        double joined = longer * Math.Pow(Math.Pow(multiply / longer, join) + Math.Pow(memory / longer, join), 1 / join);
        double pass = m * (k * format.ActivationBytes + n * GemmFormat.OutputBytes) / (device.Bandwidth * Math.Exp(p[GemmParameter.Pass]));
        return Math.Exp(p[GemmParameter.Floor]) * 1e-6 + joined + pass;
    }

    /// <summary>Bytes that a multiply reads and writes at least once.</summary>
    public static double Bytes(GemmFormat format, double m, double n, double k) =>
        n * k * format.WeightBytes + m * k * format.ActivationBytes + m * n * GemmFormat.OutputBytes;

    private static double Hypot3(double a, double b, double c)
    {
        double longest = Math.Max(a, Math.Max(b, c));
        (a, b, c) = (a / longest, b / longest, c / longest);
        return longest * Math.Sqrt(Math.Sqrt(a * a * a * a + b * b * b * b + c * c * c * c));
    }
}
