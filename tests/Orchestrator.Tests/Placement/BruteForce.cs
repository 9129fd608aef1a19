using Orchestrator.Plan;

namespace Orchestrator.Tests.Placing;

/// <summary>
/// Tries every way to cover the tasks and evaluates each on the workflow's tree, by rules written again from their description: percentiles of
/// parts add, unlikely branches are left out while together they stay within what the percentile leaves, loops run to their bound above the
/// median, races take the earlier branch, maps go round as often as the pool's slots need.
/// </summary>
internal sealed class BruteForce(RandomWorkflow workflow)
{
    private readonly Dictionary<string, Device> _devices = workflow.Fleet.Devices.ToDictionary(d => d.Name);
    private readonly Dictionary<(int, int), GraphEdge> _edges = workflow.Graph.Edges.ToDictionary(e => (e.From, e.To));
    private readonly Candidate[] _owner = new Candidate[workflow.Graph.Tasks.Length];
    private int _percentile;
    private double _ignorable;

    private double Runs => workflow.Objective.RatePerSecond is { } rate ? rate * 3600 : 1;

    /// <summary>The least objective in US dollars, or null when nothing is feasible.</summary>
    public double? Best()
    {
        double? best = null;
        Try(0, [], chosen =>
        {
            double? value = Value(chosen);
            best = value is { } v && (best is null || v < best) ? v : best;
        });
        return best;
    }

    /// <summary>The objective of a choice in US dollars, or null when it breaks a constraint.</summary>
    public double? Value(IReadOnlyCollection<Candidate> chosen)
    {
        foreach (Candidate candidate in chosen)
        {
            foreach (int task in candidate.Tasks)
            {
                _owner[task] = candidate;
            }
        }

        double? cost = Cost(chosen);
        if (cost is null || !LinksCarryIt() || !AreNeighbours() || 1 - Lost(workflow.Root, 1) < (workflow.Objective.Quality ?? 0) - 1e-9)
        {
            return null;
        }

        foreach ((int percentile, double limit) in workflow.Objective.LatencyLimits)
        {
            _percentile = percentile;
            _ignorable = 1 - percentile / 100.0 + 1e-12;
            double latency = Run(workflow.Root, [], 1, 1).Max(e => e.Time);
            if (latency > limit + 1e-9)
            {
                if (workflow.Objective.OverrunPerSecond is not { } price)
                {
                    return null;
                }

                cost += (latency - limit) * price.Value * Runs;
            }
        }

        return cost;
    }

    private void Try(int task, List<Candidate> chosen, Action<List<Candidate>> visit)
    {
        while (task < workflow.Graph.Tasks.Length && chosen.Any(c => c.Tasks.Contains(task)))
        {
            task++;
        }

        if (task == workflow.Graph.Tasks.Length)
        {
            visit(chosen);
            return;
        }

        foreach (Candidate candidate in workflow.Table.Candidates.Where(c => c.Tasks.Contains(task) && !c.Tasks.Any(t => chosen.Any(x => x.Tasks.Contains(t)))))
        {
            chosen.Add(candidate);
            Try(task + 1, chosen, visit);
            chosen.RemoveAt(chosen.Count - 1);
        }
    }

    // On average a link carries at most 85 % of its bandwidth, each direction by itself.
    private bool LinksCarryIt()
    {
        var carried = new Dictionary<(string, string), double>();
        foreach (GraphEdge edge in workflow.Graph.Edges.Where(e => workflow.Objective.RatePerSecond is not null && _owner[e.From].Id != _owner[e.To].Id))
        {
            (string a, string b) = (_devices[_owner[edge.From].Device].Place, _devices[_owner[edge.To].Device].Place);
            double often = Math.Min(workflow.Graph.Tasks[edge.From].Executions, workflow.Graph.Tasks[edge.To].Executions) * workflow.Objective.RatePerSecond!.Value; // not null, says the filter
            carried[(a, b)] = carried.GetValueOrDefault((a, b)) + often * edge.Data!.Value.Value; // known: every edge of a random graph has its bytes
        }

        return carried.All(c => workflow.Fleet.LinkBetween(c.Key.Item1, c.Key.Item2) is not { } link || c.Value <= 0.85 * link.Bandwidth.Value * (1 + 1e-9));
    }

