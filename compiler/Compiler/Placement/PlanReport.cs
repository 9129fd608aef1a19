using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>Turns a solved problem into a <see cref="Placement"/>: money and times with intervals, runners-up, the critical path, what is unknown.</summary>
internal sealed class PlanReport(TaskGraph graph, Fleet fleet, EstimateTable table, Objective objective, ProblemBuilder builder, BuiltProblem built)
{
    private const double Micro = 1e-6;

    private readonly PlacementEvaluator _evaluator = new(built.Problem);
    private readonly Dictionary<string, Device> _devices = fleet.Devices.ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>The placement, without what takes further searches.</summary>
    public Placement Write(SearchAnswer answer, PlacementValue value)
    {
        Candidate[] pools = [.. value.Chosen.Select(c => table.Candidates[built.CandidateIds[c]])];
        int[] owner = _evaluator.Owners(value.Chosen);
        Candidate Owner(int task) => table.Candidates[built.CandidateIds[owner[task]]];
        ImmutableArray<MachineUse> machines = Machines(pools);
        (Interval? perHour, Interval? perRun) = Costs(pools, machines, Transfers(Owner));
        return new Placement
        {
            Assignments = [.. graph.Tasks.Select(t => new RunnerUp(graph, table, built, _evaluator, builder).Of(t.Id, owner, value))],
            Pools = [.. pools.Select(p => p.Id).Order()],
            CostPerHour = perHour,
            CostPerRun = perRun,
            Latency = Latencies(Owner, p => p.Times.End),
            FirstToken = Streams() ? Latencies(Owner, p => p.Times.First) : ImmutableSortedDictionary<int, Interval>.Empty,
            Blocks = [.. built.Problem.Limits.Where(l => l.Name.Contains(" of ", StringComparison.Ordinal)).Select(l => ProblemBuilder.IsQuality(l)
                ? new BlockPromise(l.Name, QualityBuilder.Left(l.Limit), QualityBuilder.Left(value.Values[l.Root]), true)
                : new BlockPromise(l.Name, l.Limit * Micro, value.Values[l.Root] * Micro, false))],
            Budget = Budget(value),
            ObjectiveValue = value.Objective * built.DollarsPerUnit,
            LowerBound = Math.Min(answer.Bound, value.Objective) * built.DollarsPerUnit,
            Quality = built.Quality < 0 ? null : QualityBuilder.Left(value.Values[built.Quality]),
            Machines = machines,
            Unknowns = [.. Unknowns(pools, Owner)],
        };
    }

    private bool IsLinked(Candidate from, Candidate to) =>
        from.Id != to.Id && fleet.LinkBetween(_devices[from.Device].Place, _devices[to.Device].Place) is not null;

    private bool Streams() => !objective.FirstTokenLimits.IsEmpty || graph.ResultType is "text" or "audio" && built.Percentiles.Any(p => p.Times.First != p.Times.End);

