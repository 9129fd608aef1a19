using System.Runtime.ExceptionServices;

namespace Orchestrator.CostModels.Evaluation;

/// <summary>How a predictor is judged on rows that it was not fitted on.</summary>
/// <param name="By">What is left out together: one of <see cref="IPredictor.HoldOuts"/>.</param>
/// <param name="Folds">In how many parts the groups are dealt, at least 2; fewer groups give fewer folds.</param>
/// <param name="Seed">Seed of the deal; the same seed gives the same folds.</param>
/// <param name="Threads">Folds fitted at once, at least 1; the answers do not depend on it.</param>
public sealed record HoldOut(string By, int Folds = 5, int Seed = 1, int Threads = 1)
{
    /// <summary>
    /// Every row predicted by a fit of the other folds, in order. Groups are sorted by name, shuffled, and dealt one by one, so no group is ever both
    /// fitted and judged. Rows whose <see cref="IPredictor.ClassOf"/> is empty are fitted on, but not judged.
    /// </summary>
    /// <exception cref="TableException">A measured field is missing or cannot be read, or there are fewer than two groups.</exception>
    public IReadOnlyList<Judged> Run(IPredictor predictor, IReadOnlyList<TableRow> rows, CancellationToken token)
    {
        string[] groups = [.. rows.Select(r => predictor.GroupOf(r, By))];
        string[] names = [.. groups.Distinct().Order(StringComparer.Ordinal)];
        if (names.Length < 2)
        {
            string found = names.Length == 0 ? "there are no rows" : $"the rows are all of one {By}, '{names[0]}'";
            string[] others = [.. predictor.HoldOuts.Where(h => h != By)];
            throw new TableException(1, "", $"{found}: nothing can be left out", "give more rows" + (others.Length > 0 ? $", or leave out by {string.Join(" or ", others)}" : ""));
        }

        new Random(Seed).Shuffle(names);
        int folds = Math.Min(Folds, names.Length);
        Dictionary<string, int> foldOf = names.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i % folds, StringComparer.Ordinal);
        double[] measured = [.. rows.Select(r => r.Positive(predictor.Measured))];
        var judged = new Judged?[rows.Count];
        try
        {
            Parallel.For(0, folds, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Threads), CancellationToken = token }, fold =>
            {
                IPredictor fitted = predictor.Fit([.. rows.Where((_, i) => foldOf[groups[i]] != fold)], token);
                for (int i = 0; i < rows.Count; i++)
                {
                    if (foldOf[groups[i]] == fold && fitted.ClassOf(rows[i]) is { Length: > 0 } kind)
                    {
                        judged[i] = new Judged(rows[i], groups[i], kind, measured[i], fitted.Predict(rows[i]));
                    }
                }
            });
        }
        catch (AggregateException several)
        {
            Exception first = several.InnerExceptions.OfType<TableException>().MinBy(e => e.Line) ?? several.InnerExceptions[0];
            ExceptionDispatchInfo.Throw(first);
        }

        return [.. judged.OfType<Judged>()];
    }
}

/// <summary>A measured row and what was predicted for it by a fit that did not see its group.</summary>
/// <param name="Row">The row.</param>
/// <param name="Group">What was left out together with it.</param>
/// <param name="Class">The class that its error counts under.</param>
/// <param name="Measured">The measured figure, above 0, in its column's unit.</param>
/// <param name="Prediction">The figure and its 90 % interval, in the same unit.</param>
public sealed record Judged(TableRow Row, string Group, string Class, double Measured, Prediction Prediction)
{
    /// <summary>|predicted / measured - 1|, at least 0.</summary>
    public double Error => Math.Abs(Prediction.Predicted / Measured - 1);

    /// <summary>Whether the interval holds the measured figure.</summary>
    public bool Held => Prediction.Low <= Measured && Measured <= Prediction.High;
}
