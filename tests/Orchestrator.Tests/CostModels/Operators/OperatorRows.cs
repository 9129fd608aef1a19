using Orchestrator.CostModels;
using Xunit;

namespace Orchestrator.Tests.Costs;

/// <summary>Rows and scores for the tests of predictors.</summary>
internal static class OperatorRows
{
    /// <summary>A table of measured rows in <c>../shared/data</c>; skips the test where it is not there.</summary>
    public static IReadOnlyList<TableRow> Shared(string file)
    {
        using var reader = new StreamReader(Repository.Shared("data", file));
        return Table.Parse(reader).Rows;
    }

    /// <summary>The rows of a table written out.</summary>
    public static IReadOnlyList<TableRow> Of(string text)
    {
        using var reader = new StringReader(text);
        return Table.Parse(reader).Rows;
    }

    /// <summary>Scores of one fold of five: groups that are in it are left out of the fit.</summary>
    public static OperatorScores LeaveOut(IPredictor predictor, IReadOnlyList<TableRow> rows, string holdOut, Func<string, bool>? left = null)
    {
        left ??= group => (uint)group.Aggregate(17, (hash, c) => (hash * 31) + c) % 5 == 0;
        IPredictor fitted = predictor.Fit([.. rows.Where(r => !left(predictor.GroupOf(r, holdOut)))], TestContext.Current.CancellationToken);
        var errors = new List<double>();
        var widths = new List<double>();
        int held = 0;
        foreach (TableRow row in rows.Where(r => left(predictor.GroupOf(r, holdOut))))
        {
            Prediction p = fitted.Predict(row);
            double measured = row.Positive(predictor.Measured);
            errors.Add(Math.Abs((p.Predicted / measured) - 1));
            widths.Add(p.HalfWidth);
            held += measured >= p.Low && measured <= p.High ? 1 : 0;
        }

        return new OperatorScores(errors.Count, Median(errors), (double)held / errors.Count, Median(widths));
    }

    /// <summary>Whether two predictors answer every row alike.</summary>
    public static void AssertSameAnswers(IPredictor one, IPredictor other, IEnumerable<TableRow> rows, double tolerance)
    {
        foreach (TableRow row in rows)
        {
            (Prediction a, Prediction b) = (one.Predict(row), other.Predict(row));
            Assert.InRange(a.Predicted / b.Predicted, 1 - tolerance, 1 + tolerance);
            Assert.InRange(a.HalfWidth / b.HalfWidth, 1 - tolerance, 1 + tolerance);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

/// <summary>Scores on left-out rows.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Error">Median of |predicted / measured - 1|.</param>
/// <param name="Coverage">Share inside the interval.</param>
/// <param name="HalfWidth">Median half width as a factor.</param>
internal sealed record OperatorScores(int Rows, double Error, double Coverage, double HalfWidth);
