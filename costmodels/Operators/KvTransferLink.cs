using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.CostModels.Operators;

/// <summary>Reads the rate of a link from how people describe it: <c>4-8x 400GbE RoCE</c>, <c>2x 200 Gbit/s</c>, <c>NVLink 4</c>, <c>25 GB/s</c>.</summary>
internal static partial class KvTransferLink
{
    /// <summary>Bytes per second that stand for a link nobody described: one port of 400 Gbit/s.</summary>
    public const double Assumed = 50e9;

    /// <summary>Bytes per second in one direction, or null where the words give no rate. A range of ports counts as its geometric mean.</summary>
    public static double? BytesPerSecond(string text)
    {
        Match match = Rate().Match(text);
        if (match.Success)
        {
            double rate = Number(match, "rate") * (match.Groups["bytes"].Success ? 1e9 : 0.125e9);
            double ports = match.Groups["ports"].Success ? Number(match, "ports") : 1;
            double most = match.Groups["most"].Success ? Number(match, "most") : ports;
            double all = rate * Math.Sqrt(ports * most);
            return all > 0 && double.IsFinite(all) ? all : null;
        }

        foreach (IReadOnlyDictionary<string, string> row in Csv.Rows("link_rates.csv"))
        {
            if (text.Replace(" ", "", StringComparison.Ordinal).Contains(row["name"].Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
            {
                return (row.Number("gigabytes_s") ?? throw new InvalidDataException("link_rates.csv: no rate")) * 1e9;
            }
        }

        return null;
    }

    /// <summary>
    /// Bytes of a size as tables print it: <c>146 MB</c>, <c>2.25 GB</c>. Engines count in powers of 1024 under these names; a size without unit is in bytes.
    /// Null for an empty or unreadable text.
    /// </summary>
    public static double? Bytes(string text)
    {
        Match match = Size().Match(text.Trim());
        if (!match.Success || !double.TryParse(match.Groups["size"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out double size))
        {
            return null;
        }

        int power = match.Groups["unit"].Value.ToUpperInvariant() switch { "K" => 1, "M" => 2, "G" => 3, "T" => 4, _ => 0 };
        return size * Math.Pow(1024, power);
    }

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"((?<ports>\d{1,4})(-(?<most>\d{1,4}))?\s*x\s*)?(?<rate>\d{1,6}(\.\d{1,6})?)\s*((?<bytes>GB/s|GBps)|GbE|Gbit/s|Gb/s|Gbps|G\b)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"^(?<size>\d{1,15}(\.\d{1,9})?)\s*((?<unit>[KMGTkmgt])i?B|B|)$")]
    private static partial Regex Size();
}
