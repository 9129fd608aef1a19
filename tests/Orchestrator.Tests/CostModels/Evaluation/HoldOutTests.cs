using System.Globalization;
using System.Text;
using Orchestrator.CostModels;
using Orchestrator.CostModels.Evaluation;
using Xunit;

namespace Orchestrator.Tests.CostModels.Evaluation;

/// <summary>A predictor is judged on groups that it was not fitted on, and the scores are what they say.</summary>
public sealed class HoldOutTests
{
    [Fact]
    public void AGroupIsNeverFittedAndJudgedTogether()
    {
        // Device d2 is ten times slower than the others, which no fit without it can know.
        IReadOnlyList<TableRow> rows = Rows(Enumerable.Range(0, 12).Select(i => ($"d{i % 4}", i + 1.0, (i + 1.0) * (i % 4 == 2 ? 30 : 3), "")));
        IReadOnlyList<Judged> judged = new HoldOut("device", Folds: 4).Run(new StraightLine(), rows, CancellationToken.None);
        Assert.Equal(12, judged.Count);
        Assert.All(judged, j => Assert.Equal("9 rows, \"quoted\"", j.Prediction.Source));
        Assert.All(judged, j => Assert.Equal(j.Group == "d2" ? 0.9 : 0, j.Error, 9));
        Assert.Equal(rows.Select(r => r.Line), judged.Select(j => j.Row.Line));
    }

    [Fact]
    public void TheSameSeedGivesTheSameFoldsOnAnyNumberOfThreads()
    {
        IReadOnlyList<TableRow> rows = Rows(Enumerable.Range(0, 60).Select(i => ($"d{i % 17}", i + 1.0, (i + 1.0) * (1 + i * 37 % 101), "")));
        double[] one = Errors(new HoldOut("device", 5, Seed: 3, Threads: 1));
        Assert.Equal(one, Errors(new HoldOut("device", 5, Seed: 3, Threads: 4)));
        Assert.NotEqual(one, Errors(new HoldOut("device", 5, Seed: 4, Threads: 4)));

        double[] Errors(HoldOut holdOut) => [.. holdOut.Run(new StraightLine(), rows, CancellationToken.None).Select(j => j.Error)];
    }

    [Fact]
    public void ScoresWeighGroupsTheSame()
    {
        // Three groups with median errors 0, 0.1 and 4 (counted as 1): 100 rows of the best one do not hide the worst.
        Judged[] rows =
        [
            .. Enumerable.Repeat(Judge("a", 100, 100), 100),
            Judge("b", 110, 100), Judge("b", 110, 100), Judge("b", 300, 100),
            Judge("c", 500, 100),
        ];
        Score score = Score.Of("x", rows);
        Assert.Equal((3, 104), (score.Groups, score.Rows));
        Assert.Equal(0.1, score.Median, 9);
        Assert.Equal(1.1 / 3, score.CappedMean, 9);
        Assert.Equal(0, score.RowMedian, 9);
        Assert.Equal(102 / 104.0, score.Coverage, 9);
        Assert.Equal(1.5, score.HalfWidth, 9);
    }

    [Fact]
    public void RowsWithoutAClassAreFittedButNotJudged()
    {
        IReadOnlyList<TableRow> rows = Rows([("a", 1, 3, ""), ("a", 2, 6, "unused"), ("b", 1, 3, "")]);
        IReadOnlyList<Judged> judged = new HoldOut("device", 2).Run(new StraightLine(), rows, CancellationToken.None);
        Assert.Equal(2, judged.Count);
        Assert.Contains(judged, j => j.Prediction.Source.StartsWith("2 rows", StringComparison.Ordinal));
    }

    [Fact]
    public void OneGroupCannotBeLeftOut() =>
        Assert.Throws<TableException>(() => new HoldOut("device").Run(new StraightLine(), Rows([("a", 1, 2, ""), ("a", 2, 4, "")]), CancellationToken.None));

    [Fact]
    public void AFieldThatCannotBeReadIsToldAsSuchOnManyThreads()
    {
        IReadOnlyList<TableRow> rows = Rows([("a", 1, 2, ""), ("b", -1, 2, ""), ("c", -1, 2, "")]);
        TableException mistake = Assert.Throws<TableException>(() => new HoldOut("device", 3, Threads: 3).Run(new StraightLine(), rows, CancellationToken.None));
        Assert.Equal("size", mistake.Column);
    }

    internal static IReadOnlyList<TableRow> Rows(IEnumerable<(string Hardware, double Size, double Us, string Class)> rows)
    {
        var text = new StringBuilder("hardware,size,us,class\n");
        foreach ((string hardware, double size, double us, string kind) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{hardware},{size},{us},{kind}\n");
        }

        return Table.Parse(new StringReader(text.ToString())).Rows;
    }

    private static Judged Judge(string group, double predicted, double measured) =>
        new(new TableRow(1, new Dictionary<string, int>(), []), group, "x", measured, new Prediction(predicted, predicted / 1.5, predicted * 1.5, "m", "s"));
}
