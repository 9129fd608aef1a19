using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.CostModels;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>Times of the workflow's value at a percentile.</summary>
/// <param name="Percentile">50, 95 or 99.</param>
/// <param name="Column">Column of whole durations; the next holds first parts.</param>
/// <param name="Times">Nodes of the value.</param>
internal sealed record PercentileTimes(int Percentile, int Column, ValueTimes Times);

/// <summary>A placement problem with what its numbers mean.</summary>
internal sealed record BuiltProblem
{
    /// <summary>The problem.</summary>
    public required PlacementProblem Problem { get; init; }

    /// <summary>By percentile, ascending.</summary>
    public required ImmutableArray<PercentileTimes> Percentiles { get; init; }

    /// <summary>US dollars of one unit of money.</summary>
    public required double DollarsPerUnit { get; init; }

    /// <summary>Names in the fleet, by device of the problem; those of narrow links behind them.</summary>
    public required ImmutableArray<string> DeviceNames { get; init; }

    /// <summary>Candidate ids of the table that take part, by candidate of the problem.</summary>
    public required ImmutableArray<int> CandidateIds { get; init; }

    /// <summary>Names of the links that could be too narrow: they stand behind the devices, one of each.</summary>
    public required ImmutableArray<string> NarrowLinks { get; init; }

    /// <summary>Node of what a run loses of quality, in the unit of <see cref="QualityBuilder"/>; -1 where no quality is stated.</summary>
    public required int Quality { get; init; }

    /// <summary>Runs that the objective's unit of money is for: those of an hour with a rate, else one.</summary>
    public required double RunsPerUnit { get; init; }
}

/// <summary>Makes the integer problem from a graph, its candidates and what was promised.</summary>
internal sealed class ProblemBuilder(TaskGraph graph, Fleet fleet, EstimateTable table, Objective objective)
{
    // Duration of the longest step that is believed: about 115 days in microseconds; sums of thousands of them fit 63 bits.
    private const double LongestMicroseconds = 1e13;
    private const double LargestTotal = 1e13;
    private const double SecondsPerHour = 3600;
    private const double NanoDollar = 1e-9;

    /// <summary>Kind of a promise, and name of a limit, on what is lost of quality.</summary>
    public const string QualityName = "quality";

    /// <summary>Whether a limit is on what is lost of quality, not on a time.</summary>
    public static bool IsQuality(PlacementLimit limit) => limit.Name.StartsWith(QualityName, StringComparison.Ordinal);

    private readonly Dictionary<string, Device> _devices = fleet.Devices.ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>US dollars an hour that stand in for unknown prices: the highest known, so that not knowing is never an advantage.</summary>
    public double StandInPrice { get; } = fleet.Devices.Max(d => d.PricePerHour?.Value) ?? 0;

