namespace Orchestrator.Targets.Vector;

/// <summary>
/// Estimates how many tokens a model's tokenizer would make of a text: a run of letters and digits counts one for every six characters begun, every other
/// visible character counts one. For English prose this is within about 15 % of byte-pair tokenizers; it errs to the high side for other scripts.
/// </summary>
internal static class TokenCounter
{
    private const int LettersPerToken = 6;

    public static int Count(ReadOnlySpan<char> text)
    {
        int tokens = 0;
        int run = 0;
        foreach (char c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                // Scripts written without spaces take about one token a character.
                tokens += c >= 0x2E80 || run % LettersPerToken == 0 ? 1 : 0;
                run++;
            }
            else
            {
                run = 0;
                tokens += char.IsWhiteSpace(c) || char.IsControl(c) ? 0 : 1;
            }
        }

        return tokens;
    }
}
