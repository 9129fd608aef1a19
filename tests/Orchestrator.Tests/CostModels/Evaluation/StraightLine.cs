using System.Collections.Immutable;
using Orchestrator.CostModels;

namespace Orchestrator.Tests.CostModels.Evaluation;

/// <summary>Predicts <c>us</c> as <c>size</c> times the median rate of what it was fitted on; knows 2 before that. The interval is a factor of 1.5 either way.</summary>
internal sealed class StraightLine(double rate, int fittedOn) : IPredictor
{
    public StraightLine() : this(2, 0)
    {
    }

    public ImmutableArray<string> Columns => ["hardware", "size"];

    public string Measured => "us";

    public ImmutableArray<string> HoldOuts => ["device", "size"];

    public double Rate => rate;

    public string GroupOf(TableRow row, string holdOut) => holdOut == "device" ? row["hardware"] : row["size"];

    public string ClassOf(TableRow row) => row["class"] == "unused" ? "" : "line";

    public Prediction Predict(TableRow row)
    {
        double us = row.Positive("size") * rate;
        return new Prediction(us, us / 1.5, us * 1.5, "line", $"{fittedOn} rows, \"quoted\"");
    }

    public IPredictor Fit(IReadOnlyList<TableRow> measured, CancellationToken token)
    {
        double[] rates = [.. measured.Select(r => r.Positive("us") / r.Positive("size")).Order()];
        return new StraightLine(rates[rates.Length / 2], measured.Count);
    }

    public void Save(string folder) => File.WriteAllText(Path.Combine(folder, "line.csv"), $"rate\n{rate}\n");
}
