using System.Collections.Immutable;
using Orchestrator.Codegen.Llvm;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>Stage 8: code for the placed pieces that this compiler can generate.</summary>
public static class Specialize
{
    /// <summary>
    /// Generated code by file name. Every search of an index that was placed on a processor gets the vector search kernel as LLVM IR; it is compiled
    /// for the processor at hand when the plan is executed.
    /// </summary>
    public static ImmutableSortedDictionary<string, string> Run(DeploymentPlan plan)
    {
        bool searches = plan.Placement.Assignments.Any(a => IsSearch(plan, a));
        return searches
            ? CompileResult.NoKernels.Add(VectorSearchOptions.DefaultName + ".ll", VectorSearchKernel.Emit(new VectorSearchOptions()))
            : CompileResult.NoKernels;
    }

    private static bool IsSearch(DeploymentPlan plan, Assignment assignment)
    {
        GraphTask task = plan.Graph.Tasks[assignment.Task];
        string device = plan.Estimates.Candidates[assignment.Candidate].Device;
        return task.Work is { Kind: WorkKind.Compute, Executor: "kernel" }
            && plan.Graph.Declarations.Any(d => d.Symbol == task.Service && d.Kind == "index")
            && plan.Fleet.Devices.Any(d => d.Name == device && d.Tier == "cpu");
    }
}
