using System.Globalization;
using System.Numerics;

namespace Orchestrator.IR.Testing;

/// <summary>The inside of <c>[[#…]]</c>.</summary>
/// <param name="Define">The variable that the match sets, or null.</param>
/// <param name="Format">How the number is written.</param>
/// <param name="Value">What must stand there, or null for any number.</param>
internal sealed record NumericBlock(string? Define, NumericFormat Format, NumericExpression? Value);

/// <summary>Reads <c>%fmt, NAME: == expression</c>, all parts of which may be missing.</summary>
internal sealed class NumericReader(string text, int line, Func<string, NumericFormat?> formatOf)
{
    private const int DeepestParentheses = 32;
    private readonly List<NumericExpression.Step> _steps = [];
    private readonly List<(string Name, NumericFormat Format)> _used = [];
    private int _at;

    /// <summary>Why the block cannot be read, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Offset in the text of what cannot be read.</summary>
    public int ProblemAt { get; private set; }

    /// <summary>The block, or null when it cannot be read.</summary>
    public NumericBlock? Read()
    {
        Blanks();
        NumericFormat? format = Peek == '%' ? Format() : null;
        string? define = null;
        int colon = text.IndexOf(':', Math.Min(_at, text.Length));
        if (Problem is null && colon >= 0)
        {
            define = Name();
            Blanks();
            if (Problem is null && _at != colon)
            {
                Fail("unexpected characters after numeric variable name");
            }

            _at = colon + 1;
        }

        Blanks();
        bool equals = Peek == '=' && text.AsSpan(_at).StartsWith("==");
        _at += equals ? 2 : 0;
        Blanks();
        if (Problem is not null || (_at == text.Length && !equals))
        {
            return Problem is null ? new NumericBlock(define, format ?? NumericFormat.Unsigned, null) : null;
        }

        Sum(0);
        if (Problem is null && _at < text.Length)
        {
            Fail($"unexpected characters at end of expression '{text[_at..]}'");
        }

        format ??= Implicit();
        return Problem is null ? new NumericBlock(define, format.Value, new NumericExpression(_steps)) : null;
    }

    // Without a format of its own an expression takes that of its variables, which must agree.
    private NumericFormat Implicit()
    {
        NumericFormat? found = null;
        string first = "";
        foreach ((string name, NumericFormat format) in _used)
        {
            if (found is { } other && other != format)
            {
                Fail($"implicit format conflict between '{first}' ({other}) and '{name}' ({format}), need an explicit format specifier");
                break;
            }

            (found, first) = (format, name);
        }

        return found ?? NumericFormat.Unsigned;
    }

    private NumericFormat Format()
    {
        _at++;
        bool prefixed = Peek == '#';
        _at += prefixed ? 1 : 0;
        int precision = 0;
        if (Peek == '.')
        {
            int start = ++_at;
            while (char.IsAsciiDigit(Peek))
            {
                _at++;
            }

            if (!int.TryParse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out precision) || precision > NumericFormat.PrecisionMax)
            {
                Fail("invalid precision in format specifier");
            }
        }

        char kind = Peek;
        if (kind is not ('u' or 'd' or 'x' or 'X'))
        {
            Fail("invalid format specifier in expression");
        }
        else if (prefixed && kind is 'u' or 'd')
        {
            Fail("alternate form only supported for hex values");
        }

        _at++;
        Blanks();
        if (Peek == ',')
        {
            _at++;
            Blanks();
        }
        else if (Problem is null && _at < text.Length)
        {
            Fail("invalid matching format specification in expression");
        }

        return new NumericFormat(kind, precision, prefixed);
    }

    private void Sum(int depth)
    {
        Operand(depth);
        Blanks();
        while (Problem is null && Peek is '+' or '-')
        {
            string op = text[_at++].ToString();
            Blanks();
            Operand(depth);
            _steps.Add(new(null, null, op));
            Blanks();
        }

        if (Problem is null && _at < text.Length && Peek is not (',' or ')'))
        {
            Fail($"unsupported operation '{Peek}'");
        }
    }

    private void Operand(int depth)
    {
        Blanks();
        if (Problem is not null)
        {
            return;
        }

        if (depth > DeepestParentheses)
        {
            Fail("the expression is nested too deeply");
        }
        else if (Peek == '(')
        {
            _at++;
            Sum(depth + 1);
            Expect(')', "missing ')' at end of nested expression");
        }
        else if (char.IsAsciiDigit(Peek) || Peek == '-' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]))
        {
            Number();
        }
        else if (text.AsSpan(_at).StartsWith("@LINE"))
        {
            _at += "@LINE".Length;
            _steps.Add(new(line, null, null));
        }
        else if (Name() is { } name)
        {
            NameOrCall(name, depth);
        }
    }

    private void NameOrCall(string name, int depth)
    {
        Blanks();
        if (Peek != '(')
        {
            _steps.Add(new(null, name, null));
            _used.Add((name, formatOf(name) ?? NumericFormat.Unsigned));
            return;
        }

        if (!NumericExpression.Functions.Contains(name))
        {
            Fail($"call to undefined function '{name}'");
            return;
        }

        _at++;
        Sum(depth + 1);
        Expect(',', $"function '{name}' takes 2 arguments");
        Sum(depth + 1);
        Expect(')', "missing ')' at end of call expression");
        _steps.Add(new(null, null, name));
    }

    private void Number()
    {
        bool negative = Peek == '-';
        int start = _at += negative ? 1 : 0;
        bool hex = text.AsSpan(_at).StartsWith("0x");
        _at += hex ? 2 : 0;
        while (hex ? char.IsAsciiHexDigit(Peek) : char.IsAsciiDigit(Peek))
        {
            _at++;
        }

        ReadOnlySpan<char> digits = text.AsSpan(start, _at - start);
        if (hex ? BigInteger.TryParse(string.Concat("0", digits[2..]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger value)
            : BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            _steps.Add(new(negative ? -value : value, null, null));
        }
    }

    private string? Name()
    {
        int start = _at;
        if (CheckNames.End(text, start) is not { } end)
        {
            Fail(_at == text.Length ? "missing operand in expression" : "invalid operand format");
            return null;
        }

        _at = end;
        return text[start..end];
    }

    private void Expect(char c, string otherwise)
    {
        Blanks();
        if (Problem is null && Peek != c)
        {
            Fail(otherwise);
        }

        _at++;
        Blanks();
    }

    private char Peek => _at < text.Length ? text[_at] : '\0';

    private void Blanks()
    {
        while (Peek is ' ' or '\t')
        {
            _at++;
        }
    }

    private void Fail(string problem)
    {
        if (Problem is null)
        {
            (Problem, ProblemAt) = (problem, Math.Min(_at, text.Length));
        }
    }
}

/// <summary>Names of variables.</summary>
internal static class CheckNames
{
    /// <summary>The end of the name that starts at <paramref name="start"/>, or null when there is none.</summary>
    public static int? End(string text, int start)
    {
        int at = start < text.Length && text[start] == '$' ? start + 1 : start;
        if (at >= text.Length || !(char.IsAsciiLetter(text[at]) || text[at] == '_'))
        {
            return null;
        }

        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
        {
            at++;
        }

        return at;
    }
}
