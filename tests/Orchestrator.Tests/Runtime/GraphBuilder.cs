using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Plan;

namespace Orchestrator.Tests.Runtime;

/// <summary>Builds task graphs by hand: values are numbers, regions are written inside out.</summary>
internal sealed class GraphBuilder
{
    private readonly List<Step> _steps = [];
    private readonly List<StepRegion> _regions = [new(0, -1, [], [], [], 1, 1, 1, true)];
    private readonly List<GraphTask> _tasks = [];
    private readonly List<GraphInput> _inputs = [];
    private readonly Dictionary<string, Declaration> _services = [];
    private readonly Stack<int> _open = new([0]);
    private int _values;

    public int Input(string name, string type, string? usual = null)
    {
        _inputs.Add(new GraphInput(name, type, usual is null ? null : Json(usual)));
        return Add(StepKind.Input, name, [], type, ("name", JsonSerializer.Serialize(name)));
    }

    public int Constant(string json, string type = "json") => Add(StepKind.Constant, "constant", [], type, ("value", json));

    public int Operator(string kind, string type, params int[] operands) => Add(StepKind.Operator, kind, operands, type, ("kind", $"\"{kind}\""));

    public int Tool(string name, params int[] operands) => Tool(name, "text", operands, []);

    public int Tool(string name, string type, int[] operands, int[] after, params (string, string)[] attributes)
    {
        _services.TryAdd(name, new Declaration(name, "tool", "simulated", name, ImmutableSortedDictionary<string, JsonElement>.Empty));
        int value = Add(StepKind.Tool, name, operands, type, attributes);
        Step step = _steps[^1] = _steps[^1] with { Service = name, After = [.. after.Select(v => _steps.Single(s => s.Result == v).Id)] };
        _tasks.Add(new GraphTask(_tasks.Count, step.Name, step.Id, "compute", name, new Workload { Kind = WorkKind.Compute, Executor = "simulated" }, 1, null, null));
        return value;
    }

    public void Declare(string name, params (string, string)[] options) => _services[name] = new Declaration(name, "tool", "simulated", name, Attributes(options));

    public int Leaf(StepKind kind, string name, int[] operands, string type, string service, params (string, string)[] attributes)
    {
        int value = Add(kind, name, operands, type, attributes);
        _steps[^1] = _steps[^1] with { Service = service };
        return value;
    }

    /// <summary>A control step; each region is written by a function from its argument (or -1) to what it yields.</summary>
    public int Control(StepKind kind, string name, int[] operands, (string, string)[] attributes, params (bool Argument, Func<int, int> Body)[] regions)
    {
        int id = _steps.Count;
        int value = Add(kind, name, operands, "json", attributes);
        var ids = new List<int>();
        foreach ((bool argument, Func<int, int> body) in regions)
        {
            int region = _regions.Count;
            ImmutableArray<int> arguments = argument ? [_values++] : [];
            _regions.Add(new StepRegion(region, id, arguments, [], [], 1, 1, 1, true));
            _open.Push(region);
            int yield = body(argument ? arguments[0] : -1);
            _open.Pop();
            _regions[region] = _regions[region] with { Yield = [yield] };
            ids.Add(region);
        }

        _steps[id] = _steps[id] with { Regions = [.. ids] };
        return value;
    }

    public int Add(StepKind kind, string name, int[] operands, string type, params (string, string)[] attributes)
    {
        int id = _steps.Count;
        string unique = _steps.Exists(s => s.Name == name) ? $"{name}#{id}" : name;
        _steps.Add(new Step(id, kind, unique, _open.Peek(), [.. operands], _values++, [], null, [], Attributes(attributes), type, ""));
        StepRegion region = _regions[_open.Peek()];
        _regions[region.Id] = region with { Steps = region.Steps.Add(id) };
        return _values - 1;
    }

    public TaskGraph Build(params int[] yield)
    {
        _regions[0] = _regions[0] with { Yield = [.. yield] };
        return new TaskGraph
        {
            Name = "test",
            ResultType = "json",
            Inputs = [.. _inputs],
            Declarations = [.. _services.Values],
            Steps = [.. _steps],
            Regions = [.. _regions],
            Tasks = [.. _tasks],
            ValueCount = _values,
        };
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static ImmutableSortedDictionary<string, JsonElement> Attributes((string Name, string Value)[] attributes) =>
        attributes.ToImmutableSortedDictionary(a => a.Name, a => Json(a.Value), StringComparer.Ordinal);
}
