using System.Globalization;

namespace Orchestrator.CostModels.Operators;

/// <summary>How tokens fall on experts.</summary>
public enum ExpertLoad
{
    /// <summary>Every expert gets as many tokens, as far as they go round.</summary>
    Balanced,

    /// <summary>Some experts get many times the tokens of others; also what is taken when nothing is stated, as routers do so.</summary>
    Skewed,

    /// <summary>So many experts get tokens.</summary>
    Counted,
}

/// <summary>A mixture-of-experts feed-forward of one layer on one device: gate and up projection, activation, down projection of routed tokens.</summary>
public sealed class MoeCall : KernelCall
{
    /// <summary>Number format of weights and activations.</summary>
    public required GemmFormat Format { get; init; }

    /// <summary>Tokens that enter the layer on all devices together.</summary>
    public required double Tokens { get; init; }

    /// <summary>Width of the model.</summary>
    public required double Hidden { get; init; }

    /// <summary>Inner width of one expert, before it is divided over devices.</summary>
    public required double Inner { get; init; }

    /// <summary>Experts per token.</summary>
    public required double TopK { get; init; }

    /// <summary>Routed experts of the layer on all devices.</summary>
    public required double Experts { get; init; }

    /// <summary>Devices that share each expert.</summary>
    public double TensorParallel { get; init; } = 1;

    /// <summary>Devices that the experts are dealt out to.</summary>
    public double ExpertParallel { get; init; } = 1;

    /// <summary>How tokens fall on experts.</summary>
    public ExpertLoad Load { get; init; } = ExpertLoad.Skewed;

    /// <summary>Experts with tokens on this device under <see cref="ExpertLoad.Counted"/>.</summary>
    public double Activated { get; init; }

    /// <summary>True for a measurement of the first of the two grouped multiplies alone.</summary>
    public bool FirstOnly { get; init; }

    /// <summary>The distribution as text: <c>balanced</c>, <c>skewed</c>, <c>activated_16</c>.</summary>
    public string Distribution => Load switch
    {
        ExpertLoad.Balanced => "balanced",
        ExpertLoad.Counted => string.Create(CultureInfo.InvariantCulture, $"activated_{Activated}"),
        _ => "skewed",
    };

    /// <inheritdoc/>
    public override string Variant => Format.Name;

    /// <inheritdoc/>
    public override string Class => Format.Class;

    /// <inheritdoc/>
    public override bool Understood => Format.Known;

    /// <inheritdoc/>
    public override string Shape => string.Create(CultureInfo.InvariantCulture, $"{Hidden}/{Inner}/{TopK}/{Experts}/{TensorParallel}/{ExpertParallel}");

    /// <inheritdoc/>
    public override string Fixed => $"{Shape}/{Distribution}";

    /// <inheritdoc/>
    public override double Size => Tokens;

    /// <inheritdoc/>
    public override double[] Place =>
    [
        Math.Log2(Tokens), Math.Log2(Hidden), Math.Log2(Inner / TensorParallel), Math.Log2(Experts / ExpertParallel), Math.Log2(TopK),
        Load == ExpertLoad.Balanced ? 0 : 1, Load == ExpertLoad.Counted ? Math.Log2(Activated) : Math.Log2(ExpertParallel),
    ];

    /// <inheritdoc/>
    public override double Seconds(ReadOnlySpan<double> parameters) => MoeLaw.Seconds(this, parameters);
}

/// <summary>Mixtures of experts in measured tables and in those of the program.</summary>
internal sealed class MoeDomain : KernelDomain
{
    private const string CountedPrefix = "activated_";
    private const string FirstOnlyMark = "GroupedMatmul";

    public static MoeDomain Default { get; } = new();

    public override string Name => "moe";

