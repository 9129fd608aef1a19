using System.Collections.Immutable;

namespace Orchestrator.CostModels.Serving;

/// <summary>What a row looks like to what learns the rest of the physics.</summary>
/// <param name="LogFigure">Natural logarithm of the figure by physics, in the unit of the metric.</param>
/// <param name="Smooth">Values of <see cref="FeatureNames"/>.</param>
/// <param name="Labels">Values of <see cref="LabelNames"/>.</param>
/// <param name="Difficulty">How much is assumed: 1 when the row tells all, more for each unknown.</param>
public sealed record ServingFeatures(double LogFigure, double[] Smooth, string[] Labels, double Difficulty)
{
    /// <summary>Smooth features: logarithms to base 2 of sizes and of the times of the physics, and shares.</summary>
    public static ImmutableArray<string> FeatureNames { get; } =
    [
        "batch", "input", "output", "tensor", "devices", "parameters", "active", "step", "memory over arithmetic", "overhead share", "prompt share", "cache share", "year", "chunk",
        "bandwidth", "peak",
    ];

    /// <summary>Labels, from what is most shared to what is least.</summary>
    public static ImmutableArray<string> LabelNames { get; } =
    [
        "phase", "source", "engine", "era", "family", "device", "kin", "model", "format", "load", "habit", "pair", "group",
    ];

    /// <summary>Whether the figure is a rate, so that slower means smaller.</summary>
    public static bool IsRate(Scenario s) => s.Class == "throughput";

    /// <summary>The features of a scenario under fitted physics.</summary>
    internal static ServingFeatures Of(Scenario s, PhysicsFit fit)
    {
        Span<double> quantities = stackalloc double[Rates.Count];
        fit.LogQuantities(s, quantities);
        for (int q = 0; q < Rates.Count; q++)
        {
            quantities[q] = Math.Exp(quantities[q]);
        }

        var rates = new Rates(quantities);
        double figure = Physics.LogFigure(s, quantities);
        Operation o = Physics.Operate(s, rates);
        double batch = Math.Max(1, double.IsFinite(s.Concurrency) ? s.Concurrency / s.Copies : o.DecodeRate * o.PerToken / s.Copies);
        double context = s.Input + s.Output / 2;
        double step = StepCost.Decode(s, rates, s.Decode, batch, context);
        double weights = StepCost.WeightBytes(s, s.Decode, batch, 1) / s.Device.Bandwidth;
        double cache = batch / s.Decode.Data * s.Model.KvRead(context) * s.Format.KvBytes / Math.Min(s.Decode.Tensor, s.Model.KvShards) / s.Device.Bandwidth;
        double flops = 2 * batch * s.Model.Active / s.Decode.Devices / s.Device.Peak(s.Format.Arithmetic);
        double prompt = StepCost.Prompts(s, rates, s.Prefill, 1, s.Input);
        double[] smooth =
        [
            Math.Log2(batch), Math.Log2(s.Input), Math.Log2(s.Output), Math.Log2(s.Decode.Tensor), Math.Log2(s.Devices), Math.Log2(s.Model.Parameters / 1e9),
            Math.Log2(s.Model.Active / 1e9), Math.Log2(step * 1e3), Math.Log2((weights + cache) / flops), Math.Clamp(1 - (weights + cache) / step, -1, 1),
            prompt / (prompt + s.Output * step / batch), cache / (weights + cache), s.Year, Math.Log2(Math.Min(s.Chunk, 8192)), Math.Log2(s.Device.Bandwidth / 1e12),
            Math.Log2(s.Device.Bf16 / 1e14),
        ];
        string[] labels =
        [
            PhaseOf(s), s.Source, s.Engine, s.Era, s.Device.Family, s.Device.Name, s.Model.Family, s.Model.Name, s.Format.Label, s.Load.ToString(),
            s.Disaggregated ? "split " + s.Habit : s.Habit.Length == 0 ? "plain" : s.Habit, s.Pair,
            s.Source + "|" + s.Pair + "|" + PhaseOf(s) + "|" + (s.Disaggregated ? "split" : s.Engine),
        ];
        return new ServingFeatures(figure, smooth, labels, 1 + 0.25 * s.Assumed.Count);
    }

    // Figures of one phase share what is odd about a device or a model.
    private static string PhaseOf(Scenario s) => s.Metric switch
    {
        ServingMetric.FirstToken or ServingMetric.PrefillRate => "reading",
        ServingMetric.PerToken or ServingMetric.DecodeRate => "writing",
        _ => "both",
    };
}
