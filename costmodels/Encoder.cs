using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>
/// One pass of an encoder: embedding of a text, recognition of speech in windows, synthesis of speech. What is not catalogued stays unknown.
/// </summary>
[CostModel("encoder")]
public sealed class Encoder : ICostModel
{
    /// <inheritdoc/>
    public Evidence Evidence => Evidence.Model;

    /// <summary>Frames that a Whisper encoder reads in a window of 30 s, whatever the speech's length (model card).</summary>
    public const double WindowFrames = 1500;

    /// <summary>Tokens written for a window when no expectation is given: 30 s of speech at 150 words a minute and 4/3 tokens a word.</summary>
    public const double WindowTokens = 100;

    /// <summary>Encoders are believed within the factor measured for prefill, which is the same arithmetic.</summary>
    public const double Factor = Roofline.UncalibratedFactor;

    /// <summary>Seconds of speech of a token of text: 150 words a minute and 4/3 tokens a word.</summary>
    public const double SpeechSecondsPerToken = 0.3;

    /// <summary>Synthesis is scaled from one machine to others by arithmetic alone: believed within a factor three, an assumption.</summary>
    public const double SpokenFactor = 3;

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question)
    {
        if (question.Work.Kind != WorkKind.Encode || question.Device.Tier is "endpoint" or "person")
        {
            return CostAnswer.NotMine;
        }

        string name = question.Work.Model ?? question.Target;
        if (Catalogue.Default.FindModel(name) is not { } model)
        {
            return CostAnswer.Lacks($"the model catalogue has no '{name}'");
        }

        if (model.Kind == "tts" ? model.FlopsPerUnit is null : !model.HasArchitecture)
        {
            return CostAnswer.Lacks($"the arithmetic of {model.Name} is not published");
        }

        string precision = question.Precision.Length > 0 ? question.Precision : "fp32";
        double? flops = Roofline.PeakOf(question.Device, precision) * Roofline.ComputeEfficiency;
        double? bandwidth = question.Device.Bandwidth?.Value * Roofline.MemoryEfficiency
            ?? (question.Device.Figures.TryGetValue("memory_bandwidth", out Sourced? measured) ? measured.Value : null);
        if (flops is not { } rate || bandwidth is not { } bytes)
        {
            return CostAnswer.Lacks($"{precision} arithmetic or bandwidth of {question.Device.Kind} is not known");
        }

        double? seconds = model.Kind switch
        {
            "asr" => Speech(model, question.Work, precision, rate, bytes),
            "tts" => Spoken(model, question.Work, rate),
            _ => Text(model, question.Work, precision, rate, bytes),
        };
        if (seconds is not { } time)
        {
            return CostAnswer.Lacks("how many tokens it reads is not known");
        }

        double factor = model.Kind == "tts" ? SpokenFactor : Factor;
        Interval median = Interval.Within(time, factor);
        return new Estimate(
            median, Interval.Within(time * Roofline.RepeatNoise, factor), median, new Bytes(model.WeightBytes(precision)), "encoder", "roofline; " + model.Source);
    }

    private static double? Text(ModelCard model, Workload work, string precision, double flops, double bandwidth)
    {
        if (work.TokensIn is not { } tokens)
        {
            return null;
        }

        double passes = Math.Max(1, Math.Ceiling(tokens / (model.Context ?? tokens)));
        double arithmetic = tokens * (model.LinearFlopsPerToken - 2 * (model.Vocabulary ?? 0) * (model.Width ?? 0) * (model.Tied ? 1 : 0))
            + model.AttentionFlops(tokens / passes) * tokens;
        return Math.Max(arithmetic / flops, passes * model.WeightBytes(precision) / bandwidth);
    }

    private static double? Spoken(ModelCard model, Workload work, double flops) => work.TokensIn is { } tokens
        ? tokens * SpeechSecondsPerToken * Math.Max((model.FlopsPerUnit ?? 0) / flops, model.FloorSecondsPerUnit ?? 0)
        : null;

    private static double Speech(ModelCard model, Workload work, string precision, double flops, double bandwidth)
    {
        double d = model.Width ?? 0;
        double layers = model.Layers ?? 0;
        double encoder = layers * (4 * d * d + 2 * d * (model.FeedForward ?? 0));
        double decoder = layers * (8 * d * d + 2 * d * (model.FeedForward ?? 0)) + (model.Vocabulary ?? 0) * d;
        double tokens = work.TokensOut ?? WindowTokens;
        double windows = Math.Max(1, Math.Ceiling(tokens / (model.Context ?? tokens)));
        double read = windows * (2 * encoder * WindowFrames + model.AttentionFlops(WindowFrames) * WindowFrames) / flops;
        double step = Math.Max(2 * decoder / flops, decoder * ModelCard.BytesOf(precision) / bandwidth);
        return read + tokens * step;
    }
}
