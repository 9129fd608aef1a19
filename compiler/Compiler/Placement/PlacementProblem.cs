namespace Orchestrator.Compiler.Placing;

/// <summary>A pool that could be chosen.</summary>
/// <param name="Tasks">Tasks covered, ascending.</param>
/// <param name="Device">The device that it takes.</param>
/// <param name="Use">Devices taken, in units of <see cref="PlacementProblem.WholeDevice"/>.</param>
/// <param name="Cost">Charges beside the price of whole devices.</param>
/// <param name="Durations">Microseconds by position in <paramref name="Tasks"/>, then by column.</param>
internal sealed record PlacementCandidate(int[] Tasks, int Device, long Use, long Cost, long[][] Durations)
{
    /// <summary>Microseconds of one of its tasks.</summary>
    public long Duration(int task, int column) => Durations[Array.IndexOf(Tasks, task)][column];
}

/// <summary>A device class, or a link, of which there is one and which costs nothing.</summary>
/// <param name="Count">Whole devices to be had.</param>
/// <param name="Cost">What each whole device in use costs.</param>
internal sealed record PlacementDevice(long Count, long Cost);

/// <summary>
/// Data from one task to another. What moving it takes depends on the pair of candidates, which fall into classes at either end; inside one
/// candidate it takes nothing.
/// </summary>
/// <param name="From">Producer.</param>
/// <param name="To">Consumer.</param>
/// <param name="FromClass">Class by candidate, -1 where it does not cover the producer.</param>
/// <param name="ToClass">Class by candidate, -1 where it does not cover the consumer.</param>
/// <param name="Moves">By class of producer, then of consumer; null where data cannot be moved.</param>
internal sealed record PlacementEdge(int From, int To, CandidateClasses FromClass, CandidateClasses ToClass, Move?[][] Moves);

/// <summary>A class for each candidate, -1 for none. Only the stretch between the first and the last candidate with a class is kept.</summary>
internal readonly struct CandidateClasses
{
    private readonly int[] _classes;

    /// <summary>The classes of candidates from <paramref name="first"/> on; those before and after have none.</summary>
    public CandidateClasses(int first, int[] classes) => (First, _classes) = (first, classes);

    /// <summary>First candidate that may have a class.</summary>
    public int First { get; }

    /// <summary>Number of candidates from the first to the last that may have a class.</summary>
    public int Length => _classes.Length;

    /// <summary>The class of a candidate.</summary>
    public int this[int candidate] => (uint)(candidate - First) < (uint)_classes.Length ? _classes[candidate - First] : -1;

    /// <summary>The classes of all candidates, from 0 on.</summary>
    public static implicit operator CandidateClasses(int[] classes)
    {
        int first = Math.Max(0, Array.FindIndex(classes, c => c >= 0));
        int last = Array.FindLastIndex(classes, c => c >= 0);
        return new CandidateClasses(first, last < first ? [] : classes[first..(last + 1)]);
    }

    /// <summary>The classes of some candidates, whose numbers are given ascending.</summary>
    public CandidateClasses Kept(int[] ids)
    {
        int from = Array.BinarySearch(ids, First);
        from = from < 0 ? ~from : from;
        var classes = new List<int>();
        for (int i = from; i < ids.Length && ids[i] < First + Length; i++)
        {
            classes.Add(this[ids[i]]);
        }

        return new CandidateClasses(from, [.. classes]);
    }

    /// <summary>The same with another number for each class.</summary>
    public CandidateClasses Renumbered(int[] numbers) => new(First, [.. _classes.Select(c => c < 0 ? c : numbers[c])]);
}

/// <summary>What moving the data of an edge takes.</summary>
/// <param name="Cost">Money, in the unit of the objective.</param>
/// <param name="Time">Microseconds.</param>
internal sealed record Move(long Cost, long Time)
{
    /// <summary>The device that stands for the link that carries it; -1 for none that could be too narrow.</summary>
    public int Link { get; init; } = -1;

    /// <summary>Share of the link that it takes, in units of <see cref="PlacementProblem.WholeDevice"/>.</summary>
    public long Load { get; init; }

    /// <summary>Whether moving the data is for nothing.</summary>
    public bool IsFree => this is { Cost: 0, Time: 0, Load: 0 };
}

/// <summary>An upper limit on a latency.</summary>
/// <param name="Name">For people: <c>first token p95</c>.</param>
/// <param name="Root">The node that is limited.</param>
/// <param name="Limit">Microseconds.</param>
/// <param name="OverrunCost">Price of a microsecond above it, or null when it must hold.</param>
internal sealed record PlacementLimit(string Name, int Root, long Limit, long? OverrunCost);

