using System.Numerics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// Floating-point numbers in folding. Those of at most 64 bits that a double holds exactly are computed as doubles and rounded once to
/// their type, which gives IEEE's result for the four basic operations; other types are not folded.
/// </summary>
internal static class FloatNumbers
{
    /// <summary>Bits of a value of the type.</summary>
    public static int Width(FloatType type) => type.Name switch
    {
        "f64" => 64,
        "f32" => 32,
        "tf32" => 19,
        "f16" or "bf16" => 16,
        "f80" => 80,
        "f128" => 128,
        _ => type.Name[1] - '0',
    };

    /// <summary>The number that <paramref name="attr"/> is, in each element if it has several; false for types that are not folded.</summary>
    public static bool TryGet(Attr? attr, out double value)
    {
        if (Constants.SplatOf(attr) is FloatAttr { Bits: null, Type.Name: "f64" or "f32" or "f16" or "bf16" } number)
        {
            value = number.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>
    /// <paramref name="result"/>, computed from the others; where that is not a number, the first operand that is none, made quiet, else the usual one,
    /// whatever this machine's own is.
    /// </summary>
    public static double Settle(double result, double a, double b)
    {
        if (!double.IsNaN(result))
        {
            return result;
        }

        const ulong Quiet = 0x7FF8_0000_0000_0000;
        double source = double.IsNaN(a) ? a : b;
        return BitConverter.UInt64BitsToDouble(double.IsNaN(source) ? BitConverter.DoubleToUInt64Bits(source) | Quiet : Quiet);
    }

    /// <summary>The bits of a number of <paramref name="type"/>, after rounding; null for types that are not folded.</summary>
    public static BigInteger? BitsOf(double value, FloatType type)
    {
        double rounded = type.Context.Double(value, type).Value;
        return type.Name switch
        {
            "f64" => BitConverter.DoubleToUInt64Bits(rounded),
            "f32" => BitConverter.SingleToUInt32Bits((float)rounded),
            "f16" => BitConverter.HalfToUInt16Bits((Half)rounded),
            "bf16" => BitConverter.SingleToUInt32Bits((float)rounded) >> 16,
            _ => null,
        };
    }

    public static bool IsPositiveZero(double value) => value == 0 && !double.IsNegative(value);

    public static bool IsNegativeZero(double value) => value == 0 && double.IsNegative(value);
}
