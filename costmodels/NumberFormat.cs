using System.Collections.Frozen;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>A format that weights are stored in, with the scales that go along, and what arithmetic and cache it implies.</summary>
/// <param name="Name">The catalogue's name: <c>bf16</c>, <c>fp8_block</c>, <c>nvfp4</c>, <c>int4_g128</c>, <c>q4_k_m</c> …</param>
/// <param name="ElementBits">Bits of one element without its scale.</param>
/// <param name="Block">Elements that share a scale.</param>
/// <param name="ScaleBits">Bits of scales and zeros of a block.</param>
/// <param name="Compute">The format that matrices are multiplied in where the device can: a key of a device's peaks.</param>
/// <param name="Kv">The format that keys and values are usually kept in.</param>
/// <param name="Wide">What stays in 16 bits: <c>none</c>, <c>embeddings</c>, or <c>experts</c> for all but the experts.</param>
/// <param name="Source">Where the layout is from.</param>
public sealed record NumberFormat(string Name, double ElementBits, double Block, double ScaleBits, string Compute, string Kv, string Wide, string Source)
{
    private static readonly FrozenDictionary<string, NumberFormat> Known = Load();

    /// <summary>Every name and other name.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>Bits of a weight with its share of the scales.</summary>
    public double Bits => ElementBits + ScaleBits / Block;

    /// <summary>Bytes of a weight with its share of the scales.</summary>
    public double BytesPerWeight => Bits / 8;

    /// <summary>Bytes of one number of the KV cache.</summary>
    public double KvBytes => Known[Kv].BytesPerWeight;

    /// <summary>
    /// What a label of a measurement means, whatever its case (<c>f16 gguf</c>, <c>INT8-CW</c>, <c>w4a16</c>); null for an empty or unknown one
    /// (<c>not stated</c>).
    /// </summary>
    public static NumberFormat? Parse(string label) => Known.GetValueOrDefault(label.Trim().ToLowerInvariant());

    /// <summary>
    /// The format that a model runs in under a label: what the label says, or the format that the model is published in where it says nothing.
    /// A model published in four bits stays so under any wider label, as gpt-oss does; the label then only widens the arithmetic.
    /// </summary>
    public static NumberFormat Of(string label, ModelCard model)
    {
        NumberFormat published = Parse(model.Format) ?? Known["bf16"];
        NumberFormat? said = Parse(label);
        return said is null ? published
            : published.Name == "mxfp4" && said.Bits > published.Bits ? published with { Compute = said.Compute, Kv = said.Kv }
            : said;
    }

    /// <summary>Bytes of a model's weights in this format, with what stays wide in 16 bits.</summary>
    public double WeightBytes(ModelCard model)
    {
        double narrow = Narrow(model);
        return narrow * BytesPerWeight + (model.Parameters - narrow) * Math.Max(2, BytesPerWeight);
    }

    /// <summary>Weights of a model that are stored in this format; the others stay in 16 bits.</summary>
    public double Narrow(ModelCard model) => Wide switch
    {
        "embeddings" => Math.Max(0, model.Parameters - model.EmbeddingParameters),
        "experts" when model.RoutedParameters > 0 => Math.Min(model.Parameters, model.RoutedParameters),
        _ => model.Parameters,
    };

    /// <summary>
    /// The format that a device multiplies in under this one, a key of its peaks: the format's own where the device has it, otherwise 16 bits, into
    /// which narrow weights are unpacked (four bits on Hopper, eight on Ampere), otherwise what the device has; null when it has no known peak.
    /// </summary>
    public string? ComputeOn(Device device)
    {
        foreach (string format in (ReadOnlySpan<string>)[Compute, "bf16", "fp16", "int8", "fp8", "fp32"])
        {
            if (device.Peak.ContainsKey(format))
            {
                return format;
            }
        }

        return device.Peak.IsEmpty ? null : device.Peak.Keys.First();
    }

    /// <summary>Operations a second of a device under this format; see <see cref="ComputeOn"/>.</summary>
    public Sourced? PeakOn(Device device) => ComputeOn(device) is { } format ? device.Peak[format] : null;

    private static FrozenDictionary<string, NumberFormat> Load()
    {
        var known = new Dictionary<string, NumberFormat>(StringComparer.Ordinal);
        foreach (IReadOnlyDictionary<string, string> row in Csv.Rows("formats.csv"))
        {
            var format = new NumberFormat(
                row["format"], row.Number("bits") ?? 16, row.Number("block") ?? 1, row.Number("scale_bits") ?? 0, row["compute"], row["kv"], row["wide"], row["source"]);
            foreach (string name in row["aliases"].Split('|', StringSplitOptions.RemoveEmptyEntries).Prepend(format.Name).Distinct())
            {
                known.TryAdd(name.ToLowerInvariant(), format);
            }
        }

        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
