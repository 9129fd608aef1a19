namespace Orchestrator.Compiler.Placing.Serial;

/// <summary>
/// The schedule of a choice of devices: tasks in the order of the time from their start to the end of everything (the longest first), each as soon
/// as its data is there and its device is free. Data moves while devices compute, and links are not shared out. Holds its arrays for reuse.
/// </summary>
internal sealed class ListSchedule(SerialTasks tasks)
{
    private readonly int[] _order = new int[tasks.Count];
    private readonly long[] _left = new long[tasks.Count];
    private readonly long[] _head = new long[tasks.Count];
    private readonly long[] _end = new long[tasks.Count];
    private readonly long[] _free = new long[tasks.Devices];

    /// <summary>By position: when it ends after the last <see cref="Run"/>, counted from the end of the first position of that run.</summary>
    public IReadOnlyList<long> Ends => _end;

    /// <summary>By position: time from its start to the end of the last position of the run, along the longest path.</summary>
    public IReadOnlyList<long> Left => _left;

    /// <summary>
    /// Time from the end of position <paramref name="first"/> to that of <paramref name="last"/>, both of which no edge passes by; -1 where data
    /// cannot be moved as chosen.
    /// </summary>
    /// <param name="device">By position.</param>
    /// <param name="first">A cut.</param>
    /// <param name="last">A later cut.</param>
    public long Run(ReadOnlySpan<byte> device, int first, int last)
    {
        if (!Rank(device, first, last))
        {
            return -1;
        }

        Sort(first, last);
        Array.Clear(_free);
        _end[first] = 0;
        for (int i = first + 1; i <= last; i++)
        {
            int v = _order[i];
            int d = device[v];
            long start = _free[d];
            foreach (SerialEdge edge in tasks.Into[v])
            {
                start = Math.Max(start, _end[edge.From] + edge.Times[device[edge.From] * tasks.Devices + d]);
            }

            _end[v] = start + tasks.Time[v * tasks.Devices + d];
            _free[d] = _end[v];
        }

        return _end[last];
    }

    /// <summary>
    /// No schedule of the choice that <see cref="Run"/> was last asked for is shorter: the longest path, and for each device the tasks that start
    /// no earlier than one and have no less to follow than another, one after the other.
    /// </summary>
    public long Least(ReadOnlySpan<byte> device, int first, int last)
    {
        long least = 0;
        _head[first] = 0;
        for (int v = first + 1; v <= last; v++)
        {
            long head = 0;
            foreach (SerialEdge edge in tasks.Into[v])
            {
                int u = edge.From;
                head = Math.Max(head, _head[u] + (u == first ? 0 : TimeOf(device, u)) + edge.Times[device[u] * tasks.Devices + device[v]]);
            }

            _head[v] = head;
            least = Math.Max(least, head + _left[v]);
        }

        if (least == _end[last])
        {
            return least;
        }

        for (int a = first + 1; a < last; a++)
        {
            for (int b = first + 1; b < last; b++)
            {
                if (device[a] == device[b])
                {
                    least = Math.Max(least, Between(device, first, last, a, b));
                }
            }
        }

        return least;
    }

    // What one device must do of the tasks that start no earlier than one and have no less to follow than the other.
    private long Between(ReadOnlySpan<byte> device, int first, int last, int early, int late)
    {
        long head = _head[early];
        long tail = _left[late] - TimeOf(device, late);
        long work = 0;
        for (int v = first + 1; v < last; v++)
        {
            if (device[v] == device[early] && _head[v] >= head && _left[v] - TimeOf(device, v) >= tail)
            {
                work += TimeOf(device, v);
            }
        }

        return head + work + tail;
    }

    private long TimeOf(ReadOnlySpan<byte> device, int v) => tasks.Time[v * tasks.Devices + device[v]];

    private bool Rank(ReadOnlySpan<byte> device, int first, int last)
    {
        _left[last] = TimeOf(device, last);
        for (int v = last - 1; v > first; v--)
        {
            long after = 0;
            foreach (SerialEdge edge in tasks.OutOf[v])
            {
                long move = edge.Times[device[v] * tasks.Devices + device[edge.To]];
                if (move < 0)
                {
                    return false;
                }

                after = Math.Max(after, move + _left[edge.To]);
            }

            long time = TimeOf(device, v);
            if (time < 0)
            {
                return false;
            }

            _left[v] = time + after;
        }

        foreach (SerialEdge edge in tasks.OutOf[first])
        {
            if (edge.Times[device[first] * tasks.Devices + device[edge.To]] < 0)
            {
                return false;
            }
        }

        return TimeOf(device, last) >= 0;
    }

    // By insertion: positions are nearly in this order already. Of equals the earlier position comes first, so that producers stay before consumers.
    private void Sort(int first, int last)
    {
        for (int v = first + 1; v <= last; v++)
        {
            int i = v;
            for (; i > first + 1 && _left[_order[i - 1]] < _left[v]; i--)
            {
                _order[i] = _order[i - 1];
            }

            _order[i] = v;
        }
    }
}
