using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Types and attributes of dialects, and aliases, which look alike until the dot or the '<'.
public sealed partial class IRParser
{
    // '#dialect.rest', '#dialect<…>' or '#alias' without the sigil. Rest is null unless there is a dot. At is where what the dialect reads begins.
    private readonly record struct DialectName(string Dialect, string? Rest, bool HasBody, SourceSpan At)
    {
        public bool IsAlias => Rest is null && !HasBody;
    }

    private DialectName SplitName()
    {
        string name = TokenString[1..];
        bool body = CharAt(_token.End) == '<';
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        int at = dot < 0 ? _token.Start : _token.Start + dot + 2;
        return new DialectName(dot < 0 ? name : name[..dot], dot < 0 ? null : name[(dot + 1)..], body, new SourceSpan(_source, at, 0));
    }

    private Attr ParseDialectAttr()
    {
        SourceSpan span = Here;
        DialectName name = SplitName();
        if (name.IsAlias)
        {
            string alias = TokenString[1..];
            if (!_attrAliases.TryGetValue(alias, out Attr? aliased))
            {
                Advance();
                FailExpectedAs(IRCodes.UnknownAlias, $"attribute alias #{alias} is not defined",
                    NearestName.Suggest("#" + alias, _attrAliases.Keys.Select(k => "#" + k)) ?? $"define #{alias} = … before it is used");
            }

            aliased = Used(aliased);
            Advance();
            return aliased;
        }

        if (name.Rest is { } mnemonic && _context.FindDialect(name.Dialect) is { } dialect)
        {
            int start = _token.Start;
            Advance();
            if (dialect.ParseAttr(this, mnemonic) is { } known)
            {
                return known;
            }

            if (!dialect.KeepsUnknown)
            {
                Fail(IRCodes.UnknownDialectSymbol, $"dialect '{dialect.Name}' has no attribute '{mnemonic}'", span,
                    NearestName.Suggest(mnemonic, dialect.AttrNames) ?? "correct the name");
            }

            Resume(start);
        }

        string body = TakeOpaqueBody(name);
        IRType? type = TryTake(TokenKind.Colon) ? ParseType() : null;
        CheckDialectName(name, "attribute");
        return _context.Intern(new OpaqueAttr(_context, name.Dialect, body, type is NoneType ? null : type));
    }

    private void CheckDialectName(DialectName name, string what)
    {
        if (name.Dialect == "builtin")
        {
            Fail(IRCodes.UnknownDialectSymbol, $"dialect 'builtin' has no {what} of this name", name.At, "write builtin types and attributes without the dialect");
        }

        if (name.Dialect.Contains('.', StringComparison.Ordinal) || !AsmWriter.IsBareIdentifier(name.Dialect))
        {
            Fail(IRCodes.Syntax, $"'{name.Dialect}' is no name of a dialect", name.At, "a name has letters, digits, '_' and '$' and begins with a letter or '_'");
        }
    }

    // What the dialect would read: 'rest', 'rest<…>', or what stands between '<' and '>'.
    private string TakeOpaqueBody(DialectName name)
    {
        int bodyStart = _token.End;
        int end = bodyStart;
        if (name.HasBody)
        {
            Advance();
            end = SkipBalanced(bodyStart);
        }

        Resume(end);
        if (name.Rest is null)
        {
            return TextAt(bodyStart + 1, end - bodyStart - 2);
        }

        return name.HasBody ? name.Rest + TextAt(bodyStart, end - bodyStart) : name.Rest;
    }

    // The place after the '>' that closes the '<' at start. Brackets must pair up; strings are skipped; '->' is one unit.
    private int SkipBalanced(int start)
    {
        var open = new Stack<char>();
        var shown = new SourceSpan(_source, start, 1);
        int at = start;
        while (at < _length && _text[at] != 0)
        {
            char c = (char)_text[at];
            switch (c)
            {
                case '"':
                    Resume(at);
                    if (_token.Kind != TokenKind.String)
                    {
                        FailExpected("a string");
                    }

                    shown = Here;
                    at = _token.End;
                    continue;
                case '-' when CharAt(at + 1) == '>':
                    at += 2;
                    continue;
                case '<' or '(' or '[' or '{':
                    open.Push(c);
                    break;
                case '>' or ')' or ']' or '}':
                    char wanted = c switch { '>' => '<', ')' => '(', ']' => '[', _ => '{' };
                    if (open.Peek() != wanted)
                    {
                        Fail(IRCodes.Syntax, $"'{open.Peek()}' is not closed before '{c}'", shown, "pair up the brackets");
                    }

                    open.Pop();
                    if (open.Count == 0)
                    {
                        return at + 1;
                    }

                    break;
            }

            at++;
        }

        Fail(IRCodes.Syntax, $"'{open.Peek()}' is not closed", shown, "pair up the brackets");
        return at;
    }
}
