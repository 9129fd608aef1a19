using Orchestrator.CostModels.Learning;
using Xunit;

namespace Orchestrator.Tests.CostModels.Learning;

/// <summary>Trees on functions that a tree can say exactly.</summary>
public sealed class BoostedTreesTests
{
    private static readonly BoostingOptions All = new() { RowShare = 1, FeatureShare = 1, LeafShrinkage = 0, LeafWeight = 1 };

    [Fact]
    public void OneTreeFindsAStepAndTheMedianOfEachSide()
    {
        double[][] rows = [[1], [2], [3], [4], [5], [6]];
        BoostedTrees fit = BoostedTrees.Fit(rows, [-1, -2, -9, 4, 5, 60], [1, 1, 1, 1, 1, 1], All with { Trees = 1, Depth = 1, Shrinkage = 1 });
        Assert.Equal(-2, fit.Predict([3]));
        Assert.Equal(5, fit.Predict([3.1]));
        Assert.Equal(-2, fit.Predict([double.NaN]));
    }

    [Fact]
    public void ManyTreesFindAnInteraction()
    {
        double[][] rows = [.. Enumerable.Range(0, 400).Select(i => (double[])[i % 20, i / 20, Math.Sin(i)])];
        double[] values = [.. rows.Select(r => r[0] > 9 && r[1] > 12 ? 2.0 : 0)];
        double[] weights = [.. rows.Select(_ => 1.0)];
        BoostedTrees fit = BoostedTrees.Fit(rows, values, weights, new BoostingOptions { Trees = 200, Depth = 2, Shrinkage = 0.1 });
        Assert.Equal(2, fit.Predict([15, 18, 0]), 0.1);
        Assert.Equal(0, fit.Predict([15, 3, 0]), 0.1);
        Assert.Equal(0, fit.Predict([3, 18, 0]), 0.1);
    }

    [Fact]
    public void SmallLeavesAreDrawnToZero()
    {
        double[][] rows = [[0], [0], [0], [1], [1], [1]];
        BoostedTrees fit = BoostedTrees.Fit(rows, [0, 0, 0, 1, 1, 1], [1, 1, 1, 1, 1, 1], All with { Trees = 1, Depth = 1, Shrinkage = 1, LeafShrinkage = 4 });
        Assert.Equal(0, fit.Predict([1]));
    }

    [Fact]
    public void TheSameSeedGrowsTheSameTreesAndTheySurviveAFile()
    {
        double[][] rows = [.. Enumerable.Range(0, 200).Select(i => (double[])[Math.Sin(i), Math.Cos(3 * i), i])];
        double[] values = [.. rows.Select(r => r[0] + (r[1] * r[0]))];
        double[] weights = [.. rows.Select(_ => 1.0)];
        BoostedTrees first = BoostedTrees.Fit(rows, values, weights);
        BoostedTrees other = BoostedTrees.Fit(rows, values, weights, new BoostingOptions { Seed = 2 });
        var text = new StringWriter();
        first.Save(text);
        var again = new StringWriter();
        BoostedTrees.Fit(rows, values, weights).Save(again);
        Assert.Equal(text.ToString(), again.ToString());
        BoostedTrees loaded = BoostedTrees.Load(new StringReader(text.ToString()));
        Assert.Equal(first.Count, loaded.Count);
        Assert.All(rows, r => Assert.Equal(first.Predict(r), loaded.Predict(r)));
        Assert.Contains(rows, r => first.Predict(r) != other.Predict(r));
    }
}
