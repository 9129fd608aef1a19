namespace Orchestrator.CostModels.Serving;

/// <summary>A deviation of a quantity for the rows of a group.</summary>
/// <param name="Quantity">What deviates.</param>
/// <param name="Group">The group by name; empty for all rows.</param>
public readonly record struct PhysicsTerm(Quantity Quantity, string Group);

/// <summary>Which groups of a row deviate in which quantity, and how much they may: the priors of the fit.</summary>
internal static class PhysicsTerms
{
    /// <summary>Prior mean of the logarithm of a quantity. Sources: <see cref="Roofline"/> for shares of peaks; usual orders of magnitude for overheads.</summary>
    public static double Mean(Quantity quantity) => Math.Log(quantity switch
    {
        Quantity.Compute => 0.5,
        Quantity.Bandwidth => 0.75,
        Quantity.CacheBandwidth => 0.6,
        Quantity.LayerSeconds => 15e-6,
        Quantity.StepSeconds => 5e-4,
        Quantity.SequenceSeconds => 10e-6,
        Quantity.HopSeconds => 6e-6,
        Quantity.Link => 0.5,
        Quantity.FixedSeconds => 10e-3,
        Quantity.Interference => 0.75,
        Quantity.Queue => 0.1,
        Quantity.Experts => 0.8,
        Quantity.Capacity => 1,
        Quantity.PromptAttention => 0.6,
        Quantity.DecodeCompute => 0.7,
        Quantity.Speculation => 2.5,
        Quantity.StageLoss => 0.1,
        _ => 1,
    });

    /// <summary>Prior deviation of what is common to all rows.</summary>
    public static double Deviation(Quantity quantity) => quantity switch
    {
        Quantity.Interference or Quantity.QueueGrowth => 0.15,
        Quantity.Experts or Quantity.Capacity => 0.3,
        Quantity.StageLoss or Quantity.FixedSeconds or Quantity.StepSeconds or Quantity.SequenceSeconds or Quantity.Queue => 0.7,
        _ => 0.4,
    };

