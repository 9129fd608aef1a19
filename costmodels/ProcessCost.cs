using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>Hops and memory look-ups inside the engine, by the machine's measured hop; starting a process alone says nothing about its work.</summary>
[CostModel("process")]
public sealed class ProcessCost : ICostModel
{
    /// <inheritdoc/>
    public Evidence Evidence => Evidence.Fragment;

    private const double Factor = 3; // a hop's time varies with load; assumption

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question)
    {
        bool process = question.Work.Executor == "process" && question.Work.Kind == WorkKind.Compute;
        if (process && question.Device.Figures.TryGetValue("process_spawn_s", out Sourced? spawn))
        {
            return CostAnswer.Lacks($"starting a process takes {new Seconds(spawn.Value)} here, what it does then is not known: give 'expect' or run it");
        }

        bool hop = question.Phase is "recall" or "remember" or "transfer";
        if (!hop || !question.Device.Figures.TryGetValue("hop_s", out Sourced? measured))
        {
            return CostAnswer.NotMine;
        }

        Interval time = Interval.Within(measured.Value, Factor);
        return new Estimate(time, time, time, Bytes.Zero, "process", measured.Source);
    }
}
