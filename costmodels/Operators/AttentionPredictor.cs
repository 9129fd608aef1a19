using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Microseconds of one attention kernel of one layer on one device. A law of launch, products, bytes and chains (<see cref="TimeLaw"/> over
/// <see cref="AttentionShape"/>) per device, software, cache type and phase, fitted robustly with a prior from devices that behave alike, and
/// residuals kriged from the measured calls nearest in shape. Unknown devices and software get the most alike ones' laws at their own
/// datasheet, with an interval as wide as such answers were off when whole devices were left out.
/// </summary>
[Predictor("attention")]
public sealed class AttentionPredictor : IPredictor
{
    private readonly ImmutableArray<LawRow<AttentionContext, AttentionShape>> _rows;
    private readonly LawModel<AttentionContext, AttentionShape> _model;
    private readonly LawSpread<AttentionContext, AttentionShape> _spread;

    /// <summary>The tables that come with the program.</summary>
    public AttentionPredictor()
        : this(AttentionStore.Rows(), AttentionStore.Spread())
    {
    }

    private AttentionPredictor(ImmutableArray<LawRow<AttentionContext, AttentionShape>> rows, LawSpread<AttentionContext, AttentionShape> spread)
        : this(rows, new LawModel<AttentionContext, AttentionShape>(AttentionDomain.Default, rows), spread)
    {
    }

    private AttentionPredictor(ImmutableArray<LawRow<AttentionContext, AttentionShape>> rows, LawModel<AttentionContext, AttentionShape> model, LawSpread<AttentionContext, AttentionShape> spread)
    {
        _rows = rows;
        _model = model;
        _spread = spread;
    }

    /// <inheritdoc/>
    public ImmutableArray<string> Columns { get; } = ["hardware", "batch", "q_len", "kv_len_before", "num_heads", "num_kv_heads", "head_dim"];

    /// <inheritdoc/>
    public string Measured => "us";

    /// <inheritdoc/>
    public ImmutableArray<string> HoldOuts { get; } = ["device", "shape"];

    /// <inheritdoc/>
    public string GroupOf(TableRow row, string holdOut)
    {
        if (holdOut == "device")
        {
            return OperatorDevice.Of(row["hardware"]).Name;
        }

        AttentionShape shape = AttentionTable.Read(row).Shape;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{shape.Batch}x{shape.NewTokens}+{shape.CachedTokens} {shape.Heads}/{shape.KvHeads}x{shape.HeadDim}");
    }

    /// <inheritdoc/>
    public string ClassOf(TableRow row) => AttentionTable.Read(row).Context.Prefill ? "prefill" : "decode";

    /// <inheritdoc/>
    public Prediction Predict(TableRow row)
    {
        (AttentionContext context, AttentionShape shape) = AttentionTable.Read(row);
        return Predict(context, shape);
    }

    /// <summary>The time of a call whose sizes are known, in microseconds.</summary>
    /// <param name="hardware">The device as the catalogue or a measured table names it; unknown ones get a wide interval.</param>
    /// <param name="software">Library and version, <c>vllm 0.24.0</c>; empty for any.</param>
    /// <param name="kvType">Element type of the cache, <c>bf16</c> or <c>fp8</c>.</param>
    /// <param name="shape">The sizes.</param>
    public Prediction Predict(string hardware, string software, string kvType, AttentionShape shape) =>
        Predict(new AttentionContext("", hardware, software, AttentionTable.TypeOf(kvType), shape.Prefill), shape);

    /// <inheritdoc/>
    public IPredictor Fit(IReadOnlyList<TableRow> measured, CancellationToken token)
    {
        var rows = ImmutableArray.CreateBuilder<LawRow<AttentionContext, AttentionShape>>(measured.Count);
        foreach (TableRow row in measured)
        {
            (AttentionContext context, AttentionShape shape) = AttentionTable.Read(row);
            rows.Add(new LawRow<AttentionContext, AttentionShape>(context, shape, row.Positive(Measured)));
        }

        ImmutableArray<LawRow<AttentionContext, AttentionShape>> fitted = rows.ToImmutable();
        var model = new LawModel<AttentionContext, AttentionShape>(AttentionDomain.Default, fitted);
        return new AttentionPredictor(fitted, model, LawSpread<AttentionContext, AttentionShape>.Measure(AttentionDomain.Default, model, fitted, token));
    }

    /// <inheritdoc/>
    public void Save(string folder) => AttentionStore.Write(folder, _rows, _model, _spread);

    private Prediction Predict(AttentionContext context, AttentionShape shape)
    {
        LawAnswer answer = _model.Answer(context, shape);
        double half = _spread.HalfWidth(answer, _model);
        double likely = Math.Exp(answer.Log);
        string unknownType = AttentionTable.IsKnownType(context.KvType) ? "" : $"; '{context.KvType}' taken as 16 bits";
        if (answer.Context < 0)
        {
            return new Prediction(likely, likely / half, likely * half, "attention law", "nothing measured; datasheet" + unknownType);
        }

        AttentionContext near = _model.Contexts[answer.Context];
        string model = answer.Support == LawSupport.Context ? "attention law + measured calls" : "attention law by analogy";
        string rests = string.Create(
            CultureInfo.InvariantCulture,
            $"{_model.CountOf(answer.Context)} calls of {near.Software} on {near.Hardware} with {near.KvType} cache ({near.Source})");
        string source = answer.Support switch
        {
            LawSupport.Context => rests,
            LawSupport.Device => $"no calls of this software and cache type; nearest: {rests}",
            _ when context.Device.Known => $"no calls on '{context.Hardware}'; scaled by datasheet from others, nearest: {rests}",
            _ => $"'{context.Hardware}' is in no catalogue: a middling accelerator assumed; nearest: {rests}",
        };
        return new Prediction(likely, likely / half, likely * half, model, source + unknownType);
    }
}
