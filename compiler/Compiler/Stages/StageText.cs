using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.IR;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>The text forms of what stages give: MLIR's generic form for modules, JSON for everything after the freeze.</summary>
internal static class StageText
{
    // With locations: they hold the names that the author gave.
    public static string Of(Operation module) => IRPrinter.Print(module, new PrintOptions(true)) + "\n";

    public static string Of(TaskGraph graph) => Json(graph, PlanJson.Default.TaskGraph);

    public static string Of(Objective objective) => Json(objective, PlanJson.Default.Objective);

    public static string Of(EstimateTable estimates) => Json(estimates, PlanJson.Default.EstimateTable);

    public static string Of(Placement placement) => Json(placement, PlanJson.Default.Placement);

    public static string Of(DeploymentPlan plan) => Json(plan, PlanJson.Default.DeploymentPlan);

    private static string Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type) + "\n";
}
