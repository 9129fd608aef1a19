using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Tests.Placing;

/// <summary>What a random workflow is made of; evaluated by <see cref="BruteForce"/> on this tree, placed through the task graph made of it.</summary>
internal abstract record Shape
{
    /// <summary>One task.</summary>
    public sealed record Tool(int Task) : Shape;

    /// <summary>Two tasks that one pool may serve together.</summary>
    public sealed record Call(int Prefill, int Decode) : Shape;

    /// <summary>One after the other, each reading the one before.</summary>
    public sealed record Seq(Shape[] Parts) : Shape;

    /// <summary>At the same time; leaves only.</summary>
    public sealed record Par(Shape[] Parts) : Shape;

    public sealed record If(double Probability, Shape Then, Shape Else) : Shape;

    public sealed record Loop(int Expected, int Bound, Shape Body) : Shape;

    public sealed record Race(Shape A, Shape B) : Shape;

    public sealed record Map(int Items, bool InOrder, Shape Body) : Shape;
}

/// <summary>A random workflow with a random fleet and random candidates, all from one seed; numbers are round, so that sums are exact.</summary>
internal sealed class RandomWorkflow
{
    private const int Classes = 4;
    private readonly Random _random;
    private readonly GraphWriter _writer = new();
    private readonly int _mostTasks;

    public RandomWorkflow(int seed)
    {
        _random = new Random(seed);
        _mostTasks = _random.Next(1, 7);
        double executions = 1;
        (Shape shape, int value) = Sequence(0, [], 0, executions, nested: false);
        Root = shape;
        _writer.Yield(0, value);
        Graph = _writer.Finish($"random-{seed}");
        Rate = _random.Next(2) == 0 ? null : 1.0;
        Fleet = RandomFleet();
        Table = RandomTable();
        Objective = RandomObjective();
        Wish(new Random(-1 - seed));
    }

    // Some workflows also want qualities, or tasks beside or apart from each other, or fill their links.
    private void Wish(Random random)
    {
        if (Graph.Tasks.Length > 1 && random.Next(4) == 0)
        {
            int[] two = [.. Enumerable.Range(0, Graph.Tasks.Length).OrderBy(_ => random.Next()).Take(2)];
            string other = Graph.Tasks[two[1]].Service;
            bool together = random.Next(2) == 0;
            Graph = Graph with { Tasks = [.. Graph.Tasks.Select(t => t.Id != two[0] ? t : together ? t with { Near = other } : t with { Apart = other })] };
        }

        if (random.Next(5) == 0)
        {
            double slower = random.Next(20, 400);
            Fleet = Fleet with { Links = [.. Fleet.Links.Select(l => l with { Bandwidth = l.Bandwidth with { Value = l.Bandwidth.Value / slower } })] };
        }

        if (random.Next(3) == 0)
        {
            Table = Table with { Candidates = [.. Table.Candidates.Select(c => c with { Qualities = [.. c.Tasks.Select(_ => random.Next(4) == 0 ? (double?)null : random.Next(50, 101) / 100.0)] })] };
            Objective = Objective with { Quality = random.Next(50, 96) / 100.0 };
        }
    }

    public Shape Root { get; }

    public TaskGraph Graph { get; private set; }

    public Fleet Fleet { get; private set; }

    public EstimateTable Table { get; private set; }

    public Objective Objective { get; private set; }

    private double? Rate { get; }

    private int Left => _mostTasks - _writer.TaskCount;

    // A region's parts in order; sources are values and last tasks that the first part reads.
    private (Shape Shape, int Value) Sequence(int region, (int Value, int Task)[] sources, int depth, double executions, bool nested)
    {
        var parts = new List<Shape>();
        int length = nested ? _random.Next(1, 3) : 6;
        (int Value, int Task)[] last = sources;
        for (int i = 0; i < length && (Left > 0 || parts.Count == 0); i++)
        {
            (Shape part, last) = Part(region, last, depth, executions);
            parts.Add(part);
        }

        return (new Shape.Seq([.. parts]), _writer.Step(region, StepKind.Record, "out", [.. last.Select(l => l.Value)]));
    }

