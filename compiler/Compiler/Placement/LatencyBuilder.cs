using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>When a value is there: whole, its first token, and so much of it that a consumer of the stream can begin.</summary>
/// <param name="End">Node of the whole value.</param>
/// <param name="First">Node of the first token.</param>
/// <param name="Begin">Node of the first part worth consuming.</param>
internal readonly record struct ValueTimes(int End, int First, int Begin)
{
    /// <summary>All at once.</summary>
    public static ValueTimes AtOnce(int node) => new(node, node, node);
}

/// <summary>
/// Turns a task graph into latency expressions at a percentile. Conservative throughout: percentiles of parts are added; of the branches
/// that are unlikely together (by at most one minus the percentile) none counts; loops run to their bound above the median; the earliest
/// branch of a race counts at the percentile of one branch; gather waits for all of its members.
/// </summary>
internal sealed class LatencyBuilder
{
    private const int DeepestNesting = 128;

    private readonly TaskGraph _graph;
    private readonly LatencyProgram _program;
    private readonly ILookup<int, int> _edgesInto;
    private readonly ILookup<int, int> _tasksOf;
    private readonly Dictionary<int, int> _definition = [];
    private readonly int _percentile;
    private readonly int _column;
    private double _ignorable;

    /// <summary>Builds for one percentile, whose durations stand in columns <paramref name="column"/> (whole) and the next (first part).</summary>
    public LatencyBuilder(TaskGraph graph, LatencyProgram program, int percentile, int column)
    {
        (_graph, _program, _percentile, _column) = (graph, program, percentile, column);
        _edgesInto = Enumerable.Range(0, graph.Edges.Length).ToLookup(e => graph.Edges[e].To);
        _tasksOf = graph.Tasks.ToLookup(t => t.Step, t => t.Id);
        _ignorable = 1 - percentile / 100.0 + 1e-12;
        foreach (Step step in graph.Steps)
        {
            _definition[step.Result] = step.Id;
        }
    }

    /// <summary>The times of the value of a region (0 is the workflow), from the start of that region.</summary>
    public ValueTimes Build(int region) => Region(region, 1, 0);

    private ValueTimes Region(int id, double probability, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new DiagnosticException(Diagnostic.Error(
                "ORC4006", $"the workflow nests more than {DeepestNesting} levels deep", SourceSpan.None, "split it into several workflows"));
        }

        StepRegion region = _graph.Regions[id];
        var times = new Dictionary<int, ValueTimes>();
        foreach (int step in region.Steps)
        {
            times[step] = Step(_graph.Steps[step], times, probability, depth);
        }

