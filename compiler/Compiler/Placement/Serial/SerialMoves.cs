namespace Orchestrator.Compiler.Placing.Serial;

/// <summary>
/// Local search over choices of devices: runs of tasks go to another device, two tasks change places, and from the best a random run is moved to start again. All
/// chance comes from one seed and the limit counts schedules.
/// </summary>
internal sealed class SerialMoves(SerialTasks tasks)
{
    private const int Seed = 1;
    private const double Outweighs = 1e3; // taking too much room by a device's whole is worse than this many times the start's time

    private readonly ListSchedule _schedule = new(tasks);
    private readonly int _devices = tasks.Devices;
    private long _left;
    private double _penalty;

    /// <summary>The best choice found, and its time; a time of -1 when it does not fit.</summary>
    /// <param name="start">Devices by position, with which data can be moved.</param>
    /// <param name="schedules">Most schedules to go through, above 0.</param>
    /// <param name="enough">A time that is good enough.</param>
    /// <param name="cancellation">Stops the search.</param>
    public (byte[] Device, long Time) Run(byte[] start, long schedules, double enough, CancellationToken cancellation)
    {
        _left = schedules;
        var random = new Random(Seed);
        byte[] best = [.. start];
        _penalty = Outweighs * Math.Max(1, _schedule.Run(best, 0, tasks.Count - 1));
        double worth = Descend(best, Worth(best), cancellation);
        while (_left > 0 && worth > enough)
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] other = [.. best];
            for (int k = 1 + random.Next(3); k > 0; k--)
            {
                int length = 1 << random.Next(5);
                int first = 1 + random.Next(tasks.Count - 2);
                Put(other, first, length, (byte)random.Next(_devices));
            }

            double found = Descend(other, Worth(other), cancellation);
            if (found <= worth)
            {
                (best, worth) = (other, found);
            }
        }

        return (best, Over(best) > 0 ? -1 : _schedule.Run(best, 0, tasks.Count - 1));
    }

    private double Descend(byte[] device, double worth, CancellationToken cancellation)
    {
        bool better = true;
        byte[] tried = [.. device];
        while (better && _left > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            better = false;
            for (int length = 1; length < tasks.Count && _left > 0; length *= 2)
            {
                for (int first = 1; first + length < tasks.Count && _left > 0; first += Math.Max(1, length / 4))
                {
                    for (byte d = 0; d < _devices; d++)
                    {
                        better |= Put(tried, first, length, d) && Take(device, tried, ref worth);
                        device.CopyTo(tried, 0);
                    }
                }
            }

            better = better || Exchange(device, tried, ref worth);
        }

        return worth;
    }

    // Two tasks on different devices change places.
    private bool Exchange(byte[] device, byte[] tried, ref double worth)
    {
        bool better = false;
        for (int a = 1; a < tasks.Count - 1 && _left > 0; a++)
        {
            for (int b = a + 1; b < tasks.Count - 1 && _left > 0; b++)
            {
                if (device[a] != device[b] && Runs(a, device[b]) && Runs(b, device[a]))
                {
                    (tried[a], tried[b]) = (device[b], device[a]);
                    better |= Take(device, tried, ref worth);
                    (tried[a], tried[b]) = (device[a], device[b]);
                }
            }
        }

        return better;
    }

    private bool Take(byte[] device, byte[] tried, ref double worth)
    {
        double found = Worth(tried);
        if (found >= worth)
        {
            return false;
        }

        tried.CopyTo(device, 0);
        worth = found;
        return true;
    }

    private bool Put(byte[] device, int first, int length, byte d)
    {
        bool changed = false;
        for (int v = first; v < Math.Min(first + length, tasks.Count - 1); v++)
        {
            if (device[v] != d && Runs(v, d))
            {
                device[v] = d;
                changed = true;
            }
        }

        return changed;
    }

    private bool Runs(int v, int d) => tasks.Time[v * _devices + d] >= 0;

    private double Worth(byte[] device)
    {
        _left--;
        double over = Over(device);
        long time = _schedule.Run(device, 0, tasks.Count - 1);
        return time < 0 ? double.PositiveInfinity : time + over * _penalty;
    }

    // Room that is taken beyond what is there, in whole devices.
    private double Over(byte[] device)
    {
        Span<long> left = stackalloc long[_devices];
        tasks.Room.CopyTo(left);
        for (int v = 1; v < tasks.Count - 1; v++)
        {
            left[device[v]] -= tasks.Use[v * _devices + device[v]];
        }

        double over = 0;
        for (int d = 0; d < _devices; d++)
        {
            over += left[d] < 0 ? -left[d] / (double)Math.Max(1, tasks.Room[d]) + 0.001 : 0;
        }

        return over;
    }
}
