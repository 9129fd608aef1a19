using System.Globalization;
using System.Numerics;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Attributes.
public sealed partial class IRParser
{
    // Up to so many entries a dictionary is scanned for a name; beyond, a set is kept.
    private const int ScannedEntries = 8;

    private readonly Dictionary<string, Attr> _attrAliases = new(StringComparer.Ordinal);

    /// <summary>Reads an attribute.</summary>
    public Attr ParseAttribute()
    {
        Enter();
        Attr attr = _token.Kind switch
        {
            TokenKind.LeftSquare => ParseArray(),
            TokenKind.LeftBrace => ParseDictionary(),
            TokenKind.String => _context.StringBytes(TakeStringBytes(), TryTake(TokenKind.Colon) ? ParseType() : null),
            TokenKind.Integer or TokenKind.Float or TokenKind.Minus => ParseNumber(),
            TokenKind.AtId => ParseSymbolRef(),
            TokenKind.HashId => ParseDialectAttr(),
            TokenKind.BareId => ParseWordAttr(),
            _ => _context.TypeOf(ParseType()),
        };
        Leave();
        return attr;
    }

    private ArrayAttr ParseArray()
    {
        Advance();
        List<Attr> elements = [];
        if (!TryTake(TokenKind.RightSquare))
        {
            do
            {
                elements.Add(ParseAttribute());
            }
            while (TryTake(TokenKind.Comma));
            Expect(TokenKind.RightSquare, "',' or ']' in an array");
        }

        return _context.Array([.. elements]);
    }

    private DictionaryAttr ParseDictionaryEntries()
    {
        Expect(TokenKind.LeftBrace, "'{'");
        if (TryTake(TokenKind.RightBrace))
        {
            return _context.EmptyDictionary;
        }

        List<NamedAttr> entries = [];
        HashSet<string>? names = null;
        do
        {
            Token token = _token;
            if (token.Kind is not (TokenKind.BareId or TokenKind.String))
            {
                FailExpected("an attribute name");
            }

            string name = token.Kind == TokenKind.String ? TakeString() : Word(token);
            if (_token.Start == token.Start)
            {
                Advance();
            }

            if (name.Length == 0)
            {
                Fail(IRCodes.Redefinition, "an attribute's name is empty", SpanOf(token), "give it a name");
            }

            if (entries.Count == ScannedEntries)
            {
                names = [.. entries.Select(e => e.Name)];
            }

            if (names is null ? Contains(entries, name) : !names.Add(name))
            {
                Fail(IRCodes.Redefinition, $"attribute '{name}' is given twice", SpanOf(token), "keep one of them");
            }

            entries.Add(new NamedAttr(name, TryTake(TokenKind.Equal) ? ParseAttribute() : _context.Unit));
        }
        while (TryTake(TokenKind.Comma));
        Expect(TokenKind.RightBrace, "',' or '}' in a dictionary");
        return _context.Dictionary(entries);
    }

