using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.CostModels;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>
/// Changes that make a plan possible where there is none. Each is planned again with the numbers that are printed and everything else kept; what
/// does not hold is not said.
/// </summary>
internal sealed class Relaxations(Setting asked, SettingPlanner planner, ImmutableArray<Demand> conflict)
{
    private const int Most = 4;
    private const int Additions = 2;
    private const int TailPercentile = 95;
    private const int MedianPercentile = 50;
    private const double LongestSeconds = 1e7; // about four months: no limit, but one that keeps its name in the problem

    // Machines that clouds rent by the hour on demand; what an addition costs is their price in the catalogue.
    private static readonly (string Kind, string Cloud, string Instance)[] Market =
    [
        ("L4", "aws", "g6.xlarge"),
        ("L40S", "aws", "g6e.xlarge"),
        ("A100 SXM 80GB", "aws", "p4de.24xlarge"),
        ("H100 SXM 80GB", "aws", "p5.48xlarge"),
        ("H200 SXM 141GB", "aws", "p5en.48xlarge"),
        ("B200 SXM 180GB", "aws", "p6-b200.48xlarge"),
        ("MI300X 192GB", "azure", "Standard_ND96isr_MI300X_v5"),
        ("Inferentia2", "aws", "inf2.xlarge"),
        ("TPU v6e", "gcp", "tpu-v6e-1"),
        ("EPYC 9R14 (Genoa 96c)", "aws", "c7a.48xlarge"),
        ("Xeon Platinum 8488C (SPR 48c)", "aws", "c7i.48xlarge"),
        ("Graviton4 (96c)", "aws", "c8g.48xlarge"),
    ];

    private readonly List<Relaxation> _found = [];

    /// <summary>At most four, nearest to what was asked first; none where nothing that is tried here helps.</summary>
    public ImmutableArray<Relaxation> Find()
    {
        foreach (Demand demand in conflict.Reverse())
        {
            Relax(demand);
        }

        Rounds();
        Add(_found.Count < Additions ? Additions : 1);
        Join();
        return [.. _found.DistinctBy(r => r.Change).Take(Most)];
    }

    private void Relax(Demand demand)
    {
        switch (demand.Kind)
        {
            case DemandKind.Latency:
                Later(demand);
                break;
            case DemandKind.Quality:
                Worse(demand);
                break;
            case DemandKind.Budget:
                Dearer(demand);
                break;
            case DemandKind.Rate:
                Slower();
                break;
            case DemandKind.Devices:
                More();
                break;
            case DemandKind.Links:
                Widen();
                break;
            case DemandKind.Precision:
                Formats(demand);
                break;
            default:
                Keep($"do without '{demand.Text}'", demand.Without(asked));
                break;
        }
    }

    // The least latency that the rest allows, and that of the cheapest plan.
    private void Later(Demand demand)
    {
        if (demand.Limit is not { } limit)
        {
            return;
        }

        Setting loose = limit.Set(asked, LongestSeconds);
        foreach (bool quickest in (bool[])[true, false])
        {
            PlannedSetting plan = planner.Run(loose, built => quickest
                ? built.Problem with { MinimiseNode = NodeOf(built, limit.Name), TieBreak = -1 }
                : built.Problem);
            if (plan is { Holds: true, Value: { } value, Built: { } solved })
            {
                double seconds = UpTime(Seconds.FromMicroseconds(value.Values[NodeOf(solved, limit.Name)]).Value);
                Keep($"promise {limit.Name} ≤ {new Seconds(seconds)} or more", limit.Set(asked, seconds));
            }
        }

        Median(demand);
    }

