using System.Buffers;

namespace Orchestrator.IR;

// Splits MLIR text into tokens, one at a time and without copying. The text ends in a 0 that is not part of it, so no read looks for the end.
// A token that cannot be is Invalid, with the reason in Problem.
internal sealed class Lexer(byte[] text, int length)
{
    private const byte Letter = 1;
    private const byte Digit = 2;
    private const byte Hex = 4;
    private const byte BareIdPart = 8; // letters, digits, _ $ .
    private const byte SuffixIdPart = 16; // the same and -
    private const byte Blank = 32;

    private static readonly SearchValues<byte> StringStops = SearchValues.Create("\"\\\n\v\f"u8);
    private static readonly byte[] Classes = ClassifyBytes();
    private static readonly TokenKind[] Punctuation = PunctuationKinds();

    public int Position { get; set; }

    public string? Problem { get; private set; }

    public static bool IsDigit(byte b) => (Classes[b] & Digit) != 0;

    public Token Next()
    {
        SkipBlanks();
        int start = Position;
        byte c = text[start];
        byte kind = Classes[c];
        if ((kind & Letter) != 0 || c == '_')
        {
            return Take(TokenKind.BareId, EndOf(BareIdPart, start + 1));
        }

        if (c == '%')
        {
            return Prefixed(start, TokenKind.PercentId, "a value name is '%' and letters, digits, '_', '.', '$' or '-'");
        }

        TokenKind punctuation = Punctuation[c];
        if (punctuation != TokenKind.Invalid)
        {
            return Take(punctuation, start + 1);
        }

        return (kind & Digit) != 0 ? Number(start) : Other(start, c);
    }

    private Token Other(int start, byte c)
    {
        switch ((char)c)
        {
            case '\0' when start >= length:
                return new Token(TokenKind.End, length, length);
            case '"':
                return String(start, TokenKind.String);
            case '^':
                return Prefixed(start, TokenKind.CaretId, "a block name is '^' and letters, digits, '_', '.', '$' or '-'");
            case '!':
                return Prefixed(start, TokenKind.BangId, "a type name follows '!'");
            case '#' when text[start + 1] == '-' && text[start + 2] == '}':
                return Take(TokenKind.MetadataEnd, start + 3);
            case '#':
                return Prefixed(start, TokenKind.HashId, "an attribute name follows '#'");
            case '@':
                return Symbol(start);
            case '-':
                return text[start + 1] == '>' ? Take(TokenKind.Arrow, start + 2) : Take(TokenKind.Minus, start + 1);
            case '{':
                return text[start + 1] == '-' && text[start + 2] == '#' ? Take(TokenKind.MetadataBegin, start + 3) : Take(TokenKind.LeftBrace, start + 1);
            case '.' when text[start + 1] == '.' && text[start + 2] == '.':
                return Take(TokenKind.Ellipsis, start + 3);
            case '.':
                return Invalid(start + 1, "a dot stands alone; an ellipsis is three") with { Start = start + 1 };
            case '/':
                return Take(TokenKind.Slash, start + 1);
            default:
                return Invalid(start + 1, $"unexpected character {Show(c)}");
        }
    }

    private static string Show(byte c) => c is >= (byte)' ' and <= (byte)'~' ? $"'{(char)c}'" : FormattableString.Invariant($"0x{c:X2}");

    private Token Number(int start)
    {
        int at = start + 1;
        if (text[start] == '0' && text[at] == 'x' && (Classes[text[at + 1]] & Hex) != 0)
        {
            return Take(TokenKind.Integer, EndOf(Hex, at + 2));
        }

        at = EndOf(Digit, at);
        if (text[at] != '.')
        {
            return Take(TokenKind.Integer, at);
        }

        at = EndOf(Digit, at + 1);
        if (text[at] is (byte)'e' or (byte)'E')
        {
            int digits = text[at + 1] is (byte)'+' or (byte)'-' ? at + 2 : at + 1;
            if (IsDigit(text[digits]))
            {
                at = EndOf(Digit, digits);
            }
        }

        return Take(TokenKind.Float, at);
    }

    private Token Prefixed(int start, TokenKind kind, string rule)
    {
        byte c = text[start + 1];
        if (IsDigit(c))
        {
            return Take(kind, EndOf(Digit, start + 2));
        }

        return (Classes[c] & SuffixIdPart) != 0 ? Take(kind, EndOf(SuffixIdPart, start + 2)) : Invalid(start + 1, rule);
    }

