using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Types.
public sealed partial class IRParser
{
    private readonly Dictionary<string, IRType> _typeAliases = new(StringComparer.Ordinal);

    /// <summary>Reads a type.</summary>
    public IRType ParseType()
    {
        if (_token.Kind != TokenKind.LeftParen)
        {
            return ParseTypeNoFunction();
        }

        Enter();
        Advance();
        var inputs = new PartStack<IRType>();
        var results = new PartStack<IRType>();
        ParseTypesUntilParen(inputs);
        Expect(TokenKind.Arrow, "'->' in a function type");
        if (TryTake(TokenKind.LeftParen))
        {
            ParseTypesUntilParen(results);
        }
        else
        {
            results.Push(ParseTypeNoFunction());
        }

        Leave();
        return _context.Function([.. inputs.From(0)], [.. results.From(0)]);
    }

    private IRType ParseTypeNoFunction()
    {
        Enter();
        IRType? type = _token.Kind switch
        {
            TokenKind.BangId => ParseDialectType(),
            TokenKind.BareId => TryParseBuiltinType(),
            _ => null,
        };
        if (type is null)
        {
            FailExpected("a type");
        }

        Leave();
        return type;
    }

    private void ParseTypesUntilParen(PartStack<IRType> types)
    {
        if (TryTake(TokenKind.RightParen))
        {
            return;
        }

        do
        {
            types.Push(ParseType());
        }
        while (TryTake(TokenKind.Comma));
        Expect(TokenKind.RightParen, "')' after the types");
    }

    private IRType? TryParseBuiltinType()
    {
        string word = Word(_token);
        if (TryIntegerType(word) is { } integer)
        {
            Advance();
            return integer;
        }

        switch (word)
        {
            case "index":
                Advance();
                return _context.Index;
            case "none":
                Advance();
                return _context.None;
            case "tensor":
                return ParseShaped(ShapedKind.Tensor);
            case "vector":
                return ParseShaped(ShapedKind.Vector);
            case "memref":
                return ParseShaped(ShapedKind.MemRef);
            case "complex":
                Advance();
                Expect(TokenKind.Less, "'<' and the element type");
                IRType element = ParseType();
                Expect(TokenKind.Greater, "'>' after the element type");
                return _context.Complex(element);
            case "tuple":
                return ParseTuple();
        }

        if (!FloatType.Names.Contains(word))
        {
            return null;
        }

        Advance();
        return _context.Float(word);
    }

