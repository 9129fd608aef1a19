namespace Orchestrator.Compiler.Placing.Serial;

/// <summary>
/// Builds choices block by block and keeps the most promising: those whose time so far, with the worth of the room they took and the least that the
/// rest takes at these prices, is smallest.
/// </summary>
/// <param name="tasks">The chain.</param>
/// <param name="room">By device: room for the chain.</param>
/// <param name="cuts">Where it is cut.</param>
/// <param name="blocks">The blocks between cuts.</param>
/// <param name="share">By device: price of one unit of room.</param>
/// <param name="rest">By cut, then device: the least from there to the end.</param>
internal sealed class ChainBeam(SerialTasks tasks, long[] room, int[] cuts, BlockPatterns[] blocks, double[] share, double[][] rest)
{
    private const int MostPatterns = 64; // of each block between two devices

    private readonly int _devices = tasks.Devices;

    /// <summary>Devices by position of the quickest choice that fits among those kept, or null when none of them does.</summary>
    /// <param name="width">Choices kept at each cut, at least 1.</param>
    /// <param name="cancellation">Stops the search.</param>
    public byte[]? Run(int width, CancellationToken cancellation)
    {
        var layers = new List<Part[]> { new[] { new Part(0, new long[_devices], 0, -1, null) } };
        for (int i = 0; i < blocks.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            BlockPattern[][] ends = [.. blocks[i].Ends.Select(Promising)];
            Part[] next = Kept(layers[i], Longer(layers[i], ends, rest[i + 1]), width);
            if (next.Length == 0)
            {
                return null;
            }

            layers.Add(next);
        }

        return Devices(layers);
    }

    private BlockPattern[] Promising(BlockPattern[] patterns) => patterns.Length <= MostPatterns
        ? patterns
        : [.. patterns.OrderBy(p => p.Time + ChainPrices.Worth(p.Use, share)).Take(MostPatterns)];

    private List<Step> Longer(Part[] parts, BlockPattern[][] ends, double[] after)
    {
        var longer = new List<Step>();
        for (int i = 0; i < parts.Length; i++)
        {
            Part part = parts[i];
            double before = part.Time + ChainPrices.Worth(part.Use, share);
            for (int q = 0; q < _devices; q++)
            {
                foreach (BlockPattern pattern in ends[part.Device * _devices + q])
                {
                    if (Fits(part.Use, pattern.Use))
                    {
                        longer.Add(new Step(before + pattern.Time + ChainPrices.Worth(pattern.Use, share) + after[q], i, q, pattern));
                    }
                }
            }
        }

        return longer;
    }

    private bool Fits(long[] used, long[] more)
    {
        for (int d = 0; d < used.Length; d++)
        {
            if (used[d] + more[d] > room[d])
            {
                return false;
            }
        }

        return true;
    }

    // Of equal value the one that was made first, so that the same is kept everywhere; of those that come to the same, one.
    private static Part[] Kept(Part[] before, List<Step> steps, int width)
    {
        int[] order = [.. Enumerable.Range(0, steps.Count)];
        double[] values = [.. steps.Select(s => s.Value)];
        Array.Sort(values, order);
        var kept = new List<Part>(width);
        var same = new List<int>();
        for (int i = 0; i < order.Length && kept.Count < width;)
        {
            same.Clear();
            for (double value = values[i]; i < order.Length && values[i] == value; i++)
            {
                same.Add(order[i]);
            }

            same.Sort();
            foreach (int s in same)
            {
                Step step = steps[s];
                Part from = before[step.Before];
                var part = new Part(from.Time + step.By.Time, [.. from.Use.Zip(step.By.Use, (a, b) => a + b)], step.Device, step.Before, step.By);
                if (kept.Count < width && !(kept.Count > 0 && kept[^1] is var last && last.Device == part.Device && last.Time == part.Time && last.Use.AsSpan().SequenceEqual(part.Use)))
                {
                    kept.Add(part);
                }
            }
        }

        return [.. kept];
    }

    private byte[] Devices(List<Part[]> layers)
    {
        byte[] device = new byte[tasks.Count];
        Part part = layers[^1].MinBy(p => p.Time)!; // a layer is never empty
        for (int i = layers.Count - 1; i > 0; i--)
        {
            device[cuts[i]] = (byte)part.Device;
            part.By?.Devices.CopyTo(device, cuts[i - 1] + 1);
            part = layers[i - 1][part.Before];
        }

        return device;
    }

    // A choice up to a cut.
    private sealed record Part(long Time, long[] Use, int Device, int Before, BlockPattern? By);

    // A choice that goes on by one block.
    private readonly record struct Step(double Value, int Before, int Device, BlockPattern By);
}
