using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>Work whose arithmetic and traffic are stated, against the device's peaks; reading and writing tokens is told by <see cref="Serving.TokenTimes"/>.</summary>
[CostModel("roofline")]
public sealed class Roofline : ICostModel
{
    /// <inheritdoc/>
    public Evidence Evidence => Evidence.Model;

    /// <summary>Share of peak arithmetic that unmeasured work reaches. Source: uncalibrated roofline of arXiv 2507.19635's comparison (MFU 0.5).</summary>
    public const double ComputeEfficiency = 0.5;

    /// <summary>Share of memory bandwidth that unmeasured work reaches. Source: as above (0.7).</summary>
    public const double MemoryEfficiency = 0.7;

    /// <summary>90 % of uncalibrated times are within this factor. Source: conformal half-width over 84 measured pairs of device and model.</summary>
    public const double UncalibratedFactor = 2.1;

    /// <summary>A slow repetition against the median. Source: over 30 % at the 90th percentile of repeated measurements.</summary>
    public const double RepeatNoise = 1.3;

    /// <summary>Stated arithmetic over a peak is believed within this factor: an assumption, kernels differ that much in efficiency.</summary>
    public const double KernelFactor = 2;

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question) => question.Work.Kind switch
    {
        WorkKind.Compute when question.Work.Executor is "kernel" or "process" or "wasm" => Stated(question),
        _ => CostAnswer.NotMine,
    };

    /// <summary>Tokens after which speech can start: an assumption, about one spoken sentence.</summary>
    public const double SentenceTokens = 20;

    /// <summary>Share of a text after which its first sentence is there.</summary>
    public static double FirstSentence(double tokens) => tokens > 0 ? Math.Min(1, SentenceTokens / tokens) : 1;

    /// <summary>Dense arithmetic of a device in a format; <c>bf16</c> and <c>fp16</c> stand for each other, a measured GEMM rate for <c>fp32</c>.</summary>
    public static double? PeakOf(Device device, string precision)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Peak.TryGetValue(precision, out Sourced? peak) ? peak.Value
            : precision is "bf16" && device.Peak.TryGetValue("fp16", out peak) ? peak.Value
            : precision is "fp16" && device.Peak.TryGetValue("bf16", out peak) ? peak.Value
            : precision is "fp32" && device.Figures.TryGetValue("gemm_fp32_flops", out Sourced? measured) ? measured.Value / ComputeEfficiency
            : null;
    }

    private static CostAnswer Stated(CostQuestion question)
    {
        if (question.Work.Arithmetic is null && question.Work.Traffic is null)
        {
            return CostAnswer.NotMine;
        }

        double? flops = PeakOf(question.Device, "fp32") * ComputeEfficiency;
        double? bandwidth = question.Device.Bandwidth?.Value * MemoryEfficiency
            ?? (question.Device.Figures.TryGetValue("memory_bandwidth", out Sourced? measured) ? measured.Value : null);
        if ((question.Work.Arithmetic is not null && flops is null) || (question.Work.Traffic is not null && bandwidth is null))
        {
            return CostAnswer.Lacks($"arithmetic or bandwidth of {question.Device.Kind} is not known");
        }

        double seconds = Math.Max((question.Work.Arithmetic?.Value ?? 0) / (flops ?? 1), (question.Work.Traffic?.Value ?? 0) / (bandwidth ?? 1));
        seconds += question.Device.Figures.TryGetValue("hop_s", out Sourced? hop) ? hop.Value : 0;
        seconds += question.Work.Executor == "process" && question.Device.Figures.TryGetValue("process_spawn_s", out Sourced? spawn) ? spawn.Value : 0;
        Interval time = Interval.Within(seconds, KernelFactor);
        return new Estimate(
            time, Interval.Within(seconds * RepeatNoise, KernelFactor), time, question.Work.Resident ?? Bytes.Zero, "roofline", "stated arithmetic and traffic over the device's rates");
    }
}
