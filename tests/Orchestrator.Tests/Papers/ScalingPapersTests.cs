using Orchestrator.Cli.Papers;
using Orchestrator.CostModels.TestTime;
using Orchestrator.CostModels.Training;
using Xunit;

namespace Orchestrator.Tests.Papers;

/// <summary>Papers whose figures are exponents and curves.</summary>
public sealed class ScalingPapersTests
{
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(0.8, 0.6)]
    [InlineData(1.0 / 3, 5.0 / 6)]
    [InlineData(0, 1)]
    public void ActivationsGrowWithTheShareThatWidthLeaves(double share, double exponent)
    {
        var scaling = new CompoundScaling(share);
        Assert.Equal(exponent, scaling.ActivationExponent, 12);
        Assert.Equal(7, scaling.Depth(7) * Math.Pow(scaling.Width(7) * scaling.Resolution(7), 2), 9);
        Assert.InRange(ModelScaling.Exponent(scaling), exponent - 0.005, exponent + 0.005);
    }

    [Fact]
    public void SamplesStopPayingWhereCountingSaysSo()
    {
        var sampling = new RepeatedSampling(0.533, 0.12);
        Assert.Equal(15, sampling.Saturation(0.01)); // ln(0.01 / 0.06396) / ln(0.88) = 14.52
        Assert.True(sampling.Gain(15) <= 0.01 && sampling.Gain(14) > 0.01);
        Assert.Equal(0, sampling.Saturation(0.1));
        Assert.InRange(sampling.Played(8, 100_000, new Random(3)), sampling.Success(8) - 0.0065, sampling.Success(8) + 0.0065); // 4 standard errors
    }

    [Fact]
    public void ACurveOfSamplesIsFoundFromItsPoints()
    {
        var truth = new RepeatedSampling(0.533, 0.12);
        RepeatedSampling found = RepeatedSampling.Fit([.. new[] { 1.0, 2, 4, 8, 16, 32 }.Select(n => (n, truth.Success(n)))]);
        Assert.Equal(truth.Ceiling, found.Ceiling, 3);
        Assert.Equal(truth.Chance, found.Chance, 3);
        Assert.Throws<ArgumentException>(() => RepeatedSampling.Fit([(4, 0.3), (4, 0.31)]));
    }

    [Theory]
    [InlineData("model-scaling", 1, 0.6, 0.005)]
    [InlineData("model-scaling", 2, 0.833, 0.005)]
    [InlineData("scalerl", 0, 0.61, 0.0122)] // 2 %
    [InlineData("ttspm", 0, 0, 0)]
    [InlineData("ttspm", 1, 0, 0)]
    [InlineData("time-series-scaling", 0, 0, 0)]
    [InlineData("data-filtering", 0, 0.5, 0)]
    [InlineData("data-filtering", 1, 0, 0)]
    public void FiguresAre(string paper, int claim, double expected, double within) =>
        Assert.InRange(Assert.IsType<NumberClaim>(PapersTests.Claims(paper)[claim]).Value, expected - within, expected + within);

    [Theory]
    [InlineData("model-scaling", "10023")]
    [InlineData("scalerl", "11123")]
    [InlineData("ttspm", "0011333")]
    [InlineData("time-series-scaling", "0133")]
    [InlineData("data-filtering", "00223")]
    public void OutcomesAre(string paper, string outcomes) =>
        Assert.Equal(outcomes, string.Concat(PapersTests.Claims(paper).Select(c => (int)c.Verdict.Outcome)));
}
