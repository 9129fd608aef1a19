using Antlr4.Runtime;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Generated;

namespace Orchestrator.Frontend.Parsing;

/// <summary>
/// Prepares the tokens for the parser: joins numbers with their units, tells the bracket of a call from that of a group and a minus
/// from a sign (by the token and the line before), reports what the lexer could not read and brackets without a partner,
/// and bounds depth, so that neither the parser nor what follows can run out of stack.
/// </summary>
internal sealed class TokenFilter(SourceText source, DiagnosticBag diagnostics)
{
    /// <summary>Brackets, texts and blocks inside each other at most.</summary>
    public const int DepthMax = 64;

    /// <summary>Operators in a row at most, summed over everything that is open.</summary>
    public const int ChainMax = 400;

    private readonly List<IToken> _kept = [];
    private readonly List<IToken> _open = [];
    private readonly List<int> _chains = [0];
    private int _chainTotal;

    /// <summary>The offset of the first bracket or text without an end; what the parser finds after it is a consequence.</summary>
    public int FirstBroken { get; private set; } = int.MaxValue;

    /// <summary>Whether the parser may run at all.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>The tokens that the parser sees; the last is the end of the file.</summary>
    public List<IToken> Run(IList<IToken> tokens)
    {
        for (int i = 0; i < tokens.Count && !IsTooDeep; i++)
        {
            if (tokens[i].Channel != Lexer.DefaultTokenChannel || Dropped(tokens, ref i))
            {
                continue;
            }

            var token = (CommonToken)tokens[i];
            i = JoinUnit(tokens, i, ref token);
            Classify(token);
            Track(token);
            _kept.Add(token);
        }

        CloseAll();
        return _kept;
    }

    /// <summary>Where a token stands.</summary>
    public static SourceSpan SpanOf(SourceText source, IToken token) =>
        token.Type == TokenConstants.EOF
            ? new SourceSpan(source, source.Text.Length, 0)
            : new SourceSpan(source, token.StartIndex, Math.Max(1, token.StopIndex - token.StartIndex + 1));

    private SourceSpan SpanOf(IToken token) => SpanOf(source, token);

    private bool Dropped(IList<IToken> tokens, ref int i)
    {
        IToken token = tokens[i];
        if (token.Type == FlowLexer.STRAY)
        {
            diagnostics.Error(FlowCodes.Lexical, "this '}' closes nothing in the text", SpanOf(token), "write '}}' for a brace in text, or open the inserted value with '{'");
            return true;
        }

        if (token.Type != FlowLexer.BAD)
        {
            return false;
        }

        int end = i;
        while (end + 1 < tokens.Count && tokens[end + 1].Type == FlowLexer.BAD)
        {
            end++;
        }

        string text = source.Text[token.StartIndex..(tokens[end].StopIndex + 1)];
        diagnostics.Error(
            FlowCodes.Lexical, $"'{SyntaxMessages.Shorten(text)}' has no meaning in Flow", SpanOf(token) with { Length = text.Length }, SyntaxMessages.RemedyForCharacters(text));
        i = end;
        return true;
    }

    private static int JoinUnit(IList<IToken> tokens, int i, ref CommonToken token)
    {
        if (token.Type != FlowLexer.NUMBER || i + 1 >= tokens.Count)
        {
            return i;
        }

        int next = i + 1;
        if (tokens[next].Type == FlowLexer.SLASH && next + 1 < tokens.Count && tokens[next + 1].Type == FlowLexer.NAME && Units.IsRate(tokens[next + 1].Text))
        {
            token = Joined(token, tokens[next + 1], "/" + tokens[next + 1].Text);
            return next + 1;
        }

        while (next < tokens.Count && tokens[next].Type == FlowLexer.SPACE && tokens[next].Line == token.Line && !tokens[next].Text.Contains('\n', StringComparison.Ordinal))
        {
            next++;
        }

        if (next >= tokens.Count)
        {
            return i;
        }

        IToken unit = tokens[next];
        bool isUnit = unit.Type == FlowLexer.PERCENT
            || (unit.Type == FlowLexer.NAME && Units.IsWord(unit.Text) && Next(tokens, next)?.Type is not (FlowLexer.ASSIGN or FlowLexer.LPAREN));
        if (!isUnit)
        {
            return i;
        }

        token = Joined(token, unit, unit.Text);
        return next;
    }

