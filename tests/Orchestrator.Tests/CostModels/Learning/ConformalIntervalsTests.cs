using Orchestrator.CostModels.Learning;
using Xunit;

namespace Orchestrator.Tests.CostModels.Learning;

/// <summary>Intervals of errors whose quantiles are known.</summary>
public sealed class ConformalIntervalsTests
{
    private static readonly ConformalOptions Plain = new() { FiniteSample = 0, BorrowedPairs = 0 };

    [Fact]
    public void EndsAreTheQuantilesOfEachSide()
    {
        // 0 … 99, each its own pair: 5 below 4.5 and 5 above 94.5.
        HeldOutError[] errors = [.. Enumerable.Range(0, 100).Select(i => new HeldOutError(i - 50, 1, 1, $"p{i}", ["all"]))];
        (double low, double high) = ConformalIntervals.Fit(errors, Plain).Around(["all"], 1);
        Assert.Equal((-45.5, 44.5), (low, high));
        Assert.Equal((-91.0, 89.0), ConformalIntervals.Fit(errors, Plain).Around(["all"], 2));
    }

    [Fact]
    public void PairsCountNotRows()
    {
        // One pair with 1,000 rows of error 9 weighs no more than each of 19 pairs with one row.
        HeldOutError[] errors =
        [
            .. Enumerable.Range(0, 1000).Select(_ => new HeldOutError(9, 1, 0.001, "big", ["all"])),
            .. Enumerable.Range(0, 99).Select(i => new HeldOutError(i / 100.0, 1, 1, $"p{i}", ["all"])),
        ];
        Assert.InRange(ConformalIntervals.Fit(errors, Plain).Around(["all"], 1).High, 0.9, 1);
    }

    [Fact]
    public void AGroupOfFewPairsBorrowsFromItsParent()
    {
        HeldOutError[] errors =
        [
            .. Enumerable.Range(0, 200).Select(i => new HeldOutError(Math.Sin(i), 1, 1, $"p{i}", ["wide", "all"])),
            .. Enumerable.Range(0, 2).Select(i => new HeldOutError(0.01, 1, 1, $"q{i}", ["narrow", "all"])),
        ];
        double alone = ConformalIntervals.Fit(errors, Plain).Around(["narrow", "all"], 1).High;
        double shared = ConformalIntervals.Fit(errors, Plain with { BorrowedPairs = 4 }).Around(["narrow", "all"], 1).High;
        double all = ConformalIntervals.Fit(errors, Plain).Around(["all"], 1).High;
        Assert.Equal(0.01, alone, 1e-12);
        Assert.InRange(shared, 0.5, all);
        Assert.Equal(all, ConformalIntervals.Fit(errors, Plain).Around(["never seen", "all"], 1).High);
    }

    [Fact]
    public void HeldOutRowsOfOneDistributionAreCovered()
    {
        const ulong seed = 12;
        double Normal(int i)
        {
            double first = (Folds.Hash($"a{i}", seed) >> 11) * (1.0 / (1UL << 53)), second = (Folds.Hash($"b{i}", seed) >> 11) * (1.0 / (1UL << 53));
            return Math.Sqrt(-2 * Math.Log(1 - first)) * Math.Cos(2 * Math.PI * second);
        }

        HeldOutError[] errors = [.. Enumerable.Range(0, 400).Select(i => new HeldOutError(Normal(i) * (1 + (i % 3)), 1 + (i % 3), 1, $"p{i}", ["all"]))];
        var fit = ConformalIntervals.Fit(errors);
        int inside = 0;
        for (int i = 400; i < 4400; i++)
        {
            (double low, double high) = fit.Around(["all"], 1 + (i % 3));
            double error = Normal(i) * (1 + (i % 3));
            inside += error >= low && error <= high ? 1 : 0;
        }

        Assert.InRange(inside / 4000.0, 0.87, 0.93);
    }

    [Fact]
    public void ASavedFitIsTheSame()
    {
        HeldOutError[] errors = [.. Enumerable.Range(0, 30).Select(i => new HeldOutError(Math.Sin(i), 1, 1, $"p{i}", [$"g, {i % 2}", "all"]))];
        var fit = ConformalIntervals.Fit(errors);
        var text = new StringWriter();
        fit.Save(text, "a test");
        Assert.Equal(fit.Ends, ConformalIntervals.Load(new StringReader(text.ToString())).Ends);
        Assert.Equal((0.0, 0.0), fit.Around(["never seen"], 1));
    }
}