    /// <summary>The groups of a row by quantity with the prior deviation of each.</summary>
    public static IEnumerable<(PhysicsTerm Term, double Deviation)> Of(Scenario s)
    {
        for (int q = 0; q < Rates.Count; q++)
        {
            yield return (new PhysicsTerm((Quantity)q, ""), Deviation((Quantity)q));
        }

        string kind = s.Model.KvShards == 1 && s.Model.Experts > 1 ? "latent experts" : s.Model.Experts > 1 ? "experts" : "dense";
        string kindOf = s.Engine + " " + kind;
        string format = s.Engine + "/" + s.Format.Label;
        string stack = s.Engine + "@" + s.Device.Family;
        string build = s.Era + "@" + s.Device.Name;
        string load = s.Load is LoadKind.Closed or LoadKind.Open ? "served" : "batch";
        foreach ((Quantity quantity, string group, double deviation) in new[]
        {
            (Quantity.Compute, s.Device.Family, 0.3), (Quantity.Compute, "device " + s.Device.Name, 0.2), (Quantity.Compute, s.Engine, 0.3), (Quantity.Compute, s.Era, 0.15),
            (Quantity.Compute, "format " + s.Format.Label, 0.2), (Quantity.Compute, format, 0.2), (Quantity.Compute, stack, 0.2),
            (Quantity.Bandwidth, s.Device.Family, 0.2), (Quantity.Bandwidth, "device " + s.Device.Name, 0.12), (Quantity.Bandwidth, s.Engine, 0.2), (Quantity.Bandwidth, s.Era, 0.1),
            (Quantity.Bandwidth, "format " + s.Format.Label, 0.15), (Quantity.Bandwidth, format, 0.15), (Quantity.Bandwidth, stack, 0.15), (Quantity.Bandwidth, format + "@" + s.Device.Family, 0.12), (Quantity.Compute, format + "@" + s.Device.Family, 0.15),
            (Quantity.CacheBandwidth, s.Device.Family, 0.25), (Quantity.CacheBandwidth, s.Engine, 0.4), (Quantity.CacheBandwidth, s.Era, 0.2), (Quantity.CacheBandwidth, stack, 0.2),
            (Quantity.LayerSeconds, s.Device.Family, 0.6), (Quantity.LayerSeconds, s.Engine, 0.7), (Quantity.LayerSeconds, s.Era, 0.25), (Quantity.LayerSeconds, stack, 0.15), (Quantity.LayerSeconds, stack + " " + kind, 0.25),
            (Quantity.LayerSeconds, kind, 0.6), (Quantity.LayerSeconds, kindOf, 0.4), (Quantity.LayerSeconds, "kin " + s.Model.Family, 0.15),
            (Quantity.StepSeconds, kind, 0.3), (Quantity.Compute, kind, 0.2), (Quantity.HopSeconds, kind, 0.3),
            (Quantity.LayerSeconds, "device " + s.Device.Name, 0.12),
            (Quantity.StepSeconds, s.Engine, 0.6), (Quantity.StepSeconds, s.Era, 0.4), (Quantity.StepSeconds, s.Device.Family, 0.6), (Quantity.StepSeconds, "tier " + s.Device.Tier, 0.8), (Quantity.LayerSeconds, "tier " + s.Device.Tier, 0.6),
            (Quantity.SequenceSeconds, s.Engine, 0.6), (Quantity.SequenceSeconds, s.Era, 0.4), (Quantity.SequenceSeconds, stack, 0.4),
            (Quantity.HopSeconds, s.Device.Family, 0.4), (Quantity.HopSeconds, s.Engine, 0.4), (Quantity.HopSeconds, stack, 0.2),
            (Quantity.Link, s.Device.Family, 0.4), (Quantity.Link, stack, 0.2), (Quantity.Link, s.Engine, 0.2),
            (Quantity.FixedSeconds, s.Engine, 0.7), (Quantity.FixedSeconds, s.Era, 0.5), (Quantity.FixedSeconds, load, 0.7), (Quantity.FixedSeconds, "source " + s.Source, 0.5),
            (Quantity.FixedSeconds, s.Device.Family, 0.5), (Quantity.FixedSeconds, "device " + s.Device.Name, 0.3),
            (Quantity.SequenceSeconds, build, 0.6), (Quantity.DecodeCompute, build, 0.3), (Quantity.Compute, build, 0.2), (Quantity.LayerSeconds, build, 0.2),
            (Quantity.CacheBandwidth, build, 0.3), (Quantity.FixedSeconds, build, 0.5), (Quantity.Bandwidth, build, 0.1),
            (Quantity.Interference, s.Engine, 0.4), (Quantity.Interference, s.Era, 0.2),
            (Quantity.Queue, s.Engine, 0.5), (Quantity.Queue, s.Era, 0.4), (Quantity.Queue, s.Disaggregated ? "disaggregated" : "aggregated", 0.5), (Quantity.Queue, s.Habit, 0.4), (Quantity.Speculation, s.Speculation ? "told" : "", 0.3), (Quantity.Speculation, s.Habit == "layout not recorded" ? "not told " + s.Engine : "", 0.3),
            (Quantity.QueueGrowth, s.Engine, 0.1), (Quantity.StageLoss, s.Engine, 0.3), (Quantity.StageLoss, s.Load.ToString(), 0.3),
            (Quantity.Experts, s.Engine, 0.3), (Quantity.Experts, s.Device.Family, 0.2), (Quantity.Experts, format, 0.2), (Quantity.Experts, s.Era, 0.2),
            (Quantity.Capacity, s.Engine + " " + s.Load, 0.2), (Quantity.Capacity, s.Era + " " + s.Load, 0.15), (Quantity.Capacity, s.Habit, 0.3),
            (Quantity.PromptAttention, s.Engine, 0.3), (Quantity.PromptAttention, s.Device.Family, 0.3),
            (Quantity.DecodeCompute, s.Engine, 0.2), (Quantity.DecodeCompute, s.Device.Family, 0.2), (Quantity.DecodeCompute, s.Model.Experts > 1 ? "experts" : "dense", 0.3),
        })
        {
            if (group.Length > 0)
            {
                yield return (new PhysicsTerm(quantity, group), deviation);
            }
        }
    }
}
