using System.Collections.Immutable;
using System.Numerics;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// The literals inside dense<…> and sparse<…>. Their type comes after them, so the tokens wait until it is known.
public sealed partial class IRParser
{
    private sealed class ElementsLiteral
    {
        public readonly List<(Token Token, bool Negative)> Numbers = [];
        public Token? Bytes;

        // The lengths of the nested lists; default for a single element, which stands for all.
        public ImmutableArray<long> Shape;
    }

    private void ParseElementsLiteral(ElementsLiteral literal, bool allowBytes)
    {
        if (allowBytes && _token.Kind == TokenKind.String)
        {
            literal.Bytes = _token;
            Advance();
        }
        else if (_token.Kind == TokenKind.LeftSquare)
        {
            literal.Shape = ParseElementsList(literal);
        }
        else
        {
            ParseElement(literal);
        }
    }

    private ImmutableArray<long> ParseElementsList(ElementsLiteral literal)
    {
        Enter();
        Advance();
        long count = 0;
        ImmutableArray<long> inner = [];
        if (!TryTake(TokenKind.RightSquare))
        {
            do
            {
                ImmutableArray<long> shape = [];
                if (_token.Kind == TokenKind.LeftSquare)
                {
                    shape = ParseElementsList(literal);
                }
                else
                {
                    ParseElement(literal);
                }

                if (count++ > 0 && !shape.AsSpan().SequenceEqual(inner.AsSpan()))
                {
                    Fail(IRCodes.CountMismatch, "the lists inside a list have different shapes", Here, "give all of them the same shape");
                }

                inner = shape;
            }
            while (TryTake(TokenKind.Comma));
            Expect(TokenKind.RightSquare, "']'");
        }

        Leave();
        return [count, .. inner];
    }

    private void ParseElement(ElementsLiteral literal)
    {
        if (TryTake(TokenKind.LeftParen))
        {
            Enter();
            ParseElement(literal);
            Expect(TokenKind.Comma, "',' between the parts of a complex number");
            ParseElement(literal);
            Expect(TokenKind.RightParen, "')' after the parts of a complex number");
            Leave();
            return;
        }

        bool negative = TryTake(TokenKind.Minus);
        bool number = _token.Kind is TokenKind.Integer or TokenKind.Float;
        if (!number && (negative || (_token.Kind != TokenKind.String && !IsKeyword("true"u8) && !IsKeyword("false"u8))))
        {
            Fail(IRCodes.Syntax, $"'{TokenString}' is no element", Here, negative ? "write a number after '-'" : "write a number, true, false, a string, or a list");
        }

        literal.Numbers.Add((_token, negative));
        Advance();
    }

    private Attr MakeElements(ElementsLiteral literal, ShapedType type, SourceSpan start)
    {
        IRType element = type.Element is ComplexType complex ? complex.Element : type.Element;
        bool numeric = element is IntegerType or IndexType or FloatType;
        if (literal.Bytes is { } bytes && numeric)
        {
            return ElementsFromBytes(bytes, type, start);
        }

        bool isList = !literal.Shape.IsDefault;
        if (isList && !literal.Shape.AsSpan().SequenceEqual(type.Shape.AsSpan()))
        {
            Fail(IRCodes.CountMismatch, $"the elements have shape [{string.Join(", ", literal.Shape)}], the type [{string.Join(", ", type.Shape)}]", start,
                "make both the same, or write one element for all");
        }

        if (literal.Bytes is null && literal.Numbers.Count == 0 && type.ElementCount != 0)
        {
            Fail(IRCodes.CountMismatch, $"there are no elements, but {type} has some", start, "write them, or one for all");
        }

        if (!numeric)
        {
            return StringElements(literal, type, start);
        }

        long parts = type.Element is ComplexType ? 2 : 1;
        if (parts == 2 && literal.Numbers.Count > 0 && literal.Numbers.Count != (isList ? type.ElementCount : 1) * parts)
        {
            Fail(IRCodes.CountMismatch, $"a complex element has two parts", start, "write (real, imaginary)");
        }

        return _context.Elements(type, PackNumbers(literal, element, type.Element), !isList && literal.Numbers.Count > 0);
    }