    private (Shape, (int Value, int Task)[]) Part(int region, (int Value, int Task)[] sources, int depth, double executions)
    {
        int kind = depth >= 2 || Left <= 1 ? _random.Next(2) : _random.Next(8);
        switch (kind)
        {
            case 2 when Left >= 2:
                int width = Math.Min(Left, _random.Next(2, 4));
                var leaves = Enumerable.Range(0, width).Select(_ => Leaf(region, sources, executions, call: false)).ToArray();
                return (new Shape.Par([.. leaves.Select(l => l.Shape)]), [.. leaves.Select(l => l.Last)]);
            case 3 or 4:
                return Branch(region, sources, depth, executions);
            case 5:
                int expected = _random.Next(1, 3);
                int bound = expected + _random.Next(0, 3);
                int body = _writer.Region(1, expected, bound);
                int condition = _writer.Region(1, expected, bound);
                (Shape inside, int value) = Sequence(body, sources, depth + 1, executions * expected, nested: true);
                _writer.Yield(body, value);
                return (new Shape.Loop(expected, bound, inside), [(_writer.Step(region, StepKind.Loop, "loop", Values(sources), regions: [condition, body]), -1)]);
            case 6 when Left >= 2:
                int a = _writer.Region();
                int b = _writer.Region();
                (Shape first, int firstValue) = Sequence(a, sources, depth + 1, executions, nested: true);
                (Shape second, int secondValue) = Sequence(b, sources, depth + 1, executions, nested: true);
                _writer.Yield(a, firstValue);
                _writer.Yield(b, secondValue);
                return (new Shape.Race(first, second), [(_writer.Step(region, StepKind.Race, "race", Values(sources), regions: [a, b]), -1)]);
            case 7:
                int items = _random.Next(1, 5);
                bool inOrder = _random.Next(3) == 0;
                int each = _writer.Region(1, items, items);
                (Shape mapped, int mappedValue) = Sequence(each, sources, depth + 1, executions * items, nested: true);
                _writer.Yield(each, mappedValue);
                (string, object)[] attributes = inOrder ? [("in_order", true)] : [];
                return (new Shape.Map(items, inOrder, mapped), [(_writer.Step(region, StepKind.Map, "map", Values(sources), null, [each], attributes), -1)]);
            default:
                (Shape leaf, (int, int) end) = Leaf(region, sources, executions, call: kind == 1 && Left >= 2);
                return (leaf, [end]);
        }
    }

    private (Shape, (int Value, int Task)[]) Branch(int region, (int Value, int Task)[] sources, int depth, double executions)
    {
        double probability = _random.Next(5) switch { 0 => 0.03125, 1 => 0.25, 2 => 0.5, 3 => 0.96875, _ => 1 };
        int yes = _writer.Region(probability);
        int no = _writer.Region(1 - probability);
        (Shape then, int thenValue) = Sequence(yes, sources, depth + 1, executions * probability, nested: true);
        (Shape otherwise, int elseValue) = Left > 0
            ? Sequence(no, sources, depth + 1, executions * (1 - probability), nested: true)
            : (new Shape.Seq([]), _writer.Step(no, StepKind.Constant, "nothing", []));
        _writer.Yield(yes, thenValue);
        _writer.Yield(no, elseValue);
        return (new Shape.If(probability, then, otherwise), [(_writer.Step(region, StepKind.If, "if", Values(sources), regions: [yes, no]), -1)]);
    }

