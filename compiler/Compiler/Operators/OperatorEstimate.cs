using Orchestrator.CostModels;
using Orchestrator.CostModels.Operators;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Operators;

/// <summary>What an operator takes on a device, or why it cannot run there.</summary>
/// <param name="Time">Seconds with a 90 % interval.</param>
/// <param name="Model">What told it.</param>
/// <param name="WhyNot">Null where it can run.</param>
internal readonly record struct OperatorTime(Interval Time, string Model, string? WhyNot = null);

/// <summary>
/// Stage 6 for operators: products, attention and vector operations in up to 16 bits on accelerators whose kin was measured by the predictors of
/// <see cref="OperatorCosts"/>, everything else by arithmetic and traffic over the device's rates plus one launch.
/// </summary>
internal static class OperatorEstimate
{
    private const double Microsecond = 1e-6;

    /// <summary>The time of an operator.</summary>
    public static OperatorTime Of(OperatorTask task, Device device)
    {
        GemmFormat format = GemmFormat.Of(task.Format);
        bool measured = device.Tier != "cpu" && Accelerator.Of(device).Family.Length > 0 && device.Bandwidth is not null && format is { Known: true, Class: not "single" };
        if (!measured || !format.Peaks.Any(device.Peak.ContainsKey))
        {
            return Bounded(task, device, format);
        }

        Prediction? told = task switch
        {
            { Matrix: { Times: 1 } m } => OperatorCosts.Gemm(device, task.Format, m.M, m.N, m.K),
            { Attention: { } attention } => OperatorCosts.Attention(device, attention),
            { Vector: { } vector } => OperatorCosts.Vector(device, vector, task.Size.Rows, task.Size.Width),
            _ => null,
        };
        return told is { } p
            ? new OperatorTime(new Interval(p.Low, p.Predicted, p.High) * Microsecond, p.Model)
            : Bounded(task, device, format);
    }

    private static OperatorTime Bounded(OperatorTask task, Device device, GemmFormat format)
    {
        double flops = task.Matrix is null && task.Attention is null && task.Vector is not null ? 0 : task.Work.Arithmetic?.Value ?? 0;
        double? peak = format.Peaks.Select(f => Roofline.PeakOf(device, f)).FirstOrDefault(p => p is not null) * Roofline.ComputeEfficiency;
        if (task.Matrix is not null && peak is null)
        {
            return new OperatorTime(default, "", $"its arithmetic in {task.Format} is not known");
        }

        double? bandwidth = device.Bandwidth?.Value * Roofline.MemoryEfficiency
            ?? (device.Figures.TryGetValue("memory_bandwidth", out Sourced? rate) ? rate.Value : null);
        if (bandwidth is null)
        {
            return new OperatorTime(default, "", "its memory bandwidth is not known");
        }

        double launch = device.Figures.TryGetValue("kernel_launch_s", out Sourced? measured) ? measured.Value : LaunchCost.NullKernelIntelH100;
        double seconds = launch + Math.Max(peak is { } p ? flops / p : 0, (task.Work.Traffic?.Value ?? 0) / bandwidth.Value);
        return new OperatorTime(Interval.Within(seconds, Roofline.UncalibratedFactor), "roofline");
    }
}
