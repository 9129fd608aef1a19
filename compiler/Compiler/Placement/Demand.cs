using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>Which part of an input a demand is.</summary>
internal enum DemandKind
{
    /// <summary>A tier that the author wants a task on.</summary>
    Tier,

    /// <summary>A region that data may not leave.</summary>
    Region,

    /// <summary>Something that must be served beside, or apart from, something else.</summary>
    Neighbour,

    /// <summary>The least quality, of the workflow or of a block.</summary>
    Quality,

    /// <summary>Number formats that a model may have.</summary>
    Precision,

    /// <summary>How much links carry.</summary>
    Links,

    /// <summary>How many devices there are.</summary>
    Devices,

    /// <summary>The rate.</summary>
    Rate,

    /// <summary>Most money a run.</summary>
    Budget,

    /// <summary>A latency, of the workflow or of a block.</summary>
    Latency,
}

/// <summary>Something that was asked for and could be let go.</summary>
/// <param name="Kind">Which part of the input.</param>
/// <param name="Text">For people.</param>
/// <param name="Without">The setting without it.</param>
internal sealed record Demand(DemandKind Kind, string Text, Func<Setting, Setting> Without)
{
    /// <summary>More devices than any plan takes, few enough for sums of money to fit the solver.</summary>
    public const int Plenty = 1_000_000;

    private const int MostDevicesNamed = 6;

    /// <summary>For a latency or a quality: the limit's name in the problem and the setting with another limit, in seconds or from 0 to 1.</summary>
    public (string Name, Func<Setting, double, Setting> Set)? Limit { get; init; }

    /// <summary>For a region: its name.</summary>
    public string Region { get; init; } = "";

    /// <summary>For number formats: the model.</summary>
    public string Model { get; init; } = "";

    /// <summary>
    /// A minimal set of demands that cannot hold together: each in turn is let go for good while the rest still has no plan. Empty when the
    /// fleet has no plan even without any of them.
    /// </summary>
    public static ImmutableArray<Demand> Conflict(Setting asked, SettingPlanner planner)
    {
        Setting left = asked;
        var kept = ImmutableArray.CreateBuilder<Demand>();
        foreach (Demand demand in Of(asked))
        {
            Setting without = demand.Without(left);
            if (planner.Run(without).Status == ExactStatus.Infeasible)
            {
                left = without;
            }
            else
            {
                kept.Add(demand);
            }
        }

        return kept.ToImmutable();
    }

    /// <summary>Everything that was asked for. What people would rather keep is let go last; a set that is found without it is told without it.</summary>
    public static IEnumerable<Demand> Of(Setting asked)
    {
        foreach (IGrouping<(string, string), GraphTask> wish in asked.Graph.Tasks.Where(t => t.On is not null).GroupBy(t => (t.Service, t.On ?? "")))
        {
            (string service, string tier) = wish.Key;
            yield return new Demand(DemandKind.Tier, $"{service} on a {tier}", s => s.Tasks(t => t.Service == service && t.On == tier ? t with { On = null } : t));
        }

        foreach (IGrouping<(string, string?, string?), GraphTask> wish in asked.Graph.Tasks.Where(t => t.Near is not null || t.Apart is not null).GroupBy(t => (t.Service, t.Near, t.Apart)))
        {
            (string service, string? near, string? apart) = wish.Key;
            yield return new Demand(DemandKind.Neighbour, near is not null ? $"{service} near {near}" : $"{service} apart from {apart}",
                s => s.Tasks(t => t.Service == service && t.Near == near && t.Apart == apart ? t with { Near = null, Apart = null } : t));
        }

        foreach (string region in asked.Graph.Tasks.Select(t => t.NeverLeaves).OfType<string>().Distinct().Order(StringComparer.Ordinal))
        {
            string tasks = string.Join(", ", asked.Graph.Tasks.Where(t => t.NeverLeaves == region).Select(t => asked.Graph.Steps[t.Step].Name).Distinct());
            yield return new Demand(DemandKind.Region, $"data of {tasks} never leaves {region}", s => s.Tasks(t => t.NeverLeaves == region ? t with { NeverLeaves = null } : t)) { Region = region };
        }

        if (asked.Objective.Region is { } within)
        {
            yield return new Demand(DemandKind.Region, $"within region {within}", s => s with { Objective = s.Objective with { Region = null } }) { Region = within };
        }

        foreach (IGrouping<string, GraphTask> model in asked.Graph.Tasks.Where(t => !t.Work.Precisions.IsDefaultOrEmpty).GroupBy(t => t.Service))
        {
            string service = model.Key;
            yield return new Demand(DemandKind.Precision, $"{service} in {string.Join(" or ", model.First().Work.Precisions)}",
                s => s.Tasks(t => t.Service == service ? t with { Work = t.Work with { Precisions = AnyFormat } } : t))
            { Model = service };
        }

        foreach (Demand quality in Qualities(asked))
        {
            yield return quality;
        }

        if (asked.Objective.RatePerSecond is not null && asked.Fleet.Links.Length > 0)
        {
            yield return new Demand(DemandKind.Links, "links no wider than they are", s => s.Wider(Plenty));
        }

        yield return new Demand(DemandKind.Devices, "no more than " + Counts(asked.Fleet), s => s.Machines(d => d with { Count = Plenty }));
        if (asked.Objective.RatePerSecond is { } rate)
        {
            yield return new Demand(DemandKind.Rate, $"{Quantity.Digits(rate)} runs a second", s => s with { Objective = s.Objective with { RatePerSecond = null } });
        }

        if (asked.Objective.BudgetPerRun is { } budget)
        {
            yield return new Demand(DemandKind.Budget, $"at most {budget} a run", s => s with { Objective = s.Objective with { BudgetPerRun = null } });
        }

        foreach (Demand latency in Latencies(asked))
        {
            yield return latency;
        }
    }

