using System.Text.RegularExpressions;

namespace Orchestrator.Tests.IR;

/// <summary>Damages IR text mechanically; the same seed gives the same damage.</summary>
internal sealed partial class Mutations(int seed)
{
    private static readonly string[] Types = ["i32", "index", "tensor<2xf32>", "vector<4xi8>", "memref<2xf32>", "!foo.bar", "none", "()", "tuple<i32>", "f8E4M3FN"];

    private static readonly string[] Values =
    [
        "1", "unit", "@a", "[1, 2]", "-1 : ui8", "256 : i8", "0x1 : f32", "dense<[1, 2, 3]> : tensor<2xi32>", "affine_map<(d0) -> (d0 * d0)>", "loc(\"a\")",
        "array<i4: 1>", "distinct[0]<>", "#foo.x<[>",
    ];

    private static readonly string[] Lines =
    [
        "^bb7:", "^bb0:", "^bb1(%z: i32):", "%0 = \"x.y\"() : () -> i32", "\"x.y\"(%0) : (i32) -> ()", "\"x\"() {sym_name = \"main\"} : () -> ()", "\"x\"()[^bb1] : () -> ()",
        "#a = 1", "!t = i32", "}", "module {}", "\"y\"() ({^bb0: ^bb1:}) : () -> ()", "// c",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The text with one thing wrong, or, now and then, still right.</summary>
    public string Damage(string text)
    {
        int kind = _random.Next(16);
        return kind < 5 ? DamageLines(text, kind) : kind < 8 ? DamageCharacter(text, kind) : DamageToken(text, kind);
    }

    private string DamageLines(string text, int kind)
    {
        List<string> lines = [.. text.Split('\n')];
        int at = _random.Next(lines.Count);
        int other = _random.Next(lines.Count);
        switch (kind)
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[other]);
                break;
            case 2:
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3:
                lines.Insert(at, Pick(Lines));
                break;
            default:
                lines.RemoveRange(at, lines.Count - at);
                break;
        }

        return string.Join('\n', lines);
    }

    private string DamageCharacter(string text, int kind)
    {
        const string Characters = "(){}[]<>\"%#@!:,=-+*?x0a.\n /|\\^";
        int at = _random.Next(Math.Max(text.Length, 1));
        string inserted = kind == 5 ? "" : Characters[_random.Next(Characters.Length)].ToString();
        return text[..at] + inserted + text[Math.Min(text.Length, kind == 7 ? at : at + 1)..];
    }

    private string DamageToken(string text, int kind)
    {
        List<string> tokens = [.. Token().Matches(text).Select(m => m.Value)];
        if (tokens.Count == 0)
        {
            return text;
        }

        (string first, string[] choices) = kind switch
        {
            8 => ("%", ["%undef", "%0", "%arg0", "%", "%0#3"]),
            9 => ("^", ["^bb0", "^bb1", "^bb99"]),
            10 => ("i", Types),
            11 => ("0123456789", ["0", "7", "99999999999999999999", "0x10", "1.5", "977"]),
            12 => ("\"", ["\"\"", "\"a", "\"\\q\"", "name", "\"builtin.foo\""]),
            13 => ("#!", ["#undef", "!undef", "!foo<a>", "#foo<[>", "!builtin.x", "#"]),
            14 => ("(){}[]<>", ["", "(", ")", "{", "}", "<", ">", "[^bb1]"]),
            _ => ("=:,-", ["", "=", "::", ",,", "->", $"= {Pick(Values)}", ":2 ="]),
        };
        int[] places = [.. Enumerable.Range(0, tokens.Count).Where(i => first.Contains(tokens[i][0], StringComparison.Ordinal))];
        tokens[places.Length > 0 ? places[_random.Next(places.Length)] : _random.Next(tokens.Count)] = Pick(choices);
        return string.Concat(tokens);
    }

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];

    [GeneratedRegex("\"(?:[^\"\\\\\n]|\\\\.)*\"|[%#^!@][A-Za-z0-9_.$-]+|[0-9]+(?:\\.[0-9]*)?|[A-Za-z_][A-Za-z0-9_.$]*|->|\\s+|.", RegexOptions.Singleline)]
    private static partial Regex Token();
}
