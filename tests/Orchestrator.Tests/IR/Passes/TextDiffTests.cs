using System.Diagnostics;
using CsCheck;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Passes;

public sealed class TextDiffTests
{
    [Fact]
    public void EqualTextsHaveNoDifference() => Assert.Equal("", TextDiff.Unified("a\nb\n", "a\nb\n", "x", "y"));

    [Fact]
    public void ChangesStandWithThreeLinesAround()
    {
        const string before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n";
        string after = before.Replace("5\n6", "5a\n6", StringComparison.Ordinal).Replace("14\n", "", StringComparison.Ordinal);
        Assert.Equal("--- x\n+++ y\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+5a\n 6\n 7\n 8\n@@ -11,5 +11,4 @@\n 11\n 12\n 13\n-14\n 15\n", TextDiff.Unified(before, after, "x", "y"));
    }

    [Fact]
    public void NothingBecomesSomething() => Assert.Equal("--- x\n+++ y\n@@ -0,0 +1,2 @@\n+a\n+b\n", TextDiff.Unified("", "a\nb\n", "x", "y"));

    [Fact]
    public void TheShortestEditIsFound() => Gen.Select(Gen.Int[0, 3].Array[0, 30], Gen.Int[0, 3].Array[0, 30]).Sample((a, b) =>
    {
        var diff = LineDiff.Of(a, b);
        Assert.Equal(a.Where((_, i) => !diff.Removed[i]), b.Where((_, i) => !diff.Added[i]));
        Assert.Equal(a.Length + b.Length - (2 * CommonLength(a, b)), diff.Removed.Count(r => r) + diff.Added.Count(r => r));
    }, iter: 2000);

    [Fact]
    public void VeryDifferentTextsAreReplacedWithBoundedWork()
    {
        string before = string.Join('\n', Enumerable.Range(0, 60_000).Select(i => $"a{i}"));
        string after = string.Join('\n', Enumerable.Range(0, 60_000).Select(i => i % 3 == 0 ? $"a{i}" : $"b{i}"));
        string diff = TextDiff.Unified(before, after, "x", "y");
        Assert.Equal(after, Apply(before, diff));
    }

    [Fact]
    public void AChangeInALongTextIsAShortDiff()
    {
        string before = string.Join('\n', Enumerable.Range(0, 200_000).Select(i => $"line {i % 1000}"));
        string after = before.Replace("line 777\nline 778\nline 779\nline 780", "line", StringComparison.Ordinal);

        // 200 places, each a head, three lines before, five lines of change, three lines after.
        Assert.Equal(2 + (200 * 12), TextDiff.Unified(before, after, "x", "y").Split('\n').Length - 1);
    }

    [Fact]
    public void PatchUnderstandsIt()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/patch"), "patch is not installed");
        const string before = "a\nb\nc\nd\n";
        string folder = Directory.CreateTempSubdirectory("orc-diff").FullName;
        string file = Path.Combine(folder, "f");
        File.WriteAllText(file, before);
        using Process patch = Process.Start(new ProcessStartInfo("/usr/bin/patch", ["-s", file]) { RedirectStandardInput = true })!; // No shell.
        patch.StandardInput.Write(TextDiff.Unified(before, "b\nx\nd\ne\n", "x", "y"));
        patch.StandardInput.Close();
        patch.WaitForExit();
        Assert.Equal("b\nx\nd\ne\n", File.ReadAllText(file));
        Directory.Delete(folder, recursive: true);
    }

    // Longest common subsequence, the slow and sure way.
    private static int CommonLength(int[] a, int[] b)
    {
        int[,] best = new int[a.Length + 1, b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                best[i, j] = a[i - 1] == b[j - 1] ? best[i - 1, j - 1] + 1 : Math.Max(best[i - 1, j], best[i, j - 1]);
            }
        }

        return best[a.Length, b.Length];
    }

    private static string Apply(string before, string diff)
    {
        string[] old = before.Split('\n');
        var result = new List<string>();
        int at = 0;
        foreach (string line in diff.Split('\n').Skip(2).Where(l => l.Length > 0))
        {
            if (line[0] == '@')
            {
                int start = int.Parse(line.Split(' ')[1].Split(',')[0][1..], System.Globalization.CultureInfo.InvariantCulture) - 1;
                result.AddRange(old[at..start]);
                at = start;
                continue;
            }

            at += line[0] is ' ' or '-' ? 1 : 0;
            if (line[0] is ' ' or '+')
            {
                result.Add(line[1..]);
            }
        }

        return string.Join('\n', result.Concat(old[at..]));
    }
}