    // The best quality that the rest allows, and that of the cheapest plan.
    private void Worse(Demand demand)
    {
        if (demand.Limit is not { } limit)
        {
            return;
        }

        Setting loose = limit.Set(asked, 0);
        foreach (bool best in (bool[])[true, false])
        {
            PlannedSetting plan = planner.Run(loose, built => best
                ? built.Problem with { MinimiseNode = NodeOf(built, limit.Name), TieBreak = -1 }
                : built.Problem);
            if (plan is { Holds: true, Value: { } value, Built: { } solved })
            {
                double quality = Math.Floor(QualityBuilder.Left(value.Values[NodeOf(solved, limit.Name)]) * 1000 + 1e-6) / 1000;
                Keep($"promise {limit.Name} ≥ {Quantity.Digits(quality)} or less", limit.Set(asked, quality));
            }
        }
    }

    // The median instead of a higher percentile of the whole workflow.
    private void Median(Demand demand)
    {
        Setting free = demand.Without(asked);
        if (demand.Limit is not { Name: var name } || name.Contains(" of ", StringComparison.Ordinal) || name.EndsWith("p50", StringComparison.Ordinal)
            || planner.Run(free) is not { Holds: true, Value: { } value, Built: { } built })
        {
            return;
        }

        bool first = name.StartsWith("first", StringComparison.Ordinal);
        ValueTimes times = built.Percentiles.First(p => p.Percentile == MedianPercentile).Times;
        double seconds = UpTime(Seconds.FromMicroseconds(value.Values[first ? times.First : times.End]).Value);
        Keep($"promise {name[..^3]}p{MedianPercentile} ≤ {new Seconds(seconds)} in its place", free with
        {
            Objective = first
                ? free.Objective with { FirstTokenLimits = free.Objective.FirstTokenLimits.SetItem(MedianPercentile, seconds) }
                : free.Objective with { LatencyLimits = free.Objective.LatencyLimits.SetItem(MedianPercentile, seconds) },
        });
    }

    private static int NodeOf(BuiltProblem built, string limit) => built.Problem.Limits.First(l => l.Name == limit).Root;

    private void Dearer(Demand demand)
    {
        PlannedSetting plan = planner.Run(demand.Without(asked));
        if (plan is { Holds: true, Value: { } value, Built: { } built })
        {
            double dollars = Up(value.Cost * built.DollarsPerUnit / built.RunsPerUnit);
            Keep($"allow {new Dollars(dollars)} a run", asked with { Objective = asked.Objective with { BudgetPerRun = new Dollars(dollars) } });
        }

        foreach (Demand latency in Demand.Of(asked).Where(d => d.Kind == DemandKind.Latency))
        {
            Keep($"do without '{latency.Text}'", latency.Without(asked));
        }

        // Machines that are paid for whole are shared by more runs.
        foreach (double times in (double[])[2, 5, 10, 50])
        {
            if (asked.Objective.RatePerSecond is { } rate && Keep(
                $"plan for {Quantity.Digits(rate * times)} runs a second, which share the machines", asked with { Objective = asked.Objective with { RatePerSecond = rate * times } }))
            {
                return;
            }
        }

        Quicker(demand);
    }

    // For more money, the quickest plan that there is.
    private void Quicker(Demand budget)
    {
        PlannedSetting plan = planner.Run(budget.Without(asked), built => built.Problem with { MinimiseNode = built.Percentiles.First(p => p.Percentile == TailPercentile).Times.End, TieBreak = -1 });
        if (plan is { Holds: true, Value: { } value, Built: { } built })
        {
            double dollars = Up(value.Cost * built.DollarsPerUnit / built.RunsPerUnit);
            double seconds = UpTime(Seconds.FromMicroseconds(value.Values[built.Percentiles.First(p => p.Percentile == TailPercentile).Times.End]).Value);
            Keep($"allow {new Dollars(dollars)} a run, for which latency p{TailPercentile} can be {new Seconds(seconds)}", asked with
            {
                Objective = asked.Objective with
                {
                    BudgetPerRun = new Dollars(dollars),
                    LatencyLimits = asked.Objective.LatencyLimits.SetItem(TailPercentile, Math.Min(seconds, asked.Objective.LatencyLimits.GetValueOrDefault(TailPercentile, seconds))),
                },
            });
        }
    }

