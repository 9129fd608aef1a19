using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Orchestrator.CostModels.Evaluation;

/// <summary>
/// How much is lost by taking the configuration that a prediction prefers. A choice set holds the configurations that one source measured for the
/// same device, model, lengths, load and metric; what may be chosen is the number format, the layout over devices (tensor, pipeline, data and expert
/// parallel, prefill and decode apart) and the engine, not its version. Latencies and throughputs are compared on equally many devices, and
/// throughputs once more per device with the number of devices free, as someone who pays by the device chooses. Repeats of a configuration count as
/// their median. Regret is how much worse than the best of the set the chosen one was measured; among equal predictions it is their mean.
/// </summary>
/// <param name="Class">The metric class, and <c>per device</c> where the number of devices is free.</param>
/// <param name="Sets">Choice sets with at least two configurations.</param>
/// <param name="Configurations">Configurations in them.</param>
/// <param name="Median">Median regret over the sets, a share: 0.05 is 5 % slower than the best.</param>
/// <param name="P90">90th percentile of it.</param>
/// <param name="Best">Share of sets, 0..1, in which the best one was chosen.</param>
/// <param name="Blind">Median regret of choosing at random, for comparison.</param>
public sealed partial record Choice(string Class, int Sets, int Configurations, double Median, double P90, double Best, double Blind)
{
    private const double Same = 1e-9; // predictions closer than this, relatively, prefer neither

    /// <summary>The regrets by class, and over all sets, of serving rows predicted by a fit that did not see their device and model.</summary>
    public static ImmutableArray<Choice> Judge(IReadOnlyList<Judged> rows)
    {
        (string Class, Regret Regret)[] all =
        [
            .. Regrets(rows, r => r.Class, countFree: false),
            .. Regrets(rows.Where(r => !IsTime(r)), r => r.Class + " per device", countFree: true),
        ];
        return
        [
            .. all.GroupBy(r => r.Class, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Of(g.Key, [.. g.Select(r => r.Regret)])),
            .. all.Length > 0 ? [Of("all", [.. all.Select(r => r.Regret)])] : Array.Empty<Choice>(),
        ];
    }

    private static Choice Of(string kind, Regret[] regrets) => new(
        kind,
        regrets.Length,
        regrets.Sum(r => r.Configurations),
        Score.Quantile([.. regrets.Select(r => r.Chosen)], 0.5),
        Score.Quantile([.. regrets.Select(r => r.Chosen)], 0.9),
        regrets.Count(r => r.Chosen <= Same) / (double)regrets.Length,
        Score.Quantile([.. regrets.Select(r => r.Blind)], 0.5));

    private static IEnumerable<(string, Regret)> Regrets(IEnumerable<Judged> rows, Func<Judged, string> kind, bool countFree) =>
        from row in rows
        group row by (row.Group, Set: string.Join('|', SetColumns.Select(c => row.Row[c])), Devices: countFree ? "" : row.Row["num_devices"]) into set
        where set.Select(Configuration).Distinct().Count() > 1
        select (kind(set.First()), RegretOf(set, countFree));

    private static readonly string[] SetColumns = ["source", "hardware", "isl", "osl", "concurrency_or_batch", "metric"];

    private static Regret RegretOf(IEnumerable<Judged> set, bool perDevice)
    {
        (double Measured, double Predicted)[] costs =
        [
            .. set.GroupBy(Configuration, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (
                Score.Quantile([.. g.Select(r => Cost(r, r.Measured, perDevice))], 0.5),
                Score.Quantile([.. g.Select(r => Cost(r, r.Prediction.Predicted, perDevice))], 0.5))),
        ];
        double best = costs.Min(c => c.Measured);
        double preferred = costs.Min(c => c.Predicted) * (1 + Same);
        return new Regret(
            costs.Length,
            costs.Where(c => c.Predicted <= preferred).Average(c => c.Measured) / best - 1,
            costs.Average(c => c.Measured) / best - 1);
    }

    // Less is better: a time, or what a token a second costs in devices.
    private static double Cost(Judged row, double value, bool perDevice)
    {
        double devices = perDevice && !row.Row["metric"].EndsWith("_per_device", StringComparison.Ordinal) ? row.Row.Number("num_devices") ?? 1 : 1;
        return IsTime(row) ? value : Math.Max(1, devices) / value;
    }

    private static bool IsTime(Judged row) => row.Row["metric"].EndsWith("_ms", StringComparison.Ordinal) || row.Row["metric"].Contains("_ms_", StringComparison.Ordinal);

    private static string Configuration(Judged row) =>
        $"{row.Row["precision"]}|{row.Row["num_devices"]}|{row.Row["tp"]}|{row.Row["pp"]}|{Versions().Replace(row.Row["notes"], "")}";

    // Engine versions, dates, and the files that a dump came from: what tells repeats of one configuration apart.
    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b|\b\d+(\.\d+)+\S*|\S+\.csv|\S+/\S+|db-dump|\s+")]
    private static partial Regex Versions();

    private readonly record struct Regret(int Configurations, double Chosen, double Blind);
}
