using Antlr4.Runtime;
using Orchestrator.Frontend.Generated;

namespace Orchestrator.Frontend.Parsing;

/// <summary>
/// A parser that gives up before its recursion can exhaust the stack. TokenFilter bounds what files can ask for; this bounds what error
/// recovery can make of a broken one.
/// </summary>
internal sealed class BoundedParser(ITokenStream input) : FlowParser(input, TextWriter.Null, TextWriter.Null)
{
    // About twelve rules an operand and one or two hundred bytes a rule: below one megabyte of stack.
    private const int DepthMax = 4000;
    private int _depth;

    public override void EnterRule(ParserRuleContext localctx, int state, int ruleIndex)
    {
        if (++_depth > DepthMax)
        {
            throw new ParserDepthException(CurrentToken);
        }

        base.EnterRule(localctx, state, ruleIndex);
    }

    public override void ExitRule()
    {
        _depth--;
        base.ExitRule();
    }
}

/// <summary>The parser reached its depth at <paramref name="token"/>.</summary>
internal sealed class ParserDepthException(IToken token) : Exception
{
    public IToken Token { get; } = token;
}
