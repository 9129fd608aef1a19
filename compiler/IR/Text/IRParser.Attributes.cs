using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Attributes.
public sealed partial class IRParser
{
    // Up to so many entries a dictionary is scanned for a name; beyond, a set is kept.
    private const int ScannedEntries = 8;

    private readonly Dictionary<string, Attr> _attrAliases = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, DistinctAttr> _distinct = [];

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
            _ => ParseTypeAttr(),
        };
        Leave();
        return attr;
    }

    private TypeAttr ParseTypeAttr()
    {
        if (!AtType())
        {
            FailExpected("an attribute");
        }

        return _context.TypeOf(ParseType());
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

            string name = token.Kind == TokenKind.String ? StringAttr.Decode(Unescape(token.Start + 1, token.End - 1)) : Word(token);
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

            Advance();
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
        while (_token.Kind == TokenKind.Colon)
        {
            int colon = _token.Start;
            Advance();
            if (!TryTake(TokenKind.Colon))
            {
                // A single colon belongs to what follows.
                Resume(colon);
                break;
            }

            if (_token.Kind != TokenKind.AtId)
            {
                Fail(IRCodes.Syntax, "'::' is not followed by a symbol", Here, "write @name after it");
            }

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
            case "affine_map":
                return ParseAffine(set: false);
            case "affine_set":
                return ParseAffine(set: true);
            case "strided":
                return ParseStrided();
            case "dense":
                return ParseDense();
            case "dense_resource":
                return ParseDenseResource();
            case "sparse":
                return ParseSparse();
            case "distinct":
                return ParseDistinct();
            default:
                return ParseTypeAttr();
        }
    }

    private DistinctAttr ParseDistinct()
    {
        SourceSpan start = Here;
        Advance();
        Expect(TokenKind.LeftSquare, "'[' after 'distinct'");
        string id = TokenString;
        Expect(TokenKind.Integer, "a number that tells it from others");
        if (ParseDigits(id) is var number && number > ulong.MaxValue)
        {
            Fail(IRCodes.NumberRange, "the number is too large", Here, "write a number below 2^64");
        }

        Expect(TokenKind.RightSquare, "']'");
        Expect(TokenKind.Less, "'<'");
        Attr referenced = _context.Unit;
        if (!TryTake(TokenKind.Greater))
        {
            referenced = ParseAttribute();
            Expect(TokenKind.Greater, "'>'");
        }

        if (!_distinct.TryGetValue((ulong)number, out DistinctAttr? distinct))
        {
            _distinct.Add((ulong)number, distinct = _context.Intern(new DistinctAttr(_context, referenced)));
        }

        if (!ReferenceEquals(distinct.Referenced, referenced))
        {
            Fail(IRCodes.Redefinition, $"distinct[{id}] held {distinct.Referenced} before", start, "write the same, or another number");
        }

        return distinct;
    }

    private void ParseAttributeAlias()
    {
        string name = TokenString[1..];
        if (_attrAliases.ContainsKey(name))
        {
            Fail(IRCodes.Redefinition, $"attribute alias #{name} is defined twice", Here, "give one of them another name");
        }

        if (name.Contains('.', StringComparison.Ordinal))
        {
            Fail(IRCodes.Syntax, "an alias has no dot in its name", Here, "names with a dot belong to dialects");
        }

        Advance();
        Expect(TokenKind.Equal, "'=' after the alias");
        _attrAliases.Add(name, Named(ParseAttribute));
    }
}