        // Effects whose value nobody reads still belong to the run.
        int end = _program.Max(times.Values.Select(t => t.End));
        ValueTimes[] yields = [.. region.Yield.Select(v => Of(v, times))];
        return yields.Length == 1
            ? new ValueTimes(end, yields[0].First, yields[0].Begin)
            : ValueTimes.AtOnce(end);
    }

    private ValueTimes Of(int value, Dictionary<int, ValueTimes> times) =>
        _definition.TryGetValue(value, out int step) && times.TryGetValue(step, out ValueTimes t) ? t : default;

    private ValueTimes Step(Step step, Dictionary<int, ValueTimes> times, double probability, int depth)
    {
        int start = _program.Max(Needs(step, times));
        if (step.Regions.IsEmpty)
        {
            return Leaf(step, start, times);
        }

        ValueTimes inside = Control(step, probability, depth);
        int own = step.Kind == StepKind.Human ? Leaf(step, start, times).End : start;
        return new ValueTimes(_program.Add(own, inside.End), _program.Add(own, inside.First), _program.Add(own, inside.Begin));
    }

    // What must be there before a step starts: its operands, everything that its regions read from outside, and earlier effects.
    private IEnumerable<int> Needs(Step step, Dictionary<int, ValueTimes> times)
    {
        foreach (int value in step.Operands)
        {
            yield return Of(value, times).End;
        }

        foreach (int before in step.After)
        {
            yield return times.TryGetValue(before, out ValueTimes t) ? t.End : LatencyProgram.Zero;
        }

        var open = new Stack<int>(step.Regions);
        while (open.Count > 0)
        {
            StepRegion region = _graph.Regions[open.Pop()];
            foreach (int value in region.Yield)
            {
                yield return Of(value, times).End;
            }

            foreach (int inner in region.Steps)
            {
                foreach (int value in _graph.Steps[inner].Operands)
                {
                    yield return Of(value, times).End;
                }

                foreach (int deeper in _graph.Steps[inner].Regions)
                {
                    open.Push(deeper);
                }
            }
        }
    }

    private ValueTimes Control(Step step, double probability, int depth)
    {
        ValueTimes[] regions = new ValueTimes[step.Regions.Length];
        bool[] counts = Counted(step, probability);
        for (int r = 0; r < regions.Length; r++)
        {
            if (counts[r])
            {
                StepRegion region = _graph.Regions[step.Regions[r]];
                regions[r] = Region(step.Regions[r], probability * region.Probability, depth + 1);
            }
        }

        switch (step.Kind)
        {
            case StepKind.If or StepKind.Match:
                return new ValueTimes(
                    _program.Max(regions.Select(r => r.End)), _program.Max(regions.Select(r => r.First)), _program.Max(regions.Select(r => r.Begin)));
            case StepKind.Loop:
                return ValueTimes.AtOnce(_program.Add([.. regions.Select((r, i) => _program.Scale(r.End, Runs(step.Regions[i])))]));
            case StepKind.Map:
                return ValueTimes.AtOnce(_program.Scale(regions[0].End, IsTrue(step, "in_order") ? Runs(step.Regions[0]) : 1));
            case StepKind.Race:
                return new ValueTimes(
                    _program.Min(regions.Select(r => r.End)), _program.Min(regions.Select(r => r.First)), _program.Min(regions.Select(r => r.Begin)));
            case StepKind.Best or StepKind.Try or StepKind.Human:
                return ValueTimes.AtOnce(_program.Add([.. regions.Select(r => r.End)]));
            case StepKind.Block:
                return regions[0];
            default:
                return ValueTimes.AtOnce(_program.Max(regions.Select(r => r.End)));
        }
    }

    // Branches that together run less often than one minus the percentile cannot move it.
    private bool[] Counted(Step step, double probability)
    {
        bool[] counted = [.. step.Regions.Select(_ => true)];
        if (step.Kind is StepKind.If or StepKind.Match or StepKind.Try or StepKind.Human)
        {
            foreach (int r in Enumerable.Range(0, counted.Length).OrderBy(r => _graph.Regions[step.Regions[r]].Probability).ThenBy(r => r))
            {
                double often = probability * _graph.Regions[step.Regions[r]].Probability;
                if (often <= _ignorable)
                {
                    counted[r] = false;
                    _ignorable -= often;
                }
            }
        }

        return counted;
    }

    private long Runs(int region)
    {
        StepRegion r = _graph.Regions[region];
        double runs = _percentile > 50 || !r.ExpectationKnown ? r.BoundRuns : r.ExpectedRuns;
        return (long)Math.Ceiling(Math.Clamp(runs - 1e-9, 0, 1e6));
    }

    private ValueTimes Leaf(Step step, int start, Dictionary<int, ValueTimes> times)
    {
        int[] tasks = [.. _tasksOf[step.Id].Order()];
        if (tasks.Length == 0)
        {
            return Glue(step, start, times);
        }

        var end = new Dictionary<int, int>();
        var begin = new Dictionary<int, int>();
        int? firstToken = null;
        foreach (int task in tasks)
        {
            int from = _program.Max([start, .. _edgesInto[task].Select(e => Arrival(e, step, end, times, whole: true))]);
            int streamed = _program.Max([Streamed(step, start, times), .. _edgesInto[task].Select(e => Arrival(e, step, end, times, whole: false))]);
            if (_graph.Tasks[task].Work.Kind is WorkKind.KvTransfer or WorkKind.Decode)
            {
                // The first token leaves when the prompt has been read; the transfer of the cache delays the second.
                firstToken ??= _program.Max([start, .. end.Values]);
            }

            end[task] = _program.Add(from, _program.Task(task, _column));
            begin[task] = _program.Add(streamed, _program.Task(task, _column + 1));
        }

        int whole = _program.Max(end.Values);
        int part = begin[tasks[^1]];
        return new ValueTimes(whole, firstToken ?? part, part);
    }

    // Text put together from parts starts with its first part; everything else that has no task is there at once.
    private ValueTimes Glue(Step step, int start, Dictionary<int, ValueTimes> times)
    {
        if (step.Kind == StepKind.Template && step.Operands.Length > 0)
        {
            ValueTimes head = Of(step.Operands[0], times);
            return new ValueTimes(start, head.First, head.Begin);
        }

        return ValueTimes.AtOnce(start);
    }

    // Speech can start with the first sentence of its text; every other step needs its operands whole.
    private int Streamed(Step step, int start, Dictionary<int, ValueTimes> times) => step.Kind == StepKind.Speak
        ? _program.Max([.. step.Operands.Select(v => Of(v, times).Begin), .. step.After.Select(a => times.TryGetValue(a, out ValueTimes t) ? t.End : 0)])
        : start;

    private int Arrival(int edge, Step step, Dictionary<int, int> inStep, Dictionary<int, ValueTimes> times, bool whole)
    {
        int producer = _graph.Edges[edge].From;
        if (inStep.TryGetValue(producer, out int end))
        {
            return _program.Add(end, _program.Edge(edge));
        }

        // The producer's ancestor in this region; a producer further out was there before the region began.
        int ancestor = _graph.Tasks[producer].Step;
        while (ancestor >= 0 && _graph.Steps[ancestor].Region != step.Region)
        {
            ancestor = _graph.Regions[_graph.Steps[ancestor].Region].Parent;
        }

        if (ancestor < 0 || !times.TryGetValue(ancestor, out ValueTimes t))
        {
            return _program.Edge(edge);
        }

        return _program.Add(whole || step.Kind != StepKind.Speak ? t.End : t.Begin, _program.Edge(edge));
    }

    private static bool IsTrue(Step step, string attribute) =>
        step.Attributes.TryGetValue(attribute, out var value) && value.ValueKind is not (System.Text.Json.JsonValueKind.False or System.Text.Json.JsonValueKind.Null);
}
