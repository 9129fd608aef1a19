using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>The author's time-out, where nothing else is known: an upper bound, said to be one.</summary>
[CostModel("bound")]
public sealed class Bound : ICostModel
{
    /// <inheritdoc/>
    public Evidence Evidence => Evidence.Bound;

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question)
    {
        if (question.Work.Timeout is not { } limit)
        {
            return CostAnswer.NotMine;
        }

        var time = new Interval(0, limit.Value, limit.Value);
        Interval busy = EngineOf.HoldsDevice(question.Work) ? time : Interval.Exactly(0);
        return new Estimate(time, time, busy, question.Work.Resident ?? Bytes.Zero, "bound", $"its time-out of {limit} is the only thing known");
    }
}
