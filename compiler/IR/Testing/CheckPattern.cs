using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.IR.Testing;

/// <summary>A stretch of a pattern: a regular expression, a variable, or an expression.</summary>
internal readonly record struct PatternPart(string? Regex, string? Variable, NumericExpression? Number, NumericFormat Format);

/// <summary>A variable that a match sets, from one of its groups; numbers have a format.</summary>
internal readonly record struct PatternVariable(string Name, int Group, NumericFormat? Format);

/// <summary>Where a pattern was found.</summary>
internal readonly record struct PatternMatch(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>What one check line wants, ready to be searched for.</summary>
internal sealed class CheckPattern
{
    // A pattern that needs longer than this on one region was written by accident.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private Regex? _regex;
    private Regex? _longest;

    /// <summary>What was written, for messages.</summary>
    public required string Written { get; init; }

    /// <summary>The text that must stand there, when the pattern is nothing else.</summary>
    public string? Literal { get; init; }

    /// <summary>The parts, when there is no <see cref="Literal"/>.</summary>
    public IReadOnlyList<PatternPart> Parts { get; init; } = [];

    /// <summary>What a match sets.</summary>
    public IReadOnlyList<PatternVariable> Defines { get; init; } = [];

    /// <summary>Whether case does not count.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Whether the longest match must be looked for, because alternatives are in it.</summary>
    public bool HasChoices { get; init; }

    /// <summary>Characters at the start of a match that belong to the line before; 1 for an empty line, whose match begins with the line end.</summary>
    public int Lead { get; init; }

    /// <summary>Whether it reads a variable or sets a text; a label may do neither, but may set a number.</summary>
    public bool HasVariables => Defines.Any(d => d.Format is null) || Parts.Any(p => p.Variable is not null || p.Number is not null);

    /// <summary>The first match within <paramref name="length"/> characters from <paramref name="start"/>, or null, with the reason when it could not be tried.</summary>
    public PatternMatch? Match(string text, int start, int length, CheckVariables variables, out string? problem)
    {
        problem = null;
        if (Literal is not null)
        {
            int at = text.IndexOf(Literal, start, length, IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
            return at < 0 ? null : new PatternMatch(at, Literal.Length);
        }

        if (_regex is null || !Parts.All(p => p.Regex is not null))
        {
            if (Source(variables, out problem) is not { } source)
            {
                return null;
            }

            _regex = Compile(source);
            _longest = HasChoices ? Compile($"\\G(?:{source})\\z") : null;
        }

        Match match = _regex.Match(text, start, length);
        if (!match.Success)
        {
            return null;
        }

        match = _longest is null ? match : Longest(_longest, text, start + length, match);
        return Remember(match, variables);
    }

    /// <summary>The pattern with variables replaced by what they stand for, to compare with what is there.</summary>
    public string Example(CheckVariables variables)
    {
        if (Literal is not null)
        {
            return Literal;
        }

        string text = Written;
        foreach ((string name, string value) in variables.Texts)
        {
            text = text.Replace($"[[{name}]]", value, StringComparison.Ordinal);
        }

        foreach ((string name, BigInteger value) in variables.Numbers)
        {
            text = text.Replace($"[[#{name}]]", value.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The variables that it reads, with their values where they have one.</summary>
    public IEnumerable<(string Name, string? Value)> Reads(CheckVariables variables) =>
        Parts.SelectMany(p => p.Variable is { } name
            ? [(name, variables.Texts.GetValueOrDefault(name))]
            : p.Number?.Variables.Select(v => (v, variables.Numbers.TryGetValue(v, out BigInteger n) ? n.ToString(CultureInfo.InvariantCulture) : null)) ?? [])
            .Distinct();

    private Regex Compile(string source) =>
        new(source, RegexOptions.Multiline | RegexOptions.CultureInvariant | (IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None), Patience);

    private string? Source(CheckVariables variables, out string? problem)
    {
        problem = null;
        var source = new StringBuilder();
        foreach (PatternPart part in Parts)
        {
            if (part.Regex is not null)
            {
                source.Append(part.Regex);
            }
            else if (part.Variable is { } name)
            {
                problem ??= variables.Texts.ContainsKey(name) ? null : $"undefined variable: {name}";
                source.Append(PosixRegex.Escape(variables.Texts.GetValueOrDefault(name)));
            }
            else if (part.Number?.Evaluate(variables, out string? undefined) is not { } value)
            {
                part.Number?.Evaluate(variables, out problem);
            }
            else
            {
                string? written = part.Format.Write(value);
                problem ??= written is null ? $"{value.ToString(CultureInfo.InvariantCulture)} cannot be written as {part.Format}" : null;
                source.Append(PosixRegex.Escape(written));
            }
        }

        return problem is null ? source.ToString() : null;
    }

    // Of the matches that begin where the first one does, the one that ends last, as POSIX has it. A pattern never reaches over a line end.
    private static Match Longest(Regex anchored, string text, int limit, Match first)
    {
        int lineEnd = text.IndexOf('\n', first.Index, limit - first.Index);
        for (int end = lineEnd < 0 ? limit : lineEnd; end > first.Index + first.Length; end--)
        {
            if (anchored.Match(text, first.Index, end - first.Index) is { Success: true } longer)
            {
                return longer;
            }
        }

        return first;
    }

    private PatternMatch Remember(Match match, CheckVariables variables)
    {
        foreach (PatternVariable variable in Defines)
        {
            string value = match.Groups[variable.Group].Value;
            if (variable.Format is { } format)
            {
                if (format.Read(value) is { } number)
                {
                    variables.Numbers[variable.Name] = number;
                }
            }
            else
            {
                variables.Texts[variable.Name] = value;
            }
        }

        return new PatternMatch(match.Index + Lead, match.Length - Lead);
    }
}
