using System.Diagnostics.CodeAnalysis;
using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// What every part of the parser, and the dialects' own parsers, are built from.
public sealed partial class IRParser
{
    /// <summary>The place of the current token; the end of the text is shown at its last character.</summary>
    public SourceSpan Here => _token.Kind == TokenKind.End ? new(_source, Math.Max(_length - 1, 0), 0) : new(_source, _token.Start, _token.Length);

    /// <summary>Takes <paramref name="symbol"/>, a punctuation character or <c>-></c>, if it is next.</summary>
    public bool TryTake(string symbol)
    {
        if (_token.Kind is TokenKind.String || TokenString != symbol)
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>Takes <paramref name="symbol"/> or reports that it is missing.</summary>
    public void Take(string symbol)
    {
        if (!TryTake(symbol))
        {
            FailExpected($"'{symbol}'");
        }
    }

    /// <summary>Takes a quoted string.</summary>
    public string TakeString()
    {
        if (_token.Kind != TokenKind.String)
        {
            FailExpected("a string in quotes");
        }

        return StringAttr.Decode(TakeStringBytes());
    }

    /// <summary>Takes a non-negative integer below 2^63.</summary>
    public long TakeInteger() => TakeInteger(long.MaxValue);

    /// <summary>Reports a mistake at <paramref name="span"/> and gives up the operation being read.</summary>
    [DoesNotReturn]
    public void Fail(string code, string message, SourceSpan span, string remedy) => Fail(Diagnostic.Error(code, message, span, remedy));

    // A text that cannot be split into tokens explains whatever went wrong at that token.
    [DoesNotReturn]
    private void Fail(Diagnostic diagnostic)
    {
        _diagnostics.Add(_token.Kind != TokenKind.Invalid
            ? diagnostic
            : Diagnostic.Error(IRCodes.Syntax, _lexer.Problem ?? "unexpected character", Here, "correct or remove it"));
        throw new ParseStop();
    }

    private ReadOnlySpan<byte> TokenText => _text.AsSpan(_token.Start, _token.Length);

    private string TokenString => TextAt(_token.Start, _token.Length);

    private string TextAt(int start, int length) => Encoding.UTF8.GetString(_text, start, length);

    private SourceSpan SpanFrom(int start) => new(_source, start, Math.Max(0, _previousEnd - start));

    private SourceSpan SpanOf(Token token) => new(_source, token.Start, token.Length);

    private bool Is(ReadOnlySpan<byte> word) => TokenText.SequenceEqual(word);

    private void Advance()
    {
        _previousEnd = _token.End;
        _token = _lexer.Next();
    }

    // Goes on reading at a character that is not where the current token ends.
    private void Resume(int position)
    {
        _previousEnd = position;
        _lexer.Position = position;
        _token = _lexer.Next();
    }

    private bool TryTake(TokenKind kind)
    {
        if (_token.Kind != kind)
        {
            return false;
        }

        Advance();
        return true;
    }

    private void Expect(TokenKind kind, string what)
    {
        if (!TryTake(kind))
        {
            FailExpected(what);
        }
    }

    private bool IsKeyword(ReadOnlySpan<byte> word) => _token.Kind == TokenKind.BareId && Is(word);

    private bool TryKeyword(ReadOnlySpan<byte> word)
    {
        if (!IsKeyword(word))
        {
            return false;
        }

        Advance();
        return true;
    }

    [DoesNotReturn]
    private void FailExpected(string what)
    {
        string found = _token.Kind == TokenKind.End ? "the end of the text" : $"'{(_token.Length > 40 ? $"{TextAt(_token.Start, 40)}…" : TokenString)}'";
        FailExpectedAs(IRCodes.Syntax, $"expected {what}, found {found}", $"write {what} here");
    }

    // Something is missing: that is shown where the token before ends, which may be some lines up.
    [DoesNotReturn]
    private void FailExpectedAs(string code, string message, string remedy) => Fail(code, message, new SourceSpan(_source, PlaceOfMissing(), 0), remedy);

    // Back over blanks and lines that hold only a comment; at the start of the text, the token itself.
    private int PlaceOfMissing()
    {
        int at = _token.Kind == TokenKind.End ? Math.Max(_length - 1, 0) : _token.Start;
        int end = at;
        while (true)
        {
            end = _text.AsSpan(0, end).TrimEnd(" \t"u8).Length;
            if (end == 0)
            {
                return at;
            }

            if (_text[end - 1] is not ((byte)'\n' or (byte)'\r'))
            {
                return end;
            }

            end--;
            int line = Math.Max(_text.AsSpan(0, end).LastIndexOfAny((byte)'\n', (byte)'\r'), 0);
            int comment = _text.AsSpan(line, end - line).IndexOf("//"u8);
            end = comment < 0 ? end : line + comment;
        }
    }

    private long TakeInteger(long max)
    {
        SourceSpan span = Here;
        string text = TokenString;
        Expect(TokenKind.Integer, "an integer");
        if (ParseDigits(text) is var value && value > max)
        {
            Fail(IRCodes.NumberRange, $"{text} is larger than {max.ToString(System.Globalization.CultureInfo.InvariantCulture)}", span, "write a smaller number");
        }

        return (long)value;
    }

    // The bytes of a string token, one a character.
    private string TakeStringBytes()
    {
        string bytes = Unescape(_token.Start + 1, _token.End - 1);
        Advance();
        return bytes;
    }

    private string Unescape(int start, int end)
    {
        ReadOnlySpan<byte> raw = _text.AsSpan(start, end - start);
        if (!raw.Contains((byte)'\\'))
        {
            return Encoding.Latin1.GetString(raw);
        }

        var bytes = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                bytes.Append((char)raw[i]);
                continue;
            }

            i++;
            if (raw[i] is (byte)'"' or (byte)'\\')
            {
                bytes.Append((char)raw[i]);
            }
            else if (raw[i] is (byte)'n' or (byte)'t')
            {
                bytes.Append(raw[i] == 'n' ? '\n' : '\t');
            }
            else
            {
                bytes.Append((char)(16 * HexConverter(raw[i]) + HexConverter(raw[i + 1])));
                i++;
            }
        }

        return bytes.ToString();
    }

    private static int HexConverter(byte digit) => digit <= '9' ? digit - '0' : (digit | 32) - 'a' + 10;

    private void Enter()
    {
        _depth++;
        Reach(_depth);
    }

    private void Reach(int depth)
    {
        _deepest = Math.Max(_deepest, depth);
        if (depth > DepthMax)
        {
            Fail(IRCodes.TooDeep, $"types and attributes nest more than {DepthMax} deep", Here, "nest them less");
        }
    }

    // Reads what an alias stands for and notes how deep it nests: what is inside an alias counts where the alias is used.
    private T Named<T>(Func<T> read) where T : Interned
    {
        _deepest = 0;
        _readsAlias = true;
        T value = read();
        _readsAlias = false;
        _heights[value] = Math.Max(_heights.GetValueOrDefault(value), _deepest);
        return value;
    }

    private T Used<T>(T aliased) where T : Interned
    {
        Reach(_depth + _heights.GetValueOrDefault(aliased));
        return aliased;
    }

    private void Leave() => _depth--;

    // Unwinds to the operation loop; the mistake is in the bag already.
    private sealed class ParseStop : Exception;
}
