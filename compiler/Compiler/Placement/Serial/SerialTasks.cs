namespace Orchestrator.Compiler.Placing.Serial;

/// <summary>Data from one task to a later one.</summary>
/// <param name="From">Position of the producer.</param>
/// <param name="To">Position of the consumer.</param>
/// <param name="Times">Transfer time by device of the producer times devices plus device of the consumer; -1 where it cannot be moved.</param>
internal sealed record SerialEdge(int From, int To, long[] Times);

/// <summary>
/// A problem whose devices run one task at a time, as arrays over positions: tasks in an order that every edge follows. Position 0 and the last
/// one are no tasks: all data comes from the one and goes to the other, in no time, and both stand on device 0.
/// </summary>
internal sealed class SerialTasks
{
    private SerialTasks(int count, int devices)
    {
        Count = count;
        Devices = devices;
        Time = new long[count * devices];
        Use = new long[count * devices];
        Candidate = new int[count * devices];
        Room = new long[devices];
        Array.Fill(Time, -1);
        Array.Fill(Candidate, -1);
    }

    /// <summary>Positions, the first and the last included.</summary>
    public int Count { get; }

    /// <summary>Devices.</summary>
    public int Devices { get; }

    /// <summary>By position times devices plus device: the time there, or -1 where the task cannot run.</summary>
    public long[] Time { get; }

    /// <summary>By position times devices plus device: room that it takes there.</summary>
    public long[] Use { get; }

    /// <summary>By device.</summary>
    public long[] Room { get; }

    /// <summary>By position times devices plus device: the candidate of the problem, or -1.</summary>
    public int[] Candidate { get; }

    /// <summary>All edges, those from the first and to the last position included.</summary>
    public IReadOnlyList<SerialEdge> Edges { get; private set; } = [];

    /// <summary>By position: edges that end there.</summary>
    public SerialEdge[][] Into { get; private set; } = [];

    /// <summary>By position: edges that start there.</summary>
    public SerialEdge[][] OutOf { get; private set; } = [];

    /// <summary>The arrays of a problem in which every candidate covers one task.</summary>
    /// <exception cref="ArgumentException">A candidate covers several tasks, or the edges have a cycle.</exception>
    public static SerialTasks Of(PlacementProblem problem)
    {
        int[] position = Positions(problem);
        int devices = problem.Devices.Length;
        var tasks = new SerialTasks(problem.TaskCount + 2, devices);
        for (int d = 0; d < devices; d++)
        {
            tasks.Room[d] = problem.Devices[d].Count * PlacementProblem.WholeDevice;
        }

        for (int c = 0; c < problem.Candidates.Length; c++)
        {
            PlacementCandidate candidate = problem.Candidates[c];
            if (candidate.Tasks is not [int task])
            {
                throw new ArgumentException("a candidate of a device that runs one task at a time covers one task", nameof(problem));
            }

            int at = position[task] * devices + candidate.Device;
            if (tasks.Time[at] < 0 || candidate.Durations[0][0] < tasks.Time[at])
            {
                (tasks.Time[at], tasks.Use[at], tasks.Candidate[at]) = (candidate.Durations[0][0], candidate.Use, c);
            }
        }

        tasks.Time[0] = tasks.Time[(tasks.Count - 1) * devices] = 0;
        tasks.Connect(problem, position);
        return tasks;
    }

    /// <summary>Some of the positions, in order, the first and the last among them, with some of the edges between them.</summary>
    public SerialTasks Part(int[] kept, IReadOnlyList<SerialEdge> edges)
    {
        var part = new SerialTasks(kept.Length, Devices);
        Room.CopyTo(part.Room, 0);
        int[] position = new int[Count];
        for (int i = 0; i < kept.Length; i++)
        {
            position[kept[i]] = i;
            Time.AsSpan(kept[i] * Devices, Devices).CopyTo(part.Time.AsSpan(i * Devices));
            Use.AsSpan(kept[i] * Devices, Devices).CopyTo(part.Use.AsSpan(i * Devices));
            Candidate.AsSpan(kept[i] * Devices, Devices).CopyTo(part.Candidate.AsSpan(i * Devices));
        }

        part.Connect([.. edges.Select(e => e with { From = position[e.From], To = position[e.To] })]);
        return part;
    }

