using Antlr4.Runtime;

namespace Orchestrator.Frontend.Generated;

/// <summary>What the generated lexer is built on: a brace that closes nothing must not end the lexer.</summary>
public abstract class FlowLexerBase : Lexer
{
    private int _modes;

    /// <summary>A lexer over <paramref name="input"/>.</summary>
    protected FlowLexerBase(ICharStream input, TextWriter output, TextWriter errorOutput) : base(input, output, errorOutput)
    {
    }

    /// <inheritdoc/>
    public override void PushMode(int m)
    {
        _modes++;
        base.PushMode(m);
    }

    /// <inheritdoc/>
    public override int PopMode()
    {
        if (_modes == 0)
        {
            // A stray '}': TokenFilter reports it with its place.
            return CurrentMode;
        }

        _modes--;
        return base.PopMode();
    }
}
