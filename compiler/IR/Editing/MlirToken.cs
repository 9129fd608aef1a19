namespace Orchestrator.IR.Editing;

/// <summary>What an editor tells apart in IR text.</summary>
internal enum MlirTokenKind
{
    Value,
    Block,
    Symbol,
    Attribute,
    Type,
    Word,
    Text,
    Mark,
}

/// <summary>A token with its place; <paramref name="IsFirst"/> when only blanks are before it on its line.</summary>
internal readonly record struct MlirToken(MlirTokenKind Kind, int Start, int End, bool IsFirst)
{
    public int Length => End - Start;
}

/// <summary>Splits any text into tokens, broken or not: what fits nowhere is a mark of one character, a string ends with its line.</summary>
internal static class MlirTokens
{
    public static List<MlirToken> Read(string text, CancellationToken cancellation)
    {
        var tokens = new List<MlirToken>();
        bool first = true;
        for (int at = 0; at < text.Length;)
        {
            char c = text[at];
            if (c is '\n' or ' ' or '\t' or '\r')
            {
                first |= c == '\n';
                at++;
                continue;
            }

            if (c == '/' && at + 1 < text.Length && text[at + 1] == '/')
            {
                int end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
                continue;
            }

            MlirToken token = One(text, at, first);
            tokens.Add(token);
            (at, first) = (token.End, false);
            if ((tokens.Count & 0xFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return tokens;
    }

    private static MlirToken One(string text, int at, bool first)
    {
        char c = text[at];
        if (c == '"')
        {
            return new MlirToken(MlirTokenKind.Text, at, EndOfText(text, at), first);
        }

        if (c == '@' && at + 1 < text.Length && text[at + 1] == '"')
        {
            return new MlirToken(MlirTokenKind.Symbol, at, EndOfText(text, at + 1), first);
        }

        MlirTokenKind? prefixed = c switch
        {
            '%' => MlirTokenKind.Value,
            '^' => MlirTokenKind.Block,
            '@' => MlirTokenKind.Symbol,
            '#' => MlirTokenKind.Attribute,
            '!' => MlirTokenKind.Type,
            _ => null,
        };
        int end = at + 1;
        if (prefixed is { } kind)
        {
            while (end < text.Length && IsNamePart(text[end]))
            {
                end++;
            }

            return new MlirToken(end == at + 1 ? MlirTokenKind.Mark : kind, at, end, first);
        }

        if (char.IsAsciiLetterOrDigit(c) || c == '_')
        {
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '.' or '$'))
            {
                end++;
            }

            return new MlirToken(MlirTokenKind.Word, at, end, first);
        }

        bool two = at + 1 < text.Length && (c, text[at + 1]) is ('-', '>') or (':', ':');
        return new MlirToken(MlirTokenKind.Mark, at, at + (two ? 2 : 1), first);
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '$' or '-';

    private static int EndOfText(string text, int at)
    {
        for (int i = at + 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '"':
                    return i + 1;
                case '\n':
                    return i;
            }
        }

        return text.Length;
    }
}