    /// <summary>The candidates of a choice of devices by position.</summary>
    public int[] Chosen(ReadOnlySpan<byte> device)
    {
        var chosen = new int[Count - 2];
        for (int v = 1; v < Count - 1; v++)
        {
            chosen[v - 1] = Candidate[v * Devices + device[v]];
        }

        Array.Sort(chosen);
        return chosen;
    }

    /// <summary>Devices by position of a choice of candidates, one for each task.</summary>
    public byte[] DevicesOf(PlacementProblem problem, int[] chosen)
    {
        var at = new Dictionary<int, int>();
        for (int i = 0; i < Candidate.Length; i++)
        {
            at[Candidate[i]] = i;
        }

        var device = new byte[Count];
        foreach (int c in chosen)
        {
            device[at[c] / Devices] = (byte)problem.Candidates[c].Device;
        }

        return device;
    }

    /// <summary>
    /// Positions that no edge passes by: everything before such a task is done when it starts, everything after it starts when it is done. The
    /// schedule falls apart there. The first and the last position are among them.
    /// </summary>
    public int[] Cuts()
    {
        var cuts = new List<int>();
        int farthest = 0;
        for (int v = 0; v < Count; v++)
        {
            if (farthest <= v)
            {
                cuts.Add(v);
            }

            foreach (SerialEdge edge in OutOf[v])
            {
                farthest = Math.Max(farthest, edge.To);
            }
        }

        return [.. cuts];
    }

    private void Connect(PlacementProblem problem, int[] position)
    {
        var edges = new List<SerialEdge>();
        bool[] fed = new bool[Count];
        bool[] read = new bool[Count];
        foreach (PlacementEdge edge in problem.Edges)
        {
            (int from, int to) = (position[edge.From], position[edge.To]);
            (fed[to], read[from]) = (true, true);
            edges.Add(new SerialEdge(from, to, TimesOf(edge, from, to)));
        }

        long[] none = new long[Devices * Devices];
        for (int v = 1; v < Count - 1; v++)
        {
            if (!fed[v])
            {
                edges.Add(new SerialEdge(0, v, none));
            }

            if (!read[v])
            {
                edges.Add(new SerialEdge(v, Count - 1, none));
            }
        }

        Connect(edges);
    }

    private void Connect(IReadOnlyList<SerialEdge> edges)
    {
        Edges = edges;
        ILookup<int, SerialEdge> into = edges.ToLookup(e => e.To);
        ILookup<int, SerialEdge> outOf = edges.ToLookup(e => e.From);
        Into = [.. Enumerable.Range(0, Count).Select(v => into[v].ToArray())];
        OutOf = [.. Enumerable.Range(0, Count).Select(v => outOf[v].ToArray())];
    }

    private long[] TimesOf(PlacementEdge edge, int from, int to)
    {
        long[] times = new long[Devices * Devices];
        for (int p = 0; p < Devices; p++)
        {
            for (int q = 0; q < Devices; q++)
            {
                (int producer, int consumer) = (Candidate[from * Devices + p], Candidate[to * Devices + q]);
                times[p * Devices + q] = producer < 0 || consumer < 0 ? -1
                    : edge.Moves[edge.FromClass[producer]][edge.ToClass[consumer]]?.Time ?? -1;
            }
        }

        return times;
    }

    // Of the tasks that are ready, the one with the smallest number comes first.
    private static int[] Positions(PlacementProblem problem)
    {
        int[] missing = new int[problem.TaskCount];
        foreach (PlacementEdge edge in problem.Edges)
        {
            missing[edge.To]++;
        }

        ILookup<int, int> next = problem.Edges.ToLookup(e => e.From, e => e.To);
        var ready = new SortedSet<int>(Enumerable.Range(0, missing.Length).Where(t => missing[t] == 0));
        int[] position = new int[problem.TaskCount];
        int placed = 0;
        while (ready.Count > 0)
        {
            int task = ready.Min;
            ready.Remove(task);
            position[task] = ++placed;
            foreach (int to in next[task])
            {
                if (--missing[to] == 0)
                {
                    ready.Add(to);
                }
            }
        }

        return placed == problem.TaskCount ? position : throw new ArgumentException("the edges have a cycle", nameof(problem));
    }
}
