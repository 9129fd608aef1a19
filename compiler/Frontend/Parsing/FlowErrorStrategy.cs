using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Generated;

namespace Orchestrator.Frontend.Parsing;

/// <summary>Reports each mistake once in the user's words and goes on at a place where a new sentence can begin.</summary>
internal sealed class FlowErrorStrategy(SourceText source, DiagnosticBag diagnostics, int firstBroken) : DefaultErrorStrategy
{
    private int _lastLine = -1;

    protected override void ReportNoViableAlternative(Parser recognizer, NoViableAltException e) => Add(recognizer, e.OffendingToken, Expected(recognizer, e));

    protected override void ReportInputMismatch(Parser recognizer, InputMismatchException e) => Add(recognizer, e.OffendingToken, e.GetExpectedTokens());

    protected override void ReportUnwantedToken(Parser recognizer)
    {
        if (!InErrorRecoveryMode(recognizer))
        {
            BeginErrorCondition(recognizer);
            Add(recognizer, recognizer.CurrentToken, GetExpectedTokens(recognizer));
        }
    }

    protected override void ReportMissingToken(Parser recognizer)
    {
        if (!InErrorRecoveryMode(recognizer))
        {
            BeginErrorCondition(recognizer);
            Add(recognizer, recognizer.CurrentToken, GetExpectedTokens(recognizer));
        }
    }

    // A closing bracket, or the last word of a line, is not there by accident: without it the next line would be read as its rest.
    protected override IToken? SingleTokenDeletion(Parser recognizer)
    {
        var input = (ITokenStream)recognizer.InputStream;
        bool closes = input.LA(1) is FlowLexer.RBRACE or FlowLexer.RPAREN or FlowLexer.RBRACKET or FlowLexer.TEXT_CLOSE;
        return closes || input.LT(1).Line != input.LT(2).Line ? null : base.SingleTokenDeletion(recognizer);
    }

    // Tokens in the middle of a line rarely begin what the parser would like to see next.
    protected override void ConsumeUntil(Parser recognizer, IntervalSet set)
    {
        var input = (ITokenStream)recognizer.InputStream;
        int depth = 0;
        for (int type = input.LA(1); type != TokenConstants.EOF; type = input.LA(1))
        {
            bool closes = type is FlowLexer.RBRACE or FlowLexer.RPAREN or FlowLexer.RBRACKET or FlowLexer.TEXT_CLOSE;
            bool starts = input.LT(-1) is not { } previous || previous.Line != input.LT(1).Line;
            if (depth == 0 && set.Contains(type) && (closes || starts || type == FlowLexer.COMMA))
            {
                return;
            }

            depth += closes ? -1 : IsOpening(type) ? 1 : 0;
            depth = Math.Max(0, depth);
            recognizer.Consume();
        }
    }

    private static bool IsOpening(int type) => type is FlowLexer.LBRACE or FlowLexer.LPAREN or FlowLexer.CALL or FlowLexer.LBRACKET or FlowLexer.INDEX_OPEN
        or FlowLexer.INTERP_OPEN or FlowLexer.TEXT_OPEN or FlowLexer.TRIPLE_OPEN;

    // The set of a decision describes its first token; when the mistake comes later it would mislead.
    private static IntervalSet? Expected(Parser recognizer, NoViableAltException e) =>
        e.StartToken == e.OffendingToken ? recognizer.GetExpectedTokens() : null;

    private void Add(Parser recognizer, IToken found, IntervalSet? expected)
    {
        // One mistake a line, and none after a bracket that is never closed: the rest would be its consequence.
        if (found.Line == _lastLine || found.StartIndex >= firstBroken || (found.Type == TokenConstants.EOF && diagnostics.HasErrors))
        {
            return;
        }

        _lastLine = found.Line;
        var stream = (CommonTokenStream)recognizer.InputStream;
        IToken? before = found.TokenIndex > 0 ? stream.Get(found.TokenIndex - 1) : null;
        diagnostics.Add(SyntaxMessages.Describe(source, recognizer, found, before, expected));
    }
}
