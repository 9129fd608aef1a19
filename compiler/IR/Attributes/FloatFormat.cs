using System.Globalization;
using System.Numerics;
using System.Text;

namespace Orchestrator.IR;

// Rounding, bits and text of floating-point numbers, as MLIR reads and prints them.
internal static class FloatFormat
{
    // Decimals in the short form, 1.500000e+00.
    private const int Decimals = 6;

    public static int Width(string type) => FloatSemantics.Of(type).Width;

    /// <summary>Whether a double holds every number of the type and every NaN too, so that the bits need not be kept beside it.</summary>
    public static bool FitsDouble(string type) => type is "f64" or "f32" or "f16" or "bf16";

    /// <summary>The value that is nearest in the type; only for types that <see cref="FitsDouble"/>.</summary>
    public static double Round(double value, string type) => type switch
    {
        "f32" => (float)value,
        "f16" => (double)(Half)value,
        "bf16" when double.IsFinite(value) => Widen(BitConverter.UInt32BitsToSingle((uint)ToBits(value, type) << 16)),
        _ => value,
    };

    /// <summary>The bits of the nearest number of any type.</summary>
    public static BigInteger Encode(double value, string type)
    {
        FloatSemantics semantics = FloatSemantics.Of(type);
        if (double.IsNaN(value))
        {
            return semantics.NaN;
        }

        if (double.IsInfinity(value))
        {
            return semantics.Overflow(value < 0);
        }

        (BigInteger significand, int power) = Exact(value);
        return semantics.Encode(double.IsNegative(value), power > 0 ? significand << power : significand, power < 0 ? BigInteger.One << -power : BigInteger.One);
    }

    /// <summary>The value of the bits: exact for types that <see cref="FitsDouble"/>, else the nearest double.</summary>
    public static double FromBits(BigInteger bits, string type) => type switch
    {
        "f64" => BitConverter.UInt64BitsToDouble((ulong)bits),
        "f32" => Widen(BitConverter.UInt32BitsToSingle((uint)bits)),
        "f16" => Widen(BitConverter.UInt16BitsToHalf((ushort)bits)),
        "bf16" => Widen(BitConverter.UInt32BitsToSingle((uint)bits << 16)),
        _ => Nearest(FloatSemantics.Of(type).Decode(bits)),
    };

    /// <summary>The bits of a value of a type that <see cref="FitsDouble"/>.</summary>
    public static BigInteger ToBits(double value, string type) => type switch
    {
        "f64" => BitConverter.DoubleToUInt64Bits(value),
        "f32" => BitConverter.SingleToUInt32Bits(Narrow(value)),
        "f16" when double.IsNaN(value) => NarrowHalf(value),
        "f16" => BitConverter.HalfToUInt16Bits((Half)value),
        _ when double.IsNaN(value) => BitConverter.SingleToUInt32Bits(Narrow(value)) >> 16,
        _ => Encode(value, type),
    };

    /// <summary>The text of a number; whether it is the bits, which need their type to be read back.</summary>
    public static bool Print(StringBuilder text, FloatAttr attr) => Print(text, attr.AllBits, attr.Type.Name);

    /// <summary>Six digits when they read back to the same bits, else as many as the type needs, else the bits.</summary>
    public static bool Print(StringBuilder text, BigInteger bits, string type)
    {
        FloatSemantics semantics = FloatSemantics.Of(type);
        if (semantics.Decode(bits) is var (negative, significand, power))
        {
            string sign = negative ? "-" : "";
            if (significand.IsZero)
            {
                text.Append(sign).Append("0.000000e+00");
                return false;
            }

            (string digits, int exponent) = Digits(significand, power, Decimals);
            if (ReadsBack(negative, digits, exponent, semantics, bits))
            {
                text.Append(sign).Append(Short(digits, exponent));
                return false;
            }

            string natural = Natural(significand, power, semantics.Precision);
            if (natural.Contains('.', StringComparison.Ordinal))
            {
                text.Append(sign).Append(natural);
                return false;
            }
        }

        string hex = bits.ToString("X", CultureInfo.InvariantCulture).TrimStart('0');
        text.Append("0x").Append(hex.Length == 0 ? "0" : hex);
        return true;
    }

    private static bool ReadsBack(bool negative, string digits, int exponent, FloatSemantics semantics, BigInteger bits)
    {
        var number = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        var scale = BigInteger.Pow(10, Math.Abs(exponent));
        return semantics.Encode(negative, exponent > 0 ? number * scale : number, exponent < 0 ? scale : BigInteger.One) == bits;
    }

    private static string Short(string digits, int exponent)
    {
        int leading = exponent + digits.Length - 1;
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}.{digits[1..].PadRight(Decimals, '0')}e{(leading < 0 ? '-' : '+')}{Math.Abs(leading):00}");
    }

    // The digits that LLVM's APFloat prints by default: two more than the precision guarantees, and an exponent only when more than three
    // zeros would be needed.
    private static string Natural(BigInteger significand, int power, int precision)
    {
        int wanted = 2 + precision * 59 / 196;
        (string digits, int exponent) = Digits(significand, power, wanted);
        int leading = exponent + digits.Length - 1;
        bool useExponent = exponent >= 0 ? exponent > 3 || digits.Length + exponent > wanted : leading < -3;
        if (useExponent)
        {
            string rest = digits.Length == 1 ? "0" : digits[1..];
            string tens = Math.Abs(leading).ToString(CultureInfo.InvariantCulture);
            return $"{digits[0]}.{rest}E{(leading < 0 ? '-' : '+')}{tens}";
        }

        if (exponent >= 0)
        {
            return digits + new string('0', exponent);
        }

        int whole = digits.Length + exponent;
        return whole > 0 ? $"{digits[..whole]}.{digits[whole..]}" : $"0.{new string('0', -whole)}{digits}";
    }

    // At most 'wanted' digits of a number that is not zero, and the power of ten of the last. As LLVM does it: what is far beyond the
    // digits wanted is cut off, and only what is left beyond them is rounded, so 0.7 as f32 is 0.699999 to six digits.
    private static (string Digits, int Exponent) Digits(BigInteger significand, int power, int wanted)
    {
        while (significand.IsEven)
        {
            (significand, power) = (significand >> 1, power + 1);
        }

        BigInteger number = power >= 0 ? significand << power : significand * BigInteger.Pow(5, -power);
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

    // A finite double as significand × 2^power.
    private static (BigInteger Significand, int Power) Exact(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int biased = (int)((bits >> 52) & 0x7FF);
        long fraction = bits & ((1L << 52) - 1);
        return (biased == 0 ? fraction : fraction | (1L << 52), Math.Max(biased, 1) - 1075);
    }

    private static double Nearest((bool Negative, BigInteger Significand, int Power)? number)
    {
        if (number is not var (negative, significand, power))
        {
            return double.NaN;
        }

        BigInteger bits = FloatSemantics.Of("f64").Encode(negative, power > 0 ? significand << power : significand, power < 0 ? BigInteger.One << -power : BigInteger.One);
        return BitConverter.UInt64BitsToDouble((ulong)bits);
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
        return BitConverter.UInt32BitsToSingle(((uint)(bits >> 63) << 31) | 0x7F800000 | (uint)((bits >> 29) & 0x7FFFFF));
    }

    private static uint NarrowHalf(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        return ((uint)(bits >> 63) << 15) | 0x7C00 | (uint)((bits >> 42) & 0x3FF);
    }
}
