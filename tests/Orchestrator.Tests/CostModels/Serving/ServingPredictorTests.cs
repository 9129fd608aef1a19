using Orchestrator.CostModels;
using Orchestrator.CostModels.Learning;
using Orchestrator.CostModels.Serving;
using Xunit;

namespace Orchestrator.Tests.CostModels.Serving;

/// <summary>The whole predictor: what ships, what a fit gives on pairs that it has not seen.</summary>
public sealed class ServingPredictorTests
{
    private static readonly Lazy<ServingPredictor> Shipped = new(() => new ServingPredictor());

    [Fact]
    public void TheShippedTablesAnswerWithAnchorsAndAnInterval()
    {
        Prediction p = Shipped.Value.Predict(Row("H100 SXM 80GB,2,Llama-3.1-70B,fp8,2,1,1024,1024,16,tpot_ms"));
        Assert.InRange(p.Predicted, 10, 40);
        Assert.InRange(p.HalfWidth, 1.02, 3);
        Assert.True(p.Low <= p.Predicted && p.Predicted <= p.High);
        Assert.Contains("nearest measured", p.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownDeviceIsSaidAndWidensTheInterval()
    {
        Prediction known = Shipped.Value.Predict(Row("H100 SXM 80GB,1,Llama-3.1-8B,fp8,1,1,1024,1024,16,tpot_ms"));
        Prediction unknown = Shipped.Value.Predict(Row("Some New Device,1,Llama-3.1-8B,fp8,1,1,1024,1024,16,tpot_ms"));
        Assert.Contains("Some New Device", unknown.Source, StringComparison.Ordinal);
        Assert.True(unknown.HalfWidth > known.HalfWidth);
    }

    [Fact]
    public void TheSameRowsGiveTheSameFitAndTablesReadBackTheSame()
    {
        TableRow[] rows = [.. Measured().Where((_, i) => i % 60 == 0)];
        var one = (ServingPredictor)Shipped.Value.Fit(rows, TestContext.Current.CancellationToken);
        var two = (ServingPredictor)Shipped.Value.Fit(rows, TestContext.Current.CancellationToken);
        Assert.All(rows, r => Assert.Equal(one.Predict(r), two.Predict(r)));
        string folder = Directory.CreateTempSubdirectory("serving").FullName;
        one.Save(folder);
        ServingPredictor back = new(ServingTables.Read(f => File.Exists(Path.Combine(folder, f)) ? new StreamReader(Path.Combine(folder, f)) : null));
        Assert.All(rows, r => Assert.Equal(one.Predict(r), back.Predict(r)));
        Directory.Delete(folder, true);
    }

    [Fact]
    public void EveryMeasuredRowIsAnsweredWithAFigureInsideItsInterval()
    {
        foreach (TableRow row in Measured())
        {
            Prediction p = Shipped.Value.Predict(row);
            Assert.True(double.IsFinite(p.Predicted) && p.Predicted > 0 && p.Low > 0 && p.Low <= p.Predicted && p.Predicted <= p.High, $"line {row.Line}: {p}");
        }
    }

    [Fact]
    public void PairsThatAFitHasNotSeenArePredicted()
    {
        TableRow[] rows = Measured();
        ServingPredictor shipped = Shipped.Value;
        string[] pairs = [.. rows.Select(r => shipped.GroupOf(r, "pair"))];
        int[] folds = Folds.ByGroup(pairs, 5, 2);
        ServingPredictor fit = ServingPredictor.FitWithoutIntervals([.. rows.Where((_, i) => folds[i] != 0)], TestContext.Current.CancellationToken);
        var errors = Enumerable.Range(0, rows.Length).Where(i => folds[i] == 0)
            .Select(i => (Class: shipped.ClassOf(rows[i]), Pair: pairs[i], Error: Math.Abs(fit.Predict(rows[i]).Predicted / rows[i].Positive("value") - 1))).ToArray();
        // Well above what all folds reach in the median, since one fold has few pairs.
        foreach ((string name, double median, double mean) in new[] { ("per token", 0.25, 0.4), ("throughput", 0.2, 0.35), ("first token", 0.35, 0.45) })
        {
            double[] ofPairs = [.. errors.Where(e => e.Class == name).GroupBy(e => e.Pair).Select(g => Median([.. g.Select(e => e.Error)]))];
            Assert.True(ofPairs.Length >= 8);
            Assert.True(Median(ofPairs) <= median, $"{name}: median {Median(ofPairs):0.000}");
            Assert.True(ofPairs.Average(e => Math.Min(1, e)) <= mean, $"{name}: mean {ofPairs.Average(e => Math.Min(1, e)):0.000}");
        }
    }

    private static TableRow[] Measured()
    {
        using var reader = new StreamReader(Repository.Shared("data", "serving.csv"));
        return [.. Table.Parse(reader).Rows];
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    private static TableRow Row(string row) =>
        Table.Parse(new StringReader("hardware,num_devices,model,precision,tp,pp,isl,osl,concurrency_or_batch,metric\n" + row + "\n")).Rows[0];
}
