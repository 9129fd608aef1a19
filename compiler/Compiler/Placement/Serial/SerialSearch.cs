namespace Orchestrator.Compiler.Placing.Serial;

/// <summary>
/// The least time of one run over devices that each run one task at a time. Where the graph falls apart at cuts into small blocks, every choice of
/// each block is known and prices of room join them; where it does not, the linear relaxation gives the bound. Local search has the last word.
/// </summary>
internal static class SerialSearch
{
    private const double MostChoices = 4e6;   // of all different blocks together
    private const double ChoicesOfBlock = 3e5; // where edges are left out to get small blocks
    private const double FewestBlocks = 10;
    private const double SmallerBy = 4;
    private const int Width = 400;            // choices kept at each cut
    private const int WiderBy = 8;            // where none of them fits
    private const long SchedulesASecond = 50_000;
    private const double TasksOfSchedule = 200; // larger ones take longer
    private const double Near = 1e-3;         // a choice so near to the bound is not worth more search

    /// <summary>Solves within about <paramref name="limit"/> seconds of work. The bound holds for every order of the tasks, not only for that of <see cref="ListSchedule"/>.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="limit">Seconds of work for local search.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <param name="mostChoices">Blocks with more choices are left to the linear relaxation.</param>
    public static SearchAnswer Solve(PlacementProblem problem, double limit, CancellationToken cancellation, double mostChoices = MostChoices)
    {
        SerialTasks tasks = SerialTasks.Of(problem);
        for (int v = 1; v < tasks.Count - 1; v++)
        {
            if (tasks.Time.AsSpan(v * tasks.Devices, tasks.Devices).IndexOfAnyInRange(0, long.MaxValue) < 0)
            {
                return new SearchAnswer(ExactStatus.Infeasible, null, double.PositiveInfinity);
            }
        }

        (bool feasible, double bound, List<byte[]> starts) = Starts(problem, tasks, mostChoices, cancellation);
        if (!feasible)
        {
            return new SearchAnswer(ExactStatus.Infeasible, null, double.PositiveInfinity);
        }

        double schedules = limit * SchedulesASecond / starts.Count / Math.Max(1, tasks.Count / TasksOfSchedule);
        (byte[]? device, long time) = (null, -1);
        foreach (byte[] start in starts)
        {
            (byte[] found, long reached) = new SerialMoves(tasks).Run(start, Math.Max(1, (long)schedules), Math.Max(bound * (1 + Near), Math.Ceiling(bound)), cancellation);
            (device, time) = reached >= 0 && (time < 0 || reached < time) ? (found, reached) : (device, time);
        }

        if (device is null)
        {
            return new SearchAnswer(ExactStatus.Unknown, null, bound);
        }

        PlacementValue value = new PlacementEvaluator(problem).Evaluate(tasks.Chosen(device));
        return new SearchAnswer(time <= Math.Ceiling(bound) ? ExactStatus.Optimal : ExactStatus.Feasible, value, Math.Min(bound, time));
    }

    // Where to start from, and what no schedule is below.
    private static (bool Feasible, double Bound, List<byte[]> Starts) Starts(PlacementProblem problem, SerialTasks tasks, double mostChoices, CancellationToken cancellation)
    {
        int[] all = [.. Enumerable.Range(0, tasks.Count)];
        if (ByPrices(tasks, new Loosening(tasks, all, []), mostChoices, cancellation) is var (fits, bound, start))
        {
            return (fits, bound, fits ? [start ?? Quickest(tasks)] : []);
        }

        (bool feasible, double relaxed, byte[] rounded) = ByRelaxation(problem, tasks);
        if (!feasible)
        {
            return (false, relaxed, []);
        }

        // Smaller blocks leave more out, and what is left out weakens the bound: the largest that can be gone through are taken.
        var starts = new List<byte[]> { rounded };
        for (double choices = Math.Min(ChoicesOfBlock, mostChoices / FewestBlocks); choices >= 1; choices /= SmallerBy)
        {
            if (ByPrices(tasks, Loosening.Of(tasks, choices), mostChoices, cancellation) is var (loose, least, chained))
            {
                starts.AddRange(chained is null ? [] : [chained]);
                return (loose, Math.Max(relaxed, least), starts);
            }
        }

        return (true, relaxed, starts);
    }

    /// <summary>Time of the schedule of a choice, one candidate for each task; -1 where data cannot be moved as chosen.</summary>
    public static long TimeOf(PlacementProblem problem, int[] chosen)
    {
        SerialTasks tasks = SerialTasks.Of(problem);
        return new ListSchedule(tasks).Run(tasks.DevicesOf(problem, chosen), 0, tasks.Count - 1);
    }

