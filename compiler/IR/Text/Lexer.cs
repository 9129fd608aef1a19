using System.Buffers;

namespace Orchestrator.IR;

// Splits MLIR text into tokens, one at a time and without copying. A token that cannot be is Invalid, with the reason in Problem.
internal sealed class Lexer(string text)
{
    private static readonly SearchValues<char> StringStops = SearchValues.Create("\"\\\n\v\f");

    public int Position { get; set; }

    public string? Problem { get; private set; }

    public Token Next()
    {
        SkipBlanks();
        int start = Position;
        if (start >= text.Length)
        {
            return new Token(TokenKind.End, text.Length, text.Length);
        }

        char c = text[start];
        if (char.IsAsciiLetter(c) || c == '_')
        {
            return Take(TokenKind.BareId, EndOfBareId(start + 1));
        }

        if (char.IsAsciiDigit(c))
        {
            return Number(start);
        }

        return c switch
        {
            '"' => String(start, TokenKind.String),
            '%' => Prefixed(start, TokenKind.PercentId, "a value name is '%' and letters, digits, '_', '.', '$' or '-'"),
            '^' => Prefixed(start, TokenKind.CaretId, "a block name is '^' and letters, digits, '_', '.', '$' or '-'"),
            '!' => Prefixed(start, TokenKind.BangId, "a type name follows '!'"),
            '#' when At(start + 1) == '-' && At(start + 2) == '}' => Take(TokenKind.MetadataEnd, start + 3),
            '#' => Prefixed(start, TokenKind.HashId, "an attribute name follows '#'"),
            '@' => Symbol(start),
            '-' when At(start + 1) == '>' => Take(TokenKind.Arrow, start + 2),
            '{' when At(start + 1) == '-' && At(start + 2) == '#' => Take(TokenKind.MetadataBegin, start + 3),
            '.' when At(start + 1) == '.' && At(start + 2) == '.' => Take(TokenKind.Ellipsis, start + 3),
            _ => Punctuation(start, c),
        };
    }

    private Token Punctuation(int start, char c)
    {
        TokenKind kind = c switch
        {
            '-' => TokenKind.Minus,
            ':' => TokenKind.Colon,
            ',' => TokenKind.Comma,
            '=' => TokenKind.Equal,
            '(' => TokenKind.LeftParen,
            ')' => TokenKind.RightParen,
            '{' => TokenKind.LeftBrace,
            '}' => TokenKind.RightBrace,
            '[' => TokenKind.LeftSquare,
            ']' => TokenKind.RightSquare,
            '<' => TokenKind.Less,
            '>' => TokenKind.Greater,
            '+' => TokenKind.Plus,
            '*' => TokenKind.Star,
            '?' => TokenKind.Question,
            '|' => TokenKind.Bar,
            '/' => TokenKind.Slash,
            _ => TokenKind.Invalid,
        };
        return kind == TokenKind.Invalid ? Invalid(start + 1, $"unexpected character {Show(c)}") : Take(kind, start + 1);
    }

    private static string Show(char c) => c is >= ' ' and <= '~' ? $"'{c}'" : FormattableString.Invariant($"U+{(int)c:X4}");

    private Token Number(int start)
    {
        int at = start + 1;
        if (text[start] == '0' && At(at) == 'x' && char.IsAsciiHexDigit(At(at + 1)))
        {
            at += 2;
            while (char.IsAsciiHexDigit(At(at)))
            {
                at++;
            }

            return Take(TokenKind.Integer, at);
        }

        at = EndOfDigits(at);
        if (At(at) != '.')
        {
            return Take(TokenKind.Integer, at);
        }

        at = EndOfDigits(at + 1);
        if (At(at) is 'e' or 'E')
        {
            int digits = At(at + 1) is '+' or '-' ? at + 2 : at + 1;
            if (char.IsAsciiDigit(At(digits)))
            {
                at = EndOfDigits(digits);
            }
        }

        return Take(TokenKind.Float, at);
    }

    private Token Prefixed(int start, TokenKind kind, string rule)
    {
        char c = At(start + 1);
        if (char.IsAsciiDigit(c))
        {
            return Take(kind, EndOfDigits(start + 2));
        }

        if (!char.IsAsciiLetter(c) && c is not ('_' or '$' or '.' or '-'))
        {
            return Invalid(start + 1, rule);
        }

        int at = start + 2;
        while (char.IsAsciiLetterOrDigit(At(at)) || At(at) is '_' or '$' or '.' or '-')
        {
            at++;
        }

        return Take(kind, at);
    }

    private Token Symbol(int start)
    {
        char c = At(start + 1);
        if (c == '"')
        {
            Token inner = String(start + 1, TokenKind.AtId);
            return inner with { Start = start };
        }

        return char.IsAsciiLetter(c) || c == '_'
            ? Take(TokenKind.AtId, EndOfBareId(start + 2))
            : Invalid(start + 1, "a symbol is '@' and a name that starts with a letter or '_', or a string");
    }

    private Token String(int start, TokenKind kind)
    {
        int at = start + 1;
        while (true)
        {
            int stop = text.AsSpan(at).IndexOfAny(StringStops);
            if (stop < 0 || text[at + stop] is '\n' or '\v' or '\f')
            {
                return Invalid(stop < 0 ? text.Length : at + stop, "the string does not end on its line") with { Start = start };
            }

            at += stop;
            if (text[at] == '"')
            {
                return Take(kind, at + 1) with { Start = start };
            }

            bool hex = char.IsAsciiHexDigit(At(at + 1)) && char.IsAsciiHexDigit(At(at + 2));
            if (!hex && At(at + 1) is not ('"' or '\\' or 'n' or 't'))
            {
                Token bad = Invalid(at + 1, "unknown escape; there are \\\", \\\\, \\n, \\t and two hexadecimal digits");
                return bad with { Start = at };
            }

            at += hex ? 3 : 2;
        }
    }

    private void SkipBlanks()
    {
        int at = Position;
        while (at < text.Length)
        {
            char c = text[at];
            if (c is ' ' or '\n' or '\r' or '\t' or '\0')
            {
                at++;
            }
            else if (c == '/' && At(at + 1) == '/')
            {
                int end = text.AsSpan(at).IndexOf('\n');
                at = end < 0 ? text.Length : at + end;
            }
            else
            {
                break;
            }
        }

        Position = at;
    }

    private int EndOfBareId(int at)
    {
        while (char.IsAsciiLetterOrDigit(At(at)) || At(at) is '_' or '$' or '.')
        {
            at++;
        }

        return at;
    }

    private int EndOfDigits(int at)
    {
        while (char.IsAsciiDigit(At(at)))
        {
            at++;
        }

        return at;
    }

    private char At(int index) => index < text.Length ? text[index] : '\0';

    private Token Take(TokenKind kind, int end)
    {
        int start = Position;
        Position = end;
        return new Token(kind, start, end);
    }

    private Token Invalid(int end, string problem)
    {
        Problem = problem;
        return Take(TokenKind.Invalid, end);
    }
}
