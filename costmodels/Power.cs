using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>Watts of an idle and of a fully busy thing; between them by the share of time it is busy.</summary>
/// <param name="Idle">Watts with nothing to do.</param>
/// <param name="Full">Watts at full load, at least <paramref name="Idle"/>.</param>
/// <param name="Source">Where it is from.</param>
public sealed record PowerDraw(double Idle, double Full, string Source)
{
    /// <summary>Watts at a share of busy time, 0 to 1.</summary>
    public double At(double busy) => Idle + (Full - Idle) * Math.Clamp(busy, 0, 1);

    /// <summary>So many of it.</summary>
    public PowerDraw Times(double count) => new(Idle * count, Full * count, Source);
}

/// <summary>What servers and rented machines draw, measured or by coefficients of measured ones; unknown ones are null.</summary>
public static class Power
{
    private static readonly Lazy<Dictionary<string, PowerDraw>> Servers = new(() =>
        Csv.Rows("server_power.csv").ToDictionary(r => r["cpu"], Draw, StringComparer.OrdinalIgnoreCase));

    private static readonly Lazy<Dictionary<(string, string), PowerDraw>> VirtualCpus = new(() =>
        Csv.Rows("vcpu_power.csv").ToDictionary(r => (r["cloud"], r["architecture"]), Draw));

    /// <summary>Processors whose servers were measured.</summary>
    public static IEnumerable<string> Processors => Servers.Value.Keys;

    /// <summary>A server's draw for one of its processors, everything in the case included (SPECpower_ssj2008); null when none was measured.</summary>
    /// <param name="processor">As the vendor calls it, <c>EPYC 9654</c>, or a device of the catalogue, <c>EPYC 9654 (Genoa 96c)</c>.</param>
    public static PowerDraw? Server(string processor)
    {
        int bracket = processor.IndexOf(" (", StringComparison.Ordinal);
        return Servers.Value.GetValueOrDefault((bracket > 0 ? processor[..bracket] : processor).Trim());
    }

    /// <summary>One virtual processor's share of a cloud's machine; null when the architecture has no coefficients.</summary>
    public static PowerDraw? VirtualCpu(string cloud, string architecture) => VirtualCpus.Value.GetValueOrDefault((cloud, architecture));

    /// <summary>A rented machine without accelerators: its virtual processors; null when they or their number are not known.</summary>
    public static PowerDraw? Instance(string cloud, string instance) =>
        Catalogue.Default.PriceOf(cloud, instance) is { VirtualCpus: { } count } price && price.Kinds.Count == 0 && VirtualCpu(cloud, price.Processor) is { } each
            ? each.Times(count)
            : null;

    private static PowerDraw Draw(IReadOnlyDictionary<string, string> row) => new(row.Number("idle_w") ?? 0, row.Number("full_w") ?? 0, row["source"]);
}

/// <summary>
/// A bound on power as a cost term: less at the peak for more time (arXiv 2308.12908, POLCA). The table's step for locked clocks is 20 % less
/// peak power for 5 to 7 % more time.
/// </summary>
/// <param name="PeakSaved">Share of the peak power that is saved, 0 up to but not including 1.</param>
/// <param name="Slower">Share of time that is added, an interval.</param>
/// <param name="Source">Where it is from.</param>
public sealed record PowerCap(double PeakSaved, Interval Slower, string Source)
{
    /// <summary>No bound.</summary>
    public static PowerCap None { get; } = new(0, Interval.Exactly(0), "no power cap");

    /// <summary>Clocks locked.</summary>
    public static PowerCap FrequencyLock { get; } =
        new(0.20, new Interval(0.05, 0.06, 0.07), "arXiv 2308.12908: locked clocks save 20 % of peak power for 5 to 7 % of performance; read in a summary");

    /// <summary>A time under the bound: performance p lost is time over 1 - p.</summary>
    public Interval Under(Interval seconds) =>
        new(seconds.Low / (1 - Slower.Low), seconds.Likely / (1 - Slower.Likely), seconds.High / (1 - Slower.High));

    /// <summary>Peak watts under the bound.</summary>
    public double Peak(double watts) => watts * (1 - PeakSaved);

    /// <summary>Devices or servers whose peaks under the bound fit into a budget of watts together.</summary>
    /// <param name="budget">Watts of the row or rack.</param>
    /// <param name="watts">Peak of one without the bound, above 0.</param>
    public int Fit(double budget, double watts) => (int)Math.Floor(budget / Peak(watts) + 1e-9);

    /// <summary>
    /// Joules of the work under the bound over those without it at a peak-bound draw: (1 - saved) / (1 - lost); below 1 the bound saves energy.
    /// </summary>
    public Interval EnergyFactor => new((1 - PeakSaved) / (1 - Slower.Low), (1 - PeakSaved) / (1 - Slower.Likely), (1 - PeakSaved) / (1 - Slower.High));
}
