using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>Times that the fleet file gives for a service on a device, with a price per use where it is bought by use.</summary>
[CostModel("figures")]
public sealed class DeviceFigures : ICostModel
{
    /// <inheritdoc/>
    public Evidence Evidence => Evidence.Agreement;

    /// <summary>Whether the device lists a time for the service's phase.</summary>
    public static ServiceFigure? Row(Device device, string service, string target, string phase)
    {
        foreach (ServiceFigure row in device.Services)
        {
            if ((row.Service == service || row.Service == target) && (row.Phase == phase || row.Phase.Length == 0))
            {
                return row;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question)
    {
        if (Row(question.Device, question.Service, question.Target, question.Phase) is not { } row)
        {
            return CostAnswer.NotMine;
        }

        // Without a p95 the time is taken as constant: the file states one figure, and inventing a tail would contradict it.
        Interval p50 = Interval.Exactly(row.P50.Value);
        Interval p95 = Interval.Exactly(Math.Max(row.P50.Value, row.P95?.Value ?? row.P50.Value));
        Interval busy = EngineOf.HoldsDevice(question.Work) ? p50 : Interval.Exactly(0);
        var estimate = new Estimate(p50, p95, busy, question.Work.Resident ?? Bytes.Zero, "figures", row.Source);
        return new CostAnswer(estimate, row.PerUse, "");
    }
}
