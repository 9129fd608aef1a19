using Orchestrator.Plan;

namespace Orchestrator.CostModels.Interference;

/// <summary>What pieces of a plan cost each other on one CPU machine.</summary>
public static class CoLocation
{
    /// <summary>
    /// Time of a piece beside another over its time alone, 1 or more, with a 90 % interval; null where nothing supports it: another kind of machine than
    /// the one whose pairs were measured, or work that says nothing of what it asks of a machine, or asks what no measured kernel did.
    /// </summary>
    /// <param name="model">What was learned on the kind of machine; null gives null.</param>
    /// <param name="device">The machine that both are on.</param>
    /// <param name="piece">The work that waits longer, with its estimate.</param>
    /// <param name="other">The work beside it.</param>
    public static Interval? SlowDown(CoRunModel? model, Device device, (Workload Work, Estimate Estimate) piece, (Workload Work, Estimate Estimate) other) =>
        model is not null && device.Tier == "cpu" && device.Kind == model.Table.Machine
        && PieceProfile.Of(piece.Work, piece.Estimate.P50.Likely) is { } victim && PieceProfile.Of(other.Work, other.Estimate.P50.Likely) is { } neighbour
        && model.Share(victim, neighbour) is { } share
            ? new Interval(1 / share.High, 1 / share.Likely, 1 / share.Low)
            : null;
}