    private static bool Contains(List<NamedAttr> entries, string name)
    {
        foreach (NamedAttr entry in entries)
        {
            if (entry.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private Attr ParseNumber()
    {
        int start = _token.Start;
        bool negative = TryTake(TokenKind.Minus);
        Token number = _token;
        string digits = TokenString;
        if (number.Kind is not (TokenKind.Integer or TokenKind.Float))
        {
            FailExpected("a number");
        }

        Advance();
        IRType? type = TryTake(TokenKind.Colon) ? ParseType() : null;
        return MakeNumber(digits, number.Kind == TokenKind.Float, negative, type, SpanFrom(start));
    }

    private Attr MakeNumber(string digits, bool isFloat, bool negative, IRType? type, SourceSpan span)
    {
        if (isFloat)
        {
            if (type is not null and not FloatType)
            {
                Fail(IRCodes.NumberRange, $"{digits} is not a {type}", span, "write a whole number, or give it a float type");
            }

            double value = double.Parse(digits, CultureInfo.InvariantCulture);
            return _context.Double(negative ? -value : value, (FloatType?)type ?? _context.F64);
        }

        BigInteger integer = ParseDigits(digits);
        if (type is FloatType floating)
        {
            if (negative || !digits.StartsWith("0x", StringComparison.Ordinal) || integer >= BigInteger.One << FloatFormat.Width(floating.Name))
            {
                Fail(IRCodes.NumberRange, $"{digits} is not a {type}", span, "write a decimal point, or the bits in hexadecimal without a sign");
            }

            return _context.FloatBits(integer, floating);
        }

        type ??= _context.I64;
        if (type is not (IntegerType or IndexType))
        {
            Fail(IRCodes.NumberRange, $"a number cannot have type {type}", span, "give it an integer, index or float type");
        }

        integer = negative ? -integer : integer;
        if (!IntegerAttr.Fits(integer, type))
        {
            Fail(IRCodes.NumberRange, $"{integer.ToString(CultureInfo.InvariantCulture)} does not fit {type}", span, "write a number in range, or a wider type");
        }

        return _context.Int(integer, type);
    }

    private string TakeSymbolName()
    {
        Token token = _token;
        Expect(TokenKind.AtId, "a symbol such as @name");
        return _text[token.Start + 1] == '"' ? StringAttr.Decode(Unescape(token.Start + 2, token.End - 1)) : TextAt(token.Start + 1, token.Length - 1);
    }

    private SymbolRefAttr ParseSymbolRef()
    {
        string root = TakeSymbolName();
        List<string> nested = [];
        while (_token.Kind == TokenKind.Colon && _text[_token.End] == ':')
        {
            Advance();
            Advance();
            nested.Add(TakeSymbolName());
        }

        return _context.Symbol(root, [.. nested]);
    }

    private Attr ParseWordAttr()
    {
        switch (Word(_token))
        {
            case "true":
                Advance();
                return _context.Bool(true);
            case "false":
                Advance();
                return _context.Bool(false);
            case "unit":
                Advance();
                return _context.Unit;
            case "loc":
                return ParseLocationAttr();
            case "array":
                return ParseDenseArray();
            case "affine_map" or "affine_set" or "strided":
                return ParseTextAttr(typed: false);
            case "dense" or "dense_resource" or "sparse":
                return ParseTextAttr(typed: true);
            case "distinct":
                return ParseDistinct();
            default:
                return _context.TypeOf(ParseType());
        }
    }

    private DenseArrayAttr ParseDenseArray()
    {
        Advance();
        Expect(TokenKind.Less, "'<' and the element type");
        SourceSpan at = Here;
        IRType element = ParseType();
        if (element is not (IntegerType or FloatType))
        {
            Fail(IRCodes.NumberRange, $"an array cannot hold {element}", at, "use an integer or float type");
        }

        List<Attr> values = [];
        if (TryTake(TokenKind.Colon))
        {
            do
            {
                values.Add(ParseArrayElement(element));
            }
            while (TryTake(TokenKind.Comma));
        }

        Expect(TokenKind.Greater, "',' or '>' in an array");
        return _context.DenseArray(element, [.. values]);
    }

    private Attr ParseArrayElement(IRType element)
    {
        int start = _token.Start;
        if (element is IntegerType { Width: 1 } && _token.Kind == TokenKind.BareId && (Is("true"u8) || Is("false"u8)))
        {
            bool value = Is("true"u8);
            Advance();
            return _context.Bool(value);
        }

        bool negative = TryTake(TokenKind.Minus);
        Token number = _token;
        string digits = TokenString;
        if (number.Kind is not (TokenKind.Integer or TokenKind.Float))
        {
            FailExpected($"a number of type {element}");
        }

        Advance();
        return MakeNumber(digits, number.Kind == TokenKind.Float, negative, element, SpanFrom(start));
    }

    private TextAttr ParseTextAttr(bool typed)
    {
        string keyword = TokenString;
        if (_text[_token.End] != '<')
        {
            Advance();
            FailExpected($"'<' after '{keyword}'");
        }

        int start = _token.End;
        int end = SkipBalanced(start, angles: false);
        string body = Squeeze(TextAt(start, end - start));
        Resume(end);
        if (typed)
        {
            Expect(TokenKind.Colon, $"':' and the type of '{keyword}'");
        }

        return _context.Intern(new TextAttr(_context, keyword + body, typed ? ParseType() : null));
    }

    private TextAttr ParseDistinct()
    {
        Advance();
        Expect(TokenKind.LeftSquare, "'[' after 'distinct'");
        string id = TokenString;
        Expect(TokenKind.Integer, "an integer");
        Expect(TokenKind.RightSquare, "']'");
        Expect(TokenKind.Less, "'<'");
        string inner = "";
        if (_token.Kind != TokenKind.Greater)
        {
            inner = ParseAttribute().ToString();
        }

        Expect(TokenKind.Greater, "'>'");
        return _context.Intern(new TextAttr(_context, $"distinct[{id}]<{inner}>", null));
    }

    private void ParseAttributeAlias()
    {
        string name = TokenString[1..];
        SourceSpan span = Here;
        if (name.Contains('.', StringComparison.Ordinal))
        {
            Fail(IRCodes.Syntax, "an alias has no dot in its name", span, "names with a dot belong to dialects");
        }

        Advance();
        Expect(TokenKind.Equal, "'=' after the alias");
        if (!_attrAliases.TryAdd(name, ParseAttribute()))
        {
            _diagnostics.Error(IRCodes.Redefinition, $"attribute alias #{name} is defined twice", span, "give one of them another name");
        }
    }
}
