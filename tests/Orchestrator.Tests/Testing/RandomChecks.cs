using System.Text;

namespace Orchestrator.Tests.Testing;

/// <summary>Makes output and check lines that hold about half of the time, from one seed.</summary>
internal sealed class RandomChecks(Random random)
{
    private static readonly string[] Words = ["foo", "bar", "ab", "a", "%0", "%1", "%2", "i32", "7", "8", "12", "0x1f", "f(a)", "[[x]]", "a.b", "x|y", "{}"];
    private static readonly string[] Patterns =
    [
        "{{[a-z]+}}", "{{[0-9]+}}", "{{.*}}", "{{a|ab}}", "{{(foo|bar)}}", "{{%[0-9]}}", "{{[^ ]+}}", "{{b?}}", "{{$}}", "{{^}}", "{{x{2}y}}", "{{[[:alpha:]]}}",
        "{{a(b)?}}", "{{[]a]}}", "{{\\.}}", "{{(}}", "{{a**}}", "{{[^a]*}}", "{{[a-}}",
        "[[X:%[0-9]]]", "[[X]]", "[[Y:[a-z]+]]", "[[Y]]", "[[$G:.]]", "[[$G]]", "[[#N:]]", "[[#N]]", "[[#N+1]]", "[[#]]", "[[#@LINE]]", "[[#%x,H:]]", "[[#%.2u,P:]]",
        "[[#max(N,8)]]", "[[#N-20]]", "[[#N:3+4]]", "[[#%X,N+1]]", "[[#(N+1)-1]]", "[[@LINE+1]]", "[[X Y]]", "[[#N N]]", "[[", "{{",
    ];

    private static readonly string[] Kinds =
    [
        "", "", "", "", "-NEXT", "-NEXT", "-NEXT", "-SAME", "-NOT", "-NOT", "-DAG", "-DAG", "-DAG", "-LABEL", "-EMPTY", "-COUNT-2", "-COUNT-0", "{LITERAL}", "-NEXT{LITERAL}", "-FOO",
        "-NOT-DAG",
    ];

    public string Output()
    {
        var text = new StringBuilder();
        int lines = random.Next(1, 9);
        for (int i = 0; i < lines; i++)
        {
            int words = random.Next(5) == 0 ? 0 : random.Next(1, 5);
            for (int w = 0; w < words; w++)
            {
                text.Append(w == 0 ? "" : random.Next(6) == 0 ? "  " : " ").Append(Pick(Words));
            }

            text.Append(random.Next(12) == 0 ? "\r\n" : "\n");
        }

        return text.ToString();
    }

    public string Checks(string output)
    {
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        var text = new StringBuilder();
        int count = random.Next(1, 6);
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            string kind = Pick(Kinds);
            at = Math.Min(lines.Length - 1, at + (kind is "-DAG" ? random.Next(-1, 3) : kind is "-SAME" or "-NOT" ? 0 : kind.StartsWith("-NEXT", StringComparison.Ordinal) ? 1 : random.Next(0, 3)));
            string line = lines[Math.Max(0, at)];
            string prefix = random.Next(25) == 0 ? "XCHECK" : random.Next(40) == 0 ? "COM: CHECK" : "CHECK";
            text.Append(random.Next(4) == 0 ? "// " : "").Append(prefix).Append(kind).Append(": ").Append(kind == "-EMPTY" && random.Next(5) > 0 ? "" : Mutate(line)).Append('\n');
        }

        return text.ToString();
    }

    private string Mutate(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return random.Next(3) == 0 ? "" : Pick(Words);
        }

        int from = random.Next(words.Length);
        string[] some = words[from..random.Next(from + 1, words.Length + 1)];
        for (int i = 0; i < some.Length; i++)
        {
            some[i] = random.Next(10) switch
            {
                0 => Pick(Words),
                1 or 2 or 3 => Matching(some[i]),
                4 => Pick(Patterns),
                _ => some[i],
            };
        }

        return string.Join(random.Next(8) == 0 ? "   " : " ", some);
    }

    private string Matching(string word) => word switch
    {
        ['%', ..] => Pick(["[[X:%[0-9]]]", "[[X]]", "%{{[0-9]+}}", "%[[#N:]]", "%[[#N+1]]", "[[Y:[^ ]+]]"]),
        [>= '0' and <= '9', ..] => Pick(["[[#N:]]", "[[#N]]", "[[#N+1]]", "[[#]]", "{{[0-9]+}}", "[[#%x,H:]]", "[[#%#x,H:]]", "[[#N:7]]"]),
        _ => Pick(["{{.*}}", "{{[a-z]+}}", "[[Y:[a-z]+]]", "[[Y]]", "{{.}}", "{{a|ab}}", "{{a(b)?}}"]),
    };

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
