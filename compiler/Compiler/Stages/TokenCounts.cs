namespace Orchestrator.Compiler.Stages;

/// <summary>
/// How many tokens a value is expected to have, carried along data flow. A token of English text is taken as 4 characters of UTF-8
/// (source: OpenAI's tokenizer documentation, "one token generally corresponds to ~4 characters of text for common English text").
/// </summary>
internal sealed class TokenCounts
{
    /// <summary>Characters, and bytes, of a token.</summary>
    public const double CharactersPerToken = 4;

    private readonly Dictionary<int, TokenCount> _counts = [];

    /// <summary>What is known of a value; nothing when never noted.</summary>
    public TokenCount Of(int value) => _counts.GetValueOrDefault(value, TokenCount.Unknown);

    /// <summary>Notes a value's count.</summary>
    public void Note(int value, TokenCount count) => _counts[value] = count;

    /// <summary>Tokens of a written text.</summary>
    public static double InText(string text) => Math.Ceiling(text.Length / CharactersPerToken);
}

/// <summary>A number of tokens.</summary>
/// <param name="Known">The sum of the parts that are known.</param>
/// <param name="Complete">Whether all parts are.</param>
/// <param name="IsBound">Whether some part is a bound rather than an expectation.</param>
internal readonly record struct TokenCount(double Known, bool Complete, bool IsBound)
{
    /// <summary>Nothing is known.</summary>
    public static TokenCount Unknown => new(0, false, false);

    /// <summary>An expected number.</summary>
    public static TokenCount Exactly(double tokens) => new(tokens, true, false);

    /// <summary>A number that is not exceeded.</summary>
    public static TokenCount AtMost(double tokens) => new(tokens, true, true);

    /// <summary>Both together.</summary>
    public static TokenCount operator +(TokenCount a, TokenCount b) => new(a.Known + b.Known, a.Complete && b.Complete, a.IsBound || b.IsBound);

    /// <summary>The larger.</summary>
    public static TokenCount Max(TokenCount a, TokenCount b) => new(Math.Max(a.Known, b.Known), a.Complete && b.Complete, a.IsBound || b.IsBound);

    /// <summary>Bytes of the text, null when not all is known.</summary>
    public double? Data => Complete ? Known * TokenCounts.CharactersPerToken : null;

    /// <summary>The tokens, null when not all is known.</summary>
    public double? Tokens => Complete ? Known : null;
}
