using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Compiler.Testing;

/// <summary>
/// Writes IR as check lines. Names of values become variables that are named after the operation that makes them, so the lines stay readable
/// and a test does not break when an unrelated operation shifts the numbers.
/// </summary>
internal sealed partial class GeneratedChecks(string prefix)
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The check lines of <paramref name="output"/>, each with a line end.</summary>
    public string Write(string output)
    {
        var text = new StringBuilder();
        string[] lines = output.Split('\n');
        int count = lines.Length > 0 && lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        for (int i = 0; i < count; i++)
        {
            string line = lines[i].TrimEnd();
            text.Append("// ").Append(prefix);
            if (i > 0)
            {
                text.Append(line.Length == 0 ? "-EMPTY" : "-NEXT");
            }

            text.Append(':').Append(line.Length == 0 ? i == 0 ? " {{^$}}" : "" : (i == 0 ? "      " : " ") + Line(line)).Append('\n');
        }

        return text.ToString();
    }

    private string Line(string line)
    {
        string kind = OpName().Match(line) is { Success: true } name ? name.Groups["op"].Value : "";
        var here = new HashSet<string>(StringComparer.Ordinal);
        return Value().Replace(Escape(line), match =>
        {
            string value = match.Value;
            if (_variables.TryGetValue(value, out string? known))
            {
                return $"[[{known}]]";
            }

            string stem = value.StartsWith("%arg", StringComparison.Ordinal) || kind.Length == 0 ? "ARG" : kind.ToUpperInvariant();
            int number = _counts.GetValueOrDefault(stem);
            _counts[stem] = number + 1;
            string variable = number == 0 ? stem : stem + "_" + number.ToString(CultureInfo.InvariantCulture);
            _variables.Add(value, variable);
            return $"[[{variable}:%[A-Za-z0-9_$.-]+]]";
        });
    }

    // Brackets and braces that a check line would take for its own.
    private static string Escape(string line) =>
        line.Replace("{{", "{{[{][{]}}", StringComparison.Ordinal).Replace("[[", "{{[[][[]}}", StringComparison.Ordinal);

    [GeneratedRegex(@"(?:^\s*|= )""?(?:[A-Za-z_][A-Za-z0-9_$]*\.)+(?<op>[A-Za-z0-9_]+)")]
    private static partial Regex OpName();

    // A value's name outside strings; '#n' of a result pack stays as it is.
    [GeneratedRegex(@"(?<![A-Za-z0-9_""])%[A-Za-z0-9_$.-]+")]
    private static partial Regex Value();
}
