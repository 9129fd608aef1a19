using System.Globalization;
using System.Text;

namespace Orchestrator.IR.Testing;

/// <summary>
/// Rewrites the regular expressions that check lines are written in (POSIX extended, in which a backslash within brackets is a character and
/// no class contains the line end) as .NET's.
/// </summary>
internal ref struct PosixRegex(ReadOnlySpan<char> pattern)
{
    private const int MaxRepeat = 255;
    private readonly ReadOnlySpan<char> _pattern = pattern;
    private readonly StringBuilder _text = new();
    private int _at = 0;

    /// <summary>Groups that the pattern opened.</summary>
    public int Groups { get; private set; } = 0;

    /// <summary>Why the pattern cannot be read, or null.</summary>
    public string? Problem { get; private set; } = null;

    /// <summary>Whether the longest match may differ from the one that .NET finds first.</summary>
    public bool HasChoices { get; private set; } = false;

    /// <summary>The same in .NET's syntax, or null when it cannot be read.</summary>
    public string? Translate()
    {
        int open = 0;
        bool hasAtom = false; // Something that may be repeated stands just before.
        bool emptyBranch = true;
        while (_at < _pattern.Length && Problem is null)
        {
            char c = _pattern[_at++];
            switch (c)
            {
                case '(':
                    (open, Groups, hasAtom) = (open + 1, Groups + 1, false);
                    emptyBranch = !(_at < _pattern.Length && _pattern[_at] == ')');
                    _text.Append('(');
                    break;
                case ')':
                    Problem = --open < 0 ? "parentheses not balanced" : emptyBranch ? "empty (sub)expression" : null;
                    (hasAtom, emptyBranch) = (true, false);
                    _text.Append(')');
                    break;
                case '|':
                    Problem = emptyBranch ? "empty (sub)expression" : null;
                    (hasAtom, emptyBranch, HasChoices) = (false, true, true);
                    _text.Append('|');
                    break;
                case '*' or '+' or '?':
                    Repeat(c.ToString(), hasAtom);
                    hasAtom = false;
                    break;
                case '{' when _at < _pattern.Length && char.IsAsciiDigit(_pattern[_at]):
                    Repeat(Bounds(), hasAtom);
                    hasAtom = false;
                    break;
                case '^' or '$':
                    (hasAtom, emptyBranch) = (false, false);
                    _text.Append(c);
                    break;
                default:
                    Atom(c);
                    (hasAtom, emptyBranch) = (true, false);
                    break;
            }
        }

        Problem ??= open > 0 ? "parentheses not balanced" : emptyBranch && _pattern.Length > 0 ? "empty (sub)expression" : null;
        return Problem is null ? _text.ToString() : null;
    }

    private void Atom(char c)
    {
        switch (c)
        {
            case '.':
                _text.Append("[^\\n]");
                break;
            case '[':
                Bracket();
                break;
            case '\\' when _at == _pattern.Length:
                Problem = "trailing backslash";
                break;
            case '\\' when _pattern[_at] is >= '1' and <= '9':
                _text.Append("(?:\\").Append(_pattern[_at++]).Append(')');
                break;
            case '\\':
                Literal(_pattern[_at++]);
                break;
            default:
                Literal(c);
                break;
        }
    }

    private void Repeat(string how, bool hasAtom)
    {
        Problem ??= hasAtom ? null : "repetition-operator operand invalid";
        HasChoices |= how[0] is '?' or '{' || _text.Length > 0 && _text[^1] == ')';
        _text.Append(how);
    }

    private string Bounds()
    {
        int from = Number();
        int? to = from;
        if (_at < _pattern.Length && _pattern[_at] == ',')
        {
            _at++;
            to = _at < _pattern.Length && char.IsAsciiDigit(_pattern[_at]) ? Number() : null;
        }

        if (_at == _pattern.Length || _pattern[_at++] != '}' || from > MaxRepeat || to > MaxRepeat || to < from)
        {
            Problem = "invalid repetition count";
        }

        return to is { } most ? FormattableString.Invariant($"{{{from},{most}}}") : FormattableString.Invariant($"{{{from},}}");
    }

    private int Number()
    {
        int start = _at;
        while (_at < _pattern.Length && char.IsAsciiDigit(_pattern[_at]))
        {
            _at++;
        }

        return int.TryParse(_pattern[start.._at], NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : int.MaxValue;
    }

    // A set of characters; the opening bracket is read.
    private void Bracket()
    {
        _text.Append('[');
        if (Peek('^'))
        {
            _text.Append("^\\n");
            _at++;
        }

        bool first = true;
        while (_at < _pattern.Length && (first || !Peek(']')))
        {
            first = false;
            if (Peek('[') && _at + 1 < _pattern.Length && _pattern[_at + 1] == ':')
            {
                Class();
                continue;
            }

            char from = _pattern[_at++];
            Literal(from);
            if (Peek('-') && _at + 1 < _pattern.Length && _pattern[_at + 1] != ']')
            {
                char to = _pattern[_at + 1];
                _at += 2;
                Problem ??= to < from ? "invalid character range" : null;
                _text.Append('-');
                Literal(to);
            }
        }

        Problem ??= _at < _pattern.Length ? null : "brackets ([ ]) not balanced";
        _at++;
        _text.Append(']');
    }

    private void Class()
    {
        int end = _pattern[_at..].IndexOf(":]", StringComparison.Ordinal);
        string name = end < 0 ? "" : _pattern.Slice(_at + 2, end - 2).ToString();
        string? set = name switch
        {
            "alpha" => "a-zA-Z",
            "digit" => "0-9",
            "alnum" => "a-zA-Z0-9",
            "upper" => "A-Z",
            "lower" => "a-z",
            "space" => " \\t\\n\\r\\f\\v",
            "blank" => " \\t",
            "punct" => "!-/:-@\\[-`{-~",
            "print" => " -~",
            "graph" => "!-~",
            "cntrl" => "\\x00-\\x1f\\x7f",
            "xdigit" => "0-9a-fA-F",
            _ => null,
        };
        Problem ??= set is null ? "invalid character class" : null;
        _text.Append(set);
        _at += end < 0 ? 2 : end + 2;
    }

    private readonly bool Peek(char c) => _at < _pattern.Length && _pattern[_at] == c;

    private readonly void Literal(char c) => AppendLiteral(_text, c);

    private static void AppendLiteral(StringBuilder text, char c)
    {
        if (!char.IsLetterOrDigit(c) && c is > ' ' and < '\u007f' and not '_')
        {
            text.Append('\\');
        }

        text.Append(c);
    }

    /// <summary>A text of which every character stands for itself.</summary>
    public static string Escape(ReadOnlySpan<char> literal)
    {
        var text = new StringBuilder(literal.Length + 8);
        foreach (char c in literal)
        {
            AppendLiteral(text, c);
        }

        return text.ToString();
    }
}