    // The highest rate that holds, to two digits.
    private void Slower()
    {
        if (asked.Objective.RatePerSecond is not { } rate)
        {
            return;
        }

        Setting At(double share) => asked with { Objective = asked.Objective with { RatePerSecond = rate * share } };
        double low = 0.5;
        while (low > 1e-6 && !planner.Run(At(low)).Holds)
        {
            low /= 4;
        }

        double high = Math.Min(1, low * 4);
        for (int step = 0; step < 5; step++)
        {
            double middle = (low + high) / 2;
            (low, high) = planner.Run(At(middle)).Holds ? (middle, high) : (low, middle);
        }

        double slower = Down(rate * low);
        Keep($"promise {Quantity.Digits(slower)} runs a second", asked with { Objective = asked.Objective with { RatePerSecond = slower } });
    }

    private void More()
    {
        PlannedSetting plan = planner.Run(asked.Machines(d => d with { Count = Demand.Plenty }));
        if (!plan.Holds)
        {
            return;
        }

        ImmutableSortedDictionary<string, int> taken = plan.Taken;
        Setting bought = asked.Machines(d => d with { Count = Math.Max(d.Count, taken.GetValueOrDefault(d.Name)) });
        string[] needs = [.. asked.Fleet.Devices.Where(d => taken.GetValueOrDefault(d.Name) > d.Count && Setting.IsMachine(d))
            .Select(d => string.Create(CultureInfo.InvariantCulture, $"{taken[d.Name]} {d.Name} instead of {d.Count}"))];
        if (needs.Length > 0)
        {
            Keep("have " + string.Join(" and ", needs), bought);
        }
    }

    private void Widen()
    {
        foreach (double times in (double[])[2, 4, 10, 40, 100, 1000])
        {
            if (Keep(string.Create(CultureInfo.InvariantCulture, $"have links of {times} times the bandwidth"), asked.Wider(times)))
            {
                return;
            }
        }
    }

    private void Formats(Demand demand)
    {
        foreach (string format in (string[])["fp8", "int8", "fp4", "bf16", "fp16"])
        {
            Setting changed = asked.Tasks(t => t.Service == demand.Model && !t.Work.Precisions.Contains(format)
                ? t with { Work = t.Work with { Precisions = t.Work.Precisions.Add(format) } }
                : t);
            if (changed.Graph.Tasks.Any(t => t.Service == demand.Model && t.Work.Precisions.Contains(format)) && Keep($"allow {format} for {demand.Model}", changed))
            {
                return;
            }
        }
    }

    // Above the median a loop counts with its bound.
    private void Rounds()
    {
        if (!conflict.Any(d => d.Kind == DemandKind.Latency))
        {
            return;
        }

        foreach (StepRegion region in asked.Graph.Regions.Where(r => r.Parent >= 0 && r.BoundRuns > 1 && r.ExpectationKnown))
        {
            Step loop = asked.Graph.Steps[region.Parent];
            double fewer = Math.Ceiling(region.ExpectedRuns - 1e-9);
            if (loop.Kind == StepKind.Loop && loop.Regions[0] == region.Id && fewer < region.BoundRuns)
            {
                Setting shorter = asked with
                {
                    Graph = asked.Graph with { Regions = [.. asked.Graph.Regions.Select(r => r.Parent == region.Parent ? r with { BoundRuns = fewer } : r)] },
                };
                Keep(string.Create(CultureInfo.InvariantCulture, $"repeat {loop.Name} at most {fewer} times instead of {region.BoundRuns:0}"), shorter);
            }
        }
    }

