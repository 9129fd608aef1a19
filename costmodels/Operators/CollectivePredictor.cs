using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Microseconds of one collective or point-to-point transfer. A law of launch, steps, levels and bytes per device, library and kind
/// (<see cref="CollectiveAlgorithms"/> gives the counts), fitted robustly with a prior from devices that behave alike, and residuals kriged over
/// size, ranks and nodes: they carry what a library does by size, such as switching protocols or from one-shot to a ring.
/// </summary>
[Predictor("collective")]
public sealed class CollectivePredictor : IPredictor
{
    private readonly ImmutableArray<LawRow<CollectiveContext, CollectiveShape>> _rows;
    private readonly LawModel<CollectiveContext, CollectiveShape> _model;
    private readonly LawSpread<CollectiveContext, CollectiveShape> _spread;

    /// <summary>The tables that come with the program.</summary>
    public CollectivePredictor()
    {
        _rows = CollectiveStore.Rows();
        _model = new LawModel<CollectiveContext, CollectiveShape>(CollectiveDomain.Default, _rows);
        _spread = CollectiveStore.Spread();
    }

    private CollectivePredictor(ImmutableArray<LawRow<CollectiveContext, CollectiveShape>> rows, CancellationToken token)
    {
        _rows = rows;
        _model = new LawModel<CollectiveContext, CollectiveShape>(CollectiveDomain.Default, rows);
        _spread = LawSpread<CollectiveContext, CollectiveShape>.Measure(CollectiveDomain.Default, _model, rows, token);
    }

    /// <inheritdoc/>
    public ImmutableArray<string> Columns { get; } = ["hardware", "op", "ranks", "bytes"];

    /// <inheritdoc/>
    public string Measured => "us";

    /// <inheritdoc/>
    public ImmutableArray<string> HoldOuts { get; } = ["device", "ranks", "shape"];

    /// <inheritdoc/>
    public string GroupOf(TableRow row, string holdOut)
    {
        (CollectiveContext context, CollectiveShape shape) = CollectiveTable.Read(row);
        return holdOut switch
        {
            "device" => context.Machine,
            "ranks" => string.Create(CultureInfo.InvariantCulture, $"{context.Machine} {context.LibraryName} {shape.Kind} {shape.Ranks}/{shape.Nodes}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{shape.Bytes}"),
        };
    }

    /// <inheritdoc/>
    public string ClassOf(TableRow row) => CollectiveTable.NameOf(CollectiveTable.Read(row).Shape.Kind);

    /// <inheritdoc/>
    public Prediction Predict(TableRow row)
    {
        (CollectiveContext context, CollectiveShape shape) = CollectiveTable.Read(row);
        return Predict(context, shape);
    }

    /// <summary>The time of a collective whose sizes are known, in microseconds.</summary>
    /// <param name="hardware">The device as the catalogue or a measured table names it; unknown ones get a wide interval.</param>
    /// <param name="library">Library and version, <c>NCCL 2.29.2</c>; empty for any.</param>
    /// <param name="shape">Kind, ranks, nodes and bytes.</param>
    public Prediction Predict(string hardware, string library, CollectiveShape shape) =>
        Predict(new CollectiveContext("", hardware, library, shape.Kind, shape.Nodes > 1), shape);

    /// <inheritdoc/>
    public IPredictor Fit(IReadOnlyList<TableRow> measured, CancellationToken token)
    {
        var rows = ImmutableArray.CreateBuilder<LawRow<CollectiveContext, CollectiveShape>>(measured.Count);
        foreach (TableRow row in measured)
        {
            (CollectiveContext context, CollectiveShape shape) = CollectiveTable.Read(row);
            rows.Add(new LawRow<CollectiveContext, CollectiveShape>(context, shape, row.Positive(Measured)));
        }

        return new CollectivePredictor(rows.ToImmutable(), token);
    }

    /// <inheritdoc/>
    public void Save(string folder) => CollectiveStore.Write(folder, _rows, _model, _spread);

    private Prediction Predict(CollectiveContext context, CollectiveShape shape)
    {
        LawAnswer answer = _model.Answer(context, shape);
        double half = _spread.HalfWidth(answer, _model);
        double likely = Math.Exp(answer.Log);
        if (answer.Context < 0)
        {
            return new Prediction(likely, likely / half, likely * half, "collective law", "nothing measured; datasheet");
        }

        CollectiveContext near = _model.Contexts[answer.Context];
        string model = answer.Support == LawSupport.Context ? "collective law + measured" : "collective law by analogy";
        string rests = string.Create(
            CultureInfo.InvariantCulture,
            $"{_model.CountOf(answer.Context)} {CollectiveTable.NameOf(near.Kind)} of {near.Library} on {near.Hardware} ({near.Source})");
        string source = answer.Support switch
        {
            LawSupport.Context => rests,
            LawSupport.Device => $"this operation of this library was not measured here; nearest: {rests}",
            _ when context.Device.Known => $"nothing measured on '{context.Hardware}'; scaled by datasheet from others, nearest: {rests}",
            _ => $"'{context.Hardware}' is in no catalogue: a middling link assumed; nearest: {rests}",
        };
        return new Prediction(likely, likely / half, likely * half, model, source);
    }
}
