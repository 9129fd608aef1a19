using System.Collections.Frozen;
using System.Globalization;

namespace Orchestrator.Plan;

/// <summary>What a number of a fleet file measures.</summary>
internal enum FleetDimension
{
    /// <summary>Bytes.</summary>
    Memory,

    /// <summary>Bytes per second.</summary>
    Bandwidth,

    /// <summary>Seconds.</summary>
    Time,

    /// <summary>Operations per second.</summary>
    Rate,

    /// <summary>A share; <c>8%</c> or <c>0.08</c>.</summary>
    Share,

    /// <summary>US dollars; the key says per what.</summary>
    Money,

    /// <summary>Watts.</summary>
    Power,

    /// <summary>Whatever the name says.</summary>
    Plain,
}

/// <summary>Numbers with units in fleet files.</summary>
internal static class FleetFileUnits
{
    private static readonly FrozenDictionary<string, double> Memory = Table(
        ("B", 1), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("KiB", 1024), ("MiB", 1048576), ("GiB", 1073741824), ("TiB", 1099511627776));

    private static readonly FrozenDictionary<string, double> Bandwidth = Table(
        ("B/s", 1), ("kB/s", 1e3), ("MB/s", 1e6), ("GB/s", 1e9), ("TB/s", 1e12),
        ("bit/s", 0.125), ("kbit/s", 125), ("Mbit/s", 125e3), ("Gbit/s", 125e6), ("Tbit/s", 125e9));

    private static readonly FrozenDictionary<string, double> Time = Table(
        ("ns", 1e-9), ("us", 1e-6), ("µs", 1e-6), ("ms", 1e-3), ("s", 1), ("min", 60), ("h", 3600));

    private static readonly FrozenDictionary<string, double> Rate = Table(
        ("FLOPS", 1), ("MFLOPS", 1e6), ("GFLOPS", 1e9), ("TFLOPS", 1e12), ("PFLOPS", 1e15), ("GOPS", 1e9), ("TOPS", 1e12));

    private static readonly FrozenDictionary<string, double> Power = Table(("W", 1), ("kW", 1e3));

    private static readonly FrozenDictionary<string, double> Share = Table(("%", 0.01), ("", 1));

    private static readonly FrozenDictionary<string, double> Plain = Table(("", 1));

    /// <summary>Units of a dimension, for messages.</summary>
    public static string Units(FleetDimension dimension) => dimension switch
    {
        FleetDimension.Share => "a share such as 8% or 0.08",
        FleetDimension.Money => "US dollars as a number such as 1.90",
        FleetDimension.Plain => "a number",
        _ => "a number and one of " + string.Join(", ", Of(dimension).Keys.Where(k => k != "µs").OrderBy(k => Of(dimension)[k])),
    };

    /// <summary>The most that is believed, in base units; beyond it somebody mistyped.</summary>
    public static double Largest(FleetDimension dimension) => dimension switch
    {
        FleetDimension.Memory => 1e16,
        FleetDimension.Bandwidth => 1e17,
        FleetDimension.Time => 1e7,
        FleetDimension.Rate => 1e20,
        FleetDimension.Share => 10,
        FleetDimension.Money => 1e9,
        FleetDimension.Power => 1e9,
        _ => 1e21,
    };

    /// <summary>Reads a number with a unit of the dimension into base units; false when it is none.</summary>
    public static bool TryParse(string text, FleetDimension dimension, out double value)
    {
        string trimmed = text.Trim();
        int end = trimmed.Length;
        while (end > 0 && !char.IsAsciiDigit(trimmed[end - 1]) && trimmed[end - 1] != '.')
        {
            end--;
        }

        string unit = trimmed[end..].Trim();
        bool number = double.TryParse(trimmed[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        if (!number || !Of(dimension).TryGetValue(unit, out double factor))
        {
            return false;
        }

        // A decimal product keeps what was typed exact where doubles allow it: 0.08, 25e9.
        value = factor < 1 && factor != 0.125 ? value / Math.Round(1 / factor) : value * factor;
        return true;
    }

    private static FrozenDictionary<string, double> Of(FleetDimension dimension) => dimension switch
    {
        FleetDimension.Memory => Memory,
        FleetDimension.Bandwidth => Bandwidth,
        FleetDimension.Time => Time,
        FleetDimension.Rate => Rate,
        FleetDimension.Share => Share,
        FleetDimension.Power => Power,
        _ => Plain,
    };

    private static FrozenDictionary<string, double> Table(params (string Unit, double Factor)[] units) =>
        units.ToFrozenDictionary(u => u.Unit, u => u.Factor, StringComparer.Ordinal);
}
