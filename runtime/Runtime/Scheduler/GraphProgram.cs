using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>A task graph decoded for execution: built once, shared by all its runs. Building checks all that execution relies on.</summary>
internal sealed class GraphProgram
{
    /// <summary>Deepest nesting of control; the compiler allows less.</summary>
    public const int DepthLimit = 512;

    private readonly TaskGraph _graph;
    private readonly RegionPlan[] _regions;
    private readonly int[] _outer;

    // Where each value is defined; -1 until seen.
    private readonly int[] _valueRegion;
    private readonly int[] _valueSlot;
    private readonly int[] _valueStep;

    private GraphProgram(TaskGraph graph)
    {
        _graph = graph;
        _regions = new RegionPlan[graph.Regions.Length];
        _outer = new int[graph.Regions.Length];
        _valueRegion = new int[graph.ValueCount];
        _valueSlot = new int[graph.ValueCount];
        _valueStep = new int[graph.ValueCount];
        Array.Fill(_valueRegion, -1);
        Array.Fill(_valueStep, -1);
    }

    public TaskGraph Graph => _graph;

    public RegionPlan Root => _regions[0];

    /// <summary>By step id.</summary>
    public StepPlan[] Steps { get; private set; } = [];

    /// <summary>Decodes and checks a graph.</summary>
    /// <exception cref="DiagnosticException">ORC5001: the graph contradicts itself.</exception>
    public static GraphProgram Build(TaskGraph graph)
    {
        Require(!(graph.Regions.IsDefault || graph.Steps.IsDefault || graph.Tasks.IsDefault || graph.Declarations.IsDefault || graph.Inputs.IsDefault), "a list is missing");
        Require(graph.Steps.All(s => !(s.Operands.IsDefault || s.Regions.IsDefault || s.After.IsDefault) && s is { Attributes: not null, Name: not null, Type: not null, Location: not null }), "a step lacks a part");
        Require(graph.Regions.All(r => !(r.Arguments.IsDefault || r.Steps.IsDefault || r.Yield.IsDefault)), "a region lacks a part");
        Require(graph.Regions.Length > 0 && graph.Regions[0].Parent < 0, "it has no root region");
        Require(graph.ValueCount is >= 0 and <= 10_000_000, "its number of values is not possible");
        var program = new GraphProgram(graph);
        program.Nest();
        program.Define();
        program.Connect();
        program.MarkStreams();
        return program;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new DiagnosticException(Diagnostic.Error("ORC5001", $"the plan is damaged: {what}", SourceSpan.None, "compile the workflow again"));
        }
    }

    // The second region of a loop sees the names of the first; every other region sees the region that its step stands in.
    private void Nest()
    {
        for (int id = 0; id < _regions.Length; id++)
        {
            StepRegion region = _graph.Regions[id];
            Require(region.Id == id && region.Parent < _graph.Steps.Length && (region.Parent >= 0) == (id > 0), $"region {id} has no place");
            _outer[id] = -1;
            if (region.Parent >= 0)
            {
                Step parent = _graph.Steps[region.Parent];
                Require(parent.Regions.Contains(id), $"region {id} is not known to its step");
                _outer[id] = parent.Kind == StepKind.Loop && parent.Regions.Length == 2 && parent.Regions[1] == id ? parent.Regions[0] : parent.Region;
            }

            _regions[id] = new RegionPlan { Id = id, Arguments = region.Arguments.Length };
        }

        for (int id = 0; id < _regions.Length; id++)
        {
            int depth = 0;
            for (int at = id; at >= 0; at = _outer[at])
            {
                Require(++depth <= DepthLimit && at < _outer.Length, "control is nested too deep or in a circle");
            }
        }
    }

    private void Define()
    {
        Steps = new StepPlan[_graph.Steps.Length];
        ILookup<int, int> tasks = _graph.Tasks.ToLookup(t => t.Step, t => t.Id);
        foreach (StepRegion region in _graph.Regions)
        {
            RegionPlan plan = _regions[region.Id];
            for (int i = 0; i < region.Arguments.Length; i++)
            {
                DefineValue(region.Arguments[i], region.Id, i);
            }

            plan.Slots = region.Arguments.Length + region.Steps.Length;
            plan.Steps = new StepPlan[region.Steps.Length];
            for (int local = 0; local < region.Steps.Length; local++)
            {
                int id = region.Steps[local];
                Require(id >= 0 && id < Steps.Length && Steps[id] is null && _graph.Steps[id].Id == id && _graph.Steps[id].Region == region.Id, $"step {id} has no place");
                Step step = _graph.Steps[id];
                DefineValue(step.Result, region.Id, region.Arguments.Length + local);
                _valueStep[step.Result] = id;
                plan.Steps[local] = Steps[id] = StepDecoder.Decode(_graph, step, local, region.Arguments.Length + local, [.. tasks[id]]);
            }
        }

        Require(Steps.All(s => s is not null), "a step stands in no region");
    }

    private void DefineValue(int value, int region, int slot)
    {
        Require(value >= 0 && value < _valueRegion.Length && _valueRegion[value] < 0, $"value {value} is defined twice or not at all");
        (_valueRegion[value], _valueSlot[value]) = (region, slot);
    }

    private void Connect()
    {
        foreach (StepRegion region in _graph.Regions)
        {
            RegionPlan plan = _regions[region.Id];
            var outerReads = new List<OuterRead>();
            var dependents = new List<int>[plan.Steps.Length];
            for (int local = 0; local < plan.Steps.Length; local++)
            {
                StepPlan step = plan.Steps[local];
                var waits = new HashSet<int>();
                for (int i = 0; i < step.Operands.Length; i++)
                {
                    ValueRef value = step.Operands[i] = Find(step.Step.Operands[i], region.Id, local, step.Step.Name);
                    Note(value, plan, local, waits, outerReads);
                }

                foreach (int after in step.Step.After)
                {
                    Require(after >= 0 && after < Steps.Length && Steps[after].Step.Region == region.Id && Steps[after].Local < local, $"'{step.Step.Name}' waits for a later step");
                    waits.Add(Steps[after].Local);
                }

                foreach (int wait in waits)
                {
                    (dependents[wait] ??= []).Add(local);
                }

                step.Waits = waits.Count;
                Require(step.Step.Regions.All(r => r > 0 && r < _regions.Length && _graph.Regions[r].Parent == step.Step.Id), $"'{step.Step.Name}' holds a region that is not its own");
                step.Regions = [.. step.Step.Regions.Select(r => _regions[r])];
                ShapeCheck(step);
            }

            plan.Yield = [.. region.Yield.Select(v => Find(v, region.Id, plan.Steps.Length, "the end of a region"))];
            outerReads.AddRange(plan.Yield.Where(v => v.Hops > 0).Select(v => new OuterRead(OuterRead.Yield, v)));
            plan.OuterReads = [.. outerReads];
            plan.Waits = [.. plan.Steps.Select(s => s.Waits)];
            for (int local = 0; local < plan.Steps.Length; local++)
            {
                plan.Steps[local].Dependents = dependents[local]?.ToArray() ?? [];
            }
        }
    }

    private static void Note(ValueRef value, RegionPlan plan, int local, HashSet<int> waits, List<OuterRead> outerReads)
    {
        if (value.Hops > 0)
        {
            var read = new OuterRead(local, value);
            if (!outerReads.Contains(read))
            {
                outerReads.Add(read);
            }
        }
        else if (value.Slot >= plan.Arguments)
        {
            waits.Add(value.Slot - plan.Arguments);
        }
    }

    private ValueRef Find(int value, int region, int local, string reader)
    {
        Require(value >= 0 && value < _valueRegion.Length && _valueRegion[value] >= 0, $"'{reader}' reads a value that nothing defines");
        int hops = 0;
        int inside = region;
        for (int at = region; at >= 0; inside = at, at = _outer[at], hops++)
        {
            if (at == _valueRegion[value])
            {
                int before = hops == 0 ? local : _graph.Regions[inside].Parent is var parent && Steps[parent].Step.Region == at ? Steps[parent].Local : int.MaxValue;
                Require(_valueSlot[value] - _regions[at].Arguments < before, $"'{reader}' reads a value that is defined later");
                return new ValueRef(hops, _valueSlot[value]);
            }
        }

        Require(false, $"'{reader}' reads a value of a region that it does not stand in");
        return default;
    }

    private static void ShapeCheck(StepPlan step)
    {
        int regions = step.Regions.Length;
        (bool fits, int operands) = step.Step.Kind switch
        {
            StepKind.If => (regions == 2, 1),
            StepKind.Match => (regions == step.Patterns.Length + 1, 1),
            StepKind.Map => (regions == 1 && step.Regions[0].Arguments == 1, 1),
            StepKind.Gather => (regions == 1 && step.Regions[0].Arguments == 1 && step.K > 0, 1),
            StepKind.Loop => (regions == 2 && step.Regions[0].Arguments == 1 && step.Regions[1].Arguments <= 1 && step.AtMost >= 0, 1),
            StepKind.Race => (regions >= 1, 0),
            StepKind.Best => (regions == 2 && step.Regions[1].Arguments == 1 && step.N > 0, 0),
            StepKind.Try => (regions == 2, 0),
            StepKind.Block => (regions == 1, 0),
            StepKind.Human => (regions <= 1, 1),
            StepKind.Recall => (regions == 0, 1),
            StepKind.Remember => (regions == 0, 2),
            StepKind.Field => (regions == 0, 1),
            _ => (regions == 0, 0),
        };
        Require(fits && step.Operands.Length >= operands, $"'{step.Step.Name}' ({step.Step.Kind}) lacks a part");
    }

    // The calls whose text is the workflow's value as it is: through choices and blocks, not through anything that may take it back.
    private void MarkStreams()
    {
        var open = new Stack<int>(_graph.Regions[0].Yield);
        while (open.TryPop(out int value))
        {
            if (_valueStep[value] < 0)
            {
                continue;
            }

            StepPlan step = Steps[_valueStep[value]];
            if (step.Step.Kind == StepKind.Call)
            {
                step.Streams = step.Retry == 0 && !step.Step.Attributes.ContainsKey("schema");
            }
            else if (step.Step.Kind is StepKind.If or StepKind.Match or StepKind.Block && step.Retry == 0)
            {
                foreach (int region in step.Step.Regions)
                {
                    foreach (int inner in _graph.Regions[region].Yield)
                    {
                        open.Push(inner);
                    }
                }
            }
        }
    }
}