    private (Shape Shape, (int Value, int Task) Last) Leaf(int region, (int Value, int Task)[] sources, double executions, bool call)
    {
        string name = "t" + _writer.TaskCount;
        int value = _writer.Step(region, call ? StepKind.Call : StepKind.Tool, name, Values(sources), name);
        var work = new Workload { Kind = WorkKind.Compute, Executor = "process" };
        int first = _writer.Task(value, name, "compute", name, work, executions);
        int second = first;
        if (call)
        {
            second = _writer.Task(value, name + ".decode", "write", name, work, executions);
            _writer.Edge(first, second, 1e6 * _random.Next(0, 4));
        }

        foreach ((_, int task) in sources.Where(s => s.Task >= 0))
        {
            _writer.Edge(task, first, 1e6 * _random.Next(0, 4));
        }

        return (call ? new Shape.Call(first, second) : new Shape.Tool(first), (value, second));
    }

    private static int[] Values((int Value, int Task)[] sources) => [.. sources.Select(s => s.Value)];

    private Fleet RandomFleet()
    {
        var devices = Enumerable.Range(0, Classes).Select(d => new Device
        {
            Name = "d" + d,
            Kind = "k" + d,
            Tier = "cpu",
            Count = _random.Next(1, 4),
            Place = "p" + _random.Next(3),
            PricePerHour = new Sourced(_random.Next(1, 20) * 0.25, "random"),
        }).ToImmutableArray();
        var links = ImmutableArray.CreateBuilder<Link>();
        for (int a = 0; a < 3; a++)
        {
            for (int b = a; b < 3; b++)
            {
                if (_random.Next(6) > 0)
                {
                    // 1 MB takes 1 to 4 ms and costs up to 3 micro-dollars.
                    links.Add(new Link($"p{a}", $"p{b}", new Sourced(1e9 / _random.Next(1, 5), ""), new Sourced(_random.Next(0, 3) * 1e-3, ""), new Sourced(_random.Next(0, 4) * 1e-3, "")));
                }
            }
        }

        return new Fleet("random", devices, links.ToImmutable());
    }

    private EstimateTable RandomTable()
    {
        var candidates = ImmutableArray.CreateBuilder<Candidate>();
        foreach (IGrouping<int, GraphTask> step in Graph.Tasks.GroupBy(t => t.Step))
        {
            int[][] sets = step.Count() == 2 ? [[.. step.Select(t => t.Id)], [step.First().Id], [step.Last().Id]] : [[step.First().Id]];
            foreach (int[] tasks in sets)
            {
                foreach (Device device in Fleet.Devices.Where(_ => _random.Next(5) > 0))
                {
                    candidates.Add(RandomCandidate(candidates.Count, tasks, device));
                }
            }
        }

        return new EstimateTable(candidates.ToImmutable(), []);
    }

    private Candidate RandomCandidate(int id, int[] tasks, Device device)
    {
        Estimate[] estimates = [.. tasks.Select(_ =>
        {
            double median = _random.Next(1, 60) * 1e-3;
            return new Estimate(Interval.Exactly(median), Interval.Exactly(median + _random.Next(0, 60) * 1e-3), Interval.Exactly(0), Bytes.Zero, "random", "");
        })];
        double use = Rate is null ? 0 : _random.Next(1, 9) * 0.25;
        double charge = _random.Next(0, 50) * 1e-6;
        return new Candidate(
            id, [], [.. tasks], device.Name, "", "", 1, 1, 0.5, null, Rate is null ? new Dollars(charge + _random.Next(1, 100) * 1e-5) : null, Bytes.Zero, [.. estimates])
        {
            DeviceUse = use,
            ChargePerRun = new Dollars(charge),
            Concurrency = 1 << _random.Next(3),
        };
    }

    private Objective RandomObjective()
    {
        var limits = ImmutableSortedDictionary<int, double>.Empty;
        for (int i = _random.Next(3); i > 0; i--)
        {
            limits = limits.SetItem(_random.Next(2) == 0 ? 50 : 95, _random.Next(20, 120 + 80 * Graph.Tasks.Length) * 1e-3);
        }

        return new Objective
        {
            RatePerSecond = Rate,
            LatencyLimits = limits,
            OverrunPerSecond = _random.Next(4) == 0 ? new Dollars(_random.Next(1, 10) * 1e-3) : null,
        };
    }
}