    private static CommonToken Joined(CommonToken number, IToken unit, string name) =>
        new(number) { Type = FlowLexer.QUANTITY, StopIndex = unit.StopIndex, Text = number.Text + " " + name };

    private static IToken? Next(IList<IToken> tokens, int i)
    {
        for (int j = i + 1; j < tokens.Count; j++)
        {
            if (tokens[j].Channel == Lexer.DefaultTokenChannel)
            {
                return tokens[j];
            }
        }

        return null;
    }

    private void Classify(CommonToken token)
    {
        IToken? previous = _kept.Count > 0 ? _kept[^1] : null;
        bool sameLine = previous is not null && (previous.Line == token.Line || (_open.Count > 0 && !IsBrace(_open[^1])));
        switch (token.Type)
        {
            case FlowLexer.LPAREN when sameLine && IsName(previous!):
                token.Type = FlowLexer.CALL;
                break;
            case FlowLexer.LBRACKET when sameLine && EndsValue(previous!):
                token.Type = FlowLexer.INDEX_OPEN;
                break;
            case FlowLexer.MINUS when !sameLine || !EndsValue(previous!):
                // A line may begin with '- x' only as the rest of a value in brackets; elsewhere it is a sign.
                token.Type = FlowLexer.NEGATE;
                break;
            case FlowLexer.TEXT_EOL:
                token.Type = FlowLexer.TEXT_CLOSE;
                IToken start = _kept.FindLast(t => t.Type == FlowLexer.TEXT_OPEN) ?? token;
                Break(start.StartIndex);
                diagnostics.Error(FlowCodes.Lexical, "this text is not closed on its line", SpanOf(start), "end it with '\"', or write text of several lines between '\"\"\"' and '\"\"\"'");
                break;
            case FlowLexer.PERCENT:
                diagnostics.Error(FlowCodes.Lexical, "'%' stands after a number only", SpanOf(token), "write a share as '75 %'");
                break;
        }

    }

    private static bool IsBrace(IToken token) => token.Type == FlowLexer.LBRACE;

    private static bool IsName(IToken token) => token.Type == FlowLexer.NAME || token.Type is >= FlowLexer.MODEL and <= FlowLexer.OUT;

    private static bool EndsValue(IToken token) => IsName(token) || token.Type is FlowLexer.NUMBER or FlowLexer.QUANTITY or FlowLexer.MONEY
        or FlowLexer.TEXT_CLOSE or FlowLexer.RPAREN or FlowLexer.RBRACKET or FlowLexer.RBRACE or FlowLexer.TRUE or FlowLexer.FALSE;

    private void Break(int offset) => FirstBroken = Math.Min(FirstBroken, offset);

    private void Track(IToken token)
    {
        switch (token.Type)
        {
            case FlowLexer.LPAREN or FlowLexer.CALL or FlowLexer.LBRACKET or FlowLexer.INDEX_OPEN or FlowLexer.LBRACE or FlowLexer.INTERP_OPEN
                or FlowLexer.TEXT_OPEN or FlowLexer.TRIPLE_OPEN:
                Open(token);
                break;
            case FlowLexer.RPAREN or FlowLexer.RBRACKET or FlowLexer.RBRACE or FlowLexer.TEXT_CLOSE:
                Close(token);
                break;
            case FlowLexer.WORKFLOW or FlowLexer.IMPORT when _open.Count > 0 && !IsLabel():
                // No block holds a declaration: what is open was forgotten.
                CloseAll();
                break;
            case FlowLexer.ASSIGN or FlowLexer.COMMA or FlowLexer.FAT_ARROW or FlowLexer.UNTIL or FlowLexer.SEMI:
                _chainTotal -= _chains[^1];
                _chains[^1] = 0;
                break;
            case >= FlowLexer.LE and <= FlowLexer.GT or FlowLexer.DEFAULT or FlowLexer.PLUS or FlowLexer.MINUS or FlowLexer.STAR or FlowLexer.SLASH
                or FlowLexer.DOT or FlowLexer.NEGATE or FlowLexer.NOT or FlowLexer.AND or FlowLexer.OR or FlowLexer.ELSE or FlowLexer.QUESTION
                or FlowLexer.HUMAN or FlowLexer.REPEAT or FlowLexer.FOR or FlowLexer.IF or FlowLexer.MATCH:
                Chain(token);
                break;
        }
    }