    private ImmutableArray<MachineUse> Machines(Candidate[] pools) => objective.RatePerSecond is null
        ? []
        : [.. pools.Where(p => p.DeviceUse > 0).GroupBy(p => p.Device).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            double used = g.Sum(p => p.DeviceUse);
            long whole = g.Sum(p => (long)Math.Ceiling(p.DeviceUse * PlacementProblem.WholeDevice - 1e-6));
            int count = (int)((whole + PlacementProblem.WholeDevice - 1) / PlacementProblem.WholeDevice);
            Dollars? cost = _devices[g.Key].PricePerHour is { } price ? new Dollars(price.Value * count) : null;
            return new MachineUse(g.Key, count, used, cost);
        })];

    // US dollars of moving data in one run.
    private double Transfers(Func<int, Candidate> owner)
    {
        double cost = 0;
        foreach (GraphEdge edge in graph.Edges)
        {
            (Candidate from, Candidate to) = (owner(edge.From), owner(edge.To));
            if (from.Id != to.Id && builder.Transfer(edge, from, to) is { } move)
            {
                cost += move.Dollars * Math.Min(graph.Tasks[edge.From].Executions, graph.Tasks[edge.To].Executions);
            }
        }

        return cost;
    }

    // Money is uncertain as far as busy times are: with a rate, slower executions need more devices, without one they take longer.
    private (Interval? PerHour, Interval? PerRun) Costs(Candidate[] pools, ImmutableArray<MachineUse> machines, double transfers)
    {
        if (objective.RatePerSecond is not null)
        {
            if (pools.Any(p => p.CostPerHour is null))
            {
                return (null, null);
            }

            double charges = (pools.Sum(p => p.ChargePerRun.Value) + transfers) * built.RunsPerUnit;
            Interval hour = Interval.Exactly(charges);
            foreach (MachineUse machine in machines)
            {
                (double low, double high) = Spread([.. pools.Where(p => p.Device == machine.Device)]);
                double cost = machine.CostPerHour?.Value ?? 0;
                double each = cost / machine.Count;
                hour += new Interval(Math.Max(each, cost * low), cost, cost * high);
            }

            return (hour, hour * (1 / built.RunsPerUnit));
        }

        if (pools.Any(p => p.CostPerRun is null))
        {
            return (null, null);
        }

        Interval run = Interval.Exactly(transfers);
        foreach (Candidate pool in pools)
        {
            (double low, double high) = Spread([pool]);
            double charge = pool.ChargePerRun.Value;
            double timed = (pool.CostPerRun?.Value ?? 0) - charge;
            run += new Interval(charge + timed * low, charge + timed, charge + timed * high);
        }

        return (null, run);
    }

    private (double Low, double High) Spread(Candidate[] pools)
    {
        Interval busy = Interval.Exactly(0);
        foreach (Candidate pool in pools)
        {
            for (int i = 0; i < pool.Tasks.Length; i++)
            {
                Estimate e = pool.Estimates[i];
                busy = e.IsKnown ? busy + e.Busy * (graph.Tasks[pool.Tasks[i]].Executions * pool.DevicesPerReplica) : busy;
            }
        }

        return busy.Likely > 0 ? (busy.Low / busy.Likely, busy.High / busy.Likely) : (1, 1);
    }

    private ImmutableSortedDictionary<int, Interval> Latencies(Func<int, Candidate> owner, Func<PercentileTimes, int> root) =>
        built.Percentiles.ToImmutableSortedDictionary(p => p.Percentile, p =>
        {
            double At(Func<Interval, double> bound) => built.Problem.Latency.Evaluate(
                (task, column) => Duration(owner(task), task, p.Percentile, column % 2 == 1, bound),
                edge => owner(graph.Edges[edge].From).Id == owner(graph.Edges[edge].To).Id
                    ? 0
                    : builder.Transfer(graph.Edges[edge], owner(graph.Edges[edge].From), owner(graph.Edges[edge].To))?.Seconds ?? 0)[root(p)];
            return new Interval(At(i => i.Low), At(i => double.IsFinite(i.Likely) ? i.Likely : 0), At(i => i.High));
        });

    private double Duration(Candidate owner, int task, int percentile, bool firstPart, Func<Interval, double> bound)
    {
        Estimate e = owner.Estimates[owner.Tasks.IndexOf(task)];
        return bound(ProblemBuilder.At(e, percentile)) * builder.Waves(task, owner) * (firstPart ? e.FirstShare : 1);
    }

    private ImmutableArray<BudgetBar> Budget(PlacementValue value)
    {
        int percentile = objective.LatencyLimits.Keys.Concat(objective.FirstTokenLimits.Keys).DefaultIfEmpty(95).Max();
        PercentileTimes times = built.Percentiles.First(p => p.Percentile == percentile);
        int root = objective.FirstTokenLimits.ContainsKey(percentile) ? times.Times.First : times.Times.End;
        return CriticalPath.Trace(graph, built.Problem.Latency, value.Values, root, Micro);
    }

    private IEnumerable<string> Unknowns(Candidate[] pools, Func<int, Candidate> owner)
    {
        foreach (GraphTask task in graph.Tasks)
        {
            Estimate e = owner(task.Id).Estimates[owner(task.Id).Tasks.IndexOf(task.Id)];
            if (!e.IsKnown)
            {
                yield return $"{task.Name} on {owner(task.Id).Device}: no time is known and none is counted ({e.Source})";
            }
            else if (e.Model == "bound")
            {
                yield return $"{task.Name} on {owner(task.Id).Device}: {e.Source}";
            }
            else if (task.Work.TokensAreBounds && task.Work.Kind is WorkKind.Decode or WorkKind.Prefill)
            {
                yield return $"{task.Name}: token bounds are used, no expectation was given";
            }
        }

        foreach (StepRegion region in graph.Regions.Where(r => !r.ExpectationKnown && r.Parent >= 0))
        {
            Step step = graph.Steps[region.Parent];
            if (step.Kind is StepKind.If or StepKind.Match or StepKind.Loop or StepKind.Map && step.Regions[0] == region.Id)
            {
                string what = step.Kind is StepKind.If or StepKind.Match ? "every branch is counted"
                    : string.Create(CultureInfo.InvariantCulture, $"its bound of {region.BoundRuns:0.#} is used");
                yield return $"{step.Name}: no expectation was given, {what}";
            }
        }

        string[] unstated = objective.Quality is null && !graph.Promises.Any(p => p.Kind == ProblemBuilder.QualityName) ? []
            : [.. graph.Tasks.Where(t => t.Work.Executor == "llm" && owner(t.Id) is { Qualities: var q } p && (q.IsDefaultOrEmpty || q[p.Tasks.IndexOf(t.Id)] is null)).Select(t => t.Service).Distinct()];
        if (unstated.Length > 0)
        {
            yield return $"the quality of {string.Join(", ", unstated)} is not stated, so the promise on it says nothing of them";
        }

        foreach (string device in pools.Select(p => p.Device).Where(d => _devices[d].IsReclaimable).Distinct())
        {
            yield return $"how often {device} is taken back: it is spot capacity";
        }

        foreach (string device in pools.Where(p => p.CostPerRun is null).Select(p => p.Device).Distinct())
        {
            yield return $"the price of {device}";
        }

        GraphEdge[] blind = [.. graph.Edges.Where(e => e.Data is null && IsLinked(owner(e.From), owner(e.To)) && builder.BytesOf(e, owner(e.From)) == 0)];
        if (blind.Length > 0)
        {
            string others = blind.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" and over {blind.Length - 1} more edges") : "";
            yield return $"bytes from {graph.Tasks[blind[0].From].Name} to {graph.Tasks[blind[0].To].Name}{others}: only the link's latency is counted";
        }
    }
}