    /// <summary>Builds with the candidates that <paramref name="keep"/> lets through.</summary>
    public BuiltProblem Build(Func<Candidate, bool> keep, bool limitCounts = true)
    {
        var program = new LatencyProgram();
        int[] percentiles = [.. objective.LatencyLimits.Keys.Concat(objective.FirstTokenLimits.Keys).Concat(BlockLimits.Select(c => c.Percentile)).Concat([50, 95]).Distinct().Order()];
        ImmutableArray<PercentileTimes> times = [.. percentiles.Select((p, k) => new PercentileTimes(p, 2 * k, new LatencyBuilder(graph, program, p, 2 * k).Build(0)))];
        Candidate[] kept = [.. table.Candidates.Where(keep)];
        QualityBuilder? quality = kept.Any(c => !c.Qualities.IsDefaultOrEmpty) ? new QualityBuilder(graph, program, 2 * percentiles.Length) : null;
        int lost = quality?.Build(0) ?? -1;
        double runs = objective.RatePerSecond is { } rate ? rate * SecondsPerHour : 1;
        double unit = Unit(kept, runs);
        string[] names = [.. kept.SelectMany(c => c.TakenDevices()).Select(u => u.Device).Distinct()];
        long most = limitCounts ? 0 : MostDevices(kept);
        NarrowLinks links = objective.RatePerSecond is null ? NarrowLinks.None : NarrowLinks.Of(graph.Edges.Select(e => Loads(e, kept)), names.Length);
        PlacementLimit[] limits = [.. Limits(times, program, runs, unit), .. quality is null ? [] : Qualities(quality, lost)];
        var problem = new PlacementProblem
        {
            TaskCount = graph.Tasks.Length,
            Candidates = [.. kept.Select(c => Candidate(c, percentiles, names, runs, unit))],
            Devices = [.. names.Select(n => new PlacementDevice(
                limitCounts ? Count(_devices[n]) : most, objective.RatePerSecond is null ? 0 : Money(Price(_devices[n]), unit))),
                .. links.Names.Select(_ => new PlacementDevice(limitCounts ? 1 : Demand.Plenty, 0))],
            Edges = [.. graph.Edges.Select(e => Edge(e, kept, links, runs, unit)), .. Neighbours(kept)],
            Latency = program,
            Limits = limits,
            CostLimit = objective.BudgetPerRun is { } budget ? Money(budget.Value * runs, unit) : null,
            TieBreak = limits.Length > 0 && !IsQuality(limits[0]) ? limits[0].Root : times.First(t => t.Percentile == 95).Times.End,
        };
        return new BuiltProblem
        {
            Problem = problem,
            Percentiles = times,
            DollarsPerUnit = unit,
            DeviceNames = [.. names, .. links.Names],
            CandidateIds = [.. kept.Select(c => c.Id)],
            NarrowLinks = [.. links.Names],
            Quality = lost,
            RunsPerUnit = runs,
        };
    }

    // No plan takes more, and so small a bound keeps sums of money within 63 bits.
    private long MostDevices(Candidate[] kept)
    {
        double[] most = new double[graph.Tasks.Length];
        foreach (Candidate candidate in kept)
        {
            foreach (int task in candidate.Tasks)
            {
                most[task] = Math.Max(most[task], candidate.DeviceUse);
            }
        }

        return (long)Math.Ceiling(most.Sum()) + 1;
    }

    /// <summary>How many there are of a device.</summary>
    public int CountOf(string device) => Count(_devices[device]);

    /// <summary>US dollars an hour of a device, the stand-in where unknown.</summary>
    public double Price(Device device) => device.PricePerHour?.Value ?? (device.Tier is "endpoint" or Fleet.Person ? 0 : StandInPrice);

    /// <summary>
    /// Seconds and US dollars of moving an edge's data once between two candidates; null when there is no way. Inside a place without a link
    /// of its own, data moves over the link between devices of one kind if there is one, else it is taken to cost nothing.
    /// </summary>
    public (double Seconds, double Dollars)? Transfer(GraphEdge edge, Candidate from, Candidate to)
    {
        Device a = _devices[from.Device];
        Device b = _devices[to.Device];
        if (a.Tier is "endpoint" or Fleet.Person || b.Tier is "endpoint" or Fleet.Person)
        {
            return (0, 0);
        }

        if (IsCache(edge) && (from.Precision != to.Precision || from.Model != to.Model))
        {
            return null; // a cache is read by the model and in the number format in which it was written
        }

        double bytes = BytesOf(edge, from);
        if (fleet.LinkBetween(a.Place, b.Place) is { } link)
        {
            return (link.Latency.Value + bytes / link.Bandwidth.Value, bytes / 1e9 * (link.PricePerGigabyte?.Value ?? 0));
        }

        if (a.Place != b.Place)
        {
            return null;
        }

        return a.Name == b.Name && a.ScaleUpBandwidth is { } up ? (bytes / up.Value, 0) : (0, 0);
    }

