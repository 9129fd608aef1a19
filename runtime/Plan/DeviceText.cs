using System.Collections.Immutable;
using Orchestrator.Diagnostics;

namespace Orchestrator.Plan;

/// <summary>
/// A device that no catalogue has, in a few lines: <c>name</c>, <c>memory</c> and <c>bandwidth</c> at least, then peaks by number format and what else is
/// known. Units as in fleet files; <c>source</c> is where all of it is from, <c>{ value, source }</c> where one number is.
/// <code>
/// name: Foo 9000
/// memory: 80 GB
/// bandwidth: 3.35 TB/s
/// bf16: 989 TFLOPS
/// fp8: 1979 TFLOPS
/// tdp: 700 W
/// source: data sheet of 2026-05
/// </code>
/// </summary>
public static class DeviceText
{
    private static readonly ImmutableArray<(string Key, string Figure, FleetDimension Dimension)> Figures =
    [
        ("tdp", "tdp_w", FleetDimension.Power), ("cache", "cache_bytes", FleetDimension.Memory), ("units", "units", FleetDimension.Plain),
        ("host_link", "host_bandwidth", FleetDimension.Bandwidth), ("int4", "int4_flops", FleetDimension.Rate), ("parts", "parts", FleetDimension.Plain),
        ("cores", "cores", FleetDimension.Plain),
    ];

    /// <summary>The keys.</summary>
    public static ImmutableArray<string> Keys { get; } =
        ["name", "tier", "memory", "bandwidth", .. FleetFileKeys.Formats, .. Figures.Select(f => f.Key), "link", "link_count", "usd_hour", "source"];

    /// <summary>The device, or null after reporting every mistake to <paramref name="bag"/>.</summary>
    public static Device? Read(SourceText source, DiagnosticBag bag)
    {
        var own = new DiagnosticBag();
        FleetFileNode? root = FleetFileYaml.Read(source, own);
        Device? device = root is null ? null : Read(root, source, new FleetFileValues(own), own);
        bag.AddRange(own.Items.OrderBy(d => d.Span.Start));
        return own.HasErrors ? null : device;
    }

    private static Device? Read(FleetFileNode root, SourceText source, FleetFileValues values, DiagnosticBag bag)
    {
        if (values.Mapping(root, "a device", Keys) is not { } keys)
        {
            return null;
        }

        string from = values.Source(keys, source.Path);
        Sourced? Of(string key, FleetDimension dimension) => values.Override(keys, key, dimension) is { } number
            ? number with { Source = keys[key].Entries is null ? from : number.Source }
            : null;

        string name = values.Required(keys, "name", root, "what to call it") is { } n ? values.Text(n, "a name") : "";
        values.Required(keys, "memory", root, "how much it holds");
        values.Required(keys, "bandwidth", root, "how fast its memory is");
        string tier = keys.TryGetValue("tier", out FleetFileNode? t) ? values.Choice(t, "tier", FleetFileKeys.Tiers) ?? "gpu" : "gpu";
        var peaks = ImmutableSortedDictionary.CreateBuilder<string, Sourced>(StringComparer.Ordinal);
        foreach (string format in FleetFileKeys.Formats)
        {
            if (Of(format, FleetDimension.Rate) is { } peak)
            {
                peaks.Add(format, peak);
            }
        }

        if (peaks.Count == 0)
        {
            bag.Error("ORC3004", "no peak is given, so no arithmetic can be priced", root.Span, "add one of: bf16: 989 TFLOPS, fp16, fp8, fp32, int8, fp4");
        }

        var figures = ImmutableSortedDictionary.CreateBuilder<string, Sourced>(StringComparer.Ordinal);
        foreach ((string key, string figure, FleetDimension dimension) in Figures)
        {
            if (Of(key, dimension) is { } value)
            {
                figures.Add(figure, value);
            }
        }

        return new Device
        {
            Name = name,
            Kind = name,
            Tier = tier,
            Count = 1,
            Place = "here",
            Runs = FleetFileKeys.RunsOf(tier),
            Memory = Of("memory", FleetDimension.Memory),
            Bandwidth = Of("bandwidth", FleetDimension.Bandwidth),
            Peak = peaks.ToImmutable(),
            ScaleUpBandwidth = Of("link", FleetDimension.Bandwidth),
            ScaleUpCount = keys.TryGetValue("link_count", out FleetFileNode? count) ? values.Count(count, "link_count", 100_000) : 1,
            PricePerHour = Of("usd_hour", FleetDimension.Money),
            Figures = figures.ToImmutable(),
        };
    }
}
