using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>
/// Reading and writing tokens of a catalogued language model (<see cref="ServingRoofline"/>), and any other work whose arithmetic and traffic are
/// stated, against the device's peaks.
/// </summary>
[CostModel("roofline")]
public sealed class Roofline : ICostModel
{
    /// <inheritdoc/>
    public Evidence Evidence => Evidence.Model;

    /// <summary>Stated arithmetic over a peak is believed within this factor: an assumption, kernels differ that much in efficiency.</summary>
    public const double KernelFactor = 2;

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question) => question.Work.Kind switch
    {
        WorkKind.Prefill or WorkKind.Decode => Tokens(question),
        WorkKind.Compute when question.Work.Executor is "kernel" or "process" or "wasm" => Stated(question),
        _ => CostAnswer.NotMine,
    };

    private static CostAnswer Tokens(CostQuestion question)
    {
        if (question.Device.Tier is "endpoint" or "person")
        {
            return CostAnswer.NotMine;
        }

        if (Catalogue.Default.FindModel(question.Work.Model ?? question.Target) is not { } model)
        {
            string name = question.Work.Model ?? question.Target;
            return CostAnswer.Lacks($"the model catalogue has no '{name}'" + (Catalogue.Default.SuggestModel(name) is { } near ? $" ({near})" : ""));
        }

        if (ServingRoofline.On(model, question.Device, question.Precision, question.Degree, out string reason) is not { } serving)
        {
            return CostAnswer.Lacks(reason);
        }

        if (question.Work.TokensIn is not { } tokensIn || (question.Work.Kind == WorkKind.Decode && question.Work.TokensOut is null))
        {
            return CostAnswer.Lacks("how many tokens it reads or writes is not known: give 'expect … in, … out'");
        }

        double tokensOut = question.Work.TokensOut ?? 0;
        bool decode = question.Work.Kind == WorkKind.Decode;
        double seconds = decode ? tokensOut * serving.DecodeStepSeconds(question.Batch, tokensIn + tokensOut / 2) : serving.PrefillSeconds(tokensIn);
        double factor = decode ? ServingRoofline.DecodeFactor : ServingRoofline.PrefillFactor;
        double memory = serving.WeightsPerDevice + question.Batch * (tokensIn + tokensOut) * serving.KvPerTokenPerDevice;
        return new Estimate(
            Interval.Within(seconds, factor),
            Interval.Within(seconds * ServingRoofline.RepeatNoise, factor),
            Interval.Within(decode ? seconds / question.Batch : seconds, factor),
            new Bytes(memory),
            "roofline",
            Text(question, model))
        {
            FirstShare = decode ? FirstSentence(tokensOut) : 1,
        };
    }

    /// <summary>Tokens after which speech can start: an assumption, about one spoken sentence.</summary>
    public const double SentenceTokens = 20;

    /// <summary>Share of a text after which its first sentence is there.</summary>
    public static double FirstSentence(double tokens) => tokens > 0 ? Math.Min(1, SentenceTokens / tokens) : 1;

    private static string Text(CostQuestion question, ModelCard model)
    {
        string bound = question.Work.TokensAreBounds ? ", token bounds instead of expectations" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"roofline, {ServingRoofline.ComputeEfficiency} of arithmetic and {ServingRoofline.MemoryEfficiency} of bandwidth; {model.Source}{bound}");
    }

    private static CostAnswer Stated(CostQuestion question)
    {
        if (question.Work.Arithmetic is null && question.Work.Traffic is null)
        {
            return CostAnswer.NotMine;
        }

        double? flops = ServingRoofline.PeakOf(question.Device, "fp32") * ServingRoofline.ComputeEfficiency;
        double? bandwidth = question.Device.Bandwidth?.Value * ServingRoofline.MemoryEfficiency
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
            time, Interval.Within(seconds * ServingRoofline.RepeatNoise, KernelFactor), time, question.Work.Resident ?? Bytes.Zero, "roofline", "stated arithmetic and traffic over the device's rates");
    }
}