/// <summary>
/// Cover every task exactly once by candidates, within the devices to be had and the latency limits, at the least cost. Integers throughout:
/// microseconds, and money in a unit that the maker chooses so that no sum overflows.
/// </summary>
internal sealed record PlacementProblem
{
    /// <summary>Use of one whole device.</summary>
    public const long WholeDevice = 1_000_000;

    /// <summary>Number of tasks.</summary>
    public required int TaskCount { get; init; }

    /// <summary>By id.</summary>
    public required PlacementCandidate[] Candidates { get; init; }

    /// <summary>By index.</summary>
    public required PlacementDevice[] Devices { get; init; }

    /// <summary>By index.</summary>
    public required PlacementEdge[] Edges { get; init; }

    /// <summary>Latencies.</summary>
    public required LatencyProgram Latency { get; init; }

    /// <summary>What must hold.</summary>
    public PlacementLimit[] Limits { get; init; } = [];

    /// <summary>Most that the plan may cost, or null.</summary>
    public long? CostLimit { get; init; }

    /// <summary>Among plans of equal cost the one with the smallest value of this node is taken; -1 for any.</summary>
    public int TieBreak { get; init; } = -1;

    /// <summary>Value of this node is minimised instead of money; -1 for money.</summary>
    public int MinimiseNode { get; init; } = -1;

    /// <summary>
    /// Whether a device is one machine that runs its tasks one at a time and has room for so many units of use: the quickest schedule is looked for, of which the value of
    /// <see cref="MinimiseNode"/> is a lower bound.
    /// </summary>
    public bool OneAtATime { get; init; }

    /// <summary>What a candidate costs with its share of devices: the least that it adds to a plan in which devices are shared without loss.</summary>
    public double PriceOf(PlacementCandidate candidate) => candidate.Cost + candidate.Use / (double)WholeDevice * Devices[candidate.Device].Cost;

    /// <summary>By device: no plan uses more, in units of <see cref="WholeDevice"/>.</summary>
    public long[] MostUse(int[][] covering)
    {
        long[] total = new long[Devices.Length];
        long[] most = new long[Devices.Length];
        foreach (int[] candidates in covering)
        {
            Array.Clear(most);
            foreach (int c in candidates)
            {
                most[Candidates[c].Device] = Math.Max(most[Candidates[c].Device], Candidates[c].Use);
            }

            for (int d = 0; d < total.Length; d++)
            {
                total[d] += most[d];
            }
        }

        foreach (IEnumerable<Move> moves in Edges.Select(e => e.Moves.SelectMany(row => row).OfType<Move>().Where(m => m.Link >= 0)))
        {
            foreach (IGrouping<int, Move> link in moves.GroupBy(m => m.Link))
            {
                total[link.Key] += link.Max(m => m.Load);
            }
        }

        return total;
    }

    /// <summary>The latency nodes that a limit, the objective or the tie-break depends on, ascending.</summary>
    public int[] RelevantNodes()
    {
        bool[] relevant = new bool[Latency.Nodes.Count];
        foreach (PlacementLimit limit in Limits)
        {
            relevant[limit.Root] = true;
        }

        foreach (int node in new[] { TieBreak, MinimiseNode }.Where(n => n >= 0))
        {
            relevant[node] = true;
        }

        for (int i = relevant.Length - 1; i >= 0; i--)
        {
            foreach (int child in relevant[i] ? Latency.Nodes[i].Children : [])
            {
                relevant[child] = true;
            }
        }

        return [.. Enumerable.Range(0, relevant.Length).Where(i => relevant[i])];
    }

    /// <summary>The candidates that cover each task, ascending.</summary>
    public int[][] Covering()
    {
        var covering = new List<int>[TaskCount];
        for (int t = 0; t < covering.Length; t++)
        {
            covering[t] = [];
        }

        for (int c = 0; c < Candidates.Length; c++)
        {
            foreach (int task in Candidates[c].Tasks)
            {
                covering[task].Add(c);
            }
        }

        return [.. covering.Select(list => list.ToArray())];
    }
}

/// <summary>What a choice of candidates comes to.</summary>
/// <param name="Chosen">Candidates, ascending.</param>
/// <param name="Cost">Money without overrun.</param>
/// <param name="Overrun">Price of missed soft limits.</param>
/// <param name="Values">Value of every latency node in microseconds.</param>
/// <param name="Violation">How far hard constraints are missed; 0 when all hold.</param>
internal sealed record PlacementValue(int[] Chosen, long Cost, long Overrun, double[] Values, double Violation)
{
    /// <summary>What is minimised.</summary>
    public long Objective => Cost + Overrun;
}
