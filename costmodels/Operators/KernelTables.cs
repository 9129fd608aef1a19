using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// The tables of a kind of operator, all of them text: <c>KIND_groups.csv</c> says who measured on what with which parameters of the law,
/// <c>KIND_times.csv</c> has one line per group and fixed sizes with <c>size:microseconds</c> pairs, <c>KIND_kin.csv</c> what kinships share,
/// <c>KIND_intervals.csv</c> errors on what was left out. <c>kernel_sources.csv</c> says where each source is.
/// </summary>
internal static class KernelTables
{
    // Profilers that print whole microseconds: an error uniform in one step has a standard deviation of 0.29 steps.
    private const double StepDeviation = 0.29;
    private static readonly string[] Stepped = ["vidur", "apex"];

    /// <summary>Standard deviation of the logarithm of a time that comes from the step of the source's clock.</summary>
    public static double Grain(KernelCall call, double microseconds) => Stepped.Contains(call.Source) ? StepDeviation / microseconds : 0;

    /// <summary>A measured call.</summary>
    public static MeasuredCall Call(KernelCall call, double microseconds) => new(call, microseconds, Grain(call, microseconds));

    /// <summary>Repeated measurements of a call become one, their geometric mean with five digits, as tables hold it; in the tables' order.</summary>
    public static ImmutableArray<MeasuredCall> Merged(IEnumerable<MeasuredCall> calls) =>
    [
        .. calls.GroupBy(c => (c.Call.Group, c.Call.Fixed, c.Call.Size))
            .OrderBy(g => g.Key.Group, StringComparer.Ordinal).ThenBy(g => g.Key.Fixed, StringComparer.Ordinal).ThenBy(g => g.Key.Size)
            .Select(g => Call(g.First().Call, Digits(Math.Exp(g.Select(c => Math.Log(c.Microseconds)).Order().Average())))),
    ];

    /// <summary>Intervals with the digits that tables hold.</summary>
    public static ConformalIntervals Rounded(ConformalIntervals intervals)
    {
        using var text = new StringReader(Text(intervals));
        return ConformalIntervals.Load(text);
    }

    /// <summary>Reads a kind's model from the tables that come with the program.</summary>
    public static (KernelModel Model, ConformalIntervals Intervals) Read(KernelDomain domain)
    {
        string name = domain.Name;
        var groups = Csv.Rows(name + "_groups.csv").ToDictionary(r => r["group"], StringComparer.Ordinal);
        var calls = ImmutableArray.CreateBuilder<MeasuredCall>();
        var parameters = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (IReadOnlyDictionary<string, string> row in Csv.Rows(name + "_times.csv"))
        {
            IReadOnlyDictionary<string, string> group = groups[row["group"]];
            foreach (string pair in row["times"].Split(' '))
            {
                int colon = pair.IndexOf(':', StringComparison.Ordinal);
                KernelCall call = domain.Make(group["source"], group["hardware"], group["variant"], group["software"], row["sizes"], Number(pair.AsSpan(0, colon)));
                calls.Add(Call(call, Number(pair.AsSpan(colon + 1))));
                parameters.TryAdd(call.Group, Parameters(domain, group));
            }
        }

        var effects = Csv.Rows(name + "_kin.csv").ToDictionary(r => r["kin"], r => Parameters(domain, r), StringComparer.Ordinal);
        using Stream? stream = typeof(KernelTables).Assembly.GetManifestResourceStream(name + "_intervals.csv");
        using TextReader intervals = stream is null ? new StringReader("group,low,high\n") : new StreamReader(stream);
        return (new KernelModel(domain.Traits, calls.ToImmutable(), new KinFit(domain.Traits.Centre, effects, parameters)), ConformalIntervals.Load(intervals));
    }

    /// <summary>Writes what <see cref="Read"/> reads.</summary>
    public static void Write(string folder, KernelDomain domain, KernelModel model, ConformalIntervals intervals)
    {
        string columns = string.Join(',', domain.Traits.Parameters);
        var groups = new StringBuilder("group,hardware,variant,software," + columns + ",source\n");
        var times = new StringBuilder("group,sizes,times,source\n");
        int id = 0;
        foreach (IGrouping<string, MeasuredCall> group in model.Calls.GroupBy(c => c.Call.Group, StringComparer.Ordinal))
        {
            KernelCall first = group.First().Call;
            groups.Append(Line($"g{id}", first.Device.Kind, first.Variant, first.Software, Text(model.Kin.Groups[group.Key]), first.Source));
            foreach (IGrouping<string, MeasuredCall> line in group.GroupBy(c => c.Call.Fixed, StringComparer.Ordinal))
            {
                string pairs = string.Join(' ', line.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Call.Size}:{c.Microseconds}")));
                times.Append(Line($"g{id}", line.Key, pairs, first.Source));
            }

            id++;
        }

        var kin = new StringBuilder("kin," + columns + ",source\n");
        foreach ((string name, double[] effect) in model.Kin.Effects.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            kin.Append(Line(name, Text(effect), $"fitted to {domain.Name}_times.csv"));
        }

        File.WriteAllText(Path.Combine(folder, domain.Name + "_groups.csv"), groups.ToString());
        File.WriteAllText(Path.Combine(folder, domain.Name + "_times.csv"), times.ToString());
        File.WriteAllText(Path.Combine(folder, domain.Name + "_kin.csv"), kin.ToString());
        File.WriteAllText(Path.Combine(folder, domain.Name + "_intervals.csv"), Text(intervals));
    }

    private static string Text(ConformalIntervals intervals)
    {
        var text = new StringBuilder("group,low,high,source\n");
        foreach ((string group, (double low, double high)) in intervals.Ends.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            text.Append(Line(group, string.Create(CultureInfo.InvariantCulture, $"{low:F3},{high:F3}"), "errors on left-out shapes groups and devices"));
        }

        return text.ToString();
    }

    private static double[] Parameters(KernelDomain domain, IReadOnlyDictionary<string, string> row) =>
        [.. domain.Traits.Parameters.Select(p => row.Number(p) ?? throw new InvalidDataException($"{domain.Name}: a row without {p}"))];

    private static string Text(double[] parameters) => string.Join(',', parameters.Select(p => p.ToString("0.####", CultureInfo.InvariantCulture)));

    // Numbers come joined by commas; labels hold none.
    private static string Line(params string[] fields) => string.Join(',', fields) + "\n";

    private static double Digits(double value) => double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Number(ReadOnlySpan<char> text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
