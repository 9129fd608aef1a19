using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>An ONNX model: its arithmetic, stated or listed in <c>data/onnx_models.csv</c>, over the rate that ONNX Runtime was measured to reach on the device (<c>onnx_flops</c>).</summary>
[CostModel("onnx")]
public sealed class Onnx : ICostModel
{
    /// <inheritdoc/>
    public Evidence Evidence => Evidence.Model;

    /// <summary>Convolutional and recurrent graphs reach different shares of one measured rate: an assumption of a factor two either way.</summary>
    public const double Factor = 2;

    // How far the rate on one graph is from the rate on another: convolutions reach more of a core than recurrent layers. An assumption.
    private const double Spread = 1.5;

    private static readonly Lazy<IReadOnlyList<IReadOnlyDictionary<string, string>>> Table = new(() => [.. Csv.Rows("onnx_models.csv")]);

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question)
    {
        if (question.Work.Executor != "onnx")
        {
            return CostAnswer.NotMine;
        }

        Interval? flops = question.Work.Arithmetic is { } stated ? Interval.Within(stated.Value, Factor) : PageWork(question.Work.Model ?? question.Target);
        if (flops is not { } arithmetic)
        {
            return CostAnswer.Lacks("the arithmetic of this model on this input is not known");
        }

        if (!question.Device.Figures.TryGetValue("onnx_flops", out Sourced? rate))
        {
            return CostAnswer.Lacks($"the rate of ONNX Runtime on {question.Device.Kind} is not known (figure onnx_flops)");
        }

        Interval time = new Interval(arithmetic.Low / Spread, arithmetic.Likely, arithmetic.High * Spread) * (1 / rate.Value);
        Bytes memory = question.Work.Resident ?? new Bytes(Weights(question.Work.Model ?? question.Target));
        return new Estimate(
            time, time * Roofline.RepeatNoise, time, memory, "onnx", $"like a matrix product of {new Flops(arithmetic.Likely)} at {Quantity.Prefixed(rate.Value, "FLOPS")} ({rate.Source})");
    }

    /// <summary>
    /// Work of one page for a bundle in <c>onnx_models.csv</c>, as arithmetic of a matrix product that takes as long: each part per unit of input, times
    /// the units of a usual page, over the share of the matrix product's rate that its network reaches; null when it is not listed.
    /// </summary>
    internal static Interval? PageWork(string bundle)
    {
        Interval? sum = null;
        foreach (IReadOnlyDictionary<string, string> row in Rows(bundle))
        {
            double each = row.Number("flops_per_unit") ?? 0;
            var part = new Interval(
                each * (row.Number("units_per_page_low") ?? 0) / (row.Number("share_high") ?? 1),
                each * (row.Number("units_per_page_likely") ?? 0) / (row.Number("share_likely") ?? 1),
                each * (row.Number("units_per_page_high") ?? 0) / (row.Number("share_low") ?? 1));
            sum = sum is { } known ? known + part : part;
        }

        return sum;
    }

    private static double Weights(string bundle) => Rows(bundle).Sum(r => r.Number("weights_bytes") ?? 0);

    private static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string bundle) => Table.Value.Where(r => r["model"] == bundle);
}
