using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR;

/// <summary>Modules that others wrote: what is valid must be read, verify, and come back from its own text unchanged.</summary>
public sealed class CorpusTests
{
    // The share of files that print byte for byte as MLIR prints them; with locations MLIR writes aliases, which we write out.
    [Theory]
    [InlineData("generic", false, 0.99)]
    [InlineData("debuginfo", true, 0)]
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
    [InlineData("invalid")]
    [InlineData("mutated")]
    public void DamagedModulesAreReadOrRefusedWithPlaces(string kind)
    {
        int refused = 0;
        string[] files = Directory.GetFiles(Repository.Shared("mlir", "open", kind), "*.mlir");
        foreach (string file in files)
        {
            var bag = new DiagnosticBag();
            ParsedModule? parsed = IRParser.Parse(new SourceText(file, File.ReadAllText(file)), new Context(), bag);
            refused += parsed is null || !IRVerifier.Verify(parsed.Module, bag) ? 1 : 0;
            Assert.All(bag.Items, d => Assert.False(string.IsNullOrEmpty(d.Remedy) || d.Span.Source is null, d.Message));
        }

        Assert.True(refused > files.Length / 2, $"{refused} of {files.Length} are refused");
    }
}
