using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Tests.Targets.Http;

/// <summary>Runs one leaf step through the engine on the real clock, or straight on its target.</summary>
internal static class TargetRun
{
    public static TargetEnvironment Environment(params (string Name, string Value)[] variables) => new(
        Path.GetTempPath(), TimeProvider.System, name => variables.FirstOrDefault(v => v.Name == name).Value ?? (name == "PATH" ? System.Environment.GetEnvironmentVariable("PATH") : null));

    public static Declaration Declare(string kind, string flavour, string target, params (string, string)[] options) => new("it", kind, flavour, target, Attributes(options));

    public static TaskGraph Graph(StepKind kind, string executor, Declaration service, string type, (string Name, Datum Value)[] arguments, params (string, string)[] attributes)
    {
        var steps = new List<Step>();
        foreach ((string name, Datum value) in arguments)
        {
            steps.Add(new Step(steps.Count, StepKind.Input, name, 0, [], steps.Count, [], null, [], Attributes([("name", JsonSerializer.Serialize(name))]), "json", ""));
        }

        ImmutableSortedDictionary<string, JsonElement> all = Attributes([.. attributes, ("arg_names", JsonSerializer.Serialize(arguments.Select(a => a.Name)))]);
        int id = steps.Count;
        steps.Add(new Step(id, kind, "step", 0, [.. Enumerable.Range(0, id)], id, [], service.Symbol, [], all, type, ""));
        return new TaskGraph
        {
            Name = "test",
            ResultType = type,
            Inputs = [.. arguments.Select(a => new GraphInput(a.Name, "json", null))],
            Declarations = [service],
            Steps = [.. steps],
            Regions = [new StepRegion(0, -1, [], [.. steps.Select(s => s.Id)], [id], 1, 1, 1, true)],
            Tasks = [.. (executor == "llm" ? new[] { "prefill", "decode" } : ["compute"]).Select((p, i) => new GraphTask(i, "step." + p, id, p, "it", new Workload { Kind = WorkKind.Compute, Executor = executor }, 1, null, null))],
            ValueCount = steps.Count,
        };
    }

    public static async Task<RunResult> RunAsync(ITarget target, TaskGraph graph, (string Name, Datum Value)[] arguments, TargetEnvironment? environment = null, EngineOptions? options = null, CancellationToken cancellationToken = default)
    {
        await using TargetSet targets = TargetSet.Empty.With(graph.Tasks[0].Work.Executor, target);
        return await new Engine().RunAsync(graph, arguments.ToImmutableDictionary(a => a.Name, a => a.Value), new RunServices(targets), environment ?? Environment(), options, cancellationToken);
    }

    private static ImmutableSortedDictionary<string, JsonElement> Attributes((string Name, string Value)[] attributes) =>
        attributes.ToImmutableSortedDictionary(a => a.Name, a => JsonDocument.Parse(a.Value).RootElement, StringComparer.Ordinal);
}
