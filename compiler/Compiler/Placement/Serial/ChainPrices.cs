namespace Orchestrator.Compiler.Placing.Serial;

/// <summary>What prices of room prove.</summary>
/// <param name="Feasible">False when no choice of devices fits.</param>
/// <param name="Bound">No schedule of any choice that fits is shorter.</param>
/// <param name="Prices">By device: time that all of its room is worth.</param>
internal sealed record PricedChain(bool Feasible, double Bound, double[] Prices);

/// <summary>
/// The Lagrangian of room over a chain of blocks. For given prices the best chain of patterns is a shortest path; what it comes to, less the
/// worth of all room, is a bound. The best prices are found by cutting planes: each path says how the bound changes with the prices.
/// </summary>
/// <param name="tasks">The chain.</param>
/// <param name="blocks">Its blocks.</param>
/// <param name="loose">By task beside the chain: room by device; -1 where it cannot be.</param>
internal sealed class ChainPrices(SerialTasks tasks, BlockPatterns[] blocks, long[][] loose)
{
    private const int MostCuts = 200;
    private const double Enough = 1e-5; // of the bound; closer prices improve no answer

    private readonly int _devices = tasks.Devices;

    /// <summary>Finds the best prices.</summary>
    /// <param name="slowest">A time that any sensible chain stays within.</param>
    /// <param name="cancellation">Stops the search.</param>
    public PricedChain Best(double slowest, CancellationToken cancellation)
    {
        double most = 1000 * Math.Max(1, slowest);
        var planes = new List<(double Time, double[] Over)>();
        double[] prices = new double[_devices];
        var best = new PricedChain(true, 0, prices);
        for (int i = 0; i < MostCuts; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            (double time, double[] used) = Path(prices);
            if (double.IsInfinity(time))
            {
                return new PricedChain(false, double.PositiveInfinity, prices);
            }

            double[] over = [.. used.Select(u => u - 1)];
            double value = time + over.Zip(prices, (o, p) => o * p).Sum();
            best = value > best.Bound ? new PricedChain(true, value, prices) : best;
            planes.Add((time, over));
            (double promised, double[] next) = Promised(planes, most);
            if (promised > slowest && best.Bound > slowest)
            {
                return new PricedChain(false, double.PositiveInfinity, best.Prices);
            }

            if (promised <= best.Bound * (1 + Enough) + 1 || next.AsSpan().SequenceEqual(prices))
            {
                break;
            }

            prices = next;
        }

        return best;
    }

    /// <summary>By cut, then device: the least time and worth of room from there to the end.</summary>
    public double[][] Rest(double[] prices)
    {
        double[] share = ShareOf(prices);
        var rest = new double[blocks.Length + 1][];
        rest[^1] = new double[_devices];
        for (int i = blocks.Length - 1; i >= 0; i--)
        {
            rest[i] = new double[_devices];
            for (int p = 0; p < _devices; p++)
            {
                rest[i][p] = double.PositiveInfinity;
                for (int q = 0; q < _devices; q++)
                {
                    foreach (BlockPattern pattern in blocks[i].Ends[p * _devices + q])
                    {
                        rest[i][p] = Math.Min(rest[i][p], rest[i + 1][q] + pattern.Least + Worth(pattern.Use, share));
                    }
                }
            }
        }

        return rest;
    }

    /// <summary>The device where room is worth least.</summary>
    public static int Cheapest(long[] use, double[] share)
    {
        int best = -1;
        for (int d = 0; d < use.Length; d++)
        {
            best = use[d] >= 0 && (best < 0 || use[d] * share[d] < use[best] * share[best]) ? d : best;
        }

        return best;
    }

    /// <summary>What room is worth.</summary>
    public static double Worth(long[] use, double[] share)
    {
        double worth = 0;
        for (int d = 0; d < use.Length; d++)
        {
            worth += use[d] * share[d];
        }

        return worth;
    }

    /// <summary>By device: the price of one unit of room.</summary>
    public double[] ShareOf(double[] prices) => [.. prices.Select((p, d) => p / Math.Max(1, tasks.Room[d]))];

    // The shortest path for prices: its time without them, and how much of each device's room it takes.
    private (double Time, double[] Used) Path(double[] prices)
    {
        double[] share = ShareOf(prices);
        double[] cost = new double[_devices];
        var times = new double[_devices];
        var uses = new long[_devices][];
        for (int d = 0; d < _devices; d++)
        {
            (cost[d], uses[d]) = (d == 0 ? 0 : double.PositiveInfinity, new long[_devices]);
        }

        foreach (BlockPatterns block in blocks)
        {
            double[] nextCost = new double[_devices];
            var nextTimes = new double[_devices];
            var nextUses = new long[_devices][];
            for (int q = 0; q < _devices; q++)
            {
                (double least, int from, BlockPattern? by) = (double.PositiveInfinity, 0, null);
                for (int p = 0; p < _devices; p++)
                {
                    foreach (BlockPattern pattern in double.IsInfinity(cost[p]) ? [] : block.Ends[p * _devices + q])
                    {
                        double value = cost[p] + pattern.Least + Worth(pattern.Use, share);
                        if (value < least)
                        {
                            (least, from, by) = (value, p, pattern);
                        }
                    }
                }

                nextCost[q] = least;
                nextTimes[q] = times[from] + (by?.Least ?? 0);
                nextUses[q] = [.. uses[from].Zip(by?.Use ?? uses[from], (a, b) => a + b)];
            }

            (cost, times, uses) = (nextCost, nextTimes, nextUses);
        }

        foreach (long[] use in loose)
        {
            int d = Cheapest(use, share);
            cost[0] += use[d] * share[d];
            uses[0][d] += use[d];
        }

        double[] used = [.. uses[0].Select((u, d) => u / (double)Math.Max(1, tasks.Room[d]))];
        return (double.IsInfinity(cost[0]) ? cost[0] : times[0], used);
    }

    // The highest value that the planes leave, and prices where it is reached.
    private static (double Value, double[] Prices) Promised(List<(double Time, double[] Over)> planes, double most)
    {
        using var program = new LinearProgram();
        double scale = Math.Max(1, planes.Max(p => p.Time));
        int devices = planes[0].Over.Length;
        int value = program.Column(-1, most / scale);
        for (int d = 0; d < devices; d++)
        {
            program.Column(0, most / scale);
        }

        foreach ((double time, double[] over) in planes)
        {
            int row = program.Row(double.NegativeInfinity, time / scale);
            program.Add(row, value, 1);
            for (int d = 0; d < devices; d++)
            {
                program.Add(row, value + 1 + d, -over[d]);
            }
        }

        LinearAnswer answer = program.Solve(again: false);
        return (answer.Values[value] * scale, [.. answer.Values.Skip(1).Take(devices).Select(p => Math.Max(0, p) * scale)]);
    }
}
