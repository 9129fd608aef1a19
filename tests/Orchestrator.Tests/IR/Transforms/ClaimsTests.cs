using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Transforms;

/// <summary>A pass that says that it changed nothing is not verified, so it must be right: tried with every pass on every file of the tests and on random programs.</summary>
public sealed class ClaimsTests(ITestOutputHelper output)
{
    private static readonly PassRegistry Registry = new(Orchestrator.Compiler.GeneratedRegistry.Passes);

    private const int RandomModules = 20;

    // Passes with nothing to do, whatever the module.
    private static readonly string[] NeverChanges = ["assume"];

    public static TheoryData<string> Passes => [.. Registry.Passes.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Passes))]
    public void NoClaimIsFalse(string name)
    {
        int kept = 0;
        int changed = 0;
        var needless = new List<string>();
        foreach ((string file, Operation module) in Modules())
        {
            // Twice, because the second time there is mostly nothing left to do.
            for (int round = 0; round < 2; round++)
            {
                string before = Print(module);
                var context = new PassContext(new DiagnosticBag(), TestContext.Current.CancellationToken);
                Registry.Find(name)!.Create().Run(module, context); // It is one of the registry's.
                if (context.Diagnostics.HasErrors)
                {
                    break;
                }

                bool same = before == Print(module);
                Assert.True(same || !context.ChangedNothing, $"{name} changes {file} and says that it does not, round {round}");
                kept += context.ChangedNothing ? 1 : 0;
                changed += same ? 0 : 1;
                if (same && !context.ChangedNothing)
                {
                    needless.Add(file);
                }
            }
        }

        output.WriteLine($"{name}: changed {changed}, said {kept} times that it did not, verified {needless.Count} times for nothing");
        Assert.True(kept > 10, $"{name} said {kept} times that it changed nothing");
        Assert.True(changed > 0 || NeverChanges.Contains(name), $"{name} never changed anything");

        // Constants that were made again in the same places are a change that no text shows.
        Assert.True(needless.Count <= kept / 20, $"{name} verifies these for nothing:\n{string.Join('\n', needless)}");
    }

    private static string Print(Operation module) => IRPrinter.Print(module, new PrintOptions(Locations: true));

    // The tutorials' files are left out: they need their plugins.
    private static IEnumerable<(string File, Operation Module)> Modules()
    {
        foreach (string file in Repository.Files(".mlir").Where(f => !f.StartsWith("samples/", StringComparison.Ordinal)))
        {
            foreach (SourceText part in SplitInput.Parts(new SourceText(file, File.ReadAllText(Repository.PathOf(file))), OptOptions.DefaultSplitMarker))
            {
                var bag = new DiagnosticBag();
                if (IRParser.Parse(part, DialectSet.NewContext(), bag) is { } parsed && IRVerifier.Verify(parsed.Module, bag))
                {
                    yield return (file, parsed.Module);
                }
            }
        }

        for (int seed = 0; seed < RandomModules; seed++)
        {
            yield return ($"random program {seed}", Oracle.Parse(new RandomPrograms(seed).Module()));
            yield return ($"random functions {seed}", Oracle.Parse(Orchestrator.Tests.Dialects.Upstream.ProgramWriter.Write(seed, 3)));
        }
    }
}
