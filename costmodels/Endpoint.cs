using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>
/// Somebody else's service, by the figures of the fleet file: <c>ttft_s</c>, <c>tpot_s</c> (a token), <c>usd_per_mtok_in</c>,
/// <c>usd_per_mtok_out</c> (a million tokens).
/// </summary>
[CostModel("endpoint")]
public sealed class Endpoint : ICostModel
{
    /// <inheritdoc/>
    public Evidence Evidence => Evidence.Model;

    private const double Factor = Roofline.UncalibratedFactor;
    private const double MillionTokens = 1e6;

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question)
    {
        if (question.Device.Tier != "endpoint" || question.Work.Kind is not (WorkKind.Prefill or WorkKind.Decode))
        {
            return CostAnswer.NotMine;
        }

        bool decode = question.Work.Kind == WorkKind.Decode;
        double? tokens = decode ? question.Work.TokensOut : question.Work.TokensIn;
        Sourced? time = Of(question.Device, decode ? "tpot_s" : "ttft_s");
        Sourced? price = Of(question.Device, decode ? "usd_per_mtok_out" : "usd_per_mtok_in");
        Dollars? charge = price is not null && tokens is { } t ? new Dollars(price.Value * t / MillionTokens) : null;
        if (time is null || (decode && tokens is null))
        {
            string missing = time is null ? $"{question.Device.Name} gives no {(decode ? "tpot_s" : "ttft_s")}" : "how many tokens it writes is not known";
            return new CostAnswer(Estimate.Unknown(Bytes.Zero, missing), charge, missing);
        }

        double seconds = decode ? time.Value * (tokens ?? 0) : time.Value;
        var estimate = new Estimate(
            Interval.Within(seconds, Factor), Interval.Within(seconds * Roofline.RepeatNoise, Factor), Interval.Exactly(0), Bytes.Zero, "endpoint", time.Source);
        return new CostAnswer(estimate, charge, "");
    }

    private static Sourced? Of(Device device, string figure) => device.Figures.TryGetValue(figure, out Sourced? value) ? value : null;
}
