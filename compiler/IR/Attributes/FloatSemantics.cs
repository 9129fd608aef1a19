using System.Numerics;

namespace Orchestrator.IR;

// What a floating-point format has beyond its finite numbers.
internal enum FloatSpecials
{
    // Infinities and NaNs in the largest exponent.
    Infinities,

    // One NaN, all bits set; no infinity.
    LargestIsNaN,

    // One NaN, the bits of minus zero; no infinity and no minus zero.
    NegativeZeroIsNaN,

    // Finite numbers only.
    None,
}

// The layout of a floating-point type: sign, exponent and fraction from the top bit down. 'Precision' counts the leading one, which
// only f80 stores.
internal sealed record FloatSemantics(string Name, int Width, int Precision, int Bias, FloatSpecials Specials, bool Signed = true)
{
    private static readonly FloatSemantics[] All =
    [
        new("bf16", 16, 8, 127, FloatSpecials.Infinities),
        new("f16", 16, 11, 15, FloatSpecials.Infinities),
        new("f32", 32, 24, 127, FloatSpecials.Infinities),
        new("f64", 64, 53, 1023, FloatSpecials.Infinities),
        new("f80", 80, 64, 16383, FloatSpecials.Infinities),
        new("f128", 128, 113, 16383, FloatSpecials.Infinities),
        new("tf32", 19, 11, 127, FloatSpecials.Infinities),
        new("f8E5M2", 8, 3, 15, FloatSpecials.Infinities),
        new("f8E4M3", 8, 4, 7, FloatSpecials.Infinities),
        new("f8E4M3FN", 8, 4, 7, FloatSpecials.LargestIsNaN),
        new("f8E5M2FNUZ", 8, 3, 16, FloatSpecials.NegativeZeroIsNaN),
        new("f8E4M3FNUZ", 8, 4, 8, FloatSpecials.NegativeZeroIsNaN),
        new("f8E4M3B11FNUZ", 8, 4, 11, FloatSpecials.NegativeZeroIsNaN),
        new("f8E3M4", 8, 5, 3, FloatSpecials.Infinities),
        new("f8E8M0FNU", 8, 1, 127, FloatSpecials.LargestIsNaN, Signed: false),
        new("f6E2M3FN", 6, 4, 1, FloatSpecials.None),
        new("f6E3M2FN", 6, 3, 3, FloatSpecials.None),
        new("f4E2M1FN", 4, 2, 1, FloatSpecials.None),
    ];

    private static readonly Dictionary<string, FloatSemantics> ByName = All.ToDictionary(s => s.Name, StringComparer.Ordinal);

    public bool LeadingOneIsStored => Width == 80;

    public int FractionBits => LeadingOneIsStored ? Precision : Precision - 1;

    public int ExponentBits => Width - FractionBits - (Signed ? 1 : 0);

    private int ExponentAllOnes => (1 << ExponentBits) - 1;

    // Without a fraction there is no room for zero or subnormals: every exponent is that of a normal number.
    private bool HasSubnormals => Precision > 1;

    public static FloatSemantics Of(string type) => ByName[type];

    /// <summary>The finite number of these bits as ±significand × 2^power; null for infinities and NaNs.</summary>
    public (bool Negative, BigInteger Significand, int Power)? Decode(BigInteger bits)
    {
        BigInteger fraction = bits & ((BigInteger.One << FractionBits) - 1);
        int exponent = (int)((bits >> FractionBits) & ExponentAllOnes);
        bool negative = Signed && !((bits >> (Width - 1)) & 1).IsZero;
        bool special = Specials switch
        {
            FloatSpecials.Infinities => exponent == ExponentAllOnes || (LeadingOneIsStored && exponent != 0 && (fraction >> (Precision - 1)).IsZero),
            FloatSpecials.LargestIsNaN => exponent == ExponentAllOnes && fraction == (BigInteger.One << FractionBits) - 1,
            FloatSpecials.NegativeZeroIsNaN => negative && exponent == 0 && fraction.IsZero,
            _ => false,
        };
        if (special)
        {
            return null;
        }

        bool normal = exponent != 0 || !HasSubnormals;
        BigInteger significand = normal && !LeadingOneIsStored ? fraction + (BigInteger.One << FractionBits) : fraction;
        return (negative, significand, (normal ? exponent : 1) - Bias - (Precision - 1));
    }

