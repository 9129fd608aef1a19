using Orchestrator.Compiler.Emit;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Daemon;

/// <summary>A plan on disk and the world around its runs.</summary>
/// <param name="Directory">Full path of the plan directory.</param>
/// <param name="Plan">What it holds.</param>
internal sealed record ServedPlan(string Directory, DeploymentPlan Plan)
{
    public TargetEnvironment Environment { get; } = new(Plan.Folder ?? Directory, TimeProvider.System, System.Environment.GetEnvironmentVariable)
    {
        KernelDirectory = Path.Combine(Directory, "kernels"),
    };

    /// <summary>Reads a directory.</summary>
    /// <exception cref="DiagnosticException">ORC4011: there is no plan, or it cannot be read.</exception>
    public static ServedPlan Open(string directory) => new(Path.GetFullPath(directory), PlanDirectory.Read(directory));
}