    /// <summary>By task: when it starts and ends in the schedule of a choice that <see cref="TimeOf"/> has a time for.</summary>
    public static (long Start, long End)[] SpansOf(PlacementProblem problem, int[] chosen)
    {
        SerialTasks tasks = SerialTasks.Of(problem);
        byte[] device = tasks.DevicesOf(problem, chosen);
        var schedule = new ListSchedule(tasks);
        schedule.Run(device, 0, tasks.Count - 1);
        var spans = new (long, long)[problem.TaskCount];
        for (int v = 1; v < tasks.Count - 1; v++)
        {
            int at = v * tasks.Devices + device[v];
            spans[problem.Candidates[tasks.Candidate[at]].Tasks[0]] = (schedule.Ends[v] - tasks.Time[at], schedule.Ends[v]);
        }

        return spans;
    }

    private static BlockPatterns[]? Blocks(SerialTasks tasks, int[] cuts, double mostChoices, CancellationToken cancellation)
    {
        var distinct = new Dictionary<string, (int First, int Last)>(StringComparer.Ordinal);
        string[] likeness = new string[cuts.Length - 1];
        for (int i = 0; i + 1 < cuts.Length; i++)
        {
            likeness[i] = BlockPatterns.Likeness(tasks, cuts[i], cuts[i + 1]);
            distinct.TryAdd(likeness[i], (cuts[i], cuts[i + 1]));
        }

        if (distinct.Values.Sum(b => BlockPatterns.Count(tasks, b.First, b.Last)) > mostChoices)
        {
            return null;
        }

        var schedule = new ListSchedule(tasks);
        var patterns = distinct.ToDictionary(d => d.Key, d => BlockPatterns.Of(tasks, schedule, d.Value.First, d.Value.Last, cancellation));
        return [.. likeness.Select(l => patterns[l])];
    }

    // Null where blocks have too many choices.
    private static (bool Feasible, double Bound, byte[]? Start)? ByPrices(SerialTasks tasks, Loosening chain, double mostChoices, CancellationToken cancellation)
    {
        int[] cuts = chain.Tasks.Cuts();
        if (Blocks(chain.Tasks, cuts, mostChoices, cancellation) is not { } blocks)
        {
            return null;
        }

        long[][] loose = [.. chain.Loose.Select(v => Enumerable.Range(v * tasks.Devices, tasks.Devices).Select(at => tasks.Time[at] < 0 ? -1 : tasks.Use[at]).ToArray())];
        var prices = new ChainPrices(chain.Tasks, blocks, loose);
        PricedChain priced = prices.Best(Slowest(tasks), cancellation);
        if (!priced.Feasible)
        {
            return (false, priced.Bound, null);
        }

        byte[] device = Quickest(tasks);
        double[] share = prices.ShareOf(priced.Prices);
        long[] room = [.. tasks.Room];
        for (int i = 0; i < loose.Length; i++)
        {
            int d = ChainPrices.Cheapest(loose[i], share);
            d = loose[i][d] == 0 ? device[chain.Loose[i]] : d;
            device[chain.Loose[i]] = (byte)d;
            room[d] -= loose[i][d];
        }

        var beam = new ChainBeam(chain.Tasks, room, cuts, blocks, share, prices.Rest(priced.Prices));
        if ((beam.Run(Width, cancellation) ?? beam.Run(Width * WiderBy, cancellation)) is not { } chosen)
        {
            return (true, priced.Bound, null);
        }

        for (int i = 0; i < chosen.Length; i++)
        {
            device[chain.Kept[i]] = chosen[i];
        }

        return (true, priced.Bound, device);
    }

    private static (bool Feasible, double Bound, byte[] Start) ByRelaxation(PlacementProblem problem, SerialTasks tasks)
    {
        using var relaxation = new PlacementRelaxation(problem);
        RelaxedPlan relaxed = relaxation.Solve();
        if (!relaxed.Feasible)
        {
            return (false, double.PositiveInfinity, []);
        }

        byte[] device = new byte[tasks.Count];
        for (int v = 1; v < tasks.Count - 1; v++)
        {
            device[v] = (byte)Enumerable.Range(0, tasks.Devices).MaxBy(d => tasks.Candidate[v * tasks.Devices + d] is >= 0 and var c ? relaxed.Weights[c] : -1);
        }

        return (true, relaxed.Bound, device);
    }

    // Longer than any schedule: everything one after the other where it is slowest.
    private static double Slowest(SerialTasks tasks) =>
        Enumerable.Range(0, tasks.Count).Sum(v => (double)tasks.Time.AsSpan(v * tasks.Devices, tasks.Devices).ToArray().Max())
        + tasks.Edges.Sum(e => (double)e.Times.Max());

    private static byte[] Quickest(SerialTasks tasks) =>
        [.. Enumerable.Range(0, tasks.Count).Select(v => (byte)Enumerable.Range(0, tasks.Devices).MinBy(d => tasks.Time[v * tasks.Devices + d] is >= 0 and var t ? t : long.MaxValue))];
}
