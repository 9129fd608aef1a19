using System.Collections.Immutable;

namespace Orchestrator.CostModels;

/// <summary>Marks what answers <c>orc predict --kind NAME</c>.</summary>
/// <param name="name">The kind: <c>gemm</c>, <c>serving</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PredictorAttribute(string name) : Attribute
{
    /// <summary>The kind.</summary>
    public string Name { get; } = name;
}

/// <summary>A figure with its 90 % interval, in the unit of the measured column.</summary>
/// <param name="Predicted">The likely value, above 0.</param>
/// <param name="Low">Not above <paramref name="Predicted"/>.</param>
/// <param name="High">Not below <paramref name="Predicted"/>.</param>
/// <param name="Model">Which model answered: <c>measured table</c>, <c>roofline</c>, <c>guess</c>.</param>
/// <param name="Source">What it rests on, for people; says so where nothing supports the row.</param>
public readonly record struct Prediction(double Predicted, double Low, double High, string Model, string Source)
{
    /// <summary>Half of the interval as a factor, at least 1: the square root of high over low.</summary>
    public double HalfWidth => Math.Sqrt(High / Low);
}

/// <summary>
/// Predicts one kind of measured figure for rows of a table. The parameterless constructor reads the tables that come with the program;
/// <see cref="Fit"/> makes another from measured rows. Pure: the same rows give the same answers on any number of threads.
/// </summary>
public interface IPredictor
{
    /// <summary>Columns that a table must have.</summary>
    ImmutableArray<string> Columns { get; }

    /// <summary>The column that is predicted, present in measured rows only: <c>us</c>, <c>value</c>.</summary>
    string Measured { get; }

    /// <summary>What can be left out together to judge a fit, first the strictest: <c>pair</c>, <c>device</c>, <c>shape</c>.</summary>
    ImmutableArray<string> HoldOuts { get; }

    /// <summary>The group of a row under one of <see cref="HoldOuts"/>: rows of a group are never in both fit and test.</summary>
    string GroupOf(TableRow row, string holdOut);

    /// <summary>The class that a row's error is reported under, such as <c>throughput</c>; empty leaves the row out of the scores.</summary>
    string ClassOf(TableRow row);

    /// <summary>The figure for one row; every row whose fields can be read gets one.</summary>
    /// <exception cref="TableException">A field cannot be read.</exception>
    Prediction Predict(TableRow row);

    /// <summary>A predictor that knows nothing but these rows, the catalogues and physics.</summary>
    IPredictor Fit(IReadOnlyList<TableRow> measured, CancellationToken token);

    /// <summary>Writes what <see cref="Fit"/> learned as the tables that the parameterless constructor reads.</summary>
    void Save(string folder);
}
