using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;

namespace Orchestrator.Compiler.Testing;

/// <summary>What a test may use.</summary>
public sealed class TestEnvironment
{
    /// <summary>The passes that pipelines may name; the compiler's by default.</summary>
    public PassRegistry Passes { get; init; } = new(GeneratedRegistry.Passes);

    /// <summary>Makes the context of each part of a file; with the compiler's dialects by default.</summary>
    public Func<Context> NewContext { get; init; } = DialectSet.NewContext;

    /// <summary>Reads a file that a workflow imports, or gives null; nothing can be imported by default.</summary>
    public Func<string, SourceText?> Import { get; init; } = _ => null;
}

/// <summary>What a test file asks for.</summary>
public enum TestKind
{
    /// <summary>The runs of its <c>RUN:</c> lines.</summary>
    RunLines,

    /// <summary>That the diagnostics are those of its <c>expected-…</c> comments.</summary>
    Diagnostics,

    /// <summary>That the passes after <c>// pipeline:</c> give what stands below <c>// expect:</c>.</summary>
    Expected,

    /// <summary>That its check lines hold for the IR as it is read.</summary>
    Checks,

    /// <summary>Nothing but that it is valid, and that its IR reads back as it is printed.</summary>
    Valid,
}

/// <summary>What came of a test.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">What it asked for.</param>
/// <param name="Runs">How many runs it has.</param>
/// <param name="Diagnostics">Why it failed; empty when it passed.</param>
public sealed record TestOutcome(string Path, TestKind Kind, int Runs, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Whether all is as it should be.</summary>
    public bool Ok => Diagnostics.Count == 0;
}

/// <summary>Runs test files: <c>.mlir</c> and <c>.flow</c>, in this process and without a shell.</summary>
public static class TestRun
{
    /// <summary>Endings of the files that are tests.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".mlir", ".flow"];

    /// <summary>Runs the test in <paramref name="source"/>.</summary>
    public static TestOutcome Run(SourceText source, TestEnvironment? environment = null, CancellationToken cancellation = default)
    {
        environment ??= new TestEnvironment();
        var bag = new DiagnosticBag();
        TestFile file = TestFile.Read(source, environment.Passes, bag);
        if (!bag.HasErrors)
        {
            new TestExecution(file, environment, bag, cancellation).Run();
        }

        return new TestOutcome(source.Path, file.Kind, Math.Max(1, file.Runs.Count), [.. bag.Items.Where(d => d.Severity == Severity.Error)]);
    }
}
