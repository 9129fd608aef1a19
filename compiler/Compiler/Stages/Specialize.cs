using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>Stage 8: code for the placed pieces that this compiler can generate.</summary>
public static class Specialize
{
    /// <summary>Generated code by file name.</summary>
    public static ImmutableSortedDictionary<string, string> Run(DeploymentPlan plan)
    {
        _ = plan;
        return CompileResult.NoKernels;
    }
}
