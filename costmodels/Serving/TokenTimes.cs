using Orchestrator.Plan;

namespace Orchestrator.CostModels.Serving;

/// <summary>Reading and writing tokens of a catalogued language model, one batch at a time, by the fitted physics of serving (<see cref="ServingCosts"/>).</summary>
[CostModel("serving")]
public sealed class TokenTimes : ICostModel
{
    /// <inheritdoc/>
    public Evidence Evidence => Evidence.Model;

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.Work.Kind is WorkKind.Prefill or WorkKind.Decode ? Tokens(question) : CostAnswer.NotMine;
    }

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

        if (question.Work.TokensIn is not { } tokensIn || (question.Work.Kind == WorkKind.Decode && question.Work.TokensOut is null))
        {
            return CostAnswer.Lacks("how many tokens it reads or writes is not known: give 'expect … in, … out'");
        }

        double tokensOut = question.Work.TokensOut ?? 0;
        if (ServingCosts.On(model, question.Device, question.Precision, question.Degree, tokensIn, tokensOut, out string reason) is not { } serving)
        {
            return CostAnswer.Lacks(reason);
        }

        bool decode = question.Work.Kind == WorkKind.Decode;
        double seconds = decode ? tokensOut * serving.StepSeconds(question.Batch, tokensIn + tokensOut / 2) : serving.FirstTokenSeconds(tokensIn);
        ServingSpread spread = decode ? serving.PerToken : serving.FirstToken;
        double memory = serving.WeightsPerDevice + question.Batch * serving.SequenceBytes(tokensIn + tokensOut);
        return new Estimate(
            spread.Around(seconds),
            spread.Around(seconds * Roofline.RepeatNoise),
            decode ? spread.Around(seconds / question.Batch) : serving.Busy.Around(serving.PromptSeconds(tokensIn)),
            new Bytes(memory),
            ServingCosts.Name,
            serving.Source + (question.Work.TokensAreBounds ? "; token bounds instead of expectations" : ""))
        {
            FirstShare = decode ? Roofline.FirstSentence(tokensOut) : 1,
        };
    }
}
