using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>
/// Work that a serving engine does beside reading and writing tokens: tokenizing, choosing and joining experts, collectives. The efficiency
/// and the collective terms of the roofline hold it, so it takes nothing of its own; moving the KV cache is priced on the link.
/// </summary>
[CostModel("engine")]
public sealed class EngineWork : ICostModel
{
    /// <inheritdoc/>
    public Evidence Evidence => Evidence.Model;

    /// <inheritdoc/>
    public CostAnswer Answer(CostQuestion question) => question.Work.Kind
        is WorkKind.Tokenize or WorkKind.GateSelect or WorkKind.Merge or WorkKind.Collective or WorkKind.KvTransfer
        ? new Estimate(Interval.Exactly(0), Interval.Exactly(0), Interval.Exactly(0), Bytes.Zero, "engine", "counted with prefill, decode and the link")
        : CostAnswer.NotMine;
}
