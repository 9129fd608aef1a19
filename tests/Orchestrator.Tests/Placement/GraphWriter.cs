using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Plan;

namespace Orchestrator.Tests.Placing;

/// <summary>Builds task graphs for tests: regions, steps, tasks and edges, numbered as Freeze numbers them.</summary>
internal sealed class GraphWriter
{
    private readonly List<Step> _steps = [];
    private readonly List<StepRegion> _regions = [];
    private readonly List<GraphTask> _tasks = [];
    private readonly List<GraphEdge> _edges = [];
    private readonly List<Declaration> _declarations = [];
    private int _values;

    public GraphWriter() => _regions.Add(new StepRegion(0, -1, [], [], [], 1, 1, 1, true));

    public int TaskCount => _tasks.Count;

    public void Model(string symbol, string target) => _declarations.Add(new Declaration(symbol, "model", "", target, Nothing));

    public void Tool(string symbol, string flavour) => _declarations.Add(new Declaration(symbol, "tool", flavour, symbol, Nothing));

    /// <summary>A region of a control step that is added later by <c>Control</c>; gives its id.</summary>
    public int Region(double probability = 1, double expected = 1, double bound = 1, bool known = true)
    {
        _regions.Add(new StepRegion(_regions.Count, -2, [], [], [], probability, expected, bound, known));
        return _regions.Count - 1;
    }

    /// <summary>A step; gives its value.</summary>
    public int Step(int region, StepKind kind, string name, int[] operands, string? service = null, int[]? regions = null, params (string, object)[] attributes)
    {
        int id = _steps.Count;
        var json = attributes.ToImmutableSortedDictionary(a => a.Item1, a => JsonSerializer.SerializeToElement(a.Item2));
        _steps.Add(new Step(id, kind, name, region, [.. operands], _values, [.. regions ?? []], service, [], json, "text", $"test.flow:{id + 1}:1"));
        foreach (int inner in regions ?? [])
        {
            _regions[inner] = _regions[inner] with { Parent = id };
        }

        _regions[region] = _regions[region] with { Steps = _regions[region].Steps.Add(id) };
        return _values++;
    }

    /// <summary>A task of the step that made a value; gives its id.</summary>
    public int Task(int value, string name, string phase, string service, Workload work, double executions = 1)
    {
        _tasks.Add(new GraphTask(_tasks.Count, name, _steps.First(s => s.Result == value).Id, phase, service, work, executions, null, null));
        return _tasks.Count - 1;
    }

    public void Edge(int from, int to, double? bytes = null, bool streams = false) =>
        _edges.Add(new GraphEdge(from, to, bytes is { } b ? new Bytes(b) : null, streams));

    public void Yield(int region, params int[] values) => _regions[region] = _regions[region] with { Yield = [.. values] };

    public TaskGraph Finish(string name = "test") => new()
    {
        Name = name,
        ResultType = "text",
        Declarations = [.. _declarations],
        Steps = [.. _steps],
        Regions = [.. _regions],
        Tasks = [.. _tasks],
        Edges = [.. _edges],
        ValueCount = _values,
    };

    /// <summary>A model call: prefill, KV transfer, decode; gives the step's value.</summary>
    public int Call(int region, string name, string service, string model, double tokensIn, double tokensOut, int[] operands, double executions = 1)
    {
        int value = Step(region, StepKind.Call, name, operands, service);
        var work = new Workload { Kind = WorkKind.Prefill, Executor = "llm", Model = model, TokensIn = tokensIn, TokensOut = tokensOut, Precisions = ["bf16"] };
        int prefill = Task(value, name + ".prefill", "prefill", service, work, executions);
        int transfer = Task(value, name + ".kv_transfer", "kv_transfer", service, work with { Kind = WorkKind.KvTransfer }, executions);
        int decode = Task(value, name + ".decode", "decode", service, work with { Kind = WorkKind.Decode }, executions);
        Edge(prefill, transfer);
        Edge(transfer, decode);
        return value;
    }

    private static ImmutableSortedDictionary<string, JsonElement> Nothing => ImmutableSortedDictionary<string, JsonElement>.Empty;
}
