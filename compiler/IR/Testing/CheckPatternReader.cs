using System.Globalization;
using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR.Testing;

/// <summary>Reads the text of a check line: literal stretches, <c>{{regex}}</c>, <c>[[NAME:regex]]</c>, <c>[[NAME]]</c>, <c>[[#…]]</c>.</summary>
internal sealed class CheckPatternReader(CheckOptions options, DiagnosticBag diagnostics)
{
    private const int BackReferenceMax = 9;

    // What the lines so far set: texts, and numbers with their formats.
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NumericFormat> _numbers = new(StringComparer.Ordinal);

    private readonly List<PatternPart> _parts = [];
    private readonly List<PatternVariable> _defines = [];
    private readonly StringBuilder _regex = new();
    private int _groups;
    private bool _hasChoices;
    private bool _failed;

    /// <summary>Notes that a number of this name is set from outside.</summary>
    public void Declare(string name, NumericFormat format) => _numbers[name] = format;

    /// <summary>The pattern, or null when it cannot be read; the mistake was reported.</summary>
    public CheckPattern? Read(string text, SourceSpan span, int line, bool literal, bool excludes)
    {
        bool full = options.MatchFullLines && !excludes; // What is excluded is so anywhere on a line.
        if (literal || (!full && !text.Contains("{{", StringComparison.Ordinal) && !text.Contains("[[", StringComparison.Ordinal)))
        {
            return new CheckPattern { Written = text, Literal = text, IgnoreCase = options.IgnoreCase };
        }

        _parts.Clear();
        _regex.Clear();
        _regex.Append(full ? options.StrictWhitespace ? "^" : "^ *" : "");
        (_groups, _hasChoices, _failed) = (0, false, false);
        var defines = new List<PatternVariable>();
        _defines.Clear();
        int at = 0;
        while (at < text.Length && !_failed)
        {
            ReadOnlySpan<char> rest = text.AsSpan(at);
            if (rest.StartsWith("{{"))
            {
                at = ReadRegex(text, at, span);
            }
            else if (rest.StartsWith("[["))
            {
                at = ReadVariable(text, at, span, line);
            }
            else
            {
                int end = NextSpecial(text, at + 1);
                _regex.Append(PosixRegex.Escape(text.AsSpan(at, end - at)));
                at = end;
            }
        }

        _regex.Append(full ? options.StrictWhitespace ? "$" : " *$" : "");
        Flush();
        defines.AddRange(_defines);
        return _failed ? null : new CheckPattern { Written = text, Parts = [.. _parts], Defines = defines, IgnoreCase = options.IgnoreCase, HasChoices = _hasChoices };
    }

    private static int NextSpecial(string text, int from)
    {
        int regex = text.IndexOf("{{", from, StringComparison.Ordinal);
        int variable = text.IndexOf("[[", from, StringComparison.Ordinal);
        return Math.Min(regex < 0 ? text.Length : regex, variable < 0 ? text.Length : variable);
    }

    private int ReadRegex(string text, int at, SourceSpan span)
    {
        int end = text.IndexOf("}}", at, StringComparison.Ordinal);
        if (end < 0)
        {
            Error(TestCodes.CheckSyntax, "found start of regex string with no end '}}'", span, at, 2, "close it with }}");
            return text.Length;
        }

        // Alternatives reach to the brackets only, not over the whole line.
        bool grouped = text.AsSpan(at).Contains('|');
        _regex.Append(grouped ? "(" : "");
        _groups += grouped ? 1 : 0;
        AddRegex(text[(at + 2)..end], span, at + 2);
        _regex.Append(grouped ? ")" : "");
        return end + 2;
    }

    private int ReadVariable(string text, int at, SourceSpan span, int line)
    {
        int end = EndOfVariable(text, at + 2);
        if (end < 0)
        {
            Error(TestCodes.Substitution, "invalid substitution block, no ]] found", span, at, 2, "close it with ]]");
            return text.Length;
        }

        string inside = text[(at + 2)..end];
        if (inside.StartsWith('#'))
        {
            ReadNumber(inside[1..], span, at + 3, line);
        }
        else if (inside.StartsWith('@'))
        {
            ReadNumber(inside, span, at + 2, line);
        }
        else
        {
            ReadText(inside, span, at + 2);
        }

        return end + 2;
    }