    // The cheapest addition of all that can be rented, then the cheapest without the kinds of the first.
    private void Add(int times)
    {
        HashSet<string> tried = [];
        for (int i = 0; i < times; i++)
        {
            Device[] offered = [.. Market.Where(m => !tried.Contains(m.Kind)).Select(Offer).OfType<Device>()];
            PlannedSetting plan = planner.Run(With(offered, d => Demand.Plenty));
            if (!plan.Holds)
            {
                return;
            }

            ImmutableSortedDictionary<string, int> taken = plan.Taken.ToImmutableSortedDictionary(t => t.Key, t => Math.Max(1, t.Value), StringComparer.Ordinal);
            Device[] added = [.. offered.Where(d => taken.ContainsKey(d.Name))];
            tried.UnionWith(added.Select(d => d.Kind));
            string[] names = [.. added.Select(d => string.Create(CultureInfo.InvariantCulture, $"{taken[d.Name]} {d.Kind} at {d.Place} for {new Dollars(d.PricePerHour!.Value)}/h each"))]; // offers have prices
            if (names.Length > 0)
            {
                Keep("add " + string.Join(" and ", names), With(added, d => taken[d.Name]));
            }
        }
    }

    private Setting With(Device[] more, Func<Device, int> count) =>
        asked with { Fleet = asked.Fleet with { Devices = [.. asked.Fleet.Devices, .. more.Select(d => d with { Count = count(d) })] } };

    private Device? Offer((string Kind, string Cloud, string Instance) market)
    {
        Device? device = Catalogue.Default.Find("vendor", market.Kind);
        Sourced? price = device is null ? null : Catalogue.Default.Rent(market.Cloud, market.Instance, device);
        string place = conflict.FirstOrDefault(d => d.Region.Length > 0)?.Region
            ?? asked.Objective.Region
            ?? asked.Graph.Tasks.Select(t => t.NeverLeaves).FirstOrDefault(r => r is not null)
            ?? asked.Fleet.Devices.Where(Setting.IsMachine).Select(d => d.Place).FirstOrDefault()
            ?? "here";
        return device is null || price is null ? null : device with { Name = "rented " + market.Kind, Place = place, PricePerHour = price };
    }

    // Where places have no link, one between them, or everything in one place.
    private void Join()
    {
        string[] places = [.. asked.Fleet.Devices.Where(Setting.IsMachine).Select(d => d.Place).Distinct().Order(StringComparer.Ordinal)];
        if (conflict.Length > 0 || places.Length < 2)
        {
            return;
        }

        const double bytesPerSecond = 1.25e9;
        const double latency = 1e-3;
        var link = new Link(places[0], places[1], new Sourced(bytesPerSecond, "assumed"), new Sourced(latency, "assumed"), null);
        Keep($"join {places[0]} and {places[1]} by a link of 10 Gbit/s and 1 ms", asked with { Fleet = asked.Fleet with { Links = asked.Fleet.Links.Add(link) } });
        Keep($"put every machine at {places[0]}", asked.Machines(d => d with { Place = places[0] }));
    }

    private bool Keep(string change, Setting setting)
    {
        PlannedSetting plan = planner.Run(setting);
        if (plan.Holds)
        {
            _found.Add(new Relaxation(change, plan.Cost, setting.Objective.RatePerSecond is null ? "run" : "h"));
        }

        return plan.Holds;
    }

    /// <summary>Seconds rounded up to three digits of the unit in which <see cref="Seconds"/> prints them, so that what is printed can be promised.</summary>
    public static double UpTime(double seconds)
    {
        double unit = seconds switch { < 1e-3 => 1e-6, < 1 => 1e-3, < 120 => 1, < 7200 => 60, < 172800 => 3600, _ => 86400 };
        return Up(seconds / unit) * unit;
    }

    // Three digits up and two down, so that what is printed can be promised.
    private static double Up(double value) => Rounded(value, 2, Math.Ceiling);

    private static double Down(double value) => Rounded(value, 1, Math.Floor);

    private static double Rounded(double value, int digits, Func<double, double> round)
    {
        if (value <= 0)
        {
            return value;
        }

        double step = Math.Pow(10, Math.Floor(Math.Log10(value)) - digits);
        return round(value / step + (round == Math.Ceiling ? -1e-9 : 1e-9)) * step;
    }
}
