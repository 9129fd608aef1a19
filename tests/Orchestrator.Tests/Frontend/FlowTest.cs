using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.Frontend;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.Frontend;

/// <summary>What the tests of the language share.</summary>
internal static class FlowTest
{
    /// <summary>The module of a text that has no error, verified.</summary>
    public static Operation Module(string text, Func<string, SourceText?>? import = null)
    {
        var diagnostics = new DiagnosticBag();
        Operation? module = FlowFrontend.Parse(new SourceText("test.flow", text), DialectSet.NewContext(), diagnostics, import);
        Assert.False(diagnostics.HasErrors, DiagnosticText.Render(diagnostics) + text);
        Assert.NotNull(module);
        Assert.True(IRVerifier.Verify(module, diagnostics), DiagnosticText.Render(diagnostics) + text);
        return module;
    }

    /// <summary>What is reported about a text.</summary>
    public static DiagnosticBag Diagnostics(string text, Func<string, SourceText?>? import = null)
    {
        var diagnostics = new DiagnosticBag();
        FlowFrontend.Parse(new SourceText("test.flow", text), DialectSet.NewContext(), diagnostics, import);
        return diagnostics;
    }

    /// <summary>All operations below <paramref name="root"/>, in written order.</summary>
    public static IEnumerable<Operation> All(Operation root)
    {
        var open = new Stack<Operation>([root]);
        while (open.TryPop(out Operation? op))
        {
            yield return op;
            foreach (Operation inner in op.Regions.SelectMany(r => r.Blocks).SelectMany(b => b.Operations).Reverse())
            {
                open.Push(inner);
            }
        }
    }

    /// <summary>The valid files that belong to the tests, with their names.</summary>
    public static IEnumerable<string> ValidFiles() =>
        Repository.Files(".flow").Where(f => !f.Contains("/broken/", StringComparison.Ordinal)).Select(f => Repository.PathOf(f)).Order(StringComparer.Ordinal);

    /// <summary>Reads imports from the disk.</summary>
    public static SourceText? Import(string path) => File.Exists(path) ? new SourceText(path, File.ReadAllText(path)) : null;
}
