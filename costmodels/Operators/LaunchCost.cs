namespace Orchestrator.CostModels.Operators;

/// <summary>A kernel of a trace: when the processor asked for it, when it started and when it ended, in one unit of time.</summary>
/// <param name="Launched">Start of the launch call.</param>
/// <param name="Started">Start on the device.</param>
/// <param name="Ended">End on the device.</param>
public readonly record struct KernelSpan(double Launched, double Started, double Ended);

/// <summary>Where a curve over the batch turns from flat to rising.</summary>
/// <param name="Batch">The last batch size of the flat part.</param>
/// <param name="Flat">Mean of the flat part.</param>
public readonly record struct LaunchKnee(double Batch, double Flat);

/// <summary>
/// The tax of launching kernels and the time they wait in the queue (SKIP, arXiv 2504.11750). TKLQT, the total kernel launch and queueing time, is
/// flat over the batch while the processor is the bottleneck and rises once the device is; the knee is the transition.
/// </summary>
public static class LaunchCost
{
    /// <summary>Seconds to launch a kernel that does nothing, AMD processor with A100 (arXiv 2504.11750).</summary>
    public const double NullKernelAmdA100 = 2260.5e-9;

    /// <summary>Seconds to launch a kernel that does nothing, Intel processor with H100 (arXiv 2504.11750).</summary>
    public const double NullKernelIntelH100 = 2374.6e-9;

    /// <summary>Sum over a trace of launch plus queueing time: from each launch call to the start on the device.</summary>
    public static double TotalLaunchAndQueue(IEnumerable<KernelSpan> trace) => trace.Sum(k => k.Started - k.Launched);

    /// <summary>
    /// The trace of kernels in one stream: the processor launches one after the other without waiting, the device runs them in order, each as
    /// soon as it is launched and the one before has ended.
    /// </summary>
    /// <param name="kernels">Time of each kernel on the device.</param>
    /// <param name="launch">Time that the processor takes for one launch.</param>
    public static IReadOnlyList<KernelSpan> Trace(IEnumerable<double> kernels, double launch)
    {
        var trace = new List<KernelSpan>();
        double asked = 0;
        double free = 0;
        foreach (double kernel in kernels)
        {
            double start = Math.Max(asked + launch, free);
            trace.Add(new KernelSpan(asked, start, start + kernel));
            asked += launch;
            free = start + kernel;
        }

        return trace;
    }

    /// <summary>
    /// Time of a pass of n kernels when launches run ahead: the longer of launching all and computing all, <c>max(n * launch, sum of kernels)</c>,
    /// up to one launch and one kernel at the ends.
    /// </summary>
    public static double Pass(double kernels, double launch, double deviceTime) => Math.Max(kernels * launch, deviceTime);

    /// <summary>Whether launching takes longer than computing.</summary>
    public static bool IsLaunchBound(double kernels, double launch, double deviceTime) => kernels * launch > deviceTime;

    /// <summary>
    /// Batch size at which the device takes over: where the sum of device times is <c>n * launch</c>, for a device time of
    /// <c>fixed + perItem * batch</c>; 0 where it is slower from the start, infinite where it never is.
    /// </summary>
    public static double Crossover(double kernels, double launch, double fixedTime, double timePerItem)
    {
        double left = (kernels * launch) - fixedTime;
        return left <= 0 ? 0 : timePerItem > 0 ? left / timePerItem : double.PositiveInfinity;
    }

    /// <summary>Kernels left when each run of <paramref name="fused"/> becomes one: with the same device time the crossover falls by that factor.</summary>
    public static double Fused(double kernels, double fused) => kernels / fused;

    /// <summary>
    /// The knee of TKLQT over batch sizes: the split into a level part and a straight rising one on logarithms that leaves the least squares; none
    /// where no such split is clearly better than a level line (the rest must fall to half) or the curve is too short.
    /// </summary>
    /// <param name="curve">Batch sizes in rising order with their TKLQT, both above 0.</param>
    public static LaunchKnee? Knee(IReadOnlyList<(double Batch, double Time)> curve)
    {
        const int Least = 2;
        double[] x = [.. curve.Select(p => Math.Log(p.Batch))];
        double[] y = [.. curve.Select(p => Math.Log(p.Time))];
        double level = y.Length == 0 ? 0 : LevelRest(y, y.Length, out _);
        (double Error, int Split, double Flat) best = (double.PositiveInfinity, -1, 0);
        for (int split = Least; split <= y.Length - Least; split++)
        {
            double flat = LevelRest(y, split, out double mean);
            double rest = flat + RisingRest(x, y, split - 1, mean);
            if (rest < best.Error)
            {
                best = (rest, split, mean);
            }
        }

        return best.Split > 0 && best.Error < level / 2 ? new LaunchKnee(curve[best.Split - 1].Batch, Math.Exp(best.Flat)) : null;
    }

    private static double LevelRest(double[] y, int count, out double mean)
    {
        mean = y.Take(count).Average();
        double around = mean;
        return y.Take(count).Sum(v => (v - around) * (v - around));
    }

    // The rising part starts at the knee on the level: one slope to fit, never downwards.
    private static double RisingRest(double[] x, double[] y, int knee, double level)
    {
        double top = 0;
        double bottom = 0;
        for (int i = knee + 1; i < y.Length; i++)
        {
            top += (x[i] - x[knee]) * (y[i] - level);
            bottom += (x[i] - x[knee]) * (x[i] - x[knee]);
        }

        double slope = Math.Max(0, top / bottom);
        double rest = 0;
        for (int i = knee + 1; i < y.Length; i++)
        {
            double error = y[i] - level - (slope * (x[i] - x[knee]));
            rest += error * error;
        }

        return rest;
    }
}
