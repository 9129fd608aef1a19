using System.Globalization;
using System.Text;

namespace Orchestrator.IR;

/// <summary>What changed between two texts.</summary>
public static class TextDiff
{
    private const int Context = 3;

    /// <summary>
    /// A unified diff, line by line with three lines around every change, that <c>patch</c> understands; empty when the texts are equal. The work is
    /// bounded: very large differences are shown as one replaced stretch.
    /// </summary>
    public static string Unified(string before, string after, string beforeName, string afterName)
    {
        if (before == after)
        {
            return "";
        }

        string[] a = Lines(before);
        string[] b = Lines(after);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var diff = LineDiff.Of(Number(a, numbers), Number(b, numbers));
        var text = new StringBuilder().Append("--- ").Append(beforeName).Append("\n+++ ").Append(afterName).Append('\n');
        List<Edit> edits = Edits(diff);
        for (int first = 0; first < edits.Count;)
        {
            // Changes with few equal lines between them share a hunk.
            int last = first;
            while (last + 1 < edits.Count && edits[last + 1].A - edits[last].AEnd <= 2 * Context)
            {
                last++;
            }

            AppendHunk(text, edits.GetRange(first, last - first + 1), a, b);
            first = last + 1;
        }

        return text.ToString();
    }

    private static string[] Lines(string text)
    {
        string[] lines = text.Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    private static int[] Number(string[] lines, Dictionary<string, int> numbers)
    {
        int[] result = new int[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            numbers.TryAdd(lines[i], numbers.Count);
            result[i] = numbers[lines[i]];
        }

        return result;
    }

    private static List<Edit> Edits(LineDiff diff)
    {
        var edits = new List<Edit>();
        int a = 0;
        int b = 0;
        while (a < diff.Removed.Length || b < diff.Added.Length)
        {
            int aEnd = a;
            int bEnd = b;
            while (aEnd < diff.Removed.Length && diff.Removed[aEnd])
            {
                aEnd++;
            }

            while (bEnd < diff.Added.Length && diff.Added[bEnd])
            {
                bEnd++;
            }

            if (aEnd > a || bEnd > b)
            {
                edits.Add(new Edit(a, aEnd, b, bEnd));
                (a, b) = (aEnd, bEnd);
            }
            else
            {
                (a, b) = (a + 1, b + 1);
            }
        }

        return edits;
    }

    private static void AppendHunk(StringBuilder text, List<Edit> edits, string[] a, string[] b)
    {
        int start = Math.Max(0, edits[0].A - Context);
        int end = Math.Min(a.Length, edits[^1].AEnd + Context);
        int bStart = edits[0].B - (edits[0].A - start);
        int bEnd = edits[^1].BEnd + (end - edits[^1].AEnd);
        text.Append(CultureInfo.InvariantCulture, $"@@ -{Range(start, end)} +{Range(bStart, bEnd)} @@\n");
        int at = start;
        foreach (Edit edit in edits)
        {
            AppendLines(text, ' ', a, at, edit.A);
            AppendLines(text, '-', a, edit.A, edit.AEnd);
            AppendLines(text, '+', b, edit.B, edit.BEnd);
            at = edit.AEnd;
        }

        AppendLines(text, ' ', a, at, end);
    }

    private static void AppendLines(StringBuilder text, char sign, string[] lines, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            text.Append(sign).Append(lines[i]).Append('\n');
        }
    }

    // Lines count from 1; an empty range stands behind the line before it.
    private static string Range(int start, int end) => end - start == 1
        ? (start + 1).ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(end == start ? start : start + 1)},{end - start}");

    private readonly record struct Edit(int A, int AEnd, int B, int BEnd);
}
