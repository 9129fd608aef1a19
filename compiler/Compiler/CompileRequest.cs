using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Compiler;

/// <summary>What to compile, for what and how far.</summary>
public sealed record CompileRequest
{
    /// <summary>The workflow: Flow; the IR's text when its name ends in <c>.mlir</c>; a frozen graph when it ends in <c>.json</c>.</summary>
    public required SourceText Source { get; init; }

    /// <summary>Reads a file that the source imports, by its path as written; null when it cannot be read.</summary>
    public Func<string, SourceText?> Import { get; init; } = _ => null;

    /// <summary>Makes the context with the dialects that the source may use; those of this assembly unless said otherwise.</summary>
    public Func<IR.Context> NewContext { get; init; } = Dialects.DialectSet.NewContext;

    /// <summary>Folder that relative paths in the source are relative to, kept in the plan.</summary>
    public string? Folder { get; init; }

    /// <summary>The workflow to plan; the last of the file when null.</summary>
    public string? Workflow { get; init; }

    /// <summary>Other workflows to plan together with this one on the same fleet; of each only the source, how to read it, and which workflow it is count.</summary>
    public IReadOnlyList<CompileRequest> Beside { get; init; } = [];

    /// <summary>The hardware in hand; needed from the stage <c>estimate</c> on.</summary>
    public Fleet? Fleet { get; init; }

    /// <summary>Rate that replaces the file's, <c>20/s</c>.</summary>
    public string? Rate { get; init; }

    /// <summary>Whether to plan for one run at a time, whatever rate is promised: for a run here and now.</summary>
    public bool OneRun { get; init; }

    /// <summary>Promises that replace the file's, <c>p95 &lt;= 4 s, first token p95 &lt;= 600 ms</c>.</summary>
    public string? Sla { get; init; }

    /// <summary>A plan that runs: the new one moves as few of its pools as little money allows. Null to plan from nothing.</summary>
    public DeploymentPlan? Running { get; init; }

    /// <summary>What past runs taught.</summary>
    public Calibration Calibration { get; init; } = Calibration.Empty;

    /// <summary>A stage of <see cref="Compile.Stages"/> to stop after; its text form is then the result.</summary>
    public string? StopAfter { get; init; }
}

/// <summary>What a compile gave.</summary>
public sealed record CompileResult
{
    /// <summary>Mistakes and warnings, in order of report.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Whether there are mistakes; nothing else is there then.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);

    /// <summary>The text form of the stage that was stopped after.</summary>
    public string? Text { get; init; }

    /// <summary>The plan, when the line ran to its end.</summary>
    public DeploymentPlan? Plan { get; init; }

    /// <summary>Why no plan keeps the promise, when placement found none.</summary>
    public PlacementFailure? Failure { get; init; }

    /// <summary>Generated code by file name, for the plan's <c>kernels</c> folder.</summary>
    public ImmutableSortedDictionary<string, string> Kernels { get; init; } = NoKernels;

    internal static ImmutableSortedDictionary<string, string> NoKernels { get; } = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
}
