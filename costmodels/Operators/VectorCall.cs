using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.CostModels.Operators;

/// <summary>What a kernel without matrix arithmetic does, and what it moves.</summary>
/// <param name="Name">As measured tables call it: <c>mlp_act</c>.</param>
/// <param name="Class">Operations with alike kernels: <c>embedding</c>, <c>norm</c>, <c>rope</c>, <c>activation</c>, <c>add</c>.</param>
/// <param name="Passes">Reads and writes of 16-bit values per element.</param>
/// <param name="Expanded">True when elements are those of the feed-forward's inner width, not of the model's.</param>
/// <param name="Known">False for a name that is not in the table.</param>
public sealed record VectorOperation(string Name, string Class, double Passes, bool Expanded, bool Known = true)
{
    private static readonly FrozenDictionary<string, VectorOperation> Operations = new VectorOperation[]
    {
        new("emb", "embedding", 2, false),
        new("embedding", "embedding", 2, false),
        new("input_layernorm", "norm", 2, false),
        new("post_attention_layernorm", "norm", 2, false),
        new("norm", "norm", 2, false),
        new("rms_norm", "norm", 2, false),
        new("attn_rope", "rope", 4, false), // queries and keys, each read and written
        new("rope", "rope", 4, false),
        new("mlp_act", "activation", 3, true), // gate and up read, product written
        new("activation", "activation", 3, true),
        new("add", "add", 3, false),
    }.ToFrozenDictionary(o => o.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>An operation by name; an unknown one reads and writes each element once, with <see cref="Known"/> false.</summary>
    public static VectorOperation Of(string name) =>
        Operations.TryGetValue(name.Trim(), out VectorOperation? found) ? found : new VectorOperation(name.Trim(), "norm", 2, false, Known: false);
}

/// <summary>An element-wise or row-wise operation over tokens.</summary>
public sealed class VectorCall : KernelCall
{
    private const double ElementBytes = 2;

    /// <summary>The operation.</summary>
    public required VectorOperation Operation { get; init; }

    /// <summary>Rows.</summary>
    public required double Tokens { get; init; }

    /// <summary>Width of the model.</summary>
    public required double Width { get; init; }

    /// <summary>Inner width of the feed-forward; needed for activations only.</summary>
    public double Expanded { get; init; }

    /// <summary>Bytes that are read and written.</summary>
    public double Bytes => Operation.Passes * ElementBytes * Tokens * (Operation.Expanded ? Expanded : Width);

    /// <inheritdoc/>
    public override string Variant => Operation.Name;

    /// <inheritdoc/>
    public override string Class => Operation.Class;

    /// <inheritdoc/>
    public override bool Understood => Operation.Known;

    /// <inheritdoc/>
    public override string Shape => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Expanded}");

    /// <inheritdoc/>
    public override string Fixed => Shape;

    /// <inheritdoc/>
    public override double Size => Tokens;

    /// <inheritdoc/>
    public override double[] Place => [Math.Log2(Tokens), Math.Log2(Operation.Expanded ? Expanded : Width)];

    /// <inheritdoc/>
    public override double Seconds(ReadOnlySpan<double> parameters) => VectorLaw.Seconds(Device, Bytes, parameters);
}

/// <summary>Time of an operation that only moves bytes: a launch floor, plus the bytes over the bandwidth of memory, or of the cache as far as they fit.</summary>
public static class VectorLaw
{
    /// <summary>Names in order: log of the floor in microseconds, of the share of memory bandwidth, of the cache's bandwidth over memory's.</summary>
    public static ImmutableArray<string> ParameterNames { get; } = ["floor", "memory", "cache"];

    /// <summary>Seconds, above 0.</summary>
    /// <param name="device">The device's datasheet.</param>
    /// <param name="bytes">Read and written, above 0.</param>
    /// <param name="p">By <see cref="ParameterNames"/>.</param>
    public static double Seconds(Accelerator device, double bytes, ReadOnlySpan<double> p)
    {
        ArgumentNullException.ThrowIfNull(device);
        double memory = device.Bandwidth * Math.Exp(p[1]);
        double cache = Math.Max(memory, device.Bandwidth * Math.Exp(p[2]));
        double kept = 1 / (1 + Math.Pow(bytes / device.CacheBytes, 4));
        return Math.Exp(p[0]) * 1e-6 + bytes * (kept / cache + (1 - kept) / memory);
    }
}

/// <summary>Vector operations in measured tables and in those of the program.</summary>
internal sealed class VectorDomain : KernelDomain
{
    public static VectorDomain Default { get; } = new();

    public override string Name => "vector";

    public override KernelTraits Traits { get; } = new(
        VectorLaw.ParameterNames, [1, -0.4, -0.2], [0.5, 0.5, 0.5], [0.3, 0.3, 0.3], ["tokens", "width"], [3, 2], [0.05, 0.05, 0.05, 0.1, 0.1], 0.04);

    public override KernelCall Read(TableRow row)
    {
        VectorOperation operation = VectorOperation.Of(row["op"]);
        return new VectorCall
        {
            Source = row["source"],
            Device = Accelerator.Of(row["hardware"]),
            Software = "",
            Operation = operation,
            Tokens = row.Positive("tokens"),
            Width = row.Positive("n_embd"),
            Expanded = operation.Expanded || row["n_expanded_embd"].Length > 0 ? row.Positive("n_expanded_embd") : 0,
        };
    }

    public override KernelCall Make(string source, string hardware, string variant, string software, string fixedSizes, double size)
    {
        string[] sizes = fixedSizes.Split('x');
        return new VectorCall
        {
            Source = source,
            Device = Accelerator.Of(hardware),
            Software = software,
            Operation = VectorOperation.Of(variant),
            Tokens = size,
            Width = double.Parse(sizes[0], CultureInfo.InvariantCulture),
            Expanded = double.Parse(sizes[1], CultureInfo.InvariantCulture),
        };
    }
}
