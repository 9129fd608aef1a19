using Orchestrator.CostModels;
using Orchestrator.CostModels.Learning;
using Xunit;

namespace Orchestrator.Tests.CostModels.Learning;

/// <summary>Gaussian-process regression against closed forms for one and two anchors, and against itself fitted without a group.</summary>
public sealed class KrigingTests
{
    private static readonly KernelTerm Smooth = new("smooth", 0.5, [], [new SmoothFactor(0, 2)]);

    [Fact]
    public void OneAnchorShrinksByVarianceOverVarianceAndNoise()
    {
        PointTable points = Line(3);
        Kriging fit = Kriging.Fit(new ProductKernel([Smooth]), points, [1.2], [0.05], new KrigingOptions { Rounds = 0 });
        double covariance = 0.25 * Math.Exp(-0.5 * 0.25);
        KrigingEstimate estimate = fit.Predict([4], [-1]);
        Assert.Equal(covariance / 0.3 * 1.2, estimate.Mean, 1e-12);
        Assert.Equal(estimate.Mean, fit.Mean([4], [-1]), 1e-12);
        Assert.Equal(0.25 - (covariance * covariance / 0.3), estimate.Variance, 1e-12);
        Assert.Equal([(0, 1.0)], estimate.Anchors);
        Assert.Equal(-0.5 * ((1.44 / 0.3) + Math.Log(0.3) + Math.Log(2 * Math.PI)), fit.LogLikelihood, 1e-12);
    }

    [Fact]
    public void TwoAnchorsSolveTheirTwoByTwoSystem()
    {
        Kriging fit = Kriging.Fit(new ProductKernel([Smooth]), Line(0, 2), [1, -0.5], [0.1, 0.2], new KrigingOptions { Rounds = 0 });
        double c = 0.25 * Math.Exp(-0.5), a = 0.35, b = 0.45, det = (a * b) - (c * c);
        double first = ((b * 1) - (c * -0.5)) / det, second = ((a * -0.5) - (c * 1)) / det;
        Assert.Equal(first, fit.Alpha[0], 1e-12);
        Assert.Equal(second, fit.Alpha[1], 1e-12);
        double near = 0.25 * Math.Exp(-0.5 * 0.25);
        Assert.Equal((near * first) + (near * second), fit.Mean([1], [-1]), 1e-12);
    }

    [Theory]
    [InlineData(KernelShape.SquaredExponential, 0.60653065971263342)] // exp(-1/2)
    [InlineData(KernelShape.Matern32, 0.48335772459650767)] // (1 + √3) exp(-√3)
    [InlineData(KernelShape.Exponential, 0.36787944117144233)] // exp(-1)
    public void ShapesFallAsTheyShould(KernelShape shape, double atOneLength)
    {
        var kernel = new ProductKernel([new KernelTerm("t", 1, [], [new SmoothFactor(0, 2)], shape)]);
        double[] row = new double[1];
        kernel.Row([5], [-1], Line(3), row);
        Assert.Equal(atOneLength, row[0], 1e-12);
    }

    [Fact]
    public void UnknownLabelsAndFeaturesMatchNothing()
    {
        var points = new PointTable(["x"], ["device"]);
        points.Add([1], ["H100"]);
        points.Add([1], [""]);
        points.Add([double.NaN], ["H100"]);
        var kernel = new ProductKernel([new KernelTerm("device", 2, [0], []), new KernelTerm("smooth", 1, [], [new SmoothFactor(0, 1)])]);
        double[] row = new double[3];
        kernel.Row([1], points.Ids(["H100"]), points, row);
        Assert.Equal([5.0, 1, 4], row);
        kernel.Row([1], points.Ids(["never seen"]), points, row);
        Assert.Equal([1.0, 1, 0], row);
        kernel.Row([1], points.Ids([""]), points, row);
        Assert.Equal([1.0, 1, 0], row);
    }

    [Fact]
    public void AnOutlierRowIsOverruled()
    {
        PointTable points = Line(0, 0.5, 1, 1.5, 2);
        double[] values = [0.3, 0.3, 5, 0.3, 0.3];
        double[] noise = [0.01, 0.01, 0.01, 0.01, 0.01];
        var kernel = new ProductKernel([Smooth]);
        double trusting = Kriging.Fit(kernel, points, values, noise, new KrigingOptions { Rounds = 0 }).Mean([1], [-1]);
        double robust = Kriging.Fit(kernel, points, values, noise, new KrigingOptions { Rounds = 20 }).Mean([1], [-1]);
        Assert.InRange(trusting, 1, 3);
        Assert.InRange(robust, 0.28, 0.55);
    }