    /// <summary>Bytes that an edge moves: the KV cache of the prompt in the producer's number format, else what is stated; 0 when unknown.</summary>
    public double BytesOf(GraphEdge edge, Candidate from)
    {
        GraphTask consumer = graph.Tasks[edge.To];
        GraphTask producer = graph.Tasks[edge.From];
        ModelCard? model = IsCache(edge) ? Catalogue.Default.FindModel(from.Model.Length > 0 ? from.Model : consumer.Work.Model ?? producer.Work.Model) : null;
        double? tokens = producer.Work.TokensIn ?? consumer.Work.TokensIn;
        return model is not null && from.Precision.Length > 0 && tokens is { } t && model.KvBytesPerToken(from.Precision) is > 0 and var each
            ? each * t
            : edge.Data?.Value ?? 0;
    }

    private bool IsCache(GraphEdge edge)
    {
        GraphTask consumer = graph.Tasks[edge.To];
        GraphTask producer = graph.Tasks[edge.From];
        return producer.Step == consumer.Step && producer.Work.Kind != WorkKind.KvTransfer && consumer.Work.Kind is WorkKind.KvTransfer or WorkKind.Decode;
    }

    private IEnumerable<PromiseClause> BlockLimits => graph.Promises.Where(p => p.Region != 0 && p.Kind is "latency" or "first_token");

    private IEnumerable<PlacementLimit> Limits(
        ImmutableArray<PercentileTimes> times, LatencyProgram program, double runs, double unit)
    {
        long? overrun = objective.OverrunPerSecond is { } price ? Money(price.Value * 1e-6 * runs, unit) : null;
        foreach ((int percentile, double limit) in objective.FirstTokenLimits)
        {
            yield return new PlacementLimit($"first token p{percentile}", times.First(t => t.Percentile == percentile).Times.First, new Seconds(limit).Microseconds, overrun);
        }

        foreach ((int percentile, double limit) in objective.LatencyLimits)
        {
            yield return new PlacementLimit($"latency p{percentile}", times.First(t => t.Percentile == percentile).Times.End, new Seconds(limit).Microseconds, overrun);
        }

        // A block's percentile is one of the runs that reach it, however few they are.
        foreach (PromiseClause clause in BlockLimits)
        {
            int column = times.First(t => t.Percentile == clause.Percentile).Column;
            ValueTimes block = new LatencyBuilder(graph, program, clause.Percentile, column).Build(clause.Region);
            yield return new PlacementLimit(NameOf(clause), clause.Kind == "latency" ? block.End : block.First, new Seconds(clause.Limit).Microseconds, overrun);
        }
    }

    /// <summary>The limit's name of a promise on a block, or on one of several workflows.</summary>
    public static string NameOf(PromiseClause clause)
    {
        string what = clause.Percentile == 0 ? clause.Kind : string.Create(CultureInfo.InvariantCulture, $"{clause.Kind.Replace('_', ' ')} p{clause.Percentile}");
        return clause.Text.Length > 0 ? $"{what} of {clause.Text}" : $"{what} of the block at {clause.Location}";
    }

    private IEnumerable<PlacementLimit> Qualities(QualityBuilder builder, int whole)
    {
        if (objective.Quality is { } least)
        {
            yield return new PlacementLimit(QualityName, whole, QualityBuilder.Allowed(least), null);
        }

        foreach (PromiseClause clause in graph.Promises.Where(p => p.Region != 0 && p.Kind == QualityName))
        {
            yield return new PlacementLimit(NameOf(clause), builder.Build(clause.Region), QualityBuilder.Allowed(clause.Limit), null);
        }
    }

    // 'near' and 'apart from' are edges that move nothing and exist only between places that are, or are not, the same.
    private IEnumerable<PlacementEdge> Neighbours(Candidate[] kept)
    {
        string Place(Candidate c) => _devices[c.Device].Place;
        foreach (GraphTask task in graph.Tasks)
        {
            foreach (GraphTask beside in graph.Tasks.Where(t => t.Step != task.Step && (t.Service == task.Near || t.Service == task.Apart)))
            {
                bool together = beside.Service == task.Near;
                (int[] fromClass, List<Candidate> producers) = Classes(kept, task.Id, Place);
                (int[] toClass, List<Candidate> consumers) = Classes(kept, beside.Id, Place);
                Move?[][] moves = [.. producers.Select(p => consumers.Select(q => (Place(p) == Place(q)) == together ? new Move(0, 0) : null).ToArray())];
                yield return new PlacementEdge(task.Id, beside.Id, fromClass, toClass, moves);
            }
        }
    }

