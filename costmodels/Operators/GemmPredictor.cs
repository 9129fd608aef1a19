using System.Collections.Immutable;
using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Microseconds of a matrix multiply: <see cref="GemmLaw"/> with parameters of the device, format and software, corrected by the measured
/// multiplies nearest in shape. Devices that were never measured have the parameters of their architecture, vendor, format and software.
/// </summary>
[Predictor("gemm")]
public sealed class GemmPredictor : KernelPredictor
{
    /// <summary>The tables that come with the program.</summary>
    public GemmPredictor()
        : this(KernelTables.Read(GemmDomain.Default))
    {
    }

    private GemmPredictor((KernelModel Model, ConformalIntervals Intervals) parts)
        : base(parts.Model, parts.Intervals)
    {
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Columns { get; } = ["hardware", "dtype", "m", "n", "k"];

    private protected override KernelDomain Domain => GemmDomain.Default;

    private protected override KernelPredictor Make(KernelModel model, ConformalIntervals intervals) => new GemmPredictor((model, intervals));
}
