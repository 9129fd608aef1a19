using System.Globalization;

namespace Orchestrator.CostModels.Operators;

/// <summary>A matrix multiply C[m,n] = A[m,k] B[k,n] of m tokens.</summary>
public sealed class GemmCall : KernelCall
{
    // Kernels for up to this many tokens are alike: weights are read once and tiles are not full.
    private const double FewTokens = 8;

    /// <summary>Number format.</summary>
    public required GemmFormat Format { get; init; }

    /// <summary>Rows of A: tokens.</summary>
    public required double M { get; init; }

    /// <summary>Columns of B: outputs.</summary>
    public required double N { get; init; }

    /// <summary>Inner size.</summary>
    public required double K { get; init; }

    /// <inheritdoc/>
    public override string Variant => Format.Name;

    /// <inheritdoc/>
    public override string Class => Format.Class;

    /// <inheritdoc/>
    public override bool Understood => Format.Known;

    /// <inheritdoc/>
    public override string Shape => string.Create(CultureInfo.InvariantCulture, $"{N}x{K}");

    /// <inheritdoc/>
    public override string Fixed => Shape;

    /// <inheritdoc/>
    public override double Size => M;

    /// <inheritdoc/>
    public override double[] Place
    {
        get
        {
            double waves = Math.Ceiling(M / 128) * Math.Ceiling(N / 128) / Device.Units;
            return [Math.Log2(M + FewTokens), Math.Log2(N), Math.Log2(K), waves > 1 ? Math.Log2(Math.Ceiling(waves) / waves) : 0];
        }
    }

    /// <inheritdoc/>
    public override double Seconds(ReadOnlySpan<double> parameters) => GemmLaw.Seconds(Device, Format, M, N, K, parameters);
}

/// <summary>Multiplies in measured tables and in those of the program.</summary>
internal sealed class GemmDomain : KernelDomain
{
    public static GemmDomain Default { get; } = new();

    public override string Name => "gemm";

    // Centre: 4 us of floor, 70 % of peak, 82 % of bandwidth, a cache twice as fast as memory; the rest from fits to tables. Deviations and lengths
    // were chosen on left-out shapes.
    public override KernelTraits Traits { get; } = new(
        GemmLaw.ParameterNames,
        [1.39, -0.35, -0.2, 0.7, -0.36, 1.5, 1.1, 0.5, 2.5, -1],
        [0.4, 0.15, 0.15, 0.3, 0.4, 0.4, 0.3, 0.7, 0.7, 0.4],
        [0.4, 0.15, 0.15, 0.4, 0.4, 0.4, 0.3, 0.7, 0.7, 0.4],
        ["m", "n", "k", "wave"],
        [2, 2, 2, 1],
        [0.03, 0.04, 0.06, 0.05, 0.06],
        0.03);

    public override KernelCall Read(TableRow row)
    {
        string source = row["source"];
        return new GemmCall
        {
            Source = source,
            Device = Accelerator.Of(row["hardware"]),
            Software = SoftwareOf(source, row["model"]),
            Format = GemmFormat.Of(row["dtype"]),
            M = row.Positive("m"),
            N = row.Positive("n"),
            K = row.Positive("k"),
        };
    }

    public override KernelCall Make(string source, string hardware, string variant, string software, string fixedSizes, double size)
    {
        string[] sizes = fixedSizes.Split('x');
        return new GemmCall
        {
            Source = source,
            Device = Accelerator.Of(hardware),
            Software = software,
            Format = GemmFormat.Of(variant),
            M = size,
            N = double.Parse(sizes[0], CultureInfo.InvariantCulture),
            K = double.Parse(sizes[1], CultureInfo.InvariantCulture),
        };
    }

    // Only some sources name the software in their model column; a model's name says nothing about the kernel that multiplies.
    private static string SoftwareOf(string source, string model) => source switch
    {
        "aic" or "aic_npu" or "apex" => model,
        "aiter" => (model.Contains("bpreshuffle", StringComparison.Ordinal) ? "bpreshuffle " : "plain ") + model,
        _ => "",
    };
}