    private void ReadText(string inside, SourceSpan span, int at)
    {
        int? nameEnd = CheckNames.End(inside, 0);
        if (nameEnd is not { } end || (end < inside.Length && inside[end] != ':'))
        {
            Error(TestCodes.Substitution, $"'{inside}' is no variable", span, at, inside.Length, "write [[NAME:regex]] to set it, [[NAME]] to use it, [[#NAME]] for a number");
            return;
        }

        string name = inside[..end];
        if (end == inside.Length)
        {
            PatternVariable earlier = _defines.FirstOrDefault(d => d.Name == name && d.Format is null);
            if (earlier.Name is null)
            {
                Flush();
                _parts.Add(new PatternPart(null, name, null, default));
            }
            else if (earlier.Group > BackReferenceMax)
            {
                Error(TestCodes.Substitution, "can't back-reference more than 9 variables", span, at, inside.Length, "split the line with CHECK-SAME");
            }
            else
            {
                _regex.Append(CultureInfo.InvariantCulture, $"(?:\\{earlier.Group})");
            }

            return;
        }

        if (_numbers.ContainsKey(name))
        {
            Error(TestCodes.Substitution, $"numeric variable with name '{name}' already exists", span, at, end, "choose another name");
            return;
        }

        _texts.Add(name);
        _regex.Append('(');
        _defines.Add(new PatternVariable(name, ++_groups, null));
        AddRegex(inside[(end + 1)..], span, at + end + 1);
        _regex.Append(')');
    }

    private void ReadNumber(string inside, SourceSpan span, int at, int line)
    {
        var reader = new NumericReader(inside, line, name => _numbers.TryGetValue(name, out NumericFormat format) ? format : null);
        if (reader.Read() is not { } block)
        {
            Error(TestCodes.Substitution, reader.Problem ?? "no number", span, at + reader.ProblemAt, Math.Max(1, inside.Length - reader.ProblemAt),
                "write [[#]], [[#NAME:]], [[#NAME]], [[#NAME+1]] or [[#%x,NAME:]]");
            return;
        }

        string? early = block.Value?.Variables.FirstOrDefault(v => _defines.Any(d => d.Name == v));
        if (early is not null || (block.Define is { } taken && _texts.Contains(taken)))
        {
            Error(TestCodes.Substitution, early is not null ? $"numeric variable '{early}' defined earlier in the same CHECK directive" : $"string variable with name '{block.Define}' already exists",
                span, at, inside.Length, early is not null ? "use it on a line of its own, such as CHECK-SAME" : "choose another name");
            return;
        }

        if (block.Define is { } name)
        {
            if (_numbers.TryGetValue(name, out NumericFormat before) && before != block.Format)
            {
                Error(TestCodes.Substitution, $"format of '{name}' is {block.Format}, but {before} where it was set before", span, at, inside.Length, "choose another name, or write the same format");
                return;
            }

            _numbers[name] = block.Format;
            _regex.Append('(');
            _defines.Add(new PatternVariable(name, ++_groups, block.Format));
        }

        if (block.Value is { } value)
        {
            Flush();
            _parts.Add(new PatternPart(null, null, value, block.Format));
        }
        else
        {
            _regex.Append(block.Format.Wildcard);
        }

        _regex.Append(block.Define is null ? "" : ")");
    }

    // The end of [[…]]: the first ]] outside brackets, and not after a backslash.
    private static int EndOfVariable(string text, int from)
    {
        int depth = 0;
        for (int at = from; at < text.Length; at++)
        {
            if (depth == 0 && text.AsSpan(at).StartsWith("]]"))
            {
                return at;
            }

            switch (text[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    depth++;
                    break;
                case ']' when --depth < 0:
                    return -1;
            }
        }

        return -1;
    }

    private void AddRegex(string posix, SourceSpan span, int at)
    {
        var regex = new PosixRegex(posix);
        string? translated = regex.Translate();
        if (translated is null)
        {
            Error(TestCodes.Regex, $"invalid regex: {regex.Problem}", span, at, Math.Max(1, posix.Length), "write a POSIX extended regular expression");
            return;
        }

        _groups += regex.Groups;
        _hasChoices |= regex.HasChoices;
        _regex.Append(translated);
    }

    private void Flush()
    {
        if (_regex.Length > 0)
        {
            _parts.Add(new PatternPart(_regex.ToString(), null, null, default));
            _regex.Clear();
        }
    }

    // Blanks may have been folded, so the place inside the line is where it is in the folded text; the line is what counts.
    private void Error(string code, string message, SourceSpan span, int offset, int length, string remedy)
    {
        _failed = true;
        int start = Math.Min(offset, Math.Max(0, span.Length - 1));
        diagnostics.Error(code, message, new SourceSpan(span.Source, span.Start + start, Math.Clamp(span.Length - start, 1, Math.Max(1, length))), remedy);
    }
}
