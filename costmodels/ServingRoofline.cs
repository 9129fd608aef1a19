using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>
/// A language model on devices: arithmetic and memory traffic over peaks with stated efficiencies, tensor parallelism with ring all-reduces.
/// Form: measured serving figures are best described by a soft maximum of memory and arithmetic plus communication.
/// </summary>
public sealed class ServingRoofline
{
    /// <summary>Share of peak arithmetic reached. Source: uncalibrated roofline of arXiv 2507.19635's comparison (MFU 0.5).</summary>
    public const double ComputeEfficiency = 0.5;

    /// <summary>Share of memory bandwidth reached. Source: as above (0.7).</summary>
    public const double MemoryEfficiency = 0.7;

    /// <summary>Share of device memory that weights and KV may fill. Source: as above (90 % of HBM usable).</summary>
    public const double UsableMemory = 0.9;

    /// <summary>Seconds a hop of a ring all-reduce takes beside its bytes. Source: the middle of the 1–5 µs to which those results are sensitive.</summary>
    public const double HopSeconds = 3e-6;

    /// <summary>90 % of decode steps are within this factor. Source: conformal half-width over 52 measured device and model pairs.</summary>
    public const double DecodeFactor = 2.1;

    /// <summary>90 % of prefill times are within this factor. Source: conformal half-width over 84 measured pairs.</summary>
    public const double PrefillFactor = 2.1;

    /// <summary>A slow repetition against the median. Source: over 30 % at the 90th percentile of repeated measurements.</summary>
    public const double RepeatNoise = 1.3;

    /// <summary>Share of the prefill of a batch that delays its decode steps when both share devices. Source: fit to served figures (0.75).</summary>
    public const double PrefillInterference = 0.75;

    /// <summary>Most sequences that a serving engine decodes at once. Source: usual default of serving engines (<c>max_num_seqs</c>).</summary>
    public const int EngineBatch = 256;

    private readonly ModelCard _model;
    private readonly string _precision;
    private readonly int _degree;
    private readonly double _flops;
    private readonly double _bandwidth;
    private readonly double _link;

    private ServingRoofline(ModelCard model, Device device, string precision, int degree, double flops, double bandwidth, double memory)
    {
        (_model, _precision, _degree, _flops, _bandwidth, Memory) = (model, precision, degree, flops, bandwidth, memory);
        _link = device.ScaleUpBandwidth?.Value ?? 0;
    }

    /// <summary>Memory of one device in bytes.</summary>
    public double Memory { get; }

    /// <summary>Bytes of weights on each device.</summary>
    public double WeightsPerDevice => _model.WeightBytes(_precision) / _degree;

    /// <summary>Bytes of a token's keys and values on each device; they are shared by KV heads at most.</summary>
    public double KvPerTokenPerDevice => _model.KvBytesPerToken(_precision) / Math.Min(_degree, _model.KvHeads ?? 1);

    /// <summary>A model on <paramref name="degree"/> devices, or null with the reason why it cannot be told or cannot be.</summary>
    public static ServingRoofline? On(ModelCard model, Device device, string precision, int degree, out string reason)
    {
        double? flops = PeakOf(device, precision);
        double? bandwidth = device.Bandwidth?.Value ?? Figure(device, "memory_bandwidth");
        double? memory = device.Memory?.Value;
        reason = !model.HasArchitecture ? $"the architecture of {model.Name} is not known"
            : flops is null ? $"{device.Kind} has no known {precision} arithmetic"
            : bandwidth is null ? $"the memory bandwidth of {device.Kind} is not known"
            : memory is null ? $"the memory of {device.Kind} is not known"
            : degree > 1 && device.ScaleUpBandwidth is null ? $"the link between devices of {device.Kind} is not known"
            : "";
        return reason.Length == 0 ? new ServingRoofline(model, device, precision, degree, flops ?? 0, bandwidth ?? 0, memory ?? 0) : null;
    }

    /// <summary>Dense arithmetic of a device in a format; <c>bf16</c> and <c>fp16</c> stand for each other, a measured GEMM rate for <c>fp32</c>.</summary>
    public static double? PeakOf(Device device, string precision) =>
        device.Peak.TryGetValue(precision, out Sourced? peak) ? peak.Value
        : precision is "bf16" && device.Peak.TryGetValue("fp16", out peak) ? peak.Value
        : precision is "fp16" && device.Peak.TryGetValue("bf16", out peak) ? peak.Value
        : precision is "fp32" ? Figure(device, "gemm_fp32_flops") / ComputeEfficiency
        : null;

    /// <summary>Most sequences of <paramref name="context"/> tokens that fit beside the weights; 0 when not even one does.</summary>
    public int BatchThatFits(double context)
    {
        double free = UsableMemory * Memory - WeightsPerDevice;
        double each = KvPerTokenPerDevice * Math.Max(1, context);
        return free < each ? 0 : (int)Math.Min(EngineBatch, free / each);
    }

    /// <summary>Seconds to read a prompt, floored by one reading of the weights.</summary>
    public double PrefillSeconds(double tokens)
    {
        double flops = tokens * _model.LinearFlopsPerToken + _model.AttentionFlops(tokens / 2) * tokens;
        double arithmetic = flops / (_degree * _flops * ComputeEfficiency);
        double weights = WeightsPerDevice * _model.ShareTouched(tokens) / (_bandwidth * MemoryEfficiency);
        return Math.Max(arithmetic, weights) + AllReduces(tokens);
    }

    /// <summary>Seconds of one decode step of a batch of sequences with <paramref name="context"/> tokens each.</summary>
    public double DecodeStepSeconds(double batch, double context)
    {
        double bytes = WeightsPerDevice * _model.ShareTouched(batch) + batch * context * KvPerTokenPerDevice;
        double memory = bytes / (_bandwidth * MemoryEfficiency);
        double flops = batch * (_model.LinearFlopsPerToken + _model.AttentionFlops(context));
        double arithmetic = flops / (_degree * _flops * ComputeEfficiency);
        return Math.Cbrt(memory * memory * memory + arithmetic * arithmetic * arithmetic) + AllReduces(batch);
    }

    /// <summary>Seconds of a ring all-reduce of <paramref name="bytes"/> over the devices.</summary>
    public double AllReduceSeconds(double bytes) => _degree <= 1
        ? 0
        : 2 * (_degree - 1) * (HopSeconds + bytes / _degree / _link);

    // Two all-reduces of the hidden state a layer; activations travel in 16 bits whatever the weights have.
    private double AllReduces(double tokens) => 2 * (_model.Layers ?? 0) * AllReduceSeconds(tokens * (_model.Width ?? 0) * 2);

    private static double? Figure(Device device, string name) => device.Figures.TryGetValue(name, out Sourced? value) ? value.Value : null;
}
