using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>Writes several graphs one after the other into one, behind a step that chooses.</summary>
internal sealed class WorkflowJoin(IReadOnlyList<TaskGraph> graphs)
{
    private const string Chooser = "workflow";

    private readonly List<Step> _steps = [];
    private readonly List<StepRegion> _regions = [];
    private readonly List<GraphTask> _tasks = [];
    private readonly List<GraphEdge> _edges = [];
    private readonly List<PromiseClause> _promises = [];
    private readonly List<GraphInput> _inputs = [];
    private readonly List<Declaration> _declared = [];
    private int _values = 2; // which one, and the result

    /// <summary>The joined graph.</summary>
    public TaskGraph Graph()
    {
        string[] names = [.. graphs.Select(g => g.Name)];
        double all = graphs.Sum(g => Together.Rate(g) ?? 0);
        _inputs.Add(new GraphInput(Chooser, "text", null));
        _regions.Add(new StepRegion(0, -1, [], [0, 1], [1], 1, 1, 1, true));
        _steps.Add(new Step(0, StepKind.Input, Chooser, 0, [], 0, [], null, [], Attributes(("name", Chooser)), "text", ""));
        _steps.Add(new Step(1, StepKind.Match, "chosen", 0, [0], 1, [], null, [], Attributes(("patterns", names)), ResultType, ""));
        foreach (TaskGraph graph in graphs)
        {
            Append(graph, (Together.Rate(graph) ?? 0) / all);
        }

        Nothing();
        _promises.Add(new PromiseClause("rate", 0, all, "", 0, ""));
        Budget(all);
        return new TaskGraph
        {
            Name = string.Join(" + ", names),
            ResultType = ResultType,
            Inputs = [.. _inputs],
            Declarations = [.. _declared],
            Steps = [.. _steps],
            Regions = [.. _regions],
            Tasks = [.. _tasks],
            Edges = [.. _edges],
            Promises = [.. _promises],
            ValueCount = _values,
        };
    }

    private string ResultType => graphs.Select(g => g.ResultType).Distinct().Count() == 1 ? graphs[0].ResultType : "json";

    private void Append(TaskGraph graph, double share)
    {
        (int steps, int regions, int tasks, int values) = (_steps.Count, _regions.Count, _tasks.Count, _values);
        HashSet<string> symbols = [.. graph.Declarations.Select(d => d.Symbol)];
        // Each workflow's names are its own, so that each may have pools of its own.
        string Name(string name) => $"{graph.Name}.{name}";
        string? Symbol(string? name) => name is not null && symbols.Contains(name) ? Name(name) : name;
        _declared.AddRange(graph.Declarations.Select(d => d with { Symbol = Name(d.Symbol), Options = Renamed(d.Options, "embed", s => Symbol(s) ?? s) }));
        foreach (Step step in graph.Steps)
        {
            _steps.Add(step with
            {
                Id = step.Id + steps,
                Name = Name(step.Name),
                Region = step.Region + regions,
                Operands = [.. step.Operands.Select(v => v + values)],
                Result = step.Result + values,
                Regions = [.. step.Regions.Select(r => r + regions)],
                Service = Symbol(step.Service),
                After = [.. step.After.Select(s => s + steps)],
                Attributes = step.Kind == StepKind.Input ? Renamed(step.Attributes, "name", Name) : Renamed(step.Attributes, "symbol", s => Symbol(s) ?? s),
            });
        }

        _steps[1] = _steps[1] with { Regions = _steps[1].Regions.Add(regions) };
        foreach (StepRegion region in graph.Regions)
        {
            bool root = region.Parent < 0;
            _regions.Add(region with
            {
                Id = region.Id + regions,
                Parent = root ? 1 : region.Parent + steps,
                Arguments = [.. region.Arguments.Select(v => v + values)],
                Steps = [.. region.Steps.Select(s => s + steps)],
                Yield = [.. region.Yield.Select(v => v + values)],
                Probability = root ? share : region.Probability,
            });
        }

        string? within = graph.Promises.FirstOrDefault(p => p is { Region: 0, Kind: "region" })?.Text;
        _tasks.AddRange(graph.Tasks.Select(t => t with
        {
            Id = t.Id + tasks,
            Name = Name(t.Name),
            Step = t.Step + steps,
            Service = Symbol(t.Service) ?? "",
            Executions = t.Executions * share,
            NeverLeaves = t.NeverLeaves ?? within,
            Near = Symbol(t.Near),
            Apart = Symbol(t.Apart),
        }));
        _edges.AddRange(graph.Edges.Select(e => e with { From = e.From + tasks, To = e.To + tasks }));
        _promises.AddRange(graph.Promises.Where(p => p.Region != 0 || p.Kind is "latency" or "first_token" or "quality")
            .Select(p => p with { Region = p.Region + regions, Text = p.Region == 0 ? graph.Name : p.Text }));
        _inputs.AddRange(graph.Inputs.Select(i => i with { Name = Name(i.Name), Type = i.Type.EndsWith('?') ? i.Type : i.Type + "?" }));
        _values += graph.ValueCount;
    }

    // What an unknown name gives.
    private void Nothing()
    {
        int region = _regions.Count;
        _steps[1] = _steps[1] with { Regions = _steps[1].Regions.Add(region) };
        _steps.Add(new Step(_steps.Count, StepKind.Constant, "nothing", region, [], _values, [], null, [], Attributes(("value", (object?)null)), "json", ""));
        _regions.Add(new StepRegion(region, 1, [], [_steps.Count - 1], [_values], 0, 1, 1, true));
        _values++;
    }

    // Runs of different workflows share machines, so only the mean of their budgets can be held against the cost of a run.
    private void Budget(double all)
    {
        double?[] budgets = [.. graphs.Select(g => g.Promises.FirstOrDefault(p => p is { Region: 0, Kind: "budget" })?.Limit)];
        if (budgets.All(b => b is not null))
        {
            _promises.Add(new PromiseClause("budget", 0, graphs.Zip(budgets).Sum(g => (Together.Rate(g.First) ?? 0) / all * (g.Second ?? 0)), "", 0, ""));
        }
    }

    private static ImmutableSortedDictionary<string, JsonElement> Renamed(
        ImmutableSortedDictionary<string, JsonElement> attributes, string key, Func<string, string> rename) =>
        attributes.TryGetValue(key, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? attributes.SetItem(key, Json(rename(value.GetString() ?? "")))
            : attributes;

    private static ImmutableSortedDictionary<string, JsonElement> Attributes(params (string Key, object? Value)[] entries) =>
        entries.ToImmutableSortedDictionary(e => e.Key, e => Json(e.Value), StringComparer.Ordinal);

    private static JsonElement Json(object? value) => value switch
    {
        null => JsonDocument.Parse("null").RootElement.Clone(),
        string text => JsonDocument.Parse(JsonValue.Create(text).ToJsonString()).RootElement.Clone(),
        IEnumerable<string> texts => JsonDocument.Parse(new JsonArray([.. texts.Select(t => (JsonNode)t)]).ToJsonString()).RootElement.Clone(),
        _ => throw new InvalidOperationException("attributes are texts"),
    };
}