    private byte[] PackNumbers(ElementsLiteral literal, IRType number, IRType element)
    {
        int count = literal.Numbers.Count;
        bool packed = element is IntegerType { Width: 1 };
        int size = (DenseElementsAttr.WidthOf(number) + 7) / 8;
        byte[] data = new byte[packed ? (count + 7) / 8 : (long)count * size];
        for (int i = 0; i < count; i++)
        {
            (Token token, bool negative) = literal.Numbers[i];
            BigInteger bits = NumberBits(token, negative, number);
            if (packed)
            {
                data[i / 8] |= (byte)(bits.IsZero ? 0 : 1 << (i % 8));
            }
            else
            {
                bits.TryWriteBytes(data.AsSpan(i * size, size), out _, isUnsigned: true);
            }
        }

        return data;
    }

    // The number in the type's format, as unsigned bits.
    private BigInteger NumberBits(Token token, bool negative, IRType type)
    {
        if (type is FloatType floating)
        {
            return FloatBitsOf(token, floating, negative);
        }

        if (token.Kind == TokenKind.BareId && type is IntegerType { Width: 1, Signedness: Signedness.Signless })
        {
            return _text[token.Start] == 't' ? 1 : 0;
        }

        if (token.Kind != TokenKind.Integer)
        {
            Fail(IRCodes.NumberRange, $"'{TextOf(token)}' is not a {type}", SpanOf(token), "write a whole number");
        }

        BigInteger value = TakeIntegerOf(token, negative, type);
        return value.Sign < 0 ? value + (BigInteger.One << DenseElementsAttr.WidthOf(type)) : value;
    }

    private DenseElementsAttr ElementsFromBytes(Token token, ShapedType type, SourceSpan start)
    {
        ReadOnlySpan<byte> text = _text.AsSpan(token.Start + 1, token.Length - 2);
        byte[] data = text.Length % 2 == 0 && text.StartsWith("0x"u8) ? new byte[(text.Length - 2) / 2] : [];
        bool valid = text.StartsWith("0x"u8) && text.Length % 2 == 0
            && Convert.FromHexString(text[2..], data, out _, out _) == System.Buffers.OperationStatus.Done;
        if (!valid)
        {
            Fail(IRCodes.Syntax, "the string is not \"0x\" and an even number of hexadecimal digits", SpanOf(token), "write the bytes of the elements so");
        }

        long bits = DenseElementsAttr.ElementBits(type.Element);
        bool splat;
        if (bits == 1)
        {
            splat = data.Length == 1 && data[0] is 0 or 255;
            valid = splat || data.Length == (type.ElementCount + 7) / 8;
        }
        else
        {
            splat = 8L * data.Length == bits;
            valid = splat || (UInt128)8 * (ulong)data.Length == (UInt128)bits * (ulong)type.ElementCount;
        }

        if (!valid)
        {
            Fail(IRCodes.CountMismatch, $"there are {data.Length} bytes, which is not the size of {type}", start, "write the bytes of one element, or of all");
        }

        return _context.Elements(type, data, splat || type.ElementCount == 1);
    }

    private DenseStringElementsAttr StringElements(ElementsLiteral literal, ShapedType type, SourceSpan start)
    {
        IEnumerable<Token> tokens = literal.Bytes is { } all ? [all] : literal.Numbers.Select(n => n.Token);
        List<string> values = [];
        foreach (Token token in tokens)
        {
            if (token.Kind != TokenKind.String)
            {
                Fail(IRCodes.TypeMismatch, $"'{TextOf(token)}' is not a string, as elements of type {type.Element} are", start, "write strings in quotes");
            }

            values.Add(Unescape(token.Start + 1, token.End - 1));
        }

        bool splat = values.Count > 0 && values.TrueForAll(v => v == values[0]);
        return _context.Intern(new DenseStringElementsAttr(_context, type, splat ? [values[0]] : [.. values], splat));
    }
}
