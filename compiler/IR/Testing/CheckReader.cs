using System.Globalization;
using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR.Testing;

/// <summary>Finds the check lines of a file. A prefix counts where it is a word of its own and a known kind follows it.</summary>
internal sealed class CheckReader(SourceText source, CheckOptions options, DiagnosticBag diagnostics)
{
    private static readonly (string Word, CheckKind Kind)[] Kinds =
    [
        ("NEXT", CheckKind.Next), ("SAME", CheckKind.Same), ("NOT", CheckKind.Not), ("DAG", CheckKind.Dag), ("LABEL", CheckKind.Label), ("EMPTY", CheckKind.Empty),
    ];

    private static readonly string[] Impossible = ["DAG-NOT:", "NOT-DAG:", "NEXT-NOT:", "NOT-NEXT:", "SAME-NOT:", "NOT-SAME:", "EMPTY-NOT:", "NOT-EMPTY:"];

    private readonly string _text = source.Text;
    private readonly string[] _prefixes = [.. options.Prefixes.Concat(options.CommentPrefixes).OrderByDescending(p => p.Length).ThenBy(p => p, StringComparer.Ordinal)];
    private readonly CheckPatternReader _patterns = new(options, diagnostics);
    private readonly List<CheckDirective> _directives = [];
    private List<CheckDirective> _before = [];

    /// <summary>The check lines, or null when one cannot be read or there is none; what is wrong was reported.</summary>
    public IReadOnlyList<CheckDirective>? Read(CheckVariables variables)
    {
        if (!Define(variables) || Implicit() is not { } everywhere)
        {
            return null;
        }

        _before = [.. everywhere];
        bool any = false;
        int at = 0;
        while (NextPrefix(at) is { } found)
        {
            at = found.At + found.Prefix.Length;
            if (Head.Read(_text, at, options.CommentPrefixes.Contains(found.Prefix)) is not { } head)
            {
                at = SkipWord(at);
                continue;
            }

            int line = EndOfLine(head.End);
            if (!head.IsComment)
            {
                any = true;
                if (!Add(found.Prefix, found.At, head, line, everywhere))
                {
                    return null;
                }
            }

            at = line;
        }

        if (!any && everywhere.Count == 0)
        {
            string names = string.Join(", ", options.Prefixes.Select(p => $"'{p}:'"));
            diagnostics.Error(TestCodes.NoChecks, $"no check strings found with prefix{(options.Prefixes.Count == 1 ? "" : "es")} {names}", new SourceSpan(source, 0, 0),
                "add check lines, or name their prefix with --check-prefix");
            return null;
        }

        if (_before.Count > 0)
        {
            CheckDirective last = _before[^1];
            _directives.Add(new CheckDirective(CheckKind.End, last.Name, last.Pattern, 1, last.Span) { Before = _before });
        }

        return _directives;
    }

    private bool Add(string prefix, int start, Head head, int end, IReadOnlyList<CheckDirective> everywhere)
    {
        if (head.Problem is { } problem)
        {
            return Fail(problem + $" on prefix '{prefix}'", start, prefix.Length, "NOT stands alone; COUNT-n takes a number from 1");
        }

        (string text, SourceSpan span) = Pattern(head.End, end);
        string name = prefix + head.Suffix;
        if (text.Length == 0 != (head.Kind == CheckKind.Empty))
        {
            return Fail(text.Length == 0 ? $"found empty check string with prefix '{name}:'" : $"found non-empty check string for empty check with prefix '{name}:'",
                start, head.End - start, text.Length == 0 ? "write what is wanted, {{^$}} or " + prefix + "-EMPTY" : "write nothing after it");
        }

        if (head.Kind is CheckKind.Next or CheckKind.Same or CheckKind.Empty && _directives.Count == 0)
        {
            return Fail($"found '{name}:' without previous '{prefix}:' line", start, head.End - start, $"begin with a '{prefix}:' line");
        }

        int line = source.Locate(start).Line;
        CheckPattern? pattern = head.Kind == CheckKind.Empty
            ? new CheckPattern { Written = "an empty line", Parts = [new PatternPart("\\n$", null, null, default)], Lead = 1 }
            : _patterns.Read(text, span, line, head.IsLiteral, head.Kind == CheckKind.Not);
        if (pattern is null)
        {
            return false;
        }

        if (head.Kind == CheckKind.Label && pattern.HasVariables)
        {
            return Fail($"found '{name}:' with variable definition or use", start, head.End - start, "labels are looked for first, when no variable is set; use a plain check");
        }

        var directive = new CheckDirective(head.Kind, name, pattern, head.Count, span);
        if (head.Kind is CheckKind.Dag or CheckKind.Not)
        {
            _before.Add(directive);
        }
        else
        {
            _directives.Add(directive with { Before = _before });
            _before = [.. everywhere];
        }

        return true;
    }

    // The pattern without the blanks around it, a run of blanks as one.
    private (string Text, SourceSpan Span) Pattern(int start, int end)
    {
        int last = end;
        if (!(options.StrictWhitespace && options.MatchFullLines))
        {
            while (start < end && _text[start] is ' ' or '\t')
            {
                start++;
            }

            while (last > start && _text[last - 1] is ' ' or '\t')
            {
                last--;
            }
        }

        return (FoldBlanks(_text[start..last], options), new SourceSpan(source, start, last - start));
    }

