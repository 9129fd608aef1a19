using System.Collections.Concurrent;
using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.CostModels.Operators;

/// <summary>What the physics of operators needs of a device, from its datasheet; unknown figures are replaced by those of a common device and said so.</summary>
/// <param name="Kind">The catalogue's name, or the label as written when the catalogue has none.</param>
/// <param name="Vendor"><c>NVIDIA</c>, <c>AMD</c> …; empty when unknown.</param>
/// <param name="Family">Architecture: <c>hopper</c>, <c>cdna3</c>; empty when unknown.</param>
/// <param name="Units">Streaming multiprocessors, compute units or cores that each compute a tile.</param>
/// <param name="CacheBytes">Last-level cache.</param>
/// <param name="Bandwidth">Memory, bytes per second.</param>
/// <param name="Peaks">Dense FLOP/s by format.</param>
/// <param name="Known">False when the catalogue has no such device.</param>
public sealed record Accelerator(
    string Kind, string Vendor, string Family, double Units, double CacheBytes, double Bandwidth, IReadOnlyDictionary<string, double> Peaks, bool Known)
{
    private static readonly ConcurrentDictionary<string, Accelerator> ByLabel = new(StringComparer.Ordinal);

    private const double UsualBandwidth = 2.0e12;
    private const double UsualPeak = 312e12;
    private const double UsualUnits = 108;
    private const double UsualCache = 40e6;

    /// <summary>FLOP/s in the first of some formats that the device has; a format that it lacks runs in the next wider one.</summary>
    public double Peak(IReadOnlyList<string> formats)
    {
        foreach (string format in formats)
        {
            if (Peaks.TryGetValue(format, out double peak))
            {
                return peak;
            }
        }

        return Peaks.Count > 0 ? Peaks.Values.Min() : UsualPeak;
    }

    /// <summary>The accelerator that a table's label means: <c>MI300X (gfx942, 304 CU)</c> is the MI300X.</summary>
    public static Accelerator Of(string label) => ByLabel.GetOrAdd(label, l => Match(l) is { } device
        ? Of(device)
        : new Accelerator(l, "", "", UsualUnits, UsualCache, UsualBandwidth, new Dictionary<string, double>(), Known: false));

    /// <summary>The datasheet of a device of the fleet.</summary>
    public static Accelerator Of(Device device)
    {
        (string vendor, string family, double units, double cache) = ChipFacts.Of(device.Kind);
        return new Accelerator(
            device.Kind, vendor, family, units > 0 ? units : UsualUnits, cache > 0 ? cache : UsualCache, device.Bandwidth?.Value ?? UsualBandwidth,
            device.Peak.ToDictionary(p => p.Key, p => p.Value.Value, StringComparer.Ordinal), Known: true);
    }

    private static Device? Match(string label)
    {
        string plain = label.Replace("Gaudi ", "Gaudi", StringComparison.Ordinal);
        int bracket = plain.IndexOf('(', StringComparison.Ordinal);
        plain = bracket > 0 ? plain[..bracket] : plain;
        int slash = plain.IndexOf('/', StringComparison.Ordinal);
        HashSet<string> words = Words(slash > 0 ? plain[..slash] : plain);
        (Device? best, double most) = (null, 0);
        foreach (string kind in Catalogue.Default.Kinds("vendor").Order(StringComparer.Ordinal))
        {
            HashSet<string> of = Words(kind);
            string[] models = [.. of.Where(w => w.Any(char.IsDigit) && !IsMemory(w))];
            if (models.Length == 0 || !words.Contains(models[0]))
            {
                continue;
            }

            double score = of.Count(words.Contains) - 0.1 * of.Count(w => !words.Contains(w)) - (kind.Contains("PCIe", StringComparison.Ordinal) ? 0.01 : 0);
            if (score > most)
            {
                (best, most) = (Catalogue.Default.Find("vendor", kind), score);
            }
        }

        return best;
    }

    private static bool IsMemory(string word) => word.EndsWith("GB", StringComparison.Ordinal) && int.TryParse(word[..^2], CultureInfo.InvariantCulture, out _);

    private static HashSet<string> Words(string label) =>
        [.. label.Split([' ', '-', '\u2011', '\u00a0', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries)];
}
