using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR;

/// <summary>Modules that others wrote: what is valid must be read, verify, and come back from its own text unchanged.</summary>
public sealed class CorpusTests
{
    // The share of files that print byte for byte as MLIR prints them.
    [Theory]
    [InlineData("generic", false, 0.99)]
    [InlineData("raw", false, 0.99)]
    [InlineData("debuginfo", true, 0.99)]
    public void ForeignModulesComeBackUnchanged(string kind, bool locations, double identical)
    {
        var options = new PrintOptions(locations);
        int files = 0;
        int same = 0;
        var failed = new List<string>();
        foreach (string file in Directory.EnumerateFiles(Repository.Shared("mlir", "open", kind), "*.mlir").Where(f => !f.EndsWith(".expected.mlir", StringComparison.Ordinal)))
        {
            files++;
            var bag = new DiagnosticBag();
            string original = File.ReadAllText(file);
            ParsedModule? once = IRParser.Parse(new SourceText(file, original), new Context(), bag);
            if (once is null || !IRVerifier.Verify(once.Module, bag))
            {
                failed.Add(DiagnosticText.Render(bag));
                continue;
            }

            string text = once.Print(options);
            string printed = Path.ChangeExtension(file, ".expected.mlir");
            string expected = File.Exists(printed) ? File.ReadAllText(printed) : original;
            same += text.TrimEnd('\n') == expected.TrimEnd('\n') ? 1 : 0;
            if (IRParser.Parse(new SourceText("again", text), new Context(), bag)?.Print(options) != text)
            {
                failed.Add($"{file} changes when it is read back");
            }
        }

        Assert.True(files > 100, "the corpus is there but empty");
        Assert.True(failed.Count == 0, string.Join("\n", failed.Take(5)));
        Assert.True(same >= identical * files, $"{same} of {files} are identical");
    }

    [Theory]
    [InlineData("invalid", 0.95)]
    [InlineData("mutated", 0.95)]
    public void DamagedModulesAreRefusedWhereMlirRefusesThem(string kind, double rightLine)
    {
        int files = 0;
        int right = 0;
        foreach (string row in File.ReadLines(Repository.Shared("mlir", "invalid.csv")).Where(r => r.Contains($",{kind},open,", StringComparison.Ordinal)))
        {
            string[] cells = Cells(row);
            string file = Repository.Shared("mlir", cells[3]);
            var bag = new DiagnosticBag();
            ParsedModule? parsed = IRParser.Parse(new SourceText(file, File.ReadAllText(file)), new Context(), bag);
            Assert.False(parsed is not null && IRVerifier.Verify(parsed.Module, bag), $"{file} is accepted");
            Assert.All(bag.Items, d => Assert.False(string.IsNullOrEmpty(d.Remedy) || d.Span.Source is null, d.Message));
            files++;
            SourceSpan span = bag.Items[0].Span;
            right += span.Source?.Locate(span.Start).Line == int.Parse(cells[10], System.Globalization.CultureInfo.InvariantCulture) ? 1 : 0;
        }

        Assert.True(files > 40, "the corpus is there but empty");
        Assert.True(right >= rightLine * files, $"{right} of {files} at the right line");
    }

    // Up to the line, which is all that is needed; quotes keep commas together.
    private static string[] Cells(string row) =>
        [.. System.Text.RegularExpressions.Regex.Matches(row, "(?:^|,)(\"(?:[^\"]|\"\")*\"|[^,]*)").Select(m => m.Groups[1].Value.Trim('"'))];
}
