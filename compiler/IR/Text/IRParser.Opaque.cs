using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Parts whose inside is kept as text.
public sealed partial class IRParser
{
    private Attr ParseDialectAttr()
    {
        SourceSpan span = Here;
        string name = TokenString[1..];
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 && CharAt(_token.End) != '<')
        {
            if (!_attrAliases.TryGetValue(name, out Attr? aliased))
            {
                Fail(IRCodes.UnknownAlias, $"attribute alias #{name} is not defined", span,
                    NearestName.Suggest("#" + name, _attrAliases.Keys.Select(k => "#" + k)) ?? $"define #{name} = … before it is used");
            }

            Advance();
            return aliased;
        }

        if (dot > 0 && _context.FindDialect(name[..dot]) is { } dialect)
        {
            int start = _token.Start;
            Advance();
            if (dialect.ParseAttr(this, name[(dot + 1)..]) is { } known)
            {
                return known;
            }

            if (!dialect.KeepsUnknown)
            {
                Fail(IRCodes.UnknownDialectSymbol, $"dialect '{dialect.Name}' has no attribute '{name[(dot + 1)..]}'", span,
                    NearestName.Suggest(name[(dot + 1)..], dialect.AttrNames) ?? "correct the name");
            }

            Resume(start);
        }

        (string owner, string body) = TakeOpaque();
        IRType? type = TryTake(TokenKind.Colon) ? ParseType() : null;
        return _context.Intern(new OpaqueAttr(_context, owner, body, type));
    }

    // The dialect and the body of '!dialect.body', '!dialect.body<…>' or '!dialect<…>', also with '#'.
    private (string Dialect, string Body) TakeOpaque()
    {
        string name = TokenString[1..];
        int end = _token.End;
        if (CharAt(end) == '<')
        {
            end = SkipBalanced(end, angles: true);
        }

        int bodyStart = _token.End;
        Resume(end);
        string text = TextAt(bodyStart, end - bodyStart);
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? (name[..dot], name[(dot + 1)..] + text) : (name, text[1..^1]);
    }

    // The place after the '>' that closes the '<' at start. Brackets must pair up; strings are skipped; '->' is one unit. With angles
    // false, '<' and '>' inside other brackets are comparison signs.
    private int SkipBalanced(int start, bool angles)
    {
        var open = new Stack<char>();
        int at = start;
        while (at < _length)
        {
            char c = (char)_text[at];
            switch (c)
            {
                case '"':
                    at = EndOfString(at);
                    continue;
                case '-' when CharAt(at + 1) == '>':
                    at += 2;
                    continue;
                case '<' or '>' when !angles && open.Count > 1:
                    break;
                case '<' or '(' or '[' or '{':
                    open.Push(c);
                    break;
                case '>' or ')' or ']' or '}':
                    char wanted = c switch { '>' => '<', ')' => '(', ']' => '[', _ => '{' };
                    if (!open.TryPop(out char opened) || opened != wanted)
                    {
                        Fail(IRCodes.Syntax, $"'{c}' closes nothing", new SourceSpan(_source, at, 1), "pair up the brackets");
                    }

                    if (open.Count == 0)
                    {
                        return at + 1;
                    }

                    break;
            }

            at++;
        }

        Fail(IRCodes.Syntax, "'<' is not closed", new SourceSpan(_source, start, 1), "close it with '>'");
        return at;
    }

    private int EndOfString(int at)
    {
        int start = at++;
        while (CharAt(at) is not ('"' or '\n' or '\0'))
        {
            at += CharAt(at) == '\\' ? 2 : 1;
        }

        if (CharAt(at) != '"')
        {
            Fail(IRCodes.Syntax, "the string does not end on its line", new SourceSpan(_source, start, 1), "close it with '\"'");
        }

        return at + 1;
    }

    // Runs of blanks outside strings become one.
    private static string Squeeze(string text)
    {
        if (text.AsSpan().IndexOfAny('\n', '\r', '\t') < 0 && !text.Contains("  ", StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        bool quoted = false;
        foreach (char c in text)
        {
            bool blank = !quoted && char.IsWhiteSpace(c);
            if (blank)
            {
                if (result.Length > 0 && result[^1] is not (' ' or '[' or '<'))
                {
                    result.Append(' ');
                }

                continue;
            }

            quoted ^= c == '"';
            result.Append(c);
        }

        return result.ToString();
    }
}
