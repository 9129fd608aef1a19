using Orchestrator.Compiler;
using Orchestrator.Compiler.Emit;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Cli;

/// <summary>A plan to look at: read from a plan directory, or made from a workflow with its fleet beside it.</summary>
internal static class PlanSource
{
    public static DeploymentPlan Read(string path)
    {
        if (Directory.Exists(path) && File.Exists(Path.Combine(path, PlanDirectory.PlanFile)))
        {
            return PlanDirectory.Read(path);
        }

        WorkflowFile workflow = WorkflowFile.Find(path);
        CompileResult result = Compile.Run(new CompileRequest
        {
            Source = workflow.Read(),
            Import = WorkflowFile.Import,
            Fleet = FleetSource.Find(null, workflow, needed: true),
            Calibration = LocalState.ReadCalibration(),
        });
        if (result.HasErrors)
        {
            throw new DiagnosticException(result.Diagnostics);
        }

        return result.Plan ?? throw new DiagnosticException(Diagnostic.Error("ORC4020",
            $"'{path}' has no plan: {result.Failure?.Explanation}", SourceSpan.None, $"orc plan {path} says what would help"));
    }
}
