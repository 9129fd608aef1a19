namespace Orchestrator.Compiler.Placing.Serial;

/// <summary>
/// Builds choices block by block and keeps the most promising: those whose time so far, with the worth of the room they took and the least that the
/// rest takes at these prices, is smallest.
/// </summary>
internal sealed class ChainBeam(SerialTasks tasks, int[] cuts, BlockPatterns[] blocks, double[] share, double[][] rest)
{
    private const int MostPatterns = 64; // of each block between two devices

    private readonly int _devices = tasks.Devices;

    /// <summary>Devices by position of the quickest choice that fits among those kept, or null when none of them does.</summary>
    /// <param name="width">Choices kept at each cut, at least 1.</param>
    /// <param name="cancellation">Stops the search.</param>
    public byte[]? Run(int width, CancellationToken cancellation)
    {
        var layers = new List<Part[]> { new[] { new Part(0, 0, new long[_devices], 0, -1, null) } };
        for (int i = 0; i < blocks.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            BlockPattern[][] ends = [.. blocks[i].Ends.Select(Promising)];
            Part[] next = Kept(Longer(layers[i], ends, rest[i + 1]), width);
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

    private List<Part> Longer(Part[] parts, BlockPattern[][] ends, double[] after)
    {
        var longer = new List<Part>();
        for (int i = 0; i < parts.Length; i++)
        {
            Part part = parts[i];
            for (int q = 0; q < _devices; q++)
            {
                foreach (BlockPattern pattern in ends[part.Device * _devices + q])
                {
                    if (Sum(part.Use, pattern.Use) is { } use)
                    {
                        long time = part.Time + pattern.Time;
                        longer.Add(new Part(time + ChainPrices.Worth(use, share) + after[q], time, use, q, i, pattern));
                    }
                }
            }
        }

        return longer;
    }

    private long[]? Sum(long[] a, long[] b)
    {
        for (int d = 0; d < a.Length; d++)
        {
            if (a[d] + b[d] > tasks.Room[d])
            {
                return null;
            }
        }

        return [.. a.Zip(b, (x, y) => x + y)];
    }

    private static Part[] Kept(List<Part> parts, int width)
    {
        var kept = new List<Part>(width);
        foreach (Part part in parts.OrderBy(p => p.Value).ThenBy(p => p.Time))
        {
            bool there = kept.Count > 0 && kept[^1] is var last && last.Device == part.Device && last.Use.AsSpan().SequenceEqual(part.Use);
            if (!there)
            {
                kept.Add(part);
            }

            if (kept.Count == width)
            {
                break;
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
    private sealed record Part(double Value, long Time, long[] Use, int Device, int Before, BlockPattern? By);
}