    private IntegerType? TryIntegerType(string word)
    {
        (Signedness sign, int prefix) = word switch
        {
            ['i', .. { Length: > 0 }] => (Signedness.Signless, 1),
            ['s', 'i', .. { Length: > 0 }] => (Signedness.Signed, 2),
            ['u', 'i', .. { Length: > 0 }] => (Signedness.Unsigned, 2),
            _ => (Signedness.Signless, 0),
        };
        if (prefix == 0 || word.AsSpan(prefix).ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        if (!int.TryParse(word.AsSpan(prefix), NumberStyles.None, CultureInfo.InvariantCulture, out int width) || width > IntegerType.WidthMax)
        {
            Fail(IRCodes.NumberRange, $"an integer has at most {IntegerType.WidthMax} bits", Here, "write a smaller width");
        }

        return _context.Integer(width, sign);
    }

    private TupleType ParseTuple()
    {
        Advance();
        Expect(TokenKind.Less, "'<' and the types of the tuple");
        List<IRType> elements = [];
        if (!TryTake(TokenKind.Greater))
        {
            do
            {
                elements.Add(ParseType());
            }
            while (TryTake(TokenKind.Comma));
            Expect(TokenKind.Greater, "'>' after the types of the tuple");
        }

        return _context.Tuple([.. elements]);
    }

    private ShapedType ParseShaped(ShapedKind kind)
    {
        Advance();
        if (_token.Kind != TokenKind.Less)
        {
            FailExpected("'<' and a shape");
        }

        (ImmutableArray<long> shape, ImmutableArray<bool> scalable) = ParseShape(_token.End, kind);
        IRType element = ParseType();
        List<Attr> parameters = [];
        while (kind != ShapedKind.Vector && TryTake(TokenKind.Comma))
        {
            parameters.Add(ParseAttribute());
        }

        Expect(TokenKind.Greater, "'>' after the type");
        return _context.Intern(new ShapedType(_context, kind, shape, scalable, element, [.. parameters]));
    }

    // Dimensions are read by character: '4x8xf32' is not what the tokens '4' and 'x8xf32' suggest, and '0x4' is no hexadecimal number.
    private (ImmutableArray<long> Shape, ImmutableArray<bool> Scalable) ParseShape(int at, ShapedKind kind)
    {
        var shape = ImmutableArray.CreateBuilder<long>();
        var scalable = ImmutableArray.CreateBuilder<bool>();
        bool unranked = false;
        while (true)
        {
            int start = at = SkipSpaces(at);
            bool bracket = kind == ShapedKind.Vector && CharAt(at) == '[';
            at = bracket ? SkipSpaces(at + 1) : at;
            long dimension;
            if (CharAt(at) == '*' && shape.Count == 0 && kind != ShapedKind.Vector)
            {
                unranked = true;
                dimension = 0;
                at++;
            }
            else if (CharAt(at) == '?' && kind != ShapedKind.Vector)
            {
                dimension = ShapedType.Dynamic;
                at++;
            }
            else if (Lexer.IsDigit(_text[at]))
            {
                int digits = at;
                while (Lexer.IsDigit(_text[at]))
                {
                    at++;
                }

                if (!long.TryParse(_text.AsSpan(digits, at - digits), NumberStyles.None, CultureInfo.InvariantCulture, out dimension))
                {
                    Fail(IRCodes.NumberRange, "a dimension is at most 2^63 - 1", new SourceSpan(_source, digits, at - digits), "write a smaller dimension");
                }
            }
            else
            {
                Resume(start);
                break;
            }

            at = SkipSpaces(at);
            if (bracket && CharAt(at++) != ']')
            {
                Fail(IRCodes.Syntax, "expected ']' after a scalable dimension", new SourceSpan(_source, at - 1, 1), "write ']' here");
            }

            at = SkipSpaces(at);
            if (CharAt(at) != 'x')
            {
                Fail(IRCodes.Syntax, "expected 'x' after a dimension", new SourceSpan(_source, at, 1), "write 'x' between dimensions and before the element type");
            }

            at++;
            if (unranked)
            {
                Resume(at);
                break;
            }

            shape.Add(dimension);
            scalable.Add(bracket);
        }

        return (unranked ? default : shape.ToImmutable(), scalable.Contains(true) ? scalable.ToImmutable() : default);
    }

    private IRType ParseDialectType()
    {
        SourceSpan span = Here;
        string name = TokenString[1..];
        bool body = CharAt(_token.End) == '<';
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 && !body)
        {
            if (!_typeAliases.TryGetValue(name, out IRType? aliased))
            {
                Fail(IRCodes.UnknownAlias, $"type alias !{name} is not defined", span,
                    NearestName.Suggest("!" + name, _typeAliases.Keys.Select(k => "!" + k)) ?? $"define !{name} = … before it is used");
            }

            Advance();
            return aliased;
        }

        if (dot > 0 && _context.FindDialect(name[..dot]) is { } dialect)
        {
            int start = _token.Start;
            Advance();
            if (dialect.ParseType(this, name[(dot + 1)..]) is { } known)
            {
                return known;
            }

            if (!dialect.KeepsUnknown)
            {
                Fail(IRCodes.UnknownDialectSymbol, $"dialect '{dialect.Name}' has no type '{name[(dot + 1)..]}'", span,
                    NearestName.Suggest(name[(dot + 1)..], dialect.TypeNames) ?? $"it has {string.Join(", ", dialect.TypeNames)}");
            }

            Resume(start);
        }

        (string owner, string text) = TakeOpaque();
        return _context.Intern(new OpaqueType(_context, owner, text));
    }

    private void ParseTypeAlias()
    {
        string name = TokenString[1..];
        Advance();
        Expect(TokenKind.Equal, "'=' after the alias");
        _typeAliases[name] = ParseType();
    }

    private int SkipSpaces(int at)
    {
        while (CharAt(at) is ' ' or '\t' or '\n' or '\r')
        {
            at++;
        }

        return at;
    }

    private char CharAt(int at) => (char)_text[Math.Min(at, _length)];
}
