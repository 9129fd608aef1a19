using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;

namespace Orchestrator.Cli.Predict;

/// <summary>A prediction for every row of a table, in its order, and how they are written.</summary>
internal sealed class Answers
{
    /// <summary>The columns that are appended.</summary>
    public static readonly string[] Columns = ["predicted", "low", "high", "model", "source"];

    private const int Digits = 6; // significant ones; no measurement is known better

    private readonly Table _table;
    private readonly Prediction[] _predictions;

    private Answers(Table table, Prediction[] predictions) => (_table, _predictions) = (table, predictions);

    /// <summary>Predicts every row on up to <paramref name="threads"/> threads; the answers do not depend on how many.</summary>
    /// <exception cref="DiagnosticException">Fields, or files that they name, cannot be read: all of them are told once, up to a limit.</exception>
    public static Answers To(MeasuredTable table, IPredictor predictor, int threads, CancellationToken token)
    {
        IReadOnlyList<TableRow> rows = table.Table.Rows;
        var predictions = new Prediction[rows.Count];
        var mistakes = new IReadOnlyList<Diagnostic>?[rows.Count];
        Parallel.For(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = token }, i =>
        {
            try
            {
                predictions[i] = Sound(predictor.Predict(rows[i]), rows[i].Line);
            }
            catch (TableException mistake)
            {
                mistakes[i] = [table.Explain(mistake)];
            }
            catch (DiagnosticException mistake)
            {
                mistakes[i] = mistake.Diagnostics; // in a file that the row names
            }
        });
        var bag = new DiagnosticBag();
        foreach (Diagnostic mistake in mistakes.SelectMany(m => m ?? []).DistinctBy(m => (m.Message, m.Span.ToString())))
        {
            bag.Add(mistake);
        }

        return bag.HasErrors ? throw new DiagnosticException(bag.Items) : new Answers(table.Table, predictions);
    }

    /// <summary>Writes the table with <see cref="Columns"/> appended.</summary>
    public void WriteCsv(TextWriter writer)
    {
        Table.WriteLine(writer, _table.Columns.Concat(Columns));
        for (int i = 0; i < _predictions.Length; i++)
        {
            Prediction p = _predictions[i];
            Table.WriteLine(writer, _table.Rows[i].Fields.Concat([Text(p.Predicted), Text(p.Low), Text(p.High), p.Model, p.Source]));
        }
    }

    /// <summary>A list of objects: the row's fields under <c>row</c>, and what is appended.</summary>
    public JsonArray ToJson() => new([.. _predictions.Select((p, i) => new JsonObject
    {
        ["row"] = new JsonObject(_table.Columns.Zip(_table.Rows[i].Fields).Select(f => KeyValuePair.Create<string, JsonNode?>(f.First, f.Second))),
        ["predicted"] = Rounded(p.Predicted),
        ["low"] = Rounded(p.Low),
        ["high"] = Rounded(p.High),
        ["model"] = p.Model,
        ["source"] = p.Source,
    })]);

    private static Prediction Sound(Prediction p, int line) => p.Low > 0 && p.Low <= p.Predicted && p.Predicted <= p.High && double.IsFinite(p.High)
        ? p
        : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"line {line} is predicted as {p.Predicted} within {p.Low} to {p.High} by {p.Model}"));

    // Digits that the figure does not have are dropped; what is written reads back as exactly the same number.
    private static double Rounded(double value) => double.Parse(value.ToString("G" + Digits, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(double value) => Rounded(value).ToString("R", CultureInfo.InvariantCulture);
}
