using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit;

/// <summary>Says which machines hold which layers of a model that is cut over several, and what moves between them.</summary>
internal static class LayerCutText
{
    /// <summary>The lines of every such pool of a plan.</summary>
    public static IEnumerable<string> Lines(DeploymentPlan plan) =>
        plan.Placement.Pools.Select(id => plan.Estimates.Candidates[id]).Where(p => p.Cut is not null).SelectMany(p => Lines(plan, p));

    /// <summary>The lines of one pool; none where it is not cut.</summary>
    public static IEnumerable<string> Lines(DeploymentPlan plan, Candidate pool)
    {
        if (pool.Cut is not { } cut)
        {
            yield break;
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"layers of {string.Join(", ", pool.Services)} ({cut.Layers}): {string.Join("; ", cut.Stretches.Select(Stretch))}");
        if (!cut.Hops.IsEmpty)
        {
            yield return $"activations: {string.Join("; ", cut.Hops.GroupBy(h => (h.From, h.To)).Select(Ways))}";
        }

        if (plan.Objective.RatePerSecond is { } rate && pool.CostPerHour is { } cost)
        {
            double machines = cost.Value - pool.ChargePerRun.Value * rate * 3600;
            double gap = Math.Max(0, 1 - cut.Bound.Value / machines);
            yield return string.Create(CultureInfo.InvariantCulture,
                $"no machines for this rate, load and time per token cost less than {cut.Bound}/h (gap {gap * 100:0.0} %)");
        }
    }

    private static string Stretch(LayerStretch s)
    {
        string layers = s.First == s.Last ? $"{s.First}" : string.Create(CultureInfo.InvariantCulture, $"{s.First}–{s.Last}");
        string machines = s.Machines == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ×{s.Machines}");
        string degree = s.DevicesPerMachine == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" of {s.DevicesPerMachine} each");
        string share = s.Share > 0.9995 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({s.Share * 100:0.#} % of the tokens)");
        return $"{layers} on {s.Device}{machines}{degree}{share}";
    }

    private static string Ways(IGrouping<(string From, string To), LayerPass> ways)
    {
        (string from, string to) = ways.Key;
        string after = string.Join(", ", ways.Select(w => w.After).Distinct());
        double all = ways.Sum(w => w.BytesPerSecond);
        string bytes = all > 0 ? $", {new Bytes(from == to ? ways.Max(w => w.BytesPerSecond) : all)}/s{(from == to ? " each" : "")}" : "";
        return from == to ? $"inside {from} after {after}{bytes}" : $"{from} → {to} after {after}{bytes}";
    }
}