    private static ImmutableArray<string> AnyFormat { get; } = ["bf16", "fp16", "fp8", "int8", "fp4", "fp32"];

    private static IEnumerable<Demand> Qualities(Setting asked)
    {
        if (asked.Objective.Quality is { } least)
        {
            yield return new Demand(DemandKind.Quality, $"quality ≥ {Quantity.Digits(least)}", s => s with { Objective = s.Objective with { Quality = null } })
            {
                Limit = (ProblemBuilder.QualityName, (s, value) => s with { Objective = s.Objective with { Quality = value } }),
            };
        }

        foreach (PromiseClause clause in asked.Graph.Promises.Where(p => p.Region != 0 && p.Kind == ProblemBuilder.QualityName))
        {
            string name = ProblemBuilder.NameOf(clause);
            yield return new Demand(DemandKind.Quality, $"{name} ≥ {Quantity.Digits(clause.Limit)}", s => With(s, clause, null)) { Limit = (name, (s, value) => With(s, clause, value)) };
        }
    }

    // With another limit of a block's promise, or without it.
    private static Setting With(Setting setting, PromiseClause clause, double? limit) => setting with
    {
        Graph = setting.Graph with
        {
            Promises = [.. setting.Graph.Promises.Where(p => limit is not null || !Same(p, clause)).Select(p => Same(p, clause) ? p with { Limit = limit ?? 0 } : p)],
        },
    };

    private static IEnumerable<Demand> Latencies(Setting asked)
    {
        if (asked.Objective.OverrunPerSecond is not null)
        {
            yield break; // a limit with a price for missing it forbids nothing
        }

        foreach ((int p, double limit) in asked.Objective.FirstTokenLimits)
        {
            yield return Latency($"first token p{p}", limit, (s, seconds) => s with
            {
                Objective = s.Objective with { FirstTokenLimits = seconds is { } v ? s.Objective.FirstTokenLimits.SetItem(p, v) : s.Objective.FirstTokenLimits.Remove(p) },
            });
        }

        foreach ((int p, double limit) in asked.Objective.LatencyLimits)
        {
            yield return Latency($"latency p{p}", limit, (s, seconds) => s with
            {
                Objective = s.Objective with { LatencyLimits = seconds is { } v ? s.Objective.LatencyLimits.SetItem(p, v) : s.Objective.LatencyLimits.Remove(p) },
            });
        }

        foreach (PromiseClause clause in asked.Graph.Promises.Where(p => p.Region != 0 && p.Kind is "latency" or "first_token"))
        {
            yield return Latency(ProblemBuilder.NameOf(clause), clause.Limit, (s, seconds) => With(s, clause, seconds));
        }
    }

    private static bool Same(PromiseClause a, PromiseClause b) => (a.Kind, a.Percentile, a.Region) == (b.Kind, b.Percentile, b.Region);

    private static Demand Latency(string name, double limit, Func<Setting, double?, Setting> set) =>
        new(DemandKind.Latency, $"{name} ≤ {new Seconds(limit)}", s => set(s, null)) { Limit = (name, (s, seconds) => set(s, seconds)) };

    private static string Counts(Fleet fleet)
    {
        Device[] machines = [.. fleet.Devices.Where(Setting.IsMachine)];
        string named = string.Join(", ", machines.Take(MostDevicesNamed).Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Count} {d.Name}")));
        return machines.Length > MostDevicesNamed ? named + ", …" : named;
    }
}