    /// <summary>The one spelling of these bits: f80 has several of the same number, and some that stand for none and are NaNs.</summary>
    public BigInteger Normalize(BigInteger bits)
    {
        if (!LeadingOneIsStored)
        {
            return bits;
        }

        BigInteger exponent = (bits >> FractionBits) & ExponentAllOnes;
        bool hasOne = !((bits >> (Precision - 1)) & 1).IsZero;
        if (exponent.IsZero && hasOne)
        {
            return bits + (BigInteger.One << FractionBits);
        }

        return exponent.IsZero || hasOne ? bits : bits | ((BigInteger)ExponentAllOnes << FractionBits);
    }

    /// <summary>The bits nearest to ±numerator ÷ denominator, ties to even.</summary>
    public BigInteger Encode(bool negative, BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
        {
            return negative && Signed && Specials != FloatSpecials.NegativeZeroIsNaN ? BigInteger.One << (Width - 1) : BigInteger.Zero;
        }

        // A quotient of exactly Precision bits, unless the exponent would fall below the smallest one.
        int lowest = (HasSubnormals ? 1 : 0) - Bias - (Precision - 1);
        int power = Math.Max((int)(numerator.GetBitLength() - denominator.GetBitLength()) - Precision, lowest);
        BigInteger significand = Quotient(numerator, denominator, power);
        while (significand.GetBitLength() > Precision)
        {
            significand = Quotient(numerator, denominator, ++power);
        }

        if (!HasSubnormals && significand.IsZero)
        {
            significand = BigInteger.One;
        }

        bool subnormal = significand.GetBitLength() < Precision;
        int exponent = subnormal ? 0 : power + Bias + (Precision - 1);
        BigInteger fraction = subnormal || LeadingOneIsStored ? significand : significand - (BigInteger.One << FractionBits);
        BigInteger bits = ((BigInteger)exponent << FractionBits) | fraction;
        if (exponent > ExponentAllOnes || Decode(bits) is null)
        {
            return Overflow(negative);
        }

        return bits.IsZero && Specials == FloatSpecials.NegativeZeroIsNaN ? bits : WithSign(bits, negative);
    }

    /// <summary>The bits of an infinity, or of what the format has instead.</summary>
    public BigInteger Overflow(bool negative) => Specials switch
    {
        FloatSpecials.Infinities => WithSign(((BigInteger)ExponentAllOnes << FractionBits) | (LeadingOneIsStored ? BigInteger.One << (Precision - 1) : 0), negative),
        FloatSpecials.LargestIsNaN => WithSign((BigInteger.One << (Width - (Signed ? 1 : 0))) - 1, negative),
        FloatSpecials.NegativeZeroIsNaN => BigInteger.One << (Width - 1),
        _ => WithSign((BigInteger.One << (Width - 1)) - 1, negative),
    };

    /// <summary>The bits of a NaN that nothing is known of.</summary>
    public BigInteger NaN => Specials == FloatSpecials.Infinities
        ? Overflow(false) | (BigInteger.One << (Precision - 2))
        : Overflow(false);

    private static BigInteger Quotient(BigInteger numerator, BigInteger denominator, int power)
    {
        BigInteger above = power < 0 ? numerator << -power : numerator;
        BigInteger below = power > 0 ? denominator << power : denominator;
        var quotient = BigInteger.DivRem(above, below, out BigInteger rest);
        int half = (rest * 2).CompareTo(below);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    private BigInteger WithSign(BigInteger bits, bool negative) => negative && Signed ? bits | (BigInteger.One << (Width - 1)) : bits;
}