    // As for single multiplies, with a floor for routing and two more parameters; deviations and lengths were chosen on left-out shapes.
    public override KernelTraits Traits { get; } = new(
        MoeLaw.ParameterNames,
        [2.5, -0.5, -0.2, 0.4, -0.36, 1.5, 1.1, 0.5, 1.5, -1, -0.5, 0],
        [0.5, 0.2, 0.15, 0.3, 0.4, 0.4, 0.3, 0.7, 0.7, 0.4, 0.3, 0.3],
        [0.5, 0.2, 0.15, 0.3, 0.4, 0.4, 0.3, 0.7, 0.7, 0.4, 0.3, 0.3],
        ["tokens", "hidden", "inner", "experts", "topk", "skew", "spread"],
        [2, 2, 2, 2, 2, 1, 2],
        [0.04, 0.05, 0.1, 0.05, 0.06],
        0.03);

    public override KernelCall Read(TableRow row)
    {
        (string source, string kernel) = (row["source"], row["kernel"]);
        (ExpertLoad load, double activated) = LoadOf(row["distribution"], row.Line);
        double tokens = row.Positive("tokens");
        return new MoeCall
        {
            Source = source,
            Device = Accelerator.Of(row["hardware"]),
            Software = SoftwareOf(source, row["model"], kernel),
            Format = GemmFormat.Of(row["dtype"]),
            Tokens = tokens,
            Hidden = row.Positive("hidden"),
            Inner = row.Positive("inter"),
            TopK = row.Positive("topk"),
            Experts = row.Positive("experts"),
            TensorParallel = row["moe_tp"].Length == 0 ? 1 : row.Positive("moe_tp"),
            ExpertParallel = row["moe_ep"].Length == 0 ? 1 : row.Positive("moe_ep"),
            Load = load,
            Activated = activated,
            FirstOnly = kernel.Contains(FirstOnlyMark, StringComparison.Ordinal),
        };
    }

    public override KernelCall Make(string source, string hardware, string variant, string software, string fixedSizes, double size)
    {
        string[] parts = fixedSizes.Split('/');
        double Of(int index) => double.Parse(parts[index], CultureInfo.InvariantCulture);
        (ExpertLoad load, double activated) = LoadOf(parts[6], 0);
        return new MoeCall
        {
            Source = source,
            Device = Accelerator.Of(hardware),
            Software = software,
            Format = GemmFormat.Of(variant),
            Tokens = size,
            Hidden = Of(0),
            Inner = Of(1),
            TopK = Of(2),
            Experts = Of(3),
            TensorParallel = Of(4),
            ExpertParallel = Of(5),
            Load = load,
            Activated = activated,
            FirstOnly = software.Contains(FirstOnlyMark, StringComparison.Ordinal),
        };
    }

    /// <summary>Reads a distribution: <c>balanced</c>, <c>activated_N</c>, a number of experts, or anything else for a skewed one.</summary>
    /// <exception cref="TableException">The number of experts is not above 0.</exception>
    public static (ExpertLoad Load, double Activated) LoadOf(string text, int line)
    {
        if (text is "balanced" or "uniform")
        {
            return (ExpertLoad.Balanced, 0);
        }

        string count = text.StartsWith(CountedPrefix, StringComparison.Ordinal) ? text[CountedPrefix.Length..] : text;
        return !double.TryParse(count, NumberStyles.Float, CultureInfo.InvariantCulture, out double activated) ? (ExpertLoad.Skewed, 0)
            : activated > 0 && double.IsFinite(activated) ? (ExpertLoad.Counted, activated)
            : throw new TableException(line, "distribution", $"'{text}' experts cannot be active", "write balanced, power_law_1.2 or activated_N with N above 0");
    }

    // The model column names the engine, and for some sources a model after it; a mixture's kernel matters more than the engine's version.
    private static string SoftwareOf(string source, string model, string kernel) => source switch
    {
        "aic" => $"{model} {kernel}".Trim(),
        "aic_npu" => "vllm-ascend " + (kernel.Contains(FirstOnlyMark, StringComparison.Ordinal) ? FirstOnlyMark : ""),
        _ => "",
    };
}
