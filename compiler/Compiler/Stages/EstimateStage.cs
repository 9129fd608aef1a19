using System.Collections.Immutable;
using Orchestrator.CostModels;
using Orchestrator.Compiler.Placing;
using Orchestrator.Compiler.Placing.Layers;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>
/// Stage 6: tabulates every pool that could serve tasks of a graph on a fleet, by device, number format, degree and load, and says of every
/// task and device that has none why.
/// </summary>
public static class EstimateStage
{
    /// <summary>
    /// The table. The fleet is taken with its people (<see cref="Fleet.WithPerson"/>). Candidates that another of the same tasks and device
    /// beats in cost, devices and every time are left out.
    /// </summary>
    public static EstimateTable Run(TaskGraph graph, Fleet fleet, Objective objective, Calibration calibration, CancellationToken cancellation = default)
    {
        var shape = new PoolShape(graph, objective, calibration);
        var candidates = ImmutableArray.CreateBuilder<Candidate>();
        var refusals = ImmutableArray.CreateBuilder<Refusal>();
        ImmutableArray<ServiceGroup> groups = ServiceGroup.Of(graph);
        foreach (ServiceGroup group in groups.SelectMany(g => g.Choices).Concat(ServiceGroup.Shared(groups)))
        {
            int before = candidates.Count;
            foreach (Device device in fleet.WithPerson().Devices)
            {
                cancellation.ThrowIfCancellationRequested();
                var reasons = new List<string>();
                List<Candidate> made = Forbidden(group, device, objective) is { } forbidden ? [] : Candidates(shape, group, device, reasons);
                if (made.Count == 0)
                {
                    string reason = Forbidden(group, device, objective) ?? (reasons.Count > 0 ? string.Join("; ", reasons.Distinct()) : "no pool can be formed");
                    refusals.AddRange(group.Tasks.Select(t => new Refusal(t.Id, device.Name, reason)));
                }

                foreach (Candidate candidate in Prune(made, group.Tasks.Length))
                {
                    candidates.Add(candidate with { Id = candidates.Count });
                }
            }

            foreach (Candidate cut in Cuts(shape, group, fleet, objective, [.. candidates.Skip(before)], refusals, cancellation))
            {
                candidates.Add(cut with { Id = candidates.Count });
            }
        }

        // What one of several models, or a shared pool, cannot be on is no refusal where another can.
        HashSet<(int, string)> served = [.. candidates.SelectMany(c => c.Tasks.Select(t => (t, c.Device)))];
        return new EstimateTable(candidates.ToImmutable(), [.. refusals.Where(r => !served.Contains((r.Task, r.Device))).Distinct()]);
    }

    /// <summary>Whether a place lies in a region: it is the region, or its name continues it after a hyphen.</summary>
    public static bool IsWithin(string place, string region) =>
        place == region || place.StartsWith(region + "-", StringComparison.Ordinal);

    private static string? Forbidden(ServiceGroup group, Device device, Objective objective)
    {
        foreach (GraphTask task in group.Main)
        {
            if (!device.Runs.Contains(task.Work.Executor))
            {
                return $"{device.Name} does not execute '{task.Work.Executor}'";
            }

            if (task.On is { } tier && tier != device.Tier)
            {
                return $"the author wants it on a {tier}, {device.Name} is a {device.Tier}";
            }

            if ((task.NeverLeaves ?? objective.Region) is { } region && device.Tier != Fleet.Person && !IsWithin(device.Place, region))
            {
                return $"its data must stay in {region}, {device.Name} is at {device.Place}";
            }
        }

        return null;
    }

    private static List<Candidate> Candidates(PoolShape shape, ServiceGroup group, Device device, List<string> reasons)
    {
        if (!group.IsLanguageModel || device.Tier == "endpoint")
        {
            return Service(shape, group, device, reasons);
        }

        ServiceGroup[] parts = [group, .. Parts(group)];
        var made = new List<Candidate>();
        foreach (ServiceGroup part in parts.Where(p => !p.Tasks.IsEmpty && !p.Main.IsEmpty))
        {
            if (shape.HasFigures(part, device))
            {
                made.AddRange(Service(shape, part, device, reasons));
            }
            else if (Catalogue.Default.FindModel(group.Main[0].Work.Model ?? group.Target) is { } model)
            {
                made.AddRange(new TokenPools(shape).Of(part, device, model, reasons));
            }
            else
            {
                string name = group.Main[0].Work.Model ?? group.Target;
                string near = Catalogue.Default.SuggestModel(name) is { } n ? $", {n}" : "";
                reasons.Add($"the model catalogue has no '{name}'{near}");
            }
        }

        return made;
    }

    // A model whose layers lie on several kinds of machine.
    private static List<Candidate> Cuts(
        PoolShape shape, ServiceGroup group, Fleet fleet, Objective objective, Candidate[] oneKind, ImmutableArray<Refusal>.Builder refusals, CancellationToken cancellation)
    {
        if (!group.IsLanguageModel || Catalogue.Default.FindModel(group.Main[0].Work.Model ?? group.Target) is not { HasArchitecture: true } model)
        {
            return [];
        }

        Device[] devices = [.. fleet.Devices.Where(d => d.Tier is "gpu" or "npu" && Forbidden(group, d, objective) is null && !shape.HasFigures(group, d))];
        List<Candidate> made = [.. new LayerPools(shape, fleet).Of(group, devices, model, oneKind, out string reason, cancellation)];
        if (made.Count == 0 && oneKind.Length == 0 && reason.Length > 0)
        {
            refusals.AddRange(group.Tasks.Select(t => new Refusal(t.Id, "several kinds together", reason)));
        }

        return [.. Prune(made, group.Tasks.Length)];
    }

    private static ServiceGroup[] Parts(ServiceGroup group)
    {
        (ServiceGroup read, ServiceGroup write) = group.Split();
        return [read, write];
    }

    private static List<Candidate> Service(PoolShape shape, ServiceGroup group, Device device, List<string> reasons)
    {
        List<Candidate> made = [.. new ServicePools(shape).Of(group, device, out string reason)];
        if (reason.Length > 0)
        {
            reasons.Add(reason);
        }

        return made;
    }

    private static IEnumerable<Candidate> Prune(List<Candidate> made, int all) =>
        made.Where((c, i) => !made.Where((other, j) => j != i && Beats(other, c, all) && (!Beats(c, other, all) || j < i)).Any());

    // At least as good in everything that placement weighs. Parts of a model must agree on the number format of the cache between them, and formats
    // may differ in quality.
    private static bool Beats(Candidate a, Candidate b, int all)
    {
        bool comparable = a.Tasks.SequenceEqual(b.Tasks) && (a.Tasks.Length == all || a.Precision == b.Precision) && a.Qualities.SequenceEqual(b.Qualities);
        return comparable && Money(a) <= Money(b) && a.DeviceUse <= b.DeviceUse && a.Concurrency >= b.Concurrency
            && a.Estimates.Zip(b.Estimates).All(p => NotSlower(p.First, p.Second));
    }

    private static bool NotSlower(Estimate a, Estimate b) =>
        (!a.IsKnown && !b.IsKnown) || (a.P50.Likely <= b.P50.Likely && a.P95.Likely <= b.P95.Likely && a.FirstShare <= b.FirstShare);

    private static double Money(Candidate c) => c.CostPerRun?.Value ?? c.DeviceUse;
}