    /// <summary>The text with a run of blanks and tabs as one blank, and line ends as line feeds.</summary>
    public static string FoldBlanks(string text, CheckOptions options)
    {
        var folded = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
            {
                continue;
            }

            if (options.StrictWhitespace || c is not (' ' or '\t'))
            {
                folded.Append(c);
            }
            else if (i == 0 || text[i - 1] is not (' ' or '\t'))
            {
                folded.Append(' ');
            }
        }

        return folded.ToString();
    }

    private bool Define(CheckVariables variables)
    {
        foreach (string define in options.Defines)
        {
            int equals = define.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? define : define[..equals];
            string value = equals < 0 ? "" : define[(equals + 1)..];
            if (name.StartsWith('#') && NumericFormat.Unsigned.Read(value) is { } number)
            {
                variables.Numbers[name[1..]] = number;
                _patterns.Declare(name[1..], NumericFormat.Unsigned);
            }
            else if (equals > 0 && CheckNames.End(name, 0) == name.Length)
            {
                variables.Texts[name] = value;
            }
            else
            {
                return Fail($"'-D{define}' sets no variable", 0, 0, "write -DNAME=text or -D#NAME=7");
            }
        }

        return true;
    }

    private List<CheckDirective>? Implicit()
    {
        var everywhere = new List<CheckDirective>();
        foreach (string pattern in options.ImplicitCheckNot)
        {
            var written = new SourceText("<--implicit-check-not>", pattern);
            var span = new SourceSpan(written, 0, pattern.Length);
            if (_patterns.Read(FoldBlanks(pattern.Trim(' ', '\t'), options), span, 1, literal: false, excludes: true) is not { } read)
            {
                return null;
            }

            everywhere.Add(new CheckDirective(CheckKind.Not, "IMPLICIT-CHECK-NOT", read, 1, span));
        }

        return everywhere;
    }

    private (string Prefix, int At)? NextPrefix(int from)
    {
        while (from < _text.Length)
        {
            (string Prefix, int At)? first = null;
            foreach (string prefix in _prefixes)
            {
                int at = _text.IndexOf(prefix, from, first is { } known ? Math.Min(_text.Length, known.At + prefix.Length) - from : _text.Length - from, StringComparison.Ordinal);
                first = at >= 0 && (first is null || at < first.Value.At) ? (prefix, at) : first;
            }

            if (first is not { } found)
            {
                return null;
            }

            if (found.At == 0 || !IsPartOfWord(_text[found.At - 1]))
            {
                return found;
            }

            from = SkipWord(found.At + found.Prefix.Length);
        }

        return null;
    }

    private int SkipWord(int at)
    {
        while (at < _text.Length && IsPartOfWord(_text[at]))
        {
            at++;
        }

        return at;
    }

    private int EndOfLine(int at) => _text.AsSpan(at).IndexOfAny('\n', '\r') is >= 0 and int length ? at + length : _text.Length;

    private static bool IsPartOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private bool Fail(string message, int start, int length, string remedy)
    {
        diagnostics.Error(TestCodes.CheckSyntax, message, new SourceSpan(source, start, length), remedy);
        return false;
    }

    // What stands between the prefix and the pattern.
    private sealed record Head(CheckKind Kind, string Suffix, int Count, bool IsLiteral, bool IsComment, string? Problem, int End)
    {
        /// <summary>Reads from behind the prefix; null when no check line begins there.</summary>
        public static Head? Read(string text, int at, bool isComment)
        {
            if (isComment)
            {
                return At(text, at) == ':' ? new Head(CheckKind.Plain, "", 1, false, true, null, at + 1) : null;
            }

            if (At(text, at) != '-')
            {
                return Modifiers(text, at, CheckKind.Plain, "", 1);
            }

            ReadOnlySpan<char> rest = text.AsSpan(at + 1);
            if (rest.StartsWith("COUNT-"))
            {
                return Counted(text, at + 1 + "COUNT-".Length);
            }

            foreach (string bad in Impossible)
            {
                if (rest.StartsWith(bad))
                {
                    return new Head(CheckKind.Not, "-" + bad[..^1], 1, false, false, "unsupported -NOT combo", at + 1 + bad.Length);
                }
            }

            foreach ((string word, CheckKind kind) in Kinds)
            {
                if (rest.StartsWith(word))
                {
                    return Modifiers(text, at + 1 + word.Length, kind, "-" + word, 1);
                }
            }

            return null;
        }

        private static Head? Counted(string text, int at)
        {
            int end = at;
            while (char.IsAsciiDigit(At(text, end)))
            {
                end++;
            }

            bool fine = int.TryParse(text.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0;
            return fine && At(text, end) is ':' or '{'
                ? Modifiers(text, end, CheckKind.Plain, FormattableString.Invariant($"-COUNT-{count}"), count)
                : new Head(CheckKind.Plain, "-COUNT", 1, false, false, "invalid count in -COUNT specification", end);
        }

        // A colon, or {LITERAL}: before it.
        private static Head? Modifiers(string text, int at, CheckKind kind, string suffix, int count)
        {
            if (At(text, at) == ':')
            {
                return new Head(kind, suffix, count, false, false, null, at + 1);
            }

            int close = At(text, at) == '{' ? text.IndexOf("}:", at, StringComparison.Ordinal) : -1;
            return close > 0 && text[(at + 1)..close].Split(',').All(m => m.Trim() == "LITERAL")
                ? new Head(kind, suffix, count, true, false, null, close + 2)
                : null;
        }

        private static char At(string text, int index) => index < text.Length ? text[index] : '\0';
    }
}
