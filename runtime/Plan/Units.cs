using System.Globalization;

namespace Orchestrator.Plan;

/// <summary>A duration in seconds. Never negative where a time is meant; differences may be.</summary>
public readonly record struct Seconds(double Value)
{
    /// <summary>No time.</summary>
    public static Seconds Zero => default;

    /// <summary>From milliseconds.</summary>
    public static Seconds FromMilliseconds(double value) => new(value / 1e3);

    /// <summary>From microseconds.</summary>
    public static Seconds FromMicroseconds(double value) => new(value / 1e6);

    /// <summary>In milliseconds.</summary>
    public double Milliseconds => Value * 1e3;

    /// <summary>In whole microseconds, rounded to nearest; the solver's unit.</summary>
    public long Microseconds => (long)Math.Round(Math.Min(Value * 1e6, 9e15));

    /// <summary>Sum.</summary>
    public static Seconds operator +(Seconds a, Seconds b) => new(a.Value + b.Value);

    /// <summary>Difference.</summary>
    public static Seconds operator -(Seconds a, Seconds b) => new(a.Value - b.Value);

    /// <summary>Scaled.</summary>
    public static Seconds operator *(Seconds a, double factor) => new(a.Value * factor);

    /// <summary>Three significant digits in the unit that fits: <c>84 ms</c>, <c>1.2 s</c>, <c>2 days</c>.</summary>
    public override string ToString() => Math.Abs(Value) switch
    {
        0 => "0 ms",
        < 1e-3 => Quantity.Digits(Value * 1e6) + " us",
        < 1 => Quantity.Digits(Value * 1e3) + " ms",
        < 120 => Quantity.Digits(Value) + " s",
        < 7200 => Quantity.Digits(Value / 60) + " min",
        < 172800 => Quantity.Digits(Value / 3600) + " h",
        _ => Quantity.Digits(Value / 86400) + " days",
    };
}

/// <summary>An amount of money in US dollars.</summary>
public readonly record struct Dollars(double Value)
{
    /// <summary>No money.</summary>
    public static Dollars Zero => default;

    /// <summary>In whole nano-dollars, rounded to nearest; the solver's unit.</summary>
    public long Nanos => (long)Math.Round(Math.Min(Value * 1e9, 9e17));

    /// <summary>Sum.</summary>
    public static Dollars operator +(Dollars a, Dollars b) => new(a.Value + b.Value);

    /// <summary>Difference.</summary>
    public static Dollars operator -(Dollars a, Dollars b) => new(a.Value - b.Value);

    /// <summary>Scaled.</summary>
    public static Dollars operator *(Dollars a, double factor) => new(a.Value * factor);

    /// <summary>Cents from one dollar up, otherwise three significant digits: <c>$9.84</c>, <c>$0.00137</c>.</summary>
    public override string ToString() => (Value < 0 ? "-$" : "$") + (Math.Abs(Value) >= 1 || Value == 0
        ? Math.Abs(Value).ToString("0.00", CultureInfo.InvariantCulture)
        : Quantity.Digits(Math.Abs(Value)));
}

/// <summary>An amount of data in bytes (GB = 1e9).</summary>
public readonly record struct Bytes(double Value)
{
    /// <summary>No data.</summary>
    public static Bytes Zero => default;

    /// <summary>Sum.</summary>
    public static Bytes operator +(Bytes a, Bytes b) => new(a.Value + b.Value);

    /// <summary>Scaled.</summary>
    public static Bytes operator *(Bytes a, double factor) => new(a.Value * factor);

    /// <summary>Decimal prefix and three significant digits: <c>16.1 GB</c>.</summary>
    public override string ToString() => Quantity.Prefixed(Value, "B");
}

/// <summary>An amount of arithmetic in floating-point operations (a multiply-add is two).</summary>
public readonly record struct Flops(double Value)
{
    /// <summary>None.</summary>
    public static Flops Zero => default;

    /// <summary>Sum.</summary>
    public static Flops operator +(Flops a, Flops b) => new(a.Value + b.Value);

    /// <summary>Scaled.</summary>
    public static Flops operator *(Flops a, double factor) => new(a.Value * factor);

    /// <summary>Decimal prefix: <c>16.1 GFLOP</c>.</summary>
    public override string ToString() => Quantity.Prefixed(Value, "FLOP");
}

/// <summary>Writes quantities for people.</summary>
public static class Quantity
{
    private static readonly string[] Prefixes = ["", "k", "M", "G", "T", "P", "E"];

    /// <summary>A number with three significant digits, never in exponent form.</summary>
    public static string Digits(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value == 0 ? "0" : "unknown";
        }

        int digits = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 12);
        string text = value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return digits == 0 ? text : text.TrimEnd('0').TrimEnd('.');
    }

    /// <summary>A number with a decimal prefix: <c>3.35 TB</c>.</summary>
    public static string Prefixed(double value, string unit)
    {
        int prefix = 0;
        while (Math.Abs(value) >= 1000 && prefix < Prefixes.Length - 1)
        {
            value /= 1000;
            prefix++;
        }

        return Digits(value) + " " + Prefixes[prefix] + unit;
    }
}
