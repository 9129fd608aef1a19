using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// One comment that expects diagnostics. Line 0 means no place in the file.
internal sealed record Expectation(Severity Severity, int Line, string Text, Regex? Pattern, int CountMin, int CountMax, SourceSpan Span)
{
    public bool Matches(string message, string code) =>
        Pattern?.IsMatch(message) ?? (message.Contains(Text, StringComparison.Ordinal) || (code.Length > 0 && Text == code));

    // Literal text with regular expressions in double braces, as one regular expression; null when one of them is none. Matching takes time
    // linear in the message, so that no pattern can hang.
    public static Regex? ToPattern(string text)
    {
        var pattern = new StringBuilder();
        for (int at = 0; at < text.Length;)
        {
            int open = text.IndexOf("{{", at, StringComparison.Ordinal);
            int close = open < 0 ? -1 : text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                pattern.Append(Regex.Escape(text[at..]));
                break;
            }

            // A quantifier in braces may end the expression: {{[0-9]{2}}}.
            while (close + 2 < text.Length && text[close + 2] == '}')
            {
                close++;
            }

            pattern.Append(Regex.Escape(text[at..open])).Append("(?:").Append(text, open + 2, close - open - 2).Append(')');
            at = close + 2;
        }

        try
        {
            return new Regex(pattern.ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
