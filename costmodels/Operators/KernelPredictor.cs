using System.Collections.Immutable;
using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// What predictors of single operators share: rows are <see cref="KernelCall"/>s, a <see cref="KernelModel"/> answers them, and a shape, a group
/// or a device can be left out. A kind derives from it with its columns, its law and how a call is read.
/// </summary>
public abstract class KernelPredictor : IPredictor
{
    // An answer for a device or a variant that nobody knows is believed this many times less, as a power, and never within less than a factor of three.
    private const double UnknownWidth = 2;
    private static readonly double LeastUnknown = Math.Log(3);

    private readonly KernelModel _model;
    private readonly ConformalIntervals _intervals;

    private protected KernelPredictor(KernelModel model, ConformalIntervals intervals) => (_model, _intervals) = (model, intervals);

    /// <inheritdoc/>
    public abstract ImmutableArray<string> Columns { get; }

    /// <inheritdoc/>
    public string Measured => "us";

    /// <inheritdoc/>
    public ImmutableArray<string> HoldOuts { get; } = ["device", "shape"];

    /// <summary>The kind: its law and its tables.</summary>
    private protected abstract KernelDomain Domain { get; }

    /// <inheritdoc/>
    public string GroupOf(TableRow row, string holdOut)
    {
        KernelCall call = Domain.Read(row);
        return holdOut == "device" ? call.Device.Kind : call.Shape;
    }

    /// <inheritdoc/>
    public string ClassOf(TableRow row) => Domain.Read(row).Device.Kind;

    /// <inheritdoc/>
    public Prediction Predict(TableRow row) => Predict(Domain.Read(row));

    /// <inheritdoc/>
    public IPredictor Fit(IReadOnlyList<TableRow> measured, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ImmutableArray<MeasuredCall> calls = KernelTables.Merged(measured.Select(r => KernelTables.Call(Domain.Read(r), r.Positive(Measured))));
        return Make(KernelModel.Learn(Domain.Traits, calls, token), KernelTables.Rounded(KernelSpread.Measure(Domain.Traits, calls, token)));
    }

    /// <inheritdoc/>
    public void Save(string folder) => KernelTables.Write(folder, Domain, _model, _intervals);

    /// <summary>The time of a call in microseconds; its sizes must be above 0.</summary>
    public Prediction Predict(KernelCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        KernelAnswer answer = _model.Answer(call);
        double likely = Math.Exp(answer.Log) * 1e6;
        double grain = KernelTables.Grain(call, likely);
        (double low, double high) = _intervals.Around(answer.Levels, Math.Sqrt(answer.Deviation * answer.Deviation + grain * grain));
        if (!call.Device.Known || !call.Understood)
        {
            (low, high) = (Math.Min(UnknownWidth * low, -LeastUnknown), Math.Max(UnknownWidth * high, LeastUnknown));
        }

        return new Prediction(likely, likely * Math.Exp(low), likely * Math.Exp(high), Evidence(answer), Text(call, answer));
    }

    private protected abstract KernelPredictor Make(KernelModel model, ConformalIntervals intervals);

    private static string Evidence(KernelAnswer answer) => answer.Support == KernelSupport.Group ? "measured kernels" : "law of kernels";

    private static string Text(KernelCall call, KernelAnswer answer)
    {
        string unknown = (call.Device.Known ? "" : $"; '{call.Device.Kind}' is not in the device catalogue, a middling accelerator stands for it")
            + (call.Understood ? "" : $"; '{call.Variant}' is not a known format or operation, a common one stands for it");
        string[] parts = answer.Group.Split('|');
        return answer.Support switch
        {
            KernelSupport.Group => $"measured by {parts[0]} on {parts[1]}, {parts[2]}{(parts[3].Length > 0 ? ", " + parts[3] : "")}",
            KernelSupport.Kernel => $"the same kernels measured on devices like {call.Device.Kind} ({call.Device.Family}), scaled by datasheets",
            KernelSupport.Device => $"measured on {call.Device.Kind} with other software or formats, none like this call",
            KernelSupport.Family => $"measured on devices like {call.Device.Kind} ({call.Device.Family}), scaled by datasheets",
            _ => $"measured on devices unlike {call.Device.Kind}, scaled by datasheets",
        } + unknown;
    }
}

/// <summary>A kind of operator: its law, how its calls are read from measured tables and from its own.</summary>
internal abstract class KernelDomain
{
    /// <summary>Name of the kind: <c>gemm</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What is known before any measurement.</summary>
    public abstract KernelTraits Traits { get; }

    /// <summary>Reads a row of a measured or planned table.</summary>
    /// <exception cref="TableException">A field cannot be read.</exception>
    public abstract KernelCall Read(TableRow row);

    /// <summary>Makes a call again from what <see cref="KernelTables"/> kept of it.</summary>
    public abstract KernelCall Make(string source, string hardware, string variant, string software, string fixedSizes, double size);
}