    private bool AreNeighbours()
    {
        foreach (GraphTask task in workflow.Graph.Tasks)
        {
            foreach ((string? other, bool together) in new[] { (task.Near, true), (task.Apart, false) })
            {
                string place = _devices[_owner[task.Id].Device].Place;
                if (workflow.Graph.Tasks.Any(t => t.Service == other && t.Step != task.Step && (_devices[_owner[t.Id].Device].Place == place) != together))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Quality lost: the worst of what follows each other, the mean of branches, to a thousandth of a run and upwards.
    private double Lost(Shape shape, double weight) => shape switch
    {
        Shape.Tool tool => LostIn(tool.Task, weight),
        Shape.Call call => Math.Max(LostIn(call.Prefill, weight), LostIn(call.Decode, weight)),
        Shape.If branch => Lost(branch.Then, weight * branch.Probability) + Lost(branch.Else, weight * (1 - branch.Probability)),
        Shape.Loop loop => Lost(loop.Body, weight),
        Shape.Map map => Lost(map.Body, weight),
        Shape.Race race => Math.Max(Lost(race.A, weight), Lost(race.B, weight)),
        Shape.Seq seq => seq.Parts.Select(p => Lost(p, weight)).DefaultIfEmpty(0).Max(),
        Shape.Par par => par.Parts.Max(p => Lost(p, weight)),
        _ => throw new InvalidOperationException("no such shape"),
    };

    private double LostIn(int task, double weight)
    {
        Candidate owner = _owner[task];
        double lost = owner.Qualities.IsEmpty ? 0 : 1 - (owner.Qualities[owner.Tasks.IndexOf(task)] ?? 1);
        return lost * Math.Ceiling(weight * 1000 - 1e-9) / 1000;
    }

    private double? Cost(IReadOnlyCollection<Candidate> chosen)
    {
        double cost = 0;
        foreach (IGrouping<string, Candidate> device in chosen.GroupBy(c => c.Device))
        {
            double machines = Math.Ceiling(device.Sum(c => c.DeviceUse));
            if (machines > _devices[device.Key].Count)
            {
                return null;
            }

            cost += workflow.Objective.RatePerSecond is null
                ? device.Sum(c => c.CostPerRun!.Value.Value) // known: the table gives it when there is no rate
                : machines * _devices[device.Key].PricePerHour!.Value + device.Sum(c => c.ChargePerRun.Value) * Runs; // known: every device has a price
        }

        foreach (GraphEdge edge in workflow.Graph.Edges)
        {
            if (Move(edge) is not { } move)
            {
                return null;
            }

            cost += move.Dollars * Math.Min(workflow.Graph.Tasks[edge.From].Executions, workflow.Graph.Tasks[edge.To].Executions) * Runs;
        }

        return cost;
    }

    private (double Seconds, double Dollars)? Move(GraphEdge edge)
    {
        (Candidate from, Candidate to) = (_owner[edge.From], _owner[edge.To]);
        (string a, string b) = (_devices[from.Device].Place, _devices[to.Device].Place);
        double bytes = edge.Data!.Value.Value; // known: every edge of a random graph has its bytes
        return from.Id == to.Id ? (0, 0)
            : workflow.Fleet.LinkBetween(a, b) is { } link ? (link.Latency.Value + bytes / link.Bandwidth.Value, bytes / 1e9 * link.PricePerGigabyte!.Value) // random links have prices
            : a == b ? (0, 0)
            : null;
    }

    // When the parts end, and which task each ends with (-1 where no edge leaves it). A part's sources are times relative to the region.
    private List<(double Time, int Task)> Run(Shape shape, List<(double Time, int Task)> sources, double probability, int items)
    {
        double start = sources.Count == 0 ? 0 : sources.Max(s => s.Time);
        switch (shape)
        {
            case Shape.Seq seq:
                List<(double, int)> last = sources;
                foreach (Shape part in seq.Parts)
                {
                    last = Run(part, last, probability, items);
                }

                return last.Count > 0 ? last : [(0, -1)];
            case Shape.Par par:
                return [.. par.Parts.SelectMany(p => Run(p, sources, probability, items))];
            case Shape.Tool tool:
                return [(Leaf(tool.Task, sources, items), tool.Task)];
            case Shape.Call call:
                double read = Leaf(call.Prefill, sources, items);
                return [(Leaf(call.Decode, [(read, call.Prefill)], items), call.Decode)];
            case Shape.If branch:
                return [(start + Branches(branch, sources, probability, items), -1)];
            case Shape.Loop loop:
                return [(start + (_percentile > 50 ? loop.Bound : loop.Expected) * Inside(loop.Body, sources, probability, items), -1)];
            case Shape.Race race:
                double a = Inside(race.A, sources, probability, items);
                return [(start + Math.Min(a, Inside(race.B, sources, probability, items)), -1)];
            case Shape.Map map:
                double body = Inside(map.Body, sources, probability, map.InOrder ? items : items * map.Items);
                return [(start + (map.InOrder ? map.Items : 1) * body, -1)];
            default:
                throw new InvalidOperationException("no such shape");
        }
    }

    private double Branches(Shape.If branch, List<(double Time, int Task)> sources, double probability, int items)
    {
        (double Probability, Shape Body)[] branches = [(branch.Probability, branch.Then), (1 - branch.Probability, branch.Else)];
        bool[] counted = [true, true];
        foreach (int i in branches[1].Probability < branches[0].Probability ? new[] { 1, 0 } : [0, 1])
        {
            double often = probability * branches[i].Probability;
            if (often <= _ignorable)
            {
                _ignorable -= often;
                counted[i] = false;
            }
        }

        double latest = 0;
        for (int i = 0; i < 2; i++)
        {
            latest = Math.Max(latest, counted[i] ? Inside(branches[i].Body, sources, probability * branches[i].Probability, items) : 0);
        }

        return latest;
    }

    // A region begins when its step does; data from outside is moved inside it.
    private double Inside(Shape body, List<(double Time, int Task)> sources, double probability, int items) =>
        Run(body, [.. sources.Select(s => (0.0, s.Task))], probability, items).Max(e => e.Time);

    private double Leaf(int task, List<(double Time, int Task)> sources, int items)
    {
        double start = 0;
        foreach ((double time, int from) in sources)
        {
            start = Math.Max(start, time + (from >= 0 ? Move(_edges[(from, task)])?.Seconds ?? 0 : 0));
        }

        Candidate owner = _owner[task];
        Estimate estimate = owner.Estimates[owner.Tasks.IndexOf(task)];
        double once = _percentile == 50 ? estimate.P50.Likely : estimate.P95.Likely;
        return start + once * Math.Ceiling((double)items / owner.Concurrency);
    }
}