    private bool IsLabel() => _kept.Count > 0 && _kept[^1].Type is FlowLexer.DOT or FlowLexer.COMMA or FlowLexer.LPAREN or FlowLexer.CALL;

    private void Chain(IToken token)
    {
        _chains[^1]++;
        if (++_chainTotal > ChainMax)
        {
            IsTooDeep = true;
            diagnostics.Error(FlowCodes.TooLarge, $"this is more than {ChainMax} operations in one expression", SpanOf(token), "give parts of it names of their own");
        }
    }

    private void Open(IToken token)
    {
        _open.Add(token);
        _chains.Add(0);
        if (_open.Count > DepthMax)
        {
            IsTooDeep = true;
            diagnostics.Error(FlowCodes.TooLarge, $"this is nested more than {DepthMax} deep", SpanOf(token), "give inner parts names, or make them workflows of their own");
        }
    }

    private void Close(IToken token)
    {
        if (_open.Count == 0)
        {
            Break(token.StartIndex);
            diagnostics.Error(FlowCodes.Bracket, $"this '{token.Text}' closes nothing", SpanOf(token), "remove it, or open it before");
            return;
        }

        IToken open = _open[^1];
        if (Partner(open) != token.Type)
        {
            Break(open.StartIndex);
            int partner = _open.FindLastIndex(o => Partner(o) == token.Type);
            diagnostics.Add(Diagnostic.Error(
                FlowCodes.Bracket, $"'{token.Text}' comes before '{open.Text}' is closed", SpanOf(token), $"close it with '{Closer(open)}' first")
                .WithNote($"'{open.Text}' is opened here", SpanOf(open)));
            Pop(partner < 0 ? _open.Count : partner);
            return;
        }

        Pop(_open.Count - 1);
    }

    private void Pop(int to)
    {
        for (int i = _open.Count - 1; i >= to; i--)
        {
            _open.RemoveAt(i);
            _chainTotal -= _chains[^1];
            _chains.RemoveAt(_chains.Count - 1);
        }
    }

    private void CloseAll()
    {
        if (_open.Count > 0 && !IsTooDeep)
        {
            // The outermost is the one that the reader misses; the others follow from it.
            IToken open = _open[^1];
            if (FirstBroken == int.MaxValue)
            {
                string what = open.Type is FlowLexer.TEXT_OPEN or FlowLexer.TRIPLE_OPEN ? "this text" : $"this '{open.Text}'";
                diagnostics.Error(FlowCodes.Bracket, $"{what} is never closed", SpanOf(open), $"add '{Closer(open)}'");
            }

            Break(open.StartIndex);
        }

        Pop(0);
    }

    private static int Partner(IToken open) => open.Type switch
    {
        FlowLexer.LPAREN or FlowLexer.CALL => FlowLexer.RPAREN,
        FlowLexer.LBRACKET or FlowLexer.INDEX_OPEN => FlowLexer.RBRACKET,
        FlowLexer.TEXT_OPEN or FlowLexer.TRIPLE_OPEN => FlowLexer.TEXT_CLOSE,
        _ => FlowLexer.RBRACE,
    };

    private static string Closer(IToken open) => open.Type switch
    {
        FlowLexer.TEXT_OPEN => "\"",
        FlowLexer.TRIPLE_OPEN => "\"\"\"",
        _ => Partner(open) switch { FlowLexer.RPAREN => ")", FlowLexer.RBRACKET => "]", _ => "}" },
    };
}
