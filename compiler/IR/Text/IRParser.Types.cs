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

    // Whether the current token begins a type.
    private bool AtType() => _token.Kind switch
    {
        TokenKind.LeftParen or TokenKind.BangId => true,
        TokenKind.BareId => Word(_token) is var word && (word is "index" or "none" or "tensor" or "vector" or "memref" or "complex" or "tuple"
            || IntegerPrefix(word) > 0 || FloatType.Names.Contains(word)),
        _ => false,
    };

    private void ParseTypesUntilParen(PartStack<IRType> types)
    {
        if (TryTake(TokenKind.RightParen))
        {
            return;
        }

        ParseTypes(types);
        Expect(TokenKind.RightParen, "')' after the types");
    }

    private void ParseTypes(PartStack<IRType> types)
    {
        do
        {
            types.Push(ParseType());
        }
        while (TryTake(TokenKind.Comma));
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
                return ParseTensor();
            case "vector":
                return ParseVector();
            case "memref":
                return ParseMemRef();
            case "complex":
                return ParseComplex();
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

    // The letters before the width of 'i32', 'si32' or 'ui32'; 0 for any other word.
    private static int IntegerPrefix(string word)
    {
        int prefix = word switch { ['i', ..] => 1, ['s' or 'u', 'i', ..] => 2, _ => 0 };
        return prefix == 0 || word.Length == prefix || word.AsSpan(prefix).ContainsAnyExceptInRange('0', '9') ? 0 : prefix;
    }

    private IntegerType? TryIntegerType(string word)
    {
        int prefix = IntegerPrefix(word);
        if (prefix == 0)
        {
            return null;
        }

        if (!int.TryParse(word.AsSpan(prefix), NumberStyles.None, CultureInfo.InvariantCulture, out int width) || width > IntegerType.WidthMax)
        {
            Fail(IRCodes.NumberRange, $"an integer has at most {IntegerType.WidthMax} bits", Here, "write a smaller width");
        }

        return _context.Integer(width, word[0] switch { 's' => Signedness.Signed, 'u' => Signedness.Unsigned, _ => Signedness.Signless });
    }

    private ComplexType ParseComplex()
    {
        Advance();
        Expect(TokenKind.Less, "'<' and the element type");
        SourceSpan at = Here;
        IRType element = ParseType();
        Expect(TokenKind.Greater, "'>' after the element type");
        if (element is not (FloatType or IntegerType))
        {
            Fail(IRCodes.WrongType, $"a complex number cannot have parts of type {element}", at, "use an integer or float type");
        }

        return _context.Complex(element);
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

    private IRType ParseDialectType()
    {
        SourceSpan span = Here;
        DialectName name = SplitName();
        if (name.IsAlias)
        {
            string alias = TokenString[1..];
            if (!_typeAliases.TryGetValue(alias, out IRType? aliased))
            {
                Advance();
                FailExpectedAs(IRCodes.UnknownAlias, $"type alias !{alias} is not defined",
                    NearestName.Suggest("!" + alias, _typeAliases.Keys.Select(k => "!" + k)) ?? $"define !{alias} = … before it is used");
            }

            aliased = Used(aliased);
            Advance();
            return aliased;
        }

        if (name.Rest is { } mnemonic && _context.FindDialect(name.Dialect) is { } dialect)
        {
            int start = _token.Start;
            Advance();
            if (dialect.ParseType(this, mnemonic) is { } known)
            {
                return known;
            }

            if (!dialect.KeepsUnknown)
            {
                Fail(IRCodes.UnknownDialectSymbol, $"dialect '{dialect.Name}' has no type '{mnemonic}'", span,
                    NearestName.Suggest(mnemonic, dialect.TypeNames) ?? $"it has {string.Join(", ", dialect.TypeNames)}");
            }

            Resume(start);
        }

        string text = TakeOpaqueBody(name);
        CheckDialectName(name, "type");
        return _context.Intern(new OpaqueType(_context, name.Dialect, text));
    }

    private void ParseTypeAlias()
    {
        string name = TokenString[1..];
        if (_typeAliases.ContainsKey(name))
        {
            Fail(IRCodes.Redefinition, $"type alias !{name} is defined twice", Here, "give one of them another name");
        }

        if (name.Contains('.', StringComparison.Ordinal))
        {
            Fail(IRCodes.Syntax, "an alias has no dot in its name", Here, "names with a dot belong to dialects");
        }

        Advance();
        Expect(TokenKind.Equal, "'=' after the alias");
        _typeAliases.Add(name, Named(ParseType));
    }

    private char CharAt(int at) => (char)_text[at];
}
