using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR;

/// <summary>Modules that others wrote: what is valid must be read, verify, and come back from its own text unchanged.</summary>
public sealed class CorpusTests
{
    [Theory]
    [InlineData("generic", false)]
    [InlineData("debuginfo", true)]
    public void ForeignModulesComeBackUnchanged(string kind, bool locations)
    {
        var options = new PrintOptions(locations);
        int files = 0;
        var failed = new List<string>();
        foreach (string file in Directory.EnumerateFiles(Repository.Shared("mlir", "open", kind), "*.mlir").Where(f => !f.EndsWith(".expected.mlir", StringComparison.Ordinal)))
        {
            files++;
            var bag = new DiagnosticBag();
            ParsedModule? once = IRParser.Parse(new SourceText(file, File.ReadAllText(file)), new Context(), bag);
            if (once is null || !IRVerifier.Verify(once.Module, bag))
            {
                failed.Add(DiagnosticText.Render(bag));
                continue;
            }

            string text = once.Print(options);
            if (IRParser.Parse(new SourceText("again", text), new Context(), bag)?.Print(options) != text)
            {
                failed.Add($"{file} changes when it is read back");
            }
        }

        Assert.True(files > 100, "the corpus is there but empty");
        Assert.True(failed.Count == 0, string.Join("\n", failed.Take(5)));
    }
}