    private PlacementCandidate Candidate(Candidate c, int[] percentiles, string[] names, double runs, double unit)
    {
        Device d = _devices[c.Device];
        PlacementUse[] uses = [.. c.TakenDevices().Select(u => new PlacementUse(Array.IndexOf(names, u.Device), (long)Math.Ceiling(u.Count * PlacementProblem.WholeDevice - 1e-6)))];
        double direct = objective.RatePerSecond is null
            ? c.CostPerRun?.Value ?? c.ChargePerRun.Value + Busy(c) * c.DevicesPerReplica * Price(d) / SecondsPerHour
            : c.ChargePerRun.Value * runs;
        long[][] durations = [.. c.Tasks.Select((t, i) => Durations(t, c, i, percentiles).Append(QualityBuilder.Loss(c, i)).ToArray())];
        return new PlacementCandidate([.. c.Tasks], uses[0].Device, uses[0].Use, Money(direct, unit), durations) { Others = uses[1..] };
    }

    private double Busy(Candidate c) =>
        c.Tasks.Select((t, i) => c.Estimates[i].IsKnown ? graph.Tasks[t].Executions * c.Estimates[i].Busy.Likely : 0).Sum();

    private IEnumerable<long> Durations(int task, Candidate c, int position, int[] percentiles)
    {
        double waves = Waves(task, c);
        return percentiles.SelectMany(p =>
        {
            double seconds = At(c.Estimates[position], p).Likely;
            seconds = double.IsFinite(seconds) ? seconds * waves : 0;
            return new[] { Microseconds(seconds), Microseconds(seconds * c.Estimates[position].FirstShare) };
        });
    }

    /// <summary>How often a pool must go round for the executions that one run brings at once.</summary>
    public double Waves(int task, Candidate c) => Math.Ceiling(FanOut.Of(graph, graph.Tasks[task]) / Math.Max(1, c.Concurrency) - 1e-9);

    /// <summary>The time of an estimate at a percentile; 99 continues a log-normal through 50 and 95.</summary>
    public static Interval At(Estimate e, int percentile)
    {
        const double normal95 = 1.645;
        const double normal99 = 2.326;
        return percentile switch
        {
            <= 50 => e.P50,
            <= 95 => e.P95,
            _ => e.P50.Likely > 0 && double.IsFinite(e.P50.Likely)
                ? e.P95 * Math.Pow(e.P95.Likely / e.P50.Likely, normal99 / normal95 - 1)
                : e.P95,
        };
    }

    // By pair of places: the share of what their link may carry that an edge takes at the rate.
    private IEnumerable<((string From, string To) Link, double Share)> Loads(GraphEdge edge, Candidate[] kept)
    {
        Candidate[] from = [.. kept.Where(c => c.Tasks.Contains(edge.From)).DistinctBy(c => (c.Device, c.Precision, c.Model))];
        string[] to = [.. kept.Where(c => c.Tasks.Contains(edge.To)).Select(c => _devices[c.Device]).Where(d => d.Tier is not ("endpoint" or Fleet.Person)).Select(d => d.Place).Distinct()];
        return from.Where(c => _devices[c.Device].Tier is not ("endpoint" or Fleet.Person))
            .SelectMany(c => to.Select(place => ((_devices[c.Device].Place, place), Share(edge, c, place))));
    }

    private double Share(GraphEdge edge, Candidate from, string to)
    {
        double often = Math.Min(graph.Tasks[edge.From].Executions, graph.Tasks[edge.To].Executions) * (objective.RatePerSecond ?? 0);
        return fleet.LinkBetween(_devices[from.Device].Place, to) is { } link ? BytesOf(edge, from) * often / (link.Bandwidth.Value * NarrowLinks.MostLoad) : 0;
    }

