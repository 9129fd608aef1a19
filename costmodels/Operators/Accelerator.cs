using System.Collections.Concurrent;
using Orchestrator.Plan;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// What the laws of operators need of a device's datasheet. A figure that the catalogue lacks is that of a middling data-centre accelerator
/// (312 TFLOPS, 2 TB/s, 108 units, 40 MB of cache: an A100), which only <see cref="Known"/> devices without that column ever get quietly.
/// </summary>
/// <param name="Kind">The catalogue's name, or the label as written when the catalogue has none.</param>
/// <param name="Vendor"><c>NVIDIA</c>, <c>AMD</c> …; empty when unknown.</param>
/// <param name="Family">Devices whose kernels behave alike: <c>hopper</c>, <c>cdna3</c>; empty when unknown.</param>
/// <param name="Units">Streaming multiprocessors, compute units or cores that each compute a tile.</param>
/// <param name="CacheBytes">Bytes of the last-level cache.</param>
/// <param name="Bandwidth">Memory, bytes per second.</param>
/// <param name="Peaks">Dense operations per second by format.</param>
/// <param name="Known">False when the catalogue has no such device.</param>
public sealed record Accelerator(
    string Kind, string Vendor, string Family, double Units, double CacheBytes, double Bandwidth, IReadOnlyDictionary<string, double> Peaks, bool Known)
{
    private const double MiddlePeak = 312e12;
    private const double MiddleBandwidth = 2.0e12;
    private const double MiddleUnits = 108;
    private const double MiddleCache = 40e6;

    // 16-bit operations per second of the largest unit that works on one tile (17e12 on a GB200); a matrix engine of a Gaudi or TPU with more
    // works on several tiles, and counts as so many units.
    private const double LargestUnit = 20e12;

    private const int MostKept = 10_000;

    private static readonly ConcurrentDictionary<string, Accelerator> ByLabel = new(StringComparer.Ordinal);

    // First match counts: longer names stand before those that they contain.
    private static readonly (string Part, string Vendor, string Family)[] Families =
    [
        ("GB10", "NVIDIA", "blackwell_card"), ("GB200", "NVIDIA", "blackwell"), ("GB300", "NVIDIA", "blackwell"), ("B200", "NVIDIA", "blackwell"),
        ("B300", "NVIDIA", "blackwell"), ("Thor", "NVIDIA", "blackwell_card"), ("RTX PRO", "NVIDIA", "blackwell_card"), ("RTX 50", "NVIDIA", "blackwell_card"),
        ("H100", "NVIDIA", "hopper"), ("H200", "NVIDIA", "hopper"), ("H800", "NVIDIA", "hopper"), ("H20", "NVIDIA", "hopper"),
        ("L40", "NVIDIA", "ada"), ("L4", "NVIDIA", "ada"), ("RTX 40", "NVIDIA", "ada"), ("4080", "NVIDIA", "ada"), ("4090", "NVIDIA", "ada"), ("Ada", "NVIDIA", "ada"),
        ("A100", "NVIDIA", "ampere"), ("A800", "NVIDIA", "ampere"), ("A30", "NVIDIA", "ampere"), ("A40", "NVIDIA", "ampere_card"), ("A10", "NVIDIA", "ampere_card"),
        ("A6000", "NVIDIA", "ampere_card"), ("RTX 30", "NVIDIA", "ampere_card"), ("Orin", "NVIDIA", "ampere_card"), ("V100", "NVIDIA", "volta"), ("T4", "NVIDIA", "turing"),
        ("MI2", "AMD", "cdna2"), ("MI30", "AMD", "cdna3"), ("MI325", "AMD", "cdna3"), ("MI35", "AMD", "cdna4"), ("Arc", "Intel", "xe"), ("Max 1550", "Intel", "xe_hpc"),
        ("Gaudi", "Intel", "gaudi"), ("Xeon", "Intel", "xeon"), ("TPU", "Google", "tpu"), ("Ascend", "Huawei", "ascend"), ("Inferentia", "AWS", "neuron"), ("Trainium", "AWS", "neuron"),
    ];

    /// <summary>Operations per second in the first of some formats that the device has; a format that it lacks runs in the next wider one.</summary>
    public double Peak(IReadOnlyList<string> formats)
    {
        foreach (string format in formats)
        {
            if (Peaks.TryGetValue(format, out double peak))
            {
                return peak;
            }
        }

        return Peaks.Count > 0 ? Peaks.Values.Min() : MiddlePeak;
    }

    /// <summary>The accelerator that a table's label means: <c>MI300X (gfx942, 304 CU)</c> is the MI300X.</summary>
    public static Accelerator Of(string label)
    {
        if (ByLabel.TryGetValue(label, out Accelerator? kept))
        {
            return kept;
        }

        int slash = label.IndexOf('/', StringComparison.Ordinal);
        Device? device = Catalogue.Default.MatchDevice(label) ?? (slash > 0 ? Catalogue.Default.MatchDevice(label[..slash]) : null);
        Accelerator found = device is null ? Unknown(label.Trim()) : Of(device);
        if (ByLabel.Count < MostKept)
        {
            ByLabel.TryAdd(label, found);
        }

        return found;
    }

    /// <summary>The datasheet of a device of a fleet.</summary>
    public static Accelerator Of(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        (string vendor, string family) = FamilyOf(device.Kind);
        double Figure(string name, double middle) => device.Figures.TryGetValue(name, out Sourced? value) && value.Value > 0 ? value.Value : middle;
        double units = Figure("units", MiddleUnits);
        double half = device.Peak.TryGetValue("bf16", out Sourced? peak) || device.Peak.TryGetValue("fp16", out peak) ? peak.Value : 0;
        units *= Math.Max(1, Math.Ceiling(half / units / LargestUnit));
        return new Accelerator(
            device.Kind, vendor, family, units, Figure("cache_bytes", MiddleCache), device.Bandwidth?.Value ?? MiddleBandwidth,
            device.Peak.ToDictionary(p => p.Key, p => p.Value.Value, StringComparer.Ordinal), Known: true);
    }

    private static Accelerator Unknown(string label)
    {
        (string vendor, string family) = FamilyOf(label);
        return new Accelerator(label, vendor, family, MiddleUnits, MiddleCache, MiddleBandwidth, new Dictionary<string, double>(), Known: false);
    }

    private static (string Vendor, string Family) FamilyOf(string label)
    {
        (string part, string vendor, string family) = Families.FirstOrDefault(f => label.Contains(f.Part, StringComparison.OrdinalIgnoreCase));
        return part is null ? ("", "") : (vendor, family);
    }
}
