namespace Orchestrator.Compiler.Placing.Serial;

/// <summary>A choice of devices for the tasks of a block behind its first.</summary>
/// <param name="Least">No schedule takes less from the end of the first task to the end of the last.</param>
/// <param name="Time">What the list schedule takes.</param>
/// <param name="Use">By device.</param>
/// <param name="Devices">By task between the first and the last.</param>
internal sealed record BlockPattern(long Least, long Time, long[] Use, byte[] Devices);

/// <summary>
/// The tasks between two cuts: every choice of devices, of those that take the same room on every device between the same two devices at the ends only the
/// quickest. Blocks that are alike share one.
/// </summary>
internal sealed class BlockPatterns
{
    private BlockPatterns(BlockPattern[][] ends, double work) => (Ends, Work) = (ends, work);

    /// <summary>By device of the first times devices plus device of the last, by ascending time. The room is that of all tasks but the first.</summary>
    public BlockPattern[][] Ends { get; }

    /// <summary>Choices gone through.</summary>
    public double Work { get; }

    /// <summary>How many choices there are to go through.</summary>
    public static double Count(SerialTasks tasks, int first, int last)
    {
        double count = 1;
        for (int v = first; v <= last; v++)
        {
            count *= tasks.Time.AsSpan(v * tasks.Devices, tasks.Devices).ToArray().Count(t => t >= 0);
        }

        return count;
    }

    /// <summary>Goes through all choices.</summary>
    public static BlockPatterns Of(SerialTasks tasks, ListSchedule schedule, int first, int last, CancellationToken cancellation)
    {
        int devices = tasks.Devices;
        byte[] device = new byte[tasks.Count];
        var ends = new BlockPattern[devices * devices][];
        double work = 0;
        for (byte p = 0; p < devices; p++)
        {
            for (byte q = 0; q < devices; q++)
            {
                cancellation.ThrowIfCancellationRequested();
                (device[first], device[last]) = (p, q);
                bool there = tasks.Time[first * devices + p] >= 0 && tasks.Time[last * devices + q] >= 0;
                ends[p * devices + q] = there ? Between(tasks, schedule, device, first, last, ref work) : [];
            }
        }

        return new BlockPatterns(ends, work);
    }

    /// <summary>Text that two blocks share when every choice comes to the same in both.</summary>
    public static string Likeness(SerialTasks tasks, int first, int last)
    {
        var text = new System.Text.StringBuilder();
        for (int v = first; v <= last; v++)
        {
            for (int d = 0; d < tasks.Devices; d++)
            {
                int at = v * tasks.Devices + d;
                text.Append(v == first ? Math.Min(tasks.Time[at], 0) : tasks.Time[at]).Append(',').Append(v == first ? 0 : tasks.Use[at]).Append(' ');
            }

            foreach (SerialEdge edge in v == first ? [] : tasks.Into[v])
            {
                text.Append(v - edge.From).Append(':').AppendJoin(',', edge.Times).Append(' ');
            }
        }

        return text.ToString();
    }

    private static BlockPattern[] Between(SerialTasks tasks, ListSchedule schedule, byte[] device, int first, int last, ref double work)
    {
        var found = new Dictionary<UseKey, BlockPattern>();
        device.AsSpan(first + 1, last - first - 1).Clear();
        bool more = Settle(tasks, device, first, last);
        long[] use = new long[tasks.Devices];
        while (more)
        {
            work++;
            long time = schedule.Run(device, first, last);
            if (time >= 0)
            {
                Array.Clear(use);
                for (int v = first + 1; v <= last; v++)
                {
                    use[device[v]] += tasks.Use[v * tasks.Devices + device[v]];
                }

                Keep(found, new BlockPattern(schedule.Least(device, first, last), time, use, []), device.AsSpan(first + 1, last - first - 1));
            }

            more = Next(tasks, device, first, last);
        }

        return [.. found.Values.OrderBy(p => p.Time).ThenBy(p => p.Least)];
    }

    // Of equal room the quickest schedule, and the least bound, which may be another choice's.
    private static void Keep(Dictionary<UseKey, BlockPattern> found, BlockPattern pattern, ReadOnlySpan<byte> device)
    {
        if (!found.TryGetValue(new UseKey(pattern.Use), out BlockPattern? known))
        {
            long[] use = [.. pattern.Use];
            found.Add(new UseKey(use), pattern with { Use = use, Devices = device.ToArray() });
        }
        else if (pattern.Time < known.Time || pattern.Least < known.Least)
        {
            bool quicker = pattern.Time < known.Time;
            found[new UseKey(known.Use)] = new BlockPattern(
                Math.Min(pattern.Least, known.Least), Math.Min(pattern.Time, known.Time), known.Use, quicker ? device.ToArray() : known.Devices);
        }
    }

    // Devices on which each task can run, the first of them to start with.
    private static bool Settle(SerialTasks tasks, byte[] device, int first, int last)
    {
        for (int v = first + 1; v < last; v++)
        {
            while (device[v] < tasks.Devices && tasks.Time[v * tasks.Devices + device[v]] < 0)
            {
                device[v]++;
            }

            if (device[v] == tasks.Devices)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Next(SerialTasks tasks, byte[] device, int first, int last)
    {
        for (int v = last - 1; v > first; v--)
        {
            do
            {
                device[v]++;
            }
            while (device[v] < tasks.Devices && tasks.Time[v * tasks.Devices + device[v]] < 0);
            if (device[v] < tasks.Devices)
            {
                return true;
            }

            device[v] = 0;
            while (tasks.Time[v * tasks.Devices + device[v]] < 0)
            {
                device[v]++;
            }
        }

        return false;
    }

    private readonly struct UseKey(long[] use) : IEquatable<UseKey>
    {
        private readonly long[] _use = use;

        public bool Equals(UseKey other) => _use.AsSpan().SequenceEqual(other._use);

        public override bool Equals(object? obj) => obj is UseKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (long use in _use)
            {
                hash.Add(use);
            }

            return hash.ToHashCode(); // seeded by the process, but the order in which choices are found decides what is kept
        }
    }
}
