namespace Orchestrator.CostModels.Operators;

/// <summary>A kernel of a trace: when the processor asked for it, when it started and when it ended, in one unit of time.</summary>
/// <param name="Launched">Start of the launch call.</param>
/// <param name="Started">Start on the device.</param>
/// <param name="Ended">End on the device.</param>
public readonly record struct KernelSpan(double Launched, double Started, double Ended);

/// <summary>Where a curve over the batch turns from flat to rising.</summary>
/// <param name="Batch">The last batch size of the flat part.</param>
/// <param name="Flat">Median of the flat part.</param>
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
    /// The knee of TKLQT over batch sizes: the last batch up to which the curve stays within <paramref name="tolerance"/> of its level, the median so
    /// far. None where it never leaves the level, or where there are not two points on it.
    /// </summary>
    /// <param name="curve">Batch sizes in rising order with their TKLQT, both above 0.</param>
    /// <param name="tolerance">Share of the level that noise may add, above 0.</param>
    public static LaunchKnee? Knee(IReadOnlyList<(double Batch, double Time)> curve, double tolerance = 0.1)
    {
        for (int last = curve.Count - 1; last >= 1; last--)
        {
            double level = curve.Take(last + 1).Select(p => p.Time).Order().ElementAt(last / 2);
            if (curve[last].Time <= level * (1 + tolerance))
            {
                return last < curve.Count - 1 ? new LaunchKnee(curve[last].Batch, level) : null;
            }
        }

        return null;
    }
}
