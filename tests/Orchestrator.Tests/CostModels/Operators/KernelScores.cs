using Orchestrator.CostModels;

namespace Orchestrator.Tests.Costs;

/// <summary>Reads measured tables and scores predictors on what was left out of their fit.</summary>
internal static class KernelScores
{
    public static Table Measured(string file)
    {
        using var reader = new StreamReader(Repository.Shared("data", file));
        return Table.Parse(reader);
    }

    public static Table Parse(string text)
    {
        using var reader = new StringReader(text);
        return Table.Parse(reader);
    }

    /// <summary>Median |predicted / measured − 1|, share inside the interval and median half-width of rows that a fit on the others predicts.</summary>
    public static (double Error, double Inside, double HalfWidth) LeaveOut(IPredictor predictor, IReadOnlyList<TableRow> rows, Func<TableRow, bool> left)
    {
        IPredictor fit = predictor.Fit([.. rows.Where(r => !left(r))], CancellationToken.None);
        var test = rows.Where(left).Select(r => (Prediction: fit.Predict(r), Measured: r.Positive(predictor.Measured))).ToList();
        return (
            Median(test.Select(t => Math.Abs(t.Prediction.Predicted / t.Measured - 1))),
            test.Average(t => t.Prediction.Low <= t.Measured && t.Measured <= t.Prediction.High ? 1.0 : 0),
            Median(test.Select(t => t.Prediction.HalfWidth)));
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>One in so many groups, by a hash that is the same everywhere.</summary>
    public static bool InFold(string group, int folds)
    {
        uint hash = 2166136261;
        foreach (char c in group)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (hash ^ (hash >> 15)) % folds == 0;
    }

    /// <summary>Compares the tables that a predictor saves with those that come with the program, line by line.</summary>
    public static IEnumerable<string> Differences(IPredictor predictor)
    {
        string folder = Directory.CreateTempSubdirectory("orc-tables-").FullName;
        try
        {
            predictor.Save(folder);
            foreach (string file in Directory.EnumerateFiles(folder))
            {
                string name = Path.GetFileName(file);
                using Stream? stream = typeof(Catalogue).Assembly.GetManifestResourceStream(name);
                using TextReader shipped = stream is null ? new StringReader("") : new StreamReader(stream);
                string[] old = shipped.ReadToEnd().Split('\n');
                string[] now = File.ReadAllText(file).Split('\n');
                foreach ((string a, string b) in old.Zip(now).Where(p => p.First != p.Second))
                {
                    yield return $"{name}: {a} | {b}";
                }

                if (old.Length != now.Length)
                {
                    yield return $"{name}: {old.Length} lines | {now.Length}";
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
