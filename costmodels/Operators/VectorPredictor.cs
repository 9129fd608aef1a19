using System.Collections.Immutable;
using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Microseconds of embedding, norm, rotary embedding, activation and addition: <see cref="VectorLaw"/> with parameters of the device and
/// operation, corrected by the measured calls nearest in size.
/// </summary>
[Predictor("vector")]
public sealed class VectorPredictor : KernelPredictor
{
    /// <summary>The tables that come with the program.</summary>
    public VectorPredictor()
        : this(KernelTables.Read(VectorDomain.Default))
    {
    }

    private VectorPredictor((KernelModel Model, ConformalIntervals Intervals) parts)
        : base(parts.Model, parts.Intervals)
    {
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Columns { get; } = ["hardware", "op", "tokens", "n_embd"];

    private protected override KernelDomain Domain => VectorDomain.Default;

    private protected override KernelPredictor Make(KernelModel model, ConformalIntervals intervals) => new VectorPredictor((model, intervals));
}
