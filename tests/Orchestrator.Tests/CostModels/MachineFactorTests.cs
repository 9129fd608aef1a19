using Orchestrator.CostModels;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.CostModels;

/// <summary>What runs on a machine teach about other work on it.</summary>
public sealed class MachineFactorTests
{
    private const double ModelFactor = 2.1;

    [Fact]
    public void NothingIsLearnedFromOtherDevicesAndModels()
    {
        Calibration calibration = Of(("H200", "roofline", 0, 2.0), ("H100", "encoder", 0, 2.0));
        Assert.Null(MachineFactor.Learned(calibration, "H100", "roofline", "m", "prefill", "1 in"));
        Assert.Equal(1, MachineFactor.Learned(calibration, "H200", "roofline", "m", "prefill", "1 in")!.Runs); // learned
    }

    [Fact]
    public void OneRunIsTrustedPartlyAndManyNearlyWholly()
    {
        double one = Factor(1).Scale;
        double three = Factor(3).Scale;
        double many = Factor(30).Scale;
        Assert.InRange(one, 1.2, 1.6);
        Assert.InRange(three, one, 1.8);
        Assert.InRange(many, 1.85, 2);
    }

    [Fact]
    public void TheSameTaskTeachesMoreThanAnotherAndTheSameSizeMost()
    {
        Calibration calibration = Of(("H100", "roofline", 0, 2.0));
        double other = MachineFactor.Learned(calibration, "H100", "roofline", "other", "decode", "9 in")!.Scale; // learned
        double size = MachineFactor.Learned(calibration, "H100", "roofline", "m0", "prefill", "9 in")!.Scale; // learned
        double same = MachineFactor.Learned(calibration, "H100", "roofline", "m0", "prefill", "0 in")!.Scale; // learned
        Assert.True(1 < other && other < size && size < same && same < 2, $"{other} {size} {same}");
    }

    [Fact]
    public void ErrorsThatAgreeNarrowTheIntervalAndErrorsThatDisagreeDoNot()
    {
        double last = 1;
        foreach (int runs in new[] { 1, 2, 4, 8, 16, 32 })
        {
            double spread = Factor(runs).For(ModelFactor).Spread;
            Assert.True(spread < last, $"{runs} runs leave {spread} of the interval, fewer left {last}");
            last = spread;
        }

        Calibration wild = Of([.. Enumerable.Range(0, 8).Select(i => ("H100", "roofline", i, i % 2 == 0 ? 8.0 : 0.125))]);
        Assert.True(MachineFactor.Learned(wild, "H100", "roofline", "x", "prefill", "")!.For(ModelFactor).Spread > 1.5); // learned
    }

    [Fact]
    public void TheNewIntervalHoldsNinetyOfAHundred()
    {
        const int seed = 20240611;
        var random = new Random(seed);
        int held = 0;
        int nearer = 0;
        int narrower = 0;
        const int machines = 3000;
        double deviation = Math.Log(ModelFactor) / 1.645;
        for (int m = 0; m < machines; m++)
        {
            double device = Normal() * deviation * Math.Sqrt(0.5);
            double[] errors = [.. Enumerable.Range(0, 7).Select(_ => device + Normal() * deviation * Math.Sqrt(0.5))];
            Calibration calibration = Of([.. Enumerable.Range(0, 6).Select(i => ("H100", "roofline", i, Math.Exp(errors[i])))]);
            MachineFactor factor = MachineFactor.Learned(calibration, "H100", "roofline", "new", "prefill", "")!.For(ModelFactor); // learned
            double left = errors[6] - Math.Log(factor.Scale);
            held += Math.Abs(left) <= Math.Log(ModelFactor) * factor.Spread ? 1 : 0;
            nearer += Math.Abs(left) < Math.Abs(errors[6]) ? 1 : 0;
            narrower += factor.Spread < 1 ? 1 : 0;
        }

        Assert.InRange(held / (double)machines, 0.88, 0.94);
        Assert.True(nearer > 0.6 * machines, $"{nearer} of {machines} nearer (seed {seed})");
        Assert.True(narrower > 0.8 * machines, $"{narrower} of {machines} narrower (seed {seed})");

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    [Fact]
    public void AnEstimateKeepsWhatTheModelAloneSaid()
    {
        var time = Interval.Within(0.1, ModelFactor);
        var estimate = new Estimate(time, time * 1.3, time, Bytes.Zero, "roofline", "a table");
        Estimate corrected = Factor(4).Correct(estimate);
        Assert.Equal(0.1, corrected.P50.Likely / corrected.Correction!.Value, 12); // corrected
        Assert.Equal(1.3, corrected.P95.Likely / corrected.P50.Likely, 12);
        Assert.True(corrected.P50.High / corrected.P50.Low < time.High / time.Low);
        Assert.Contains("by 4 tasks run", corrected.Source, StringComparison.Ordinal);
    }

    private static MachineFactor Factor(int runs) =>
        MachineFactor.Learned(Of([.. Enumerable.Range(0, runs).Select(i => ("H100", "roofline", i, 2.0))]), "H100", "roofline", "new", "prefill", "")!; // learned

    private static Calibration Of(params (string Device, string Model, int Task, double Ratio)[] errors) => new([])
    {
        Ratios = [.. errors.Select(e => new CalibrationRatio(e.Device, e.Model, $"m{e.Task}", "prefill", "0 in", e.Ratio))],
    };
}
