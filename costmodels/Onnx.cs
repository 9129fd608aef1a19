using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>An ONNX model: its arithmetic over the rate that ONNX Runtime was measured to reach on the device (<c>onnx_flops</c>).</summary>
[CostModel("onnx")]
public sealed class Onnx : ICostModel
{
    /// <summary>Convolutional and recurrent graphs reach different shares of one measured rate: an assumption of a factor two either way.</summary>
    public const double Factor = 2;

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question)
    {
        if (question.Work.Executor != "onnx")
        {
            return CostAnswer.NotMine;
        }

        if (question.Work.Arithmetic is not { } arithmetic)
        {
            return CostAnswer.Lacks("the arithmetic of this model on this input is not known");
        }

        if (!question.Device.Figures.TryGetValue("onnx_flops", out Sourced? rate))
        {
            return CostAnswer.Lacks($"the rate of ONNX Runtime on {question.Device.Kind} is not known (figure onnx_flops)");
        }

        double seconds = arithmetic.Value / rate.Value;
        Interval time = Interval.Within(seconds, Factor);
        return new Estimate(
            time, Interval.Within(seconds * Serving.RepeatNoise, Factor), time, question.Work.Resident ?? Bytes.Zero, "onnx", $"{arithmetic} at {rate.Source}");
    }
}
