using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Plan;

/// <summary>Everything that is needed to execute a compiled workflow; a directory on disk.</summary>
/// <param name="Graph">The frozen program.</param>
/// <param name="Fleet">The fleet it was planned for.</param>
/// <param name="Objective">What was promised.</param>
/// <param name="Estimates">Every candidate.</param>
/// <param name="Placement">The choice.</param>
public sealed record DeploymentPlan(TaskGraph Graph, Fleet Fleet, Objective Objective, EstimateTable Estimates, Placement Placement)
{
    /// <summary>Folder that relative paths of the workflow are relative to; null when it was not compiled from a file.</summary>
    public string? Folder { get; init; }

    /// <summary>What is executed: <see cref="Graph"/> with the model that was chosen for each declaration that names several.</summary>
    [JsonIgnore]
    public TaskGraph Program
    {
        get
        {
            Dictionary<string, string> chosen = [];
            foreach (Candidate pool in Placement.Pools.Select(p => Estimates.Candidates[p]).Where(p => !string.IsNullOrEmpty(p.Model)))
            {
                foreach (string service in pool.Services)
                {
                    chosen[service] = pool.Model;
                }
            }

            return chosen.Count == 0
                ? Graph
                : Graph with { Declarations = [.. Graph.Declarations.Select(d => chosen.TryGetValue(d.Symbol, out string? model) ? d with { Target = model } : d)] };
        }
    }
}

/// <summary>JSON text forms of the plan's parts: the same bytes for the same content.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TaskGraph))]
[JsonSerializable(typeof(Fleet))]
[JsonSerializable(typeof(EstimateTable))]
[JsonSerializable(typeof(Placement))]
[JsonSerializable(typeof(DeploymentPlan))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(Calibration))]
[JsonSerializable(typeof(PlacementAnswer))]
[JsonSerializable(typeof(Comparison))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class PlanJson : JsonSerializerContext;
