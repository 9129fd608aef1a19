using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>What earlier runs took: median and 95th percentile of the last executions, with order-statistic intervals.</summary>
[CostModel("measured")]
public sealed class Measured : ICostModel
{
    /// <inheritdoc/>
    public Evidence Evidence => Evidence.Measurement;

    private const double Normal90 = 1.645; // two-sided 90 % of the normal distribution
    private const double FewSamplesFactor = 1.5; // below five runs no order statistic bounds the median at 90 %
    private const int FewSamples = 5;

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question)
    {
        if (question.Calibration.Find(question.Target, question.Phase, question.Device.Kind, question.Work.SizeText()) is not { } row)
        {
            return CostAnswer.NotMine;
        }

        double[] seconds = [.. row.MeasuredMs.Order().Select(ms => ms / 1000)];
        Interval p50 = Quantile(seconds, 0.5);
        Interval p95 = Quantile(seconds, 0.95);
        string source = string.Create(CultureInfo.InvariantCulture, $"{seconds.Length} measured run{(seconds.Length == 1 ? "" : "s")} on {row.DeviceKind}");
        double mean = seconds.Average();
        return new Estimate(p50, p95, new Interval(seconds[0], mean, seconds[^1]), question.Work.Resident ?? Bytes.Zero, "measured", source);
    }

    /// <summary>A quantile of sorted values and a 90 % interval around it (binomial order statistics; wider below five values).</summary>
    internal static Interval Quantile(double[] sorted, double share)
    {
        int n = sorted.Length;
        double likely = At(sorted, share * (n - 1));
        double spread = Normal90 * Math.Sqrt(n * share * (1 - share));
        double low = At(sorted, share * n - spread - 1);
        double high = At(sorted, share * n + spread);
        double factor = n < FewSamples ? FewSamplesFactor : 1;
        return new Interval(Math.Min(low, likely) / factor, likely, Math.Max(high, likely) * factor);
    }

    private static double At(double[] sorted, double position)
    {
        double clamped = Math.Clamp(position, 0, sorted.Length - 1);
        int below = (int)clamped;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (clamped - below);
    }
}
