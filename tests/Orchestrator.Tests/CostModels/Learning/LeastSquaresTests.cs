using Orchestrator.CostModels.Learning;
using Xunit;

namespace Orchestrator.Tests.CostModels.Learning;

/// <summary>Robust least squares, ridge, folds and quantiles against what can be worked out by hand.</summary>
public sealed class LeastSquaresTests
{
    [Fact]
    public void ALineWithoutNoiseIsFoundExactly()
    {
        double[] x = [0, 1, 2, 3, 4];
        RobustFit fit = RobustLeastSquares.Fit(p => [.. x.Select(v => (2 + (3 * v)) - (p[0] + (p[1] * v)))], [new(0, 1e4), new(0, 1e4)]);
        Assert.Equal(2, fit.Parameters[0], 1e-5);
        Assert.Equal(3, fit.Parameters[1], 1e-5);
        Assert.True(fit.Converged);
    }

    [Fact]
    public void ACurveIsFoundAndAnOutlierIsNot()
    {
        double[] t = [.. Enumerable.Range(0, 20).Select(i => i * 0.2)];
        double[] y = [.. t.Select(v => 2 * Math.Exp(-0.7 * v))];
        y[3] += 10;
        Func<double[], double[]> residuals = p => [.. t.Select((v, i) => y[i] - (p[0] * Math.Exp(-p[1] * v)))];
        RobustFit robust = RobustLeastSquares.Fit(residuals, [new(1, 10), new(0.3, 10)], options: new RobustOptions { Delta = 0.01, Iterations = 200 });
        RobustFit squares = RobustLeastSquares.Fit(residuals, [new(1, 10), new(0.3, 10)], options: new RobustOptions { Delta = 1000, Iterations = 200 });
        Assert.Equal(2, robust.Parameters[0], 0.02);
        Assert.Equal(0.7, robust.Parameters[1], 0.02);
        Assert.True(Math.Abs(squares.Parameters[0] - 2) > 0.5);
    }

    [Fact]
    public void APriorWeighsAsRowsDo()
    {
        // Two rows say 3 with noise 1 and weights 1 and 2, the prior says 0 ± 0.5: the mean is 9 / (3 + 4). The third parameter has no row, the second is fixed.
        RobustFit fit = RobustLeastSquares.Fit(
            p => [3 - p[0], 3 - p[0]], [new(0, 0.5), new(7, 0), new(-2, 3)], [1, 2], new RobustOptions { Delta = 1e4, Tolerance = 1e-14 });
        Assert.Equal(9.0 / 7, fit.Parameters[0], 1e-6);
        Assert.Equal(7, fit.Parameters[1]);
        Assert.Equal(-2, fit.Parameters[2], 1e-9);
        Assert.Equal(1 / Math.Sqrt(7), fit.Deviations[0], 1e-6);
        Assert.Equal(0, fit.Deviations[1]);
        Assert.Equal(3, fit.Deviations[2], 1e-6);
    }

    [Fact]
    public void ImpossibleParametersAreStepsBack()
    {
        // The logarithm forbids p <= 0, and the first full step would go there.
        RobustFit fit = RobustLeastSquares.Fit(p => [Math.Log(p[0]) - Math.Log(0.01)], [new(5, 1000)], options: new RobustOptions { Delta = 10 });
        Assert.Equal(0.01, fit.Parameters[0], 1e-4);
    }

    [Fact]
    public void AFitCanBeStopped()
    {
        using var source = new CancellationTokenSource();
        int calls = 0;
        Assert.Throws<OperationCanceledException>(() => RobustLeastSquares.Fit(
            p =>
            {
                if (++calls == 3)
                {
                    source.Cancel();
                }

                return [p[0] - 1, p[0] - 2];
            },
            [new(0, 1)],
            token: source.Token));
        Assert.Equal(3, calls);
    }

    [Fact]
    public void RidgeShrinksAMeanByItsPenalty()
    {
        // One effect over n rows: Σy / (n + λ).
        Ridge fit = Ridge.Fit([["a"], ["a"], ["b"]], [1, 2, 4], [1, 1, 2], name => name == "a" ? 0.5 : 3);
        Assert.Equal(3 / 2.5, fit.Effects["a"], 1e-12);
        Assert.Equal(8 / 5.0, fit.Effects["b"], 1e-12);
        Assert.Equal(fit.Effects["a"] + fit.Effects["b"], fit.Predict(["a", "b", "not seen"]), 1e-12);
        Assert.Equal(fit.Predict(["a"]), Ridge.Restore(fit.Effects).Predict(["a"]));
    }

    [Fact]
    public void RidgeWithHuberWeightsOverrulesAnOutlier()
    {
        string[][] rows = [.. Enumerable.Repeat<string[]>(["a"], 9)];
        double[] values = [1, 1, 1, 1, 1, 1, 1, 1, 100];
        double[] weights = [1, 1, 1, 1, 1, 1, 1, 1, 1];
        Assert.Equal(12, Ridge.Fit(rows, values, weights, _ => 1e-9).Effects["a"], 1e-6);
        Assert.InRange(Ridge.Fit(rows, values, weights, _ => 1e-9, huber: 0.1, rounds: 10).Effects["a"], 1, 1.05);
    }

    [Fact]
    public void FoldsKeepGroupsWholeAndEven()
    {
        string[] groups = [.. Enumerable.Range(0, 300).Select(i => $"g{i % 23}")];
        int[] folds = Folds.ByGroup(groups, 5, 7);
        Assert.All(groups.Zip(folds).GroupBy(p => p.First), g => Assert.Single(g.Select(p => p.Second).Distinct()));
        int[] sizes = [.. groups.Zip(folds).Distinct().CountBy(p => p.Second).Select(p => p.Value)];
        Assert.Equal((4, 5), (sizes.Min(), sizes.Max()));
        Assert.NotEqual(folds, Folds.ByGroup(groups, 5, 8));

        // The order of rows does not matter.
        string[] turned = [.. groups.Reverse()];
        Assert.Equal(folds.Reverse(), Folds.ByGroup(turned, 5, 7));
    }

    [Fact]
    public void WeightsAndThinningAreByGroup()
    {
        string[] groups = ["a", "a", "a", "a", "b"];
        Assert.Equal([0.5, 0.5, 0.5, 0.5, 1], Folds.Weights(groups, 0.5));
        Assert.Equal([1, 3, 4], Folds.Thinned(groups, 2));
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.25, 1.5)]
    [InlineData(0.9, 3)]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    public void QuantilesCountWeight(double level, double expected) =>
        Assert.Equal(expected, WeightedQuantile.Of([(3, 1), (1, 1), (9, 0), (2, 2)], level));
}