    private PlacementEdge Edge(GraphEdge edge, Candidate[] kept, NarrowLinks links, double runs, double unit)
    {
        double often = Math.Min(graph.Tasks[edge.From].Executions, graph.Tasks[edge.To].Executions);
        Func<Candidate, string> key = IsCache(edge) ? c => $"{c.Device}\n{c.Precision}\n{c.Model}" : c => c.Device;
        (int[] fromClass, List<Candidate> producers) = Classes(kept, edge.From, key);
        (int[] toClass, List<Candidate> consumers) = Classes(kept, edge.To, key);
        Move?[][] moves = [.. producers.Select(p => consumers.Select(q =>
            Transfer(edge, p, q) is { } move
                ? links.Carried(new Move(Money(move.Dollars * often * runs, unit), Microseconds(move.Seconds)), (_devices[p.Device].Place, _devices[q.Device].Place), Share(edge, p, _devices[q.Device].Place))
                : null).ToArray())];
        return Merged(new PlacementEdge(edge.From, edge.To, fromClass, toClass, moves));
    }

    // Devices of one place mostly move data alike; classes that cannot be told apart are one, which keeps the exact model small.
    private static PlacementEdge Merged(PlacementEdge edge)
    {
        if (edge.Moves.Length == 0)
        {
            return edge; // nothing can produce the data; placement fails for that reason
        }

        (int[] rows, int[] keptRows) = Alike(edge.Moves.Length, (a, b) => edge.Moves[a].SequenceEqual(edge.Moves[b]));
        (int[] columns, int[] keptColumns) = Alike(edge.Moves[0].Length, (a, b) => edge.Moves.All(row => row[a] == row[b]));
        return edge with
        {
            FromClass = edge.FromClass.Renumbered(rows),
            ToClass = edge.ToClass.Renumbered(columns),
            Moves = [.. keptRows.Select(r => keptColumns.Select(c => edge.Moves[r][c]).ToArray())],
        };
    }

    // For each of n things the number of the first one like it among those kept, and which are kept.
    private static (int[] Class, int[] Kept) Alike(int n, Func<int, int, bool> same)
    {
        int[] classes = new int[n];
        var kept = new List<int>();
        for (int i = 0; i < n; i++)
        {
            int known = kept.FindIndex(k => same(k, i));
            if (known < 0)
            {
                kept.Add(i);
            }

            classes[i] = known < 0 ? kept.Count - 1 : known;
        }

        return (classes, [.. kept]);
    }

    private static (int[] Class, List<Candidate> Members) Classes(Candidate[] kept, int task, Func<Candidate, string> key)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var members = new List<Candidate>();
        int[] classes = new int[kept.Length];
        for (int c = 0; c < kept.Length; c++)
        {
            classes[c] = -1;
            if (kept[c].Tasks.Contains(task))
            {
                string k = key(kept[c]);
                if (ids.TryAdd(k, members.Count))
                {
                    members.Add(kept[c]);
                }

                classes[c] = ids[k];
            }
        }

        return (classes, members);
    }

    // Nano-dollars, coarser by powers of ten where the dearest plan would not leave the solver room.
    private double Unit(Candidate[] kept, double runs)
    {
        double most = objective.BudgetPerRun is { } budget ? budget.Value * runs : 0;
        foreach (GraphTask task in graph.Tasks)
        {
            most += kept.Where(c => c.Tasks.Contains(task.Id)).Select(c => Math.Max(
                c.TakenDevices().Sum(u => u.Count * Price(_devices[u.Device])) + c.ChargePerRun.Value * runs, c.CostPerRun?.Value ?? 0)).DefaultIfEmpty(0).Max();
        }

        double unit = NanoDollar;
        while (most / unit > LargestTotal)
        {
            unit *= 10;
        }

        return unit;
    }

    private static int Count(Device device) => device.Tier is "endpoint" or Fleet.Person ? int.MaxValue / 4 : device.Count;

    private static long Money(double dollars, double unit) => (long)Math.Round(Math.Clamp(dollars / unit, 0, 1e17));

    private static long Microseconds(double seconds) => (long)Math.Round(Math.Min(seconds * 1e6, LongestMicroseconds));
}
