using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets.Simulated;

namespace Orchestrator.Tests.Runtime;

/// <summary>Runs graphs on a virtual clock with tools whose answers are given by name.</summary>
internal sealed class Simulation
{
    private readonly Dictionary<string, Func<StepRequest, SimulatedAnswer>> _tools = [];

    public Simulation() => Target = new SimulatedTarget(Answer);

    public VirtualClock Clock { get; } = new();

    public SimulatedTarget Target { get; }

    /// <summary>When each execution started, in order: name and milliseconds.</summary>
    public List<string> Starts { get; } = [];

    public EngineOptions Options { get; set; } = new();

    public ProcessMemory Memory { get; } = new(2);

    public Simulation Tool(string name, double ms, string value) => Tool(name, _ => new SimulatedAnswer(TimeSpan.FromMilliseconds(ms), new TextDatum(value)));

    public Simulation Tool(string name, Func<StepRequest, SimulatedAnswer> answer)
    {
        _tools[name] = answer;
        return this;
    }

    public Simulation Failing(string name, double ms, bool transient = false) =>
        Tool(name, r => new SimulatedAnswer(TimeSpan.FromMilliseconds(ms), Datum.None) { Failure = Failure(name, transient) });

    public static StepFailedException Failure(string name, bool transient = false) =>
        new(Diagnostic.Error("ORC5999", name + " broke", SourceSpan.None, "mend it"), transient);

    public RunResult Run(TaskGraph graph, params (string Name, Datum Value)[] inputs)
    {
        var services = new RunServices(TargetSet.Empty.With("simulated", Target), Memory);
        var environment = new TargetEnvironment("/", Clock, _ => null);
        RunResult result = Clock.Run(() => new Engine().RunAsync(graph, inputs.ToImmutableDictionary(i => i.Name, i => i.Value), services, environment, Options));
        Xunit.Assert.Equal(0, Target.Executing);
        return result;
    }

    public string Value(TaskGraph graph, params (string Name, Datum Value)[] inputs)
    {
        RunResult result = Run(graph, inputs);
        Xunit.Assert.True(result.Failure is null, result.Failure?.Message);
        return result.Value!.ToText();
    }

    private SimulatedAnswer Answer(StepRequest request)
    {
        string name = request.Service!.Symbol;
        Starts.Add(FormattableString.Invariant($"{name} {Clock.Elapsed.TotalMilliseconds:0}"));
        return _tools[name](request);
    }
}
