using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Finds the comments that expect diagnostics, in a text that is held as bytes.
internal sealed partial class ExpectationReader(SourceText source, DiagnosticBag mistakes)
{
    private readonly List<Expectation> _found = [];

    // Expectations of the next line that has none itself, by their places in the list.
    private readonly List<int> _below = [];

    // The last line that had no expectation.
    private int _above;

    public static IReadOnlyList<Expectation> Read(SourceText source, DiagnosticBag mistakes)
    {
        var reader = new ExpectationReader(source, mistakes);
        int line = 1;
        foreach (string text in source.Text.Split('\n'))
        {
            reader.ReadLine(text.TrimEnd('\r'), line++);
        }

        return reader._found;
    }

    private void ReadLine(string text, int line)
    {
        int comment = text.IndexOf("//", StringComparison.Ordinal);
        bool any = false;
        for (int at = comment; at >= 0 && at < text.Length;)
        {
            Match head = Head().Match(text, at);
            if (!head.Success)
            {
                break;
            }

            at = head.Index + head.Length;
            int end = head.Groups["open"].Success ? End(text, at, head.Groups["re"].Success) : -1;
            if (end >= 0)
            {
                any = true;
                Add(head, text[at..end], line, Span(text, line, head.Index, end + 2));
                at = end + 2;
            }
            else if (head.Groups["open"].Success || head.Groups["at"].Success || head.Groups["count"].Success)
            {
                mistakes.Error(IRCodes.ExpectationSyntax, "an expectation has no text in double braces", Span(text, line, head.Index, head.Index + head.Length),
                    "write expected-error@+1 {{part of the message}}, on one line");
            }
        }

        if (!any)
        {
            _above = line;
            foreach (int index in _below)
            {
                _found[index] = _found[index] with { Line = line };
            }

            _below.Clear();
        }
    }

    // Places in the file are counted in bytes.
    private SourceSpan Span(string text, int line, int start, int end) =>
        new(source, source.OffsetOf(line, 1 + Encoding.UTF8.GetByteCount(text.AsSpan(0, start))), Encoding.UTF8.GetByteCount(text.AsSpan(start, end - start)));

    private void Add(Match head, string text, int line, SourceSpan span)
    {
        string at = head.Groups["at"].Value;
        if (at == "@below")
        {
            _below.Add(_found.Count);
        }

        int meant = at switch
        {
            "" => line,
            "@unknown" => 0,
            "@above" => _above,
            "@below" => line + 1,
            _ => int.TryParse(at.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int offset) ? line + offset : line,
        };
        Severity severity = head.Groups["kind"].Value switch
        {
            "error" => Severity.Error,
            "warning" => Severity.Warning,
            "remark" => Severity.Remark,
            _ => Severity.Note,
        };
        (int min, int max) = Count(head.Groups["count"].Value);
        Regex? pattern = head.Groups["re"].Success ? Expectation.ToPattern(text) : null;
        if (head.Groups["re"].Success && pattern is null)
        {
            mistakes.Error(IRCodes.ExpectationSyntax, $"'{text}' holds no regular expression that can be used", span,
                "correct what stands in the inner braces; it may not look back or ahead");
            pattern = Expectation.ToPattern("");
        }

        _found.Add(new Expectation(severity, meant, text, pattern, min, max, span));
    }

    // "" is once, "3" three times, "1+" and "+" at least once, "*" any number of times.
    private static (int Min, int Max) Count(string text)
    {
        bool open = text.EndsWith('+') || text == "*";
        int number = int.TryParse(text.TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : text == "*" ? 0 : 1;
        return (number, open ? int.MaxValue : number);
    }

    // Where the closing braces are. Without inner braces the first ones close, unless the line ends in braces and nothing else is expected on it.
    private static int End(string text, int from, bool nested)
    {
        int next = text.IndexOf("expected-", from, StringComparison.Ordinal);
        if (next < 0 && text.TrimEnd().EndsWith("}}", StringComparison.Ordinal))
        {
            int last = text.TrimEnd().Length - 2;
            return last >= from ? last : -1;
        }

        int depth = 0;
        for (int i = from; i + 1 < text.Length; i++)
        {
            if (nested && text[i] == '{' && text[i + 1] == '{')
            {
                depth++;
                i++;
            }
            else if (text[i] == '}' && text[i + 1] == '}')
            {
                if (depth == 0)
                {
                    return i;
                }

                depth--;
                i++;
            }
        }

        return -1;
    }

    [GeneratedRegex(@"expected-(?<kind>error|warning|remark|note)(?<re>-re)?\s*(?<at>@[+-]\d+|@above\b|@below\b|@unknown\b)?\s*(?<count>\d+\+?|\+|\*)?\s*(?<open>\{\{)?")]
    private static partial Regex Head();
}
