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
        "bf16" => RoundTo(value, 8, 3.3895313892515355e38),
        "tf32" => RoundTo(value, 11, 3.4011621342146535e38),
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

    /// <summary>Six digits when they read back to the same number, else as many as the type needs, else the bits.</summary>
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
            string shortForm = Short(attr.Value);
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

    // Six significant digits, six decimals: 1.500000e+00.
    private static string Short(double value)
    {
        const int Decimals = 6;
        string sign = double.IsNegative(value) ? "-" : "";
        if (value == 0)
        {
            return sign + "0.000000e+00";
        }

        (string digits, int exponent) = Digits(value, Decimals);
        int leading = exponent + digits.Length - 1;
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}.{digits[1..].PadRight(Decimals, '0')}e{(leading < 0 ? '-' : '+')}{Math.Abs(leading):00}");
    }

    // The digits that LLVM's APFloat prints by default: two more than the precision guarantees, and an exponent only when more than three
    // zeros would be needed.
    private static string Natural(double value, string type)
    {
        int precision = type switch { "f16" or "tf32" => 11, "bf16" => 8, "f32" => 24, _ => 53 };
        int wanted = 2 + precision * 59 / 196;
        (string digits, int exponent) = Digits(value, wanted);
        int leading = exponent + digits.Length - 1;
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

    // At most 'wanted' digits of a finite number that is not zero, and the power of ten of the last. As LLVM does it: what is far beyond the
    // digits wanted is cut off, and only what is left beyond them is rounded, so 0.7 as f32 is 0.699999 to six digits.
    private static (string Digits, int Exponent) Digits(double value, int wanted)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int biased = (int)((bits >> 52) & 0x7FF);
        long fraction = bits & ((1L << 52) - 1);
        long significand = biased == 0 ? fraction : fraction | (1L << 52);
        int power = Math.Max(biased, 1) - 1075;
        int zeros = BitOperations.TrailingZeroCount(significand);
        (significand, power) = (significand >> zeros, power + zeros);
        BigInteger number = power >= 0 ? (BigInteger)significand << power : significand * BigInteger.Pow(5, -power);
        int exponent = Math.Min(power, 0);

        // 196/59 is just above the binary digits in a decimal one.
        int excess = (int)number.GetBitLength() - (wanted * 196 + 58) / 59;
        int cut = excess > 0 ? excess * 59 / 196 : 0;
        string all = (number / BigInteger.Pow(10, cut)).ToString(CultureInfo.InvariantCulture);
        exponent += cut;
        if (all.Length > wanted)
        {
            bool up = all[wanted] >= '5';
            exponent += all.Length - wanted;
            BigInteger kept = BigInteger.Parse(all.AsSpan(0, wanted), CultureInfo.InvariantCulture) + (up ? 1 : 0);
            all = kept.ToString(CultureInfo.InvariantCulture);
        }

        string digits = all.TrimEnd('0');
        return (digits, exponent + all.Length - digits.Length);
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

    // To so many significant bits with the exponents of f32.
    private static double RoundTo(double value, int precision, double largest)
    {
        if (!double.IsFinite(value) || value == 0)
        {
            return value;
        }

        // Below the smallest normal exponent the spacing stays that of the subnormals.
        int exponent = Math.Max(Math.ILogB(value), -126);
        double unit = Math.ScaleB(1, exponent - (precision - 1));
        double rounded = Math.Round(value / unit, MidpointRounding.ToEven) * unit;
        return Math.Abs(rounded) > largest ? double.CopySign(double.PositiveInfinity, value) : rounded;
    }
}
