using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Resource sections, {-# key: { group: { name: value } } #-}.
public sealed partial class IRParser
{
    private void ParseResources()
    {
        Advance();
        ParseEntries(TokenKind.MetadataEnd, "'#-}'", () =>
        {
            SourceSpan at = Here;
            string section = TakeResourceWord();
            Expect(TokenKind.Colon, "':'");
            if (section is not ("dialect_resources" or "external_resources"))
            {
                Fail(IRCodes.Syntax, $"a file holds no '{section}'", at, "write dialect_resources or external_resources");
            }

            Expect(TokenKind.LeftBrace, "'{'");
            ParseEntries(TokenKind.RightBrace, "'}'", () => ParseResourceGroup(section == "external_resources"));
        });
    }

    private void ParseResourceGroup(bool external)
    {
        SourceSpan at = Here;
        string group = TakeResourceWord();
        Expect(TokenKind.Colon, "':'");
        Expect(TokenKind.LeftBrace, "'{'");
        if (!external && group != "builtin")
        {
            Fail(IRCodes.UnknownDialectSymbol, $"dialect '{group}' has no resources", at, "only builtin has; use external_resources for others");
        }

        ParseEntries(TokenKind.RightBrace, "'}'", () => ParseResource(group, external));
    }

    private void ParseResource(string group, bool external)
    {
        string key = TakeResourceKey();
        Expect(TokenKind.Colon, "':'");
        Token value = _token;
        Advance();
        bool isBlob = value.Kind == TokenKind.String && TextOf(value).StartsWith("\"0x", StringComparison.Ordinal);
        if (!external && !isBlob)
        {
            Fail(IRCodes.Syntax, $"the resource {key} is not a string of hexadecimal digits", SpanOf(value), "write \"0x\" and its bytes");
        }

        if (isBlob)
        {
            byte[] bytes = BlobOf(value, key);
            if (external)
            {
                _resources.AddBlob(group, key, bytes);
            }
            else
            {
                _resources.SetBlob(key, bytes);
            }
        }
        else if (value.Kind == TokenKind.String)
        {
            _resources.Add(group, key, StringAttr.Decode(Unescape(value.Start + 1, value.End - 1)));
        }
        else if (value.Kind == TokenKind.BareId && TextOf(value) is "true" or "false")
        {
            _resources.Add(group, key, TextOf(value) == "true");
        }
        else
        {
            Fail(IRCodes.Syntax, $"the value of {key} is no string", SpanOf(value), "write a string, true or false");
        }
    }

    private byte[] BlobOf(Token value, string key)
    {
        ReadOnlySpan<byte> digits = _text.AsSpan(value.Start + 3, value.Length - 4);
        byte[] bytes = new byte[digits.Length / 2];
        bool hex = digits.Length % 2 == 0 && Convert.FromHexString(digits, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        string? problem = hex ? ResourceSection.Problem(bytes) : "the bytes are not pairs of hexadecimal digits";
        if (problem is not null)
        {
            Fail(IRCodes.Syntax, $"{problem}: {key}", SpanOf(value), "write \"0x\", the alignment in four bytes and the data");
        }

        return bytes;
    }

    // Entries separated by commas up to the closing token.
    private void ParseEntries(TokenKind close, string closeText, Action parse)
    {
        if (TryTake(close))
        {
            return;
        }

        do
        {
            parse();
        }
        while (TryTake(TokenKind.Comma));
        Expect(close, $"',' or {closeText}");
    }

    private string TakeResourceWord()
    {
        if (_token.Kind != TokenKind.BareId)
        {
            Fail(IRCodes.Syntax, "a name is missing", Here, "write a word");
        }

        string word = Word(_token);
        Advance();
        return word;
    }

    private string TakeResourceKey() => _token.Kind == TokenKind.String ? TakeString() : TakeResourceWord();
}
