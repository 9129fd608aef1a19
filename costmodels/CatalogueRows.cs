using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>Rows of <c>devices.csv</c> and <c>models.csv</c> as devices and cards. An empty field is an unknown number.</summary>
internal static class CatalogueRows
{
    // Column, name among a device's figures, factor to the base unit.
    private static readonly (string Column, string Figure, double Factor)[] Figures =
    [
        ("tdp_w", "tdp_w", 1), ("cores", "cores", 1), ("cache_mb", "cache_bytes", 1e6), ("units", "units", 1), ("clock_mhz", "clock_hz", 1e6),
        ("host_gbs", "host_bandwidth", 1e9), ("int4_tops", "int4_flops", 1e12), ("parts", "parts", 1),
    ];

    /// <summary>A device. Its figures: <c>tdp_w</c>, <c>cores</c>, last-level <c>cache_bytes</c>, <c>units</c> (SM, CU or cores of an accelerator),
    /// <c>clock_hz</c> (boost; base for CPUs), <c>host_bandwidth</c> (bytes a second to the CPU, one way), <c>int4_flops</c>, <c>parts</c> (devices that
    /// software sees: 2 for an MI250).</summary>
    public static Device Device(IReadOnlyDictionary<string, string> row)
    {
        string source = row["source"];
        Sourced? Of(string column, double factor) => row.Number(column) is { } value ? new Sourced(value * factor, source) : null;
        var peaks = ImmutableSortedDictionary.CreateBuilder<string, Sourced>(StringComparer.Ordinal);
        foreach (string format in FleetFileKeys.Formats)
        {
            if (Of(format + (format == "int8" ? "_tops" : "_tflops"), 1e12) is { } peak)
            {
                peaks.Add(format, peak);
            }
        }

        var figures = ImmutableSortedDictionary.CreateBuilder<string, Sourced>(StringComparer.Ordinal);
        foreach ((string column, string figure, double factor) in Figures)
        {
            if (Of(column, factor) is { } value)
            {
                figures.Add(figure, value);
            }
        }

        return new Device
        {
            Name = row["kind"],
            Kind = row["kind"],
            Tier = row["tier"],
            Count = 1,
            Place = "",
            Runs = [.. row["runs"].Split(' ')],
            Memory = Of("memory_gb", 1e9),
            Bandwidth = Of("bandwidth_gbs", 1e9),
            Peak = peaks.ToImmutable(),
            ScaleUpBandwidth = Of("scale_up_gbs", 1e9),
            ScaleUpCount = (int)(row.Number("scale_up_count") ?? 1),
            PricePerHour = Of("usd_hour", 1),
            Figures = figures.ToImmutable(),
        };
    }

    /// <summary>A model's card.</summary>
    public static ModelCard Model(IReadOnlyDictionary<string, string> row) => new()
    {
        Name = row["model"],
        Kind = row["kind"],
        Layers = row.Number("layers"),
        DecoderLayers = row.Number("decoder_layers"),
        Width = row.Number("d_model"),
        Heads = row.Number("heads"),
        KvHeads = row.Number("kv_heads"),
        HeadDimension = row.Number("head_dim"),
        Attention = Kind(row["attention"]),
        OutputGate = row["attention"] == "gated",
        KvRank = row.Number("kv_rank") ?? 0,
        RopeDimension = row.Number("rope_dim") ?? 0,
        QueryRank = row.Number("q_rank") ?? 0,
        NopeDimension = row.Number("nope_dim") ?? 0,
        ValueDimension = row.Number("v_dim") ?? 0,
        FullLayers = row.Number("full_layers"),
        LinearLayers = row.Number("linear_layers"),
        LinearLayerParameters = row.Number("linear_params") ?? 0,
        LinearStateBytes = row.Number("linear_state_bytes") ?? 0,
        Window = row.Number("window"),
        WindowLayers = row.Number("window_layers") ?? 0,
        FeedForward = row.Number("ffn"),
        Gated = row["gated"] == "1",
        FeedForwardLayers = row.Number("ffn_layers"),
        Vocabulary = row.Number("vocab"),
        Tied = row["tied"] == "1",
        Experts = row.Number("experts") ?? 1,
        TopK = row.Number("top_k") ?? 1,
        SharedExperts = row.Number("shared") ?? 0,
        ExpertFeedForward = row.Number("expert_ffn"),
        DenseLayers = row.Number("dense_layers") ?? 0,
        ExtraParameters = row.Number("extra_params") ?? 0,
        Format = row["format"],
        Context = row.Number("context"),
        PublishedParameters = row.Number("params"),
        PublishedActiveParameters = row.Number("active_params"),
        Underived = row["underived"],
        FlopsPerUnit = row.Number("flops_per_unit"),
        FloorSecondsPerUnit = row.Number("floor_s_per_unit"),
        Source = row["source"],
    };

    private static AttentionKind Kind(string name) => name switch
    {
        "mha" or "" => AttentionKind.MultiHead,
        "gqa" or "gated" => AttentionKind.Grouped,
        "mqa" => AttentionKind.MultiQuery,
        "mla" => AttentionKind.Latent,
        "linear" => AttentionKind.Linear,
        _ => throw new InvalidDataException("no kind of attention: " + name),
    };
}