    private Token Symbol(int start)
    {
        byte c = text[start + 1];
        if (c == '"')
        {
            return String(start + 1, TokenKind.AtId) with { Start = start };
        }

        return (Classes[c] & Letter) != 0 || c == '_'
            ? Take(TokenKind.AtId, EndOf(BareIdPart, start + 2))
            : Invalid(start + 2, "a symbol is '@' and a name that starts with a letter or '_', or a string") with { Start = start + 1 };
    }

    private Token String(int start, TokenKind kind)
    {
        int at = start + 1;
        while (true)
        {
            int stop = text.AsSpan(at, length - at).IndexOfAny(StringStops);
            if (stop < 0 || text[at + stop] is (byte)'\n' or (byte)'\v' or (byte)'\f')
            {
                int end = stop < 0 ? length : at + stop;
                return Invalid(end, "the string does not end on its line") with { Start = end };
            }

            at += stop;
            if (text[at] == '"')
            {
                return Take(kind, at + 1) with { Start = start };
            }

            byte escaped = text[at + 1];
            if (escaped is (byte)'"' or (byte)'\\' or (byte)'n' or (byte)'t')
            {
                at += 2;
            }
            else if ((Classes[escaped] & Hex) != 0 && (Classes[text[at + 2]] & Hex) != 0)
            {
                at += 3;
            }
            else
            {
                return Invalid(at + 1, "unknown escape; there are \\\", \\\\, \\n, \\t and two hexadecimal digits") with { Start = at };
            }
        }
    }

    private void SkipBlanks()
    {
        int at = Position;
        while (true)
        {
            byte c = text[at];
            if ((Classes[c] & Blank) != 0)
            {
                at++;
            }
            else if (c == '/' && text[at + 1] == '/')
            {
                int end = text.AsSpan(at, length - at).IndexOf((byte)'\n');
                at = end < 0 ? length : at + end;
            }
            else if (c == 0 && at < length)
            {
                at++; // A 0 inside the file counts as blank.
            }
            else
            {
                Position = at;
                return;
            }
        }
    }

    private int EndOf(byte part, int at)
    {
        while ((Classes[text[at]] & part) != 0)
        {
            at++;
        }

        return at;
    }

    private Token Take(TokenKind kind, int end)
    {
        int start = Position;
        Position = end;
        return new Token(kind, start, end);
    }

    private Token Invalid(int end, string problem)
    {
        Problem = problem;
        return Take(TokenKind.Invalid, Math.Min(end, length));
    }

    private static byte[] ClassifyBytes()
    {
        byte[] classes = new byte[256];
        for (int i = 0; i < 128; i++)
        {
            char c = (char)i;
            int kind = char.IsAsciiLetter(c) ? Letter : char.IsAsciiDigit(c) ? Digit : 0;
            kind |= char.IsAsciiHexDigit(c) ? Hex : 0;
            kind |= kind != 0 || c is '_' or '$' or '.' ? BareIdPart | SuffixIdPart : 0;
            kind |= c == '-' ? SuffixIdPart : 0;
            kind |= c is ' ' or '\t' or '\n' or '\r' ? Blank : 0;
            classes[i] = (byte)kind;
        }

        return classes;
    }

    // What is a token of one character and starts no longer one.
    private static TokenKind[] PunctuationKinds()
    {
        var kinds = new TokenKind[256];
        Array.Fill(kinds, TokenKind.Invalid);
        (char Character, TokenKind Kind)[] known =
        [
            (':', TokenKind.Colon), (',', TokenKind.Comma), ('=', TokenKind.Equal), ('(', TokenKind.LeftParen), (')', TokenKind.RightParen),
            ('}', TokenKind.RightBrace), ('[', TokenKind.LeftSquare), (']', TokenKind.RightSquare), ('<', TokenKind.Less), ('>', TokenKind.Greater),
            ('+', TokenKind.Plus), ('*', TokenKind.Star), ('?', TokenKind.Question), ('|', TokenKind.Bar),
        ];
        foreach ((char character, TokenKind kind) in known)
        {
            kinds[character] = kind;
        }

        return kinds;
    }
}
