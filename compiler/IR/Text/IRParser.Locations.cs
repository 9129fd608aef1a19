using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Locations. One that follows an operation may name an alias that is defined later.
public sealed partial class IRParser
{
    private readonly List<(Action<LocationAttr> Set, string Alias, SourceSpan Span)> _lateLocations = [];

    private LocationAttr? ParseTrailingLocation(out (string Name, SourceSpan Span)? alias)
    {
        alias = null;
        Advance();
        Expect(TokenKind.LeftParen, "'(' after 'loc'");
        LocationAttr? location = null;
        if (_token.Kind == TokenKind.HashId && !TokenText.Contains((byte)'.'))
        {
            string name = TokenString[1..];
            SourceSpan span = Here;
            Advance();
            if (!_attrAliases.TryGetValue(name, out Attr? known))
            {
                alias = (name, span);
            }
            else if (known is LocationAttr aliased)
            {
                location = aliased;
            }
            else
            {
                Fail(IRCodes.WrongAttribute, $"#{name} is not a location", span, "name an alias of a location");
            }
        }
        else
        {
            location = ParseLocation();
        }

        Expect(TokenKind.RightParen, "')' after the location");
        return location;
    }

    private LocationAttr ParseLocationAttr()
    {
        Advance();
        Expect(TokenKind.LeftParen, "'(' after 'loc'");
        LocationAttr location = ParseLocation();
        Expect(TokenKind.RightParen, "')' after the location");
        return location;
    }

    private LocationAttr ParseLocation()
    {
        Enter();
        LocationAttr location;
        if (_token.Kind == TokenKind.String)
        {
            location = ParseNamedLocation();
        }
        else if (_token.Kind == TokenKind.HashId)
        {
            if (ParseDialectAttr() is not LocationAttr aliased)
            {
                Fail(IRCodes.WrongAttribute, "the attribute is not a location", Here, "name an alias of a location");
                return null;
            }

            location = aliased;
        }
        else if (TryKeyword("unknown"u8))
        {
            location = _context.UnknownLocation;
        }
        else if (TryKeyword("callsite"u8))
        {
            Expect(TokenKind.LeftParen, "'('");
            LocationAttr callee = ParseLocation();
            if (!TryKeyword("at"u8))
            {
                FailExpected("'at' and the caller");
            }

            LocationAttr caller = ParseLocation();
            Expect(TokenKind.RightParen, "')' after the caller");
            location = _context.Intern(new CallSiteLoc(_context, callee, caller));
        }
        else if (TryKeyword("fused"u8))
        {
            location = ParseFusedLocation();
        }
        else
        {
            FailExpected("a location");
            return null;
        }

        Leave();
        return location;
    }

    private LocationAttr ParseNamedLocation()
    {
        string name = TakeStringBytes();
        if (TryTake(TokenKind.Colon))
        {
            return ParseFileLocation(name);
        }

        LocationAttr? child = null;
        if (TryTake(TokenKind.LeftParen))
        {
            child = ParseLocation();
            Expect(TokenKind.RightParen, "')' after the location");
        }

        return _context.Intern(new NameLoc(_context, name, child is UnknownLoc ? null : child));
    }

    // Behind the colon after the file's name: line:column, or a range.
    private FileLoc ParseFileLocation(string path)
    {
        uint line = TakeLineNumber("a line");
        if (!TryTake(TokenKind.Colon))
        {
            return _context.Intern(new FileLoc(_context, path, line, 0, line, 0));
        }

        uint column = TakeLineNumber("a column");
        (uint endLine, uint endColumn) = (line, column);
        if (TryKeyword("to"u8))
        {
            endLine = _token.Kind == TokenKind.Integer ? TakeLineNumber("a line") : line;
            Expect(TokenKind.Colon, "the last line, or ':' and the last column");
            endColumn = TakeLineNumber("a column");
        }

        return _context.Intern(new FileLoc(_context, path, line, column, endLine, endColumn));
    }

    private uint TakeLineNumber(string what)
    {
        if (_token.Kind != TokenKind.Integer || ParseDigits(TokenString) is var number && number > uint.MaxValue)
        {
            FailExpected($"{what}, a number below 2^32");
            return 0;
        }

        Advance();
        return (uint)number;
    }

    private LocationAttr ParseFusedLocation()
    {
        Attr? metadata = null;
        if (TryTake(TokenKind.Less))
        {
            metadata = ParseAttribute();
            Expect(TokenKind.Greater, "'>' after the metadata");
        }

        Expect(TokenKind.LeftSquare, "'[' and the locations");
        List<LocationAttr> parts = [];
        if (!TryTake(TokenKind.RightSquare))
        {
            do
            {
                parts.Add(ParseLocation());
            }
            while (TryTake(TokenKind.Comma));
            Expect(TokenKind.RightSquare, "',' or ']' after a location");
        }

        return FusedLoc.Of(_context, metadata, parts);
    }

    private void ResolveLocations()
    {
        foreach ((Action<LocationAttr> set, string alias, SourceSpan span) in _lateLocations)
        {
            if (_attrAliases.GetValueOrDefault(alias) is LocationAttr location)
            {
                set(location);
            }
            else
            {
                _diagnostics.Error(IRCodes.UnknownAlias, $"location alias #{alias} is not defined", span,
                    NearestName.Suggest("#" + alias, _attrAliases.Keys.Select(k => "#" + k)) ?? $"define #{alias} = loc(…)");
            }
        }
    }
}
