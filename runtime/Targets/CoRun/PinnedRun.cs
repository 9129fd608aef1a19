using System.Globalization;
using System.Runtime.InteropServices;

namespace Orchestrator.Targets.CoRun;

/// <summary>Runs kernels for a window of time, each on a core of its own, and gives their rates.</summary>
internal static unsafe partial class PinnedRun
{
    /// <summary>Processors that this process may run on, as the kernel numbers them.</summary>
    public static IReadOnlyList<int> Cores()
    {
        ulong* mask = stackalloc ulong[16];
        new Span<ulong>(mask, 16).Clear();
        if (sched_getaffinity(0, 128, mask) < 0)
        {
            return [];
        }

        var cores = new List<int>();
        for (int i = 0; i < 16 * 64; i++)
        {
            if ((mask[i / 64] >> (i % 64) & 1) != 0)
            {
                cores.Add(i);
            }
        }

        return cores;
    }

    /// <summary>
    /// Units a second of each kernel while all run. The time in which a thread waited for its core behind other programs is not counted, so that what
    /// else the machine does counts by what it does to caches and memory only, as in the runs that this is compared with.
    /// </summary>
    public static double[] Rates(TimeProvider clock, IReadOnlyList<CoRunKernel> kernels, IReadOnlyList<int> cores, TimeSpan window)
    {
        double[] rates = new double[kernels.Count];
        using var ready = new Barrier(kernels.Count);
        Thread[] threads = [.. kernels.Select((kernel, i) => new Thread(() =>
        {
            Pin(cores[i]);
            kernel.Run();
            ready.SignalAndWait();
            double waited = WaitedSeconds();
            long start = clock.GetTimestamp();
            long units = 0;
            do
            {
                kernel.Run();
                units++;
            }
            while (clock.GetElapsedTime(start) < window);
            double seconds = clock.GetElapsedTime(start).TotalSeconds - (WaitedSeconds() - waited);
            rates[i] = units / Math.Max(seconds, 1e-9);
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return rates;
    }

    private static void Pin(int core)
    {
        ulong* mask = stackalloc ulong[16];
        new Span<ulong>(mask, 16).Clear();
        mask[core / 64] = 1UL << (core % 64);
        _ = sched_setaffinity(0, 128, mask);
    }

    // The second number is nanoseconds spent waiting on a run queue (Linux, sched-stats).
    private static double WaitedSeconds()
    {
        try
        {
            string[] parts = File.ReadAllText("/proc/thread-self/schedstat").Split(' ');
            return parts.Length > 1 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double ns) ? ns * 1e-9 : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    [LibraryImport("libc")]
    private static partial int sched_getaffinity(int pid, nuint size, ulong* mask);

    [LibraryImport("libc")]
    private static partial int sched_setaffinity(int pid, nuint size, ulong* mask);
}
