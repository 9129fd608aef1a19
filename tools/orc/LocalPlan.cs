using System.Globalization;
using Orchestrator.Compiler;
using Orchestrator.Compiler.Emit;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Cli;

/// <summary>A plan to execute on this machine: read from its directory, or compiled into a temporary one that goes when this is disposed.</summary>
internal sealed class LocalPlan : IDisposable
{
    private readonly string? _temporary;

    private LocalPlan(DeploymentPlan? plan, PlacementFailure? failure, WorkflowFile workflow, string folder, string? temporary)
    {
        (Plan, Failure, Workflow, _temporary) = (plan, failure, workflow, temporary);
        Environment = new TargetEnvironment(workflow.Folder, TimeProvider.System, System.Environment.GetEnvironmentVariable)
        {
            KernelDirectory = Path.Combine(folder, "kernels"),
        };
    }

    /// <summary>The plan, or null when none keeps the promise.</summary>
    public DeploymentPlan? Plan { get; }

    /// <summary>Why there is no plan.</summary>
    public PlacementFailure? Failure { get; }

    /// <summary>The workflow's file and folder.</summary>
    public WorkflowFile Workflow { get; }

    /// <summary>The world around the run.</summary>
    public TargetEnvironment Environment { get; }

    /// <summary>Reads or compiles; the user's mistakes end the command.</summary>
    public static LocalPlan Make(string path, string? workflowName, string? fleetPath, CancellationToken cancellation)
    {
        if (Directory.Exists(path) && File.Exists(Path.Combine(path, PlanDirectory.PlanFile)))
        {
            DeploymentPlan kept = fleetPath is null ? PlanDirectory.Read(path) : RunningPlan.Read(path, FleetSource.Read(fleetPath), SourceFile.ReadText(fleetPath));
            return new LocalPlan(kept, null, new WorkflowFile(path, kept.Folder ?? Path.GetFullPath(path)), Path.GetFullPath(path), null);
        }

        WorkflowFile workflow = WorkflowFile.Find(path);
        CompileResult result = Compile.Run(new CompileRequest
        {
            Source = workflow.Read(),
            Import = WorkflowFile.Import,
            Folder = workflow.Folder,
            Workflow = workflowName,
            Fleet = fleetPath is null ? LocalFleet.Read() : FleetSource.Read(fleetPath),
            Calibration = LocalState.ReadCalibration(),
            OneRun = true,
        }, cancellation);
        Exit.Show([.. result.Diagnostics.Where(d => d.Severity != Severity.Error)], json: false);
        if (result.HasErrors)
        {
            throw new DiagnosticException(result.Diagnostics);
        }

        string folder = Path.Combine(Path.GetTempPath(), "orc-" + System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        if (result.Plan is { } plan)
        {
            PlanDirectory.Write(folder, plan, result.Kernels);
        }

        return new LocalPlan(result.Plan, result.Failure, workflow, folder, folder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_temporary is not null && Directory.Exists(_temporary))
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }
}
