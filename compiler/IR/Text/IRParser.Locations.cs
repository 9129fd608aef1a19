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
        if (_token.Kind == TokenKind.HashId && !TokenText.Contains((byte)'.') && CharAt(_token.End) != '<')
        {
            string name = TokenString[1..];
            if (_attrAliases.GetValueOrDefault(name) is LocationAttr known)
            {
                location = known;
            }
            else
            {
                alias = (name, Here);
            }

            Advance();
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
            SourceSpan span = Here;
            if (ParseDialectAttr() is not LocationAttr aliased)
            {
                Fail(IRCodes.Syntax, "the attribute is not a location", span, "name an alias of a location");
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
            int line = (int)TakeInteger(int.MaxValue);
            Expect(TokenKind.Colon, "':' and the column");
            int column = (int)TakeInteger(int.MaxValue);
            (int endLine, int endColumn, bool range) = (line, column, false);
            if (TryKeyword("to"u8))
            {
                endLine = _token.Kind == TokenKind.Integer ? (int)TakeInteger(int.MaxValue) : line;
                Expect(TokenKind.Colon, "':' and the last column");
                (endColumn, range) = ((int)TakeInteger(int.MaxValue), true);
            }

            return _context.Intern(new FileLoc(_context, name, line, column, endLine, endColumn, range));
        }

        LocationAttr? child = null;
        if (TryTake(TokenKind.LeftParen))
        {
            child = ParseLocation();
            Expect(TokenKind.RightParen, "')' after the location");
        }

        return _context.Intern(new NameLoc(_context, name, child));
    }

    private FusedLoc ParseFusedLocation()
    {
        Attr? metadata = null;
        if (TryTake(TokenKind.Less))
        {
            metadata = ParseAttribute();
            Expect(TokenKind.Greater, "'>' after the metadata");
        }

        Expect(TokenKind.LeftSquare, "'[' and the locations");
        List<LocationAttr> parts = [];
        do
        {
            parts.Add(ParseLocation());
        }
        while (TryTake(TokenKind.Comma));
        Expect(TokenKind.RightSquare, "',' or ']' after a location");
        return _context.Intern(new FusedLoc(_context, metadata, [.. parts]));
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
