using System.Collections.Immutable;
using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Microseconds of a mixture-of-experts feed-forward on one device: <see cref="MoeLaw"/> with parameters of the device, format and kernel,
/// corrected by the measured layers nearest in shape. Communication between devices is not in it.
/// </summary>
[Predictor("moe")]
public sealed class MoePredictor : KernelPredictor
{
    /// <summary>The tables that come with the program.</summary>
    public MoePredictor()
        : this(KernelTables.Read(MoeDomain.Default))
    {
    }

    private MoePredictor((KernelModel Model, ConformalIntervals Intervals) parts)
        : base(parts.Model, parts.Intervals)
    {
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Columns { get; } = ["hardware", "dtype", "tokens", "hidden", "inter", "topk", "experts"];

    private protected override KernelDomain Domain => MoeDomain.Default;

    private protected override KernelPredictor Make(KernelModel model, ConformalIntervals intervals) => new MoePredictor((model, intervals));
}
