using Orchestrator.IR;

namespace Orchestrator.Dialects.Model;

/// <summary>
/// Text becomes a model's tokens.
/// <code>%1 = "model.tokenize"(%0) &lt;{service = @writer, step = "draft"}&gt; : (!agent.text) -> !model.tokens</code>
/// </summary>
[Op("model.tokenize", Effects = Effect.None)]
public sealed partial class TokenizeOp : ModelOperation
{
    /// <summary>The text.</summary>
    [Operand] public partial OperandList Inputs { get; }

    /// <summary>Its tokens.</summary>
    [Result] public partial OpResult Tokens { get; }
}

/// <summary>
/// Reads the prompt and fills the attention cache.
/// <code>%1 = "model.prefill"(%0) &lt;{service = @writer, step = "draft"}&gt; : (!agent.text) -> !model.kv</code>
/// </summary>
[Op("model.prefill", Effects = Effect.Calls)]
public sealed partial class PrefillOp : ModelOperation
{
    /// <summary>The prompt, what goes with it, and the chosen experts.</summary>
    [Operand] public partial OperandList Inputs { get; }

    /// <summary>The cache.</summary>
    [Result<ModelType>] public partial OpResult Cache { get; }
}

/// <summary>
/// Moves the attention cache to where decoding happens.
/// <code>%1 = "model.kv_transfer"(%0) &lt;{service = @writer, step = "draft"}&gt; : (!model.kv) -> !model.kv</code>
/// </summary>
[Op("model.kv_transfer", Effects = Effect.None)]
public sealed partial class KvTransferOp : ModelOperation
{
    /// <summary>The cache here.</summary>
    [Operand<ModelType>] public partial Value Cache { get; set; }

    /// <summary>The cache there.</summary>
    [Result<ModelType>] public partial OpResult Moved { get; }
}

/// <summary>
/// Makes the reply, token after token.
/// <code>%2 = "model.decode"(%1) &lt;{call = {kind = "Call"}, service = @writer, step = "draft"}&gt; : (!model.kv) -> !agent.text</code>
/// </summary>
[Op("model.decode", Effects = Effect.Calls)]
public sealed partial class DecodeOp : ModelOperation
{
    /// <summary>The cache, and the chosen experts.</summary>
    [Operand] public partial OperandList Inputs { get; }

    /// <summary>The reply, or an expert's part of it.</summary>
    [Result] public partial OpResult Reply { get; }
}

/// <summary>
/// An encoder's answer: an embedding, a transcript, a recording.
/// <code>%1 = "model.encode"(%0) &lt;{service = @embedder, step = "find"}&gt; : (!agent.text) -> !model.embedding</code>
/// </summary>
[Op("model.encode", Effects = Effect.Calls)]
public sealed partial class EncodeOp : ModelOperation
{
    /// <summary>What is encoded.</summary>
    [Operand] public partial OperandList Inputs { get; }

    /// <summary>The code.</summary>
    [Result] public partial OpResult Encoded { get; }
}

/// <summary>
/// Chooses the experts for each token.
/// <code>%1 = "model.gate_select"(%0) &lt;{experts = 8 : i64, service = @mixture, step = "draft", top_k = 2 : i64}&gt; : (!agent.text) -> !model.routing</code>
/// </summary>
[Op("model.gate_select", Effects = Effect.None)]
public sealed partial class GateSelectOp : ModelOperation
{
    /// <summary>What is routed.</summary>
    [Operand] public partial OperandList Inputs { get; }

    /// <summary>The choice.</summary>
    [Result<ModelType>] public partial OpResult Routing { get; }
}

/// <summary>
/// Joins what the experts gave.
/// <code>%2 = "model.merge"(%0, %1) &lt;{service = @mixture, step = "draft"}&gt; : (!model.partial, !model.routing) -> !model.partial</code>
/// </summary>
[Op("model.merge", Effects = Effect.None)]
public sealed partial class MergeOp : ModelOperation
{
    /// <summary>The parts, and the choice.</summary>
    [Operand] public partial OperandList Inputs { get; }

    /// <summary>Their sum on this device.</summary>
    [Result<ModelType>] public partial OpResult Merged { get; }
}
