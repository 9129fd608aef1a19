using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.CostModels.Learning;

/// <summary>Writes a fit as two comma-separated tables, the kernel and the anchors with their weights, and reads them back to the same answers, bit by bit.</summary>
public static class KrigingTable
{
    private const string KernelHeader = "term,deviation,labels,features,lengths,shape,source";

    /// <summary>Writes the terms of the kernel, one a line; lists within a field are parted by semicolons.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="source">Where the deviations and lengths are from, for people.</param>
    public static void SaveKernel(Kriging fit, TextWriter writer, string source)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(KernelHeader + "\n");
        foreach (KernelTerm term in fit.Kernel.Terms)
        {
            string[] fields =
            [
                term.Name, Text(term.Deviation), string.Join(';', term.Labels.Select(l => fit.Points.LabelNames[l])),
                string.Join(';', term.Factors.Select(f => fit.Points.FeatureNames[f.Feature])), string.Join(';', term.Factors.Select(f => Text(f.Length))),
                term.Shape.ToString(), source,
            ];
            Table.WriteLine(writer, fields);
        }
    }

    /// <summary>Writes the anchors: columns <c>f:NAME</c>, <c>l:NAME</c>, <c>noise</c>, <c>alpha</c> and <c>w:INDEX</c>, the widening by a term where it is not 1.</summary>
    public static void SaveAnchors(Kriging fit, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(writer);
        PointTable points = fit.Points;
        IEnumerable<string> names = points.FeatureNames.Select(f => "f:" + f).Concat(points.LabelNames.Select(l => "l:" + l));
        int[] widened = [.. Enumerable.Range(0, fit.Widening.Length).Where(t => fit.Widening[t].Any(w => w != 1))];
        writer.Write(string.Join(',', names.Select(Table.Quoted)) + ",noise,alpha" + string.Concat(widened.Select(t => ",w:" + t.ToString(CultureInfo.InvariantCulture))) + "\n");
        for (int i = 0; i < points.Count; i++)
        {
            IEnumerable<string> fields = Enumerable.Range(0, points.FeatureNames.Length).Select(f => Text(points.Feature(i, f)))
                .Concat(Enumerable.Range(0, points.LabelNames.Length).Select(l => Table.Quoted(points.Label(i, l))));
            writer.Write($"{string.Join(',', fields)},{Text(fit.Noise[i])},{Text(fit.Alpha[i])}");
            writer.Write(string.Concat(widened.Select(t => "," + (fit.Widening[t][i] == 1 ? "" : Text(fit.Widening[t][i])))) + "\n");
        }
    }

    /// <summary>Reads what <see cref="SaveKernel"/> and <see cref="SaveAnchors"/> wrote.</summary>
    /// <exception cref="TableException">A field cannot be read, or a term names a column that the anchors lack.</exception>
    public static Kriging Load(TextReader kernel, TextReader anchors)
    {
        Table table = Table.Parse(anchors);
        string[] features = [.. table.Columns.Where(c => c.StartsWith("f:", StringComparison.Ordinal))];
        string[] labels = [.. table.Columns.Where(c => c.StartsWith("l:", StringComparison.Ordinal))];
        var points = new PointTable([.. features.Select(f => f[2..])], [.. labels.Select(l => l[2..])]);
        double[] alpha = new double[table.Rows.Count];
        double[] noise = new double[table.Rows.Count];
        for (int i = 0; i < table.Rows.Count; i++)
        {
            TableRow row = table.Rows[i];
            points.Add([.. features.Select(f => row.Number(f) ?? double.NaN)], [.. labels.Select(l => row[l])]);
            alpha[i] = Needed(row, "alpha");
            noise[i] = row.Positive("noise");
        }

        var product = new ProductKernel([.. Table.Parse(kernel).Rows.Select(r => Term(r, points))]);
        double[][] widening = table.Columns.Any(c => c.StartsWith("w:", StringComparison.Ordinal))
            ? [.. Enumerable.Range(0, product.Terms.Length).Select(t => (double[])[.. table.Rows.Select(r => r.Number("w:" + t.ToString(CultureInfo.InvariantCulture)) ?? 1)])]
            : [];
        return Kriging.Restore(product, points, alpha, noise, widening);
    }

    private static KernelTerm Term(TableRow row, PointTable points)
    {
        string[] lengths = Words(row["lengths"]);
        string[] features = Words(row["features"]);
        if (features.Length != lengths.Length)
        {
            throw new TableException(row.Line, "lengths", $"{lengths.Length} lengths for {features.Length} features", "give one length per feature");
        }

        if (!Enum.TryParse(row["shape"], out KernelShape shape))
        {
            throw new TableException(row.Line, "shape", $"'{row["shape"]}' is no shape", "write one of " + string.Join(", ", Enum.GetNames<KernelShape>()));
        }

        ImmutableArray<int> labels = [.. Words(row["labels"]).Select(l => Column(row, points.LabelNames, "labels", l))];
        ImmutableArray<SmoothFactor> factors =
            [.. features.Zip(lengths, (f, l) => new SmoothFactor(Column(row, points.FeatureNames, "features", f), Length(row, l)))];
        return new KernelTerm(row["term"], Needed(row, "deviation"), labels, factors, shape);
    }

    private static string[] Words(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static int Column(TableRow row, ImmutableArray<string> names, string column, string name) => names.IndexOf(name) is >= 0 and int index
        ? index
        : throw new TableException(row.Line, column, $"the anchors have no column '{name}'", "save kernel and anchors from one fit");

    private static double Length(TableRow row, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0
            ? value
            : throw new TableException(row.Line, "lengths", $"'{text}' is not a length above 0", "save kernel and anchors from one fit");

    private static double Needed(TableRow row, string column) =>
        row.Number(column) ?? throw new TableException(row.Line, column, $"{column} is empty", "save kernel and anchors from one fit");

    // An unknown feature is an empty field.
    private static string Text(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
