using System.Collections.Immutable;

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
}

/// <summary>
/// Time of C[m,n] = A[m,k] B[k,n], or of several such multiplies in one kernel, on a device: a launch floor, plus arithmetic in waves of output
/// tiles over the units (the best of several tile sizes and splits along k, as kernel libraries choose), joined with the bytes through memory,
/// or through the last-level cache where repeated runs keep the operands there, plus a pass over activations and outputs.
/// </summary>
public static class GemmLaw
{
    // Operands up to this share of the cache stay in it between repetitions; beyond, the share that stays falls with the fourth power of the size.
    private const double Resident = 0.7;

    // Tiles of a split must have at least this many steps along k, and a kernel at most this many tiles per unit when it splits.
    private const double LeastSteps = 128;
    private const double MostSplitTiles = 4;

    private static readonly (double M, double N)[] Tiles = [(16, 64), (16, 128), (64, 64), (64, 128), (128, 128), (128, 256)];
    private static readonly double[] Splits = [1, 2, 4, 8, 16];

    /// <summary>Names in the order of <see cref="GemmParameter"/>, as tables write them.</summary>
    public static ImmutableArray<string> ParameterNames { get; } = ["floor", "compute", "memory", "cache", "depth", "load", "join", "wave", "pass", "odd"];

    /// <summary>Seconds of one multiply, above 0.</summary>
    /// <param name="device">The device's datasheet.</param>
    /// <param name="format">Number format.</param>
    /// <param name="m">Rows of A: tokens, above 0.</param>
    /// <param name="n">Columns of B: outputs, above 0.</param>
    /// <param name="k">Inner size, above 0.</param>
    /// <param name="p">By <see cref="GemmParameter"/>.</param>
    public static double Seconds(Accelerator device, GemmFormat format, double m, double n, double k, ReadOnlySpan<double> p) =>
        Math.Exp(p[GemmParameter.Floor]) * 1e-6 + Busy(device, format, 1, m, n, k, p);

    /// <summary>Seconds without the floor of so many equal multiplies in one kernel, each of m rows with weights of its own.</summary>
    public static double Busy(Accelerator device, GemmFormat format, double count, double m, double n, double k, ReadOnlySpan<double> p)
    {
        double multiply = Multiply(device, format, count, m, n, k, p);
        double memory = Stream(device, count * Bytes(format, m, n, k), p);
        double join = Math.Exp(p[GemmParameter.Join]);
        double longer = Math.Max(multiply, memory);
        double joined = longer * Math.Pow(Math.Pow(multiply / longer, join) + Math.Pow(memory / longer, join), 1 / join);
        double pass = count * m * (k * format.ActivationBytes + n * GemmFormat.OutputBytes) / (device.Bandwidth * Math.Exp(p[GemmParameter.Pass]));
        return joined + pass;
    }

    /// <summary>Bytes that a multiply reads and writes at least once.</summary>
    public static double Bytes(GemmFormat format, double m, double n, double k) =>
        n * k * format.WeightBytes + m * k * format.ActivationBytes + m * n * GemmFormat.OutputBytes;

    /// <summary>Seconds of the arithmetic alone.</summary>
    private static double Multiply(Accelerator device, GemmFormat format, double count, double m, double n, double k, ReadOnlySpan<double> p)
    {
        double unitRate = device.Peak(format.Peaks) / device.Units * Math.Exp(p[GemmParameter.Compute]);
        unitRate *= n % 8 == 0 && k % 8 == 0 ? 1 : Math.Exp(p[GemmParameter.Odd]);
        double unitLoad = device.Bandwidth * Math.Exp(p[GemmParameter.Load]) / device.Units;
        double depth = Math.Exp(p[GemmParameter.Depth]) * 1e-6 / 1024;
        double wave = 1 / (1 + Math.Exp(-p[GemmParameter.Wave]));
        double cacheRate = device.Bandwidth * Math.Exp(p[GemmParameter.Cache]);
        double best = double.PositiveInfinity;
        foreach ((double tileM, double tileN) in Tiles)
        {
            double tiles = count * Math.Ceiling(m / tileM) * Math.Ceiling(n / tileN);
            double step = Longest(2 * tileM * tileN / unitRate, (tileM * format.ActivationBytes + tileN * format.WeightBytes) / unitLoad, depth);
            foreach (double split in Splits)
            {
                if (split > 1 && (tiles * split > MostSplitTiles * device.Units || k / split < LeastSteps))
                {
                    break;
                }

                double waves = tiles * split / device.Units;
                waves = waves <= 1 ? 1 : (1 - wave) * waves + wave * Math.Ceiling(waves);
                double reduce = split > 1 ? count * m * n * 4 * split / cacheRate + depth * 512 : 0; // fp32 sums, and a wait for the last tile
                best = Math.Min(best, waves * step * k / split + reduce);
            }
        }

        return best;
    }

    /// <summary>Seconds for some bytes through memory, or through the cache as far as they stay there between repetitions.</summary>
    private static double Stream(Accelerator device, double bytes, ReadOnlySpan<double> p)
    {
        double memory = device.Bandwidth * Math.Exp(p[GemmParameter.Memory]);
        double cache = Math.Max(memory, device.Bandwidth * Math.Exp(p[GemmParameter.Cache]));
        double kept = 1 / (1 + Math.Pow(bytes / (Resident * device.CacheBytes), 4));
        return bytes * (kept / cache + (1 - kept) / memory);
    }

    // A smooth maximum: the fourth root of the sum of fourth powers.
    private static double Longest(double a, double b, double c)
    {
        double longest = Math.Max(a, Math.Max(b, c));
        (a, b, c) = (a / longest, b / longest, c / longest);
        return longest * Math.Sqrt(Math.Sqrt(a * a * a * a + b * b * b * b + c * c * c * c));
    }
}
