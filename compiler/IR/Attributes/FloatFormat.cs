using System.Globalization;
using System.Numerics;
using System.Text;

namespace Orchestrator.IR;

// Rounding, bits and text of floating-point numbers, as MLIR reads and prints them.
internal static class FloatFormat
{
    public static double Round(double value, string type) => type switch
    {
        "f32" => (float)value,
        "f16" => (double)(Half)value,
        "bf16" => RoundToBFloat16(value),
        _ => value,
    };

    /// <summary>The value of the bits, or null for a type whose bits are kept as they are.</summary>
    public static double? FromBits(BigInteger bits, string type) => type switch
    {
        "f64" => BitConverter.UInt64BitsToDouble((ulong)bits),
        "f32" => Widen(BitConverter.UInt32BitsToSingle((uint)bits)),
        "f16" => Widen(BitConverter.UInt16BitsToHalf((ushort)bits)),
        "bf16" => Widen(BitConverter.UInt32BitsToSingle((uint)bits << 16)),
        _ => null,
    };

    public static int Width(string type) => type switch
    {
        "f64" => 64,
        "f32" => 32,
        "f16" or "bf16" => 16,
        "tf32" => 19,
        "f80" => 80,
        "f128" => 128,
        _ => type[1] - '0',
    };

    /// <summary>Six decimals when they read back to the same number, else as many digits as the type needs, else the bits.</summary>
    public static void Print(StringBuilder text, FloatAttr attr)
    {
        if (attr.Bits is { } raw)
        {
            AppendHex(text, raw);
            return;
        }

        string type = attr.Type.Name;
        if (double.IsFinite(attr.Value))
        {
            string shortForm = FixExponent(attr.Value.ToString("e6", CultureInfo.InvariantCulture));
            double back = Round(double.Parse(shortForm, CultureInfo.InvariantCulture), type);
            if (BitConverter.DoubleToInt64Bits(back) == BitConverter.DoubleToInt64Bits(attr.Value))
            {
                text.Append(shortForm);
                return;
            }

            string natural = Natural(attr.Value, type);
            if (natural.Contains('.', StringComparison.Ordinal))
            {
                text.Append(natural);
                return;
            }
        }

        AppendHex(text, ToBits(attr.Value, type));
    }

    // The digits that LLVM's APFloat prints by default: two more than the precision guarantees, trailing zeros dropped, and an
    // exponent only when more than three zeros would be needed.
    private static string Natural(double value, string type)
    {
        int precision = type switch { "f16" => 11, "bf16" => 8, "f32" => 24, _ => 53 };
        int wanted = 2 + precision * 59 / 196;
        string scientific = Math.Abs(value).ToString("E" + (wanted - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int e = scientific.IndexOf('E', StringComparison.Ordinal);
        string digits = scientific[..e].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        digits = digits.Length == 0 ? "0" : digits;
        int leading = int.Parse(scientific.AsSpan(e + 1), CultureInfo.InvariantCulture);
        int exponent = leading - (digits.Length - 1);
        string sign = double.IsNegative(value) ? "-" : "";
        bool useExponent = exponent >= 0 ? exponent > 3 || digits.Length + exponent > wanted : leading < -3;
        if (useExponent)
        {
            string rest = digits.Length == 1 ? "0" : digits[1..];
            string power = Math.Abs(leading).ToString(CultureInfo.InvariantCulture);
            return $"{sign}{digits[0]}.{rest}E{(leading < 0 ? '-' : '+')}{power}";
        }

        if (exponent >= 0)
        {
            return sign + digits + new string('0', exponent);
        }

        int whole = digits.Length + exponent;
        return whole > 0 ? $"{sign}{digits[..whole]}.{digits[whole..]}" : $"{sign}0.{new string('0', -whole)}{digits}";
    }

    private static string FixExponent(string text)
    {
        // .NET writes at least three digits of exponent, C at least two.
        int e = text.IndexOf('e', StringComparison.Ordinal);
        string digits = text[(e + 2)..].TrimStart('0').PadLeft(2, '0');
        return text[..(e + 2)] + digits;
    }

    private static BigInteger ToBits(double value, string type) => type switch
    {
        "f32" => BitConverter.SingleToUInt32Bits(Narrow(value)),
        "f16" => BitConverter.HalfToUInt16Bits((Half)value),
        "bf16" => BitConverter.SingleToUInt32Bits(Narrow(value)) >> 16,
        _ => BitConverter.DoubleToUInt64Bits(value),
    };

    private static void AppendHex(StringBuilder text, BigInteger bits)
    {
        string hex = bits.ToString("X", CultureInfo.InvariantCulture).TrimStart('0');
        text.Append("0x").Append(hex.Length == 0 ? "0" : hex);
    }

    // Conversions between widths on this machine quieten signalling NaNs, so their bits are moved by hand.
    private static double Widen(float value)
    {
        if (!float.IsNaN(value))
        {
            return value;
        }

        uint bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt64BitsToDouble(((ulong)(bits >> 31) << 63) | (0x7FFUL << 52) | ((ulong)(bits & 0x7FFFFF) << 29));
    }

    private static double Widen(Half value)
    {
        if (!Half.IsNaN(value))
        {
            return (double)value;
        }

        ushort bits = BitConverter.HalfToUInt16Bits(value);
        return BitConverter.UInt64BitsToDouble(((ulong)(bits >> 15) << 63) | (0x7FFUL << 52) | ((ulong)(bits & 0x3FF) << 42));
    }

    private static float Narrow(double value)
    {
        if (!double.IsNaN(value))
        {
            return (float)value;
        }

        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        return BitConverter.UInt32BitsToSingle(((uint)(bits >> 63) << 31) | (0xFFu << 23) | (uint)((bits >> 29) & 0x7FFFFF));
    }

    private static double RoundToBFloat16(double value)
    {
        if (!double.IsFinite(value) || value == 0)
        {
            return value;
        }

        // Eight significant bits; below the smallest normal exponent the spacing stays that of the subnormals.
        int exponent = Math.Max(Math.ILogB(value), -126);
        double unit = Math.ScaleB(1, exponent - 7);
        double rounded = Math.Round(value / unit, MidpointRounding.ToEven) * unit;
        return Math.Abs(rounded) > 3.3895313892515355e38 ? double.CopySign(double.PositiveInfinity, value) : rounded;
    }
}
