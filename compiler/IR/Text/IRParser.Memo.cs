using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Spellings that were read before. What a spelling means does not change within a file: aliases are defined once and before they are used.
public sealed partial class IRParser
{
    // Longer spellings are not worth looking for.
    private const int MemoLengthMax = 512;

    private readonly SpanTable<DictionaryAttr> _dictionaries;
    private readonly SpanTable<Signature> _signatures;
    private readonly SpanTable<string> _words;
    private readonly PartStack<IRType> _types = new();

    // Types of the operands and results of an operation.
    private sealed record Signature(IRType[] Operands, IRType[] Results)
    {
        public static Signature Empty { get; } = new([], []);
    }

    // '<' attribute '>'.
    private Attr ParseProperties()
    {
        Advance();
        Attr properties = _token.Kind == TokenKind.LeftBrace ? ParseDictionary() : ParseAttribute();
        Expect(TokenKind.Greater, "'>' after the properties");
        return properties;
    }

    private DictionaryAttr ParseDictionary()
    {
        int start = _token.Start;
        int end = _token.Kind == TokenKind.LeftBrace ? EndOfBraces(start) : start;
        if (!_readsAlias && _dictionaries.TryGet(start, end - start, out DictionaryAttr known))
        {
            Resume(end);
            return known;
        }

        DictionaryAttr dictionary = ParseDictionaryEntries();
        if (_previousEnd == end)
        {
            _dictionaries.Add(start, end - start, dictionary);
        }

        return dictionary;
    }

    // Where the brace that opens at start closes on the same line, or start when that is not seen at once. A wrong answer does no harm: what is
    // remembered is what the parser read up to there.
    private int EndOfBraces(int start)
    {
        int depth = 0;
        int limit = Math.Min(_length, start + MemoLengthMax);
        for (int at = start; at < limit; at++)
        {
            switch (_text[at])
            {
                case (byte)'{':
                    depth++;
                    break;
                case (byte)'}':
                    if (--depth == 0)
                    {
                        return at + 1;
                    }

                    break;
                case (byte)'"':
                    int quote = _text.AsSpan(at + 1, limit - at - 1).IndexOf((byte)'"');
                    if (quote < 0)
                    {
                        return start;
                    }

                    at += quote + 1;
                    break;
                case (byte)'\n' or (byte)'\\':
                    return start;
            }
        }

        return start;
    }

    // ':' and the function type of an operation. What stands from the colon to the end of the line is looked up first.
    private Signature ParseSignature()
    {
        int start = _token.Start;
        int length = _text.AsSpan(start, Math.Min(MemoLengthMax, _length - start)).IndexOf((byte)'\n');
        if (length > 0 && _signatures.TryGet(start, length, out Signature known))
        {
            Resume(start + length);
            return known;
        }

        Expect(TokenKind.Colon, "':' and the operation's type");
        SourceSpan span = Here;
        if (_token.Kind != TokenKind.LeftParen)
        {
            return SignatureOf(ParseType(), span);
        }

        Advance();
        int mark = _types.Count;
        ParseTypesUntilParen(_types);
        IRType[] operands = _types.From(mark).ToArray();
        _types.Cut(mark);
        Expect(TokenKind.Arrow, "'->' before the result types");
        if (TryTake(TokenKind.LeftParen))
        {
            ParseTypesUntilParen(_types);
        }
        else
        {
            _types.Push(ParseTypeNoFunction());
        }

        var signature = new Signature(operands, _types.From(mark).ToArray());
        _types.Cut(mark);
        if (_previousEnd <= start + length && _token.Start >= start + length)
        {
            _signatures.Add(start, length, signature);
        }

        return signature;
    }

    // The type may be an alias of a function type.
    private Signature SignatureOf(IRType type, SourceSpan span)
    {
        if (type is not FunctionType function)
        {
            Fail(IRCodes.Syntax, $"the type of an operation is not {type}", span, "write (operand types) -> result types");
            return Signature.Empty;
        }

        return new Signature([.. function.Inputs], [.. function.Results]);
    }

    // A name that is held once however often it stands in the text.
    private string Word(Token token)
    {
        if (!_words.TryGet(token.Start, token.Length, out string word))
        {
            word = TextAt(token.Start, token.Length);
            _words.Add(token.Start, token.Length, word);
        }

        return word;
    }
}