    [Fact]
    public void AnOddGroupDoesNotBendTheRestAndKeepsItsOwnLevel()
    {
        var points = new PointTable([], ["pair"]);
        double[] values = [0.1, 0.1, 0.1, 0.1, 0.1, 3];
        for (int i = 0; i < values.Length; i++)
        {
            points.Add([], [$"pair {i}"]);
        }

        var kernel = new ProductKernel([new KernelTerm("all", 1, [], []), new KernelTerm("pair", 0.1, [0], [])]);
        double[] noise = [.. values.Select(_ => 0.001)];
        Kriging trusting = Kriging.Fit(kernel, points, values, noise, new KrigingOptions { Rounds = 0 });
        Kriging robust = Kriging.Fit(kernel, points, values, noise, new KrigingOptions { Rounds = 20, HeavyTerms = [1] });
        Assert.True(trusting.Mean([], [-1]) > 0.5);
        Assert.InRange(robust.Mean([], [-1]), 0.09, 0.2);
        Assert.InRange(robust.Mean([], points.Ids(["pair 5"])), 2, 3);
    }

    [Fact]
    public void ASmoothEffectIsWidenedAsAConstantOneWhereItsFeatureDoesNotVary()
    {
        Kriging Fit(params SmoothFactor[] factors)
        {
            var points = new PointTable(["x"], ["device"]);
            for (int i = 0; i < 6; i++)
            {
                points.Add([7], [i < 2 ? "odd" : "usual"]);
            }

            var kernel = new ProductKernel([new KernelTerm("device", 0.1, [0], [.. factors]), new KernelTerm("all", 0.5, [], [])]);
            return Kriging.Fit(kernel, points, [2, 2.1, 0.1, 0.2, 0.1, 0.2], [.. Enumerable.Repeat(0.01, 6)], new KrigingOptions { HeavyTerms = [0], Rounds = 4 });
        }

        Kriging constant = Fit(), smooth = Fit(new SmoothFactor(0, 2));
        int[] odd = constant.Points.Ids(["odd"]);
        Assert.InRange(constant.Mean([7], odd), 1.6, 2.1);
        Assert.Equal(constant.Mean([7], odd), smooth.Mean([7], odd), 1e-9);
    }

    [Fact]
    public void AllAnchorsNearGiveTheExactAnswer()
    {
        PointTable points = Line(0, 1, 2, 3);
        double[] values = [0.1, 0.4, 0.2, -0.3];
        double[] noise = [0.01, 0.01, 0.01, 0.01];
        var kernel = new ProductKernel([Smooth]);
        Kriging exact = Kriging.Fit(kernel, points, values, noise, new KrigingOptions { Rounds = 0 });
        var local = new LocalKriging(kernel, points, values, noise);
        Assert.Equal(exact.Mean([1.4], [-1]), local.Predict([1.4], [-1], nearest: 4).Mean, 1e-12);
        Assert.True(local.Predict([1.4], [-1], nearest: 2).Variance >= local.Predict([1.4], [-1], nearest: 4).Variance);
        Assert.Equal([1, 2], local.Predict([1.4], [-1], nearest: 2).Anchors.Select(a => a.Point).Order());
    }

    [Fact]
    public void ASavedFitAnswersToTheLastBit()
    {
        var points = new PointTable(["log x"], ["device", "pair"]);
        points.Add([1.1], ["H100, \"SXM\"", "a"]);
        points.Add([double.NaN], ["", "b"]);
        points.Add([0.7], ["L40S", "c"]);
        var kernel = new ProductKernel([
            new KernelTerm("device", 0.4, [0], []), new KernelTerm("pair", 0.01, [1], []),
            new KernelTerm("smooth", 0.3, [0], [new SmoothFactor(0, 1.7)], KernelShape.Matern32)]);
        Kriging fit = Kriging.Fit(kernel, points, [0.3, -0.2, 1], [0.01, 0.1, 0.02], new KrigingOptions { HeavyTerms = [0, 1, 2], GroupThreshold = 0.5 });
        var terms = new StringWriter();
        var anchors = new StringWriter();
        KrigingTable.SaveKernel(fit, terms, "a test");
        KrigingTable.SaveAnchors(fit, anchors);
        Kriging loaded = KrigingTable.Load(new StringReader(terms.ToString()), new StringReader(anchors.ToString()));
        Assert.Contains(",w:0", anchors.ToString(), StringComparison.Ordinal);
        foreach (string[] labels in new string[][] { ["H100, \"SXM\"", "a"], ["L40S", ""], ["new", "c"] })
        {
            Assert.Equal(fit.Mean([0.9], fit.Points.Ids(labels)), loaded.Mean([0.9], loaded.Points.Ids(labels)));
            Assert.Equal(fit.Predict([0.9], fit.Points.Ids(labels)).Variance, loaded.Predict([0.9], loaded.Points.Ids(labels)).Variance);
        }
    }

    [Fact]
    public void ATermOverAMissingColumnIsExplained()
    {
        TableException error = Assert.Throws<TableException>(() => KrigingTable.Load(
            new StringReader("term,deviation,labels,features,lengths,shape\nt,1,gone,,,Matern32\n"), new StringReader("f:x,noise,alpha\n")));
        Assert.Equal((2, "labels"), (error.Line, error.Column));
        Assert.Contains("gone", error.Message, StringComparison.Ordinal);
    }

    private static PointTable Line(params double[] xs)
    {
        var points = new PointTable(["x"], ["none"]);
        foreach (double x in xs)
        {
            points.Add([x], [""]);
        }

        return points;
    }
}
