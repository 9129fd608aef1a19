using System.Globalization;
using System.Numerics;

namespace Orchestrator.IR;

// Numbers.
public sealed partial class IRParser
{
    // Reading a number takes time that grows faster than its length.
    private const int DigitsMax = 100_000;

    private Attr ParseNumber()
    {
        bool negative = TryTake(TokenKind.Minus);
        Token number = _token;
        if (number.Kind is not (TokenKind.Integer or TokenKind.Float))
        {
            FailExpected("a number");
        }

        Advance();
        IRType type = TryTake(TokenKind.Colon) ? ParseType() : number.Kind == TokenKind.Float ? _context.F64 : _context.I64;
        if (number.Kind == TokenKind.Float)
        {
            if (type is not FloatType float1)
            {
                Fail(IRCodes.NumberRange, $"{TextOf(number)} is not a {type}", Here, "write a whole number, or give it a float type");
                return null;
            }

            return _context.FloatBits(DecimalBits(number, float1, negative), float1);
        }

        if (type is FloatType floating)
        {
            return _context.FloatBits(HexBits(number, floating, negative), floating);
        }

        if (type is not (IntegerType or IndexType))
        {
            Fail(IRCodes.NumberRange, $"a number cannot have type {type}", SpanOf(number), "give it an integer, index or float type");
        }

        return _context.Int(TakeIntegerOf(number, negative, type), type);
    }

    // The value of an integer token as its type reads it.
    private BigInteger TakeIntegerOf(Token number, bool negative, IRType type)
    {
        if (IntegerOf(TextOf(number), negative, type) is not { } value)
        {
            Fail(IRCodes.NumberRange, $"{(negative ? "-" : "")}{TextOf(number)} does not fit {type}", SpanOf(number), "write a number in range, or a wider type");
            return default;
        }

        return value;
    }

    // The bits of a floating-point token: a decimal number, or the bits themselves in hexadecimal.
    private BigInteger FloatBitsOf(Token number, FloatType type, bool negative) => number.Kind switch
    {
        TokenKind.Float => DecimalBits(number, type, negative),
        TokenKind.Integer => HexBits(number, type, negative),
        _ => FailNoFloat(number, type),
    };

    private BigInteger FailNoFloat(Token number, FloatType type)
    {
        Fail(IRCodes.NumberRange, $"'{TextOf(number)}' is not a {type}", SpanOf(number), "write a decimal point, or the bits in hexadecimal");
        return default;
    }

    private BigInteger DecimalBits(Token number, FloatType type, bool negative)
    {
        double value = double.Parse(TextOf(number), CultureInfo.InvariantCulture);
        return FloatFormat.Encode(negative ? -value : value, type.Name);
    }

    private BigInteger HexBits(Token number, FloatType type, bool negative)
    {
        string digits = TextOf(number);
        bool hex = digits.StartsWith("0x", StringComparison.Ordinal);
        if (!hex || negative || ParseDigits(digits) is var bits && bits.GetBitLength() > FloatFormat.Width(type.Name))
        {
            Fail(IRCodes.NumberRange, $"{digits} is not a {type}", SpanOf(number), "write a decimal point, or the bits in hexadecimal without a sign");
            return default;
        }

        return FloatSemantics.Of(type.Name).Normalize(bits);
    }

    /// <summary>The value that an integer literal has in a type, or null when it is out of range. Signless types take both readings of their bits.</summary>
    private static BigInteger? IntegerOf(string digits, bool negative, IRType type)
    {
        if (digits.Length > DigitsMax)
        {
            return null;
        }

        BigInteger value = ParseDigits(digits);
        if (negative && (value.IsZero || type is IntegerType { Signedness: Signedness.Unsigned }))
        {
            return null;
        }

        value = negative ? -value : value;
        return IntegerAttr.Fits(value, type) ? value : null;
    }

    private static BigInteger ParseDigits(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? BigInteger.Parse("0" + text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : BigInteger.Parse(text.AsSpan(0, Math.Min(text.Length, DigitsMax)), CultureInfo.InvariantCulture);

    private string TextOf(Token token) => TextAt(token.Start, token.Length);
}
