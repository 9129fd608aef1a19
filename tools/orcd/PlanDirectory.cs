using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Daemon;

/// <summary>A plan on disk: <c>plan.json</c>, and generated code in <c>kernels/</c>.</summary>
/// <param name="Directory">Full path.</param>
/// <param name="Plan">What it holds.</param>
internal sealed record PlanDirectory(string Directory, DeploymentPlan Plan)
{
    public TargetEnvironment Environment { get; } = new(Directory, TimeProvider.System, System.Environment.GetEnvironmentVariable)
    {
        KernelDirectory = Path.Combine(Directory, "kernels") is var kernels && System.IO.Directory.Exists(kernels) ? kernels : null,
    };

    /// <summary>Reads a directory.</summary>
    /// <exception cref="DiagnosticException">ORC5701: there is no plan, or it cannot be read.</exception>
    public static PlanDirectory Open(string directory)
    {
        string path = Path.Combine(Path.GetFullPath(directory), "plan.json");
        try
        {
            DeploymentPlan? plan = JsonSerializer.Deserialize(File.ReadAllBytes(path), PlanJson.Default.DeploymentPlan);
            return plan is { Graph.Tasks.IsDefault: false, Fleet.Devices.IsDefault: false, Placement: { Assignments.IsDefault: false, Latency: not null }, Estimates.Candidates.IsDefault: false }
                ? new PlanDirectory(Path.GetFullPath(directory), plan)
                : throw Damaged(path, "a part is missing");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error("ORC5701", $"{path} cannot be read: {e.Message}", SourceSpan.None, "make a plan first: orc plan FILE --fleet F -o DIR"));
        }
        catch (JsonException e)
        {
            throw Damaged(path, e.Message);
        }
    }

    private static DiagnosticException Damaged(string path, string why) =>
        new(Diagnostic.Error("ORC5701", $"{path} is not a plan: {why}", SourceSpan.None, "make it again: orc plan FILE --fleet F -o DIR"));
}
