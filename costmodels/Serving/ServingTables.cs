using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Serving;

/// <summary>What a fit of served figures learned, as the tables <c>data/serving_*.csv</c>.</summary>
/// <param name="Physics">Terms of the quantities.</param>
/// <param name="Residual">What physics leaves over; null when nothing was measured.</param>
/// <param name="Anchors">Where each anchor of <paramref name="Residual"/> is from.</param>
/// <param name="Intervals">Ends of the intervals; null when nothing was held out.</param>
internal sealed record ServingTables(PhysicsFit Physics, Kriging? Residual, ImmutableArray<string> Anchors, ConformalIntervals? Intervals)
{
    private const string PhysicsFile = "serving_physics.csv";
    private const string KernelFile = "serving_kernel.csv";
    private const string AnchorsFile = "serving_anchors.csv";
    private const string NamesFile = "serving_sources.csv";
    private const string IntervalsFile = "serving_intervals.csv";

    /// <summary>The tables that come with the program; physics alone where they are missing.</summary>
    public static ServingTables Read() => Read(Open);

    /// <summary>The tables that a function opens by name.</summary>
    public static ServingTables Read(Func<string, TextReader?> open)
    {
        TextReader Needed(string name) => open(name) ?? throw new InvalidDataException(name + " is missing beside " + PhysicsFile);
        if (open(PhysicsFile) is not { } physicsReader)
        {
            return new ServingTables(PhysicsFit.Prior, null, [], null);
        }

        using (physicsReader)
        using (TextReader kernel = Needed(KernelFile))
        using (TextReader anchors = Needed(AnchorsFile))
        using (TextReader names = Needed(NamesFile))
        using (TextReader intervals = Needed(IntervalsFile))
        {
            PhysicsFit physics = PhysicsFit.Restore(Table.Parse(physicsReader).Rows.Select(TermOf));
            return new ServingTables(
                physics, KrigingTable.Load(kernel, anchors), [.. Table.Parse(names).Rows.Select(r => r["anchor"])], ConformalIntervals.Load(intervals));
        }
    }

    /// <summary>Writes the tables into a folder.</summary>
    public void Write(string folder)
    {
        using (var writer = new StreamWriter(Path.Combine(folder, PhysicsFile)) { NewLine = "\n" })
        {
            writer.WriteLine("quantity,group,log,source");
            foreach ((PhysicsTerm term, double value) in Physics.Terms.OrderBy(t => t.Key.Quantity).ThenBy(t => t.Key.Group, StringComparer.Ordinal))
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{term.Quantity},{Table.Quoted(term.Group)},{value:R},fitted to measured served figures"));
            }
        }

        if (Residual is null || Intervals is null)
        {
            return;
        }

        using var kernel = new StreamWriter(Path.Combine(folder, KernelFile)) { NewLine = "\n" };
        KrigingTable.SaveKernel(Residual, kernel, "chosen on measured served figures by leaving out pairs of device and model");
        using var anchors = new StreamWriter(Path.Combine(folder, AnchorsFile)) { NewLine = "\n" };
        KrigingTable.SaveAnchors(Residual, anchors);
        using var names = new StreamWriter(Path.Combine(folder, NamesFile)) { NewLine = "\n" };
        names.WriteLine("anchor");
        foreach (string anchor in Anchors)
        {
            names.WriteLine(Table.Quoted(anchor));
        }

        using var intervals = new StreamWriter(Path.Combine(folder, IntervalsFile)) { NewLine = "\n" };
        Intervals.Save(intervals, "errors on measured pairs of device and model that were left out of the fit");
    }

    private static KeyValuePair<PhysicsTerm, double> TermOf(TableRow row) => Enum.TryParse(row["quantity"], out Quantity quantity)
        ? new(new PhysicsTerm(quantity, row["group"]), row.Number("log") ?? 0)
        : throw new TableException(row.Line, "quantity", $"'{row["quantity"]}' is no quantity", "write one of " + string.Join(", ", Enum.GetNames<Quantity>()));

    private static StreamReader? Open(string name) =>
        typeof(ServingTables).Assembly.GetManifestResourceStream(name) is { } stream ? new StreamReader(stream) : null;
}
