using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>
/// The vector of a text.
/// <code>%1 = "agent.embed"(%0) &lt;{model = @embedder}&gt; : (!agent.text) -> !agent.vector</code>
/// </summary>
[Op("agent.embed", Effects = Effect.None)]
public sealed partial class EmbedOp : CallOperation
{
    /// <summary>The text.</summary>
    [Operand] public partial Value Text { get; set; }

    /// <summary>The model.</summary>
    [Attr] public partial SymbolRefAttr Model { get; set; }

    /// <summary>The vector.</summary>
    [Result<VectorType>] public partial OpResult Vector { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        base.Verify(context);
        context.Resolve<DeclareModelOp>(this, Model, "model");
    }
}

/// <summary>
/// The words in a recording.
/// <code>%1 = "agent.transcribe"(%0) &lt;{model = @whisper}&gt; : (!agent.audio) -> !agent.text</code>
/// </summary>
[Op("agent.transcribe", Effects = Effect.Calls)]
public sealed partial class TranscribeOp : CallOperation
{
    /// <summary>The recording.</summary>
    [Operand<BlobType>] public partial Value Audio { get; set; }

    /// <summary>The model.</summary>
    [Attr] public partial SymbolRefAttr Model { get; set; }

    /// <summary>The words.</summary>
    [Result<TextType>] public partial OpResult Text { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        base.Verify(context);
        context.Resolve<DeclareModelOp>(this, Model, "model");
        Rules.Fits(context, this, "the recording", Audio.Type, BlobType.Get(Context, "audio"));
    }
}

/// <summary>
/// A text read aloud.
/// <code>%1 = "agent.speak"(%0) &lt;{model = @voice}&gt; : (!agent.text) -> !agent.audio</code>
/// </summary>
[Op("agent.speak", Effects = Effect.Calls)]
public sealed partial class SpeakOp : CallOperation
{
    /// <summary>The text.</summary>
    [Operand] public partial Value Text { get; set; }

    /// <summary>The model.</summary>
    [Attr] public partial SymbolRefAttr Model { get; set; }

    /// <summary>The recording.</summary>
    [Result<BlobType>] public partial OpResult Audio { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        base.Verify(context);
        context.Resolve<DeclareModelOp>(this, Model, "model");
        Rules.Fits(context, this, "the recording", Audio.Type, BlobType.Get(Context, "audio"));
    }
}

/// <summary>
/// What a memory holds under a key.
/// <code>%1 = "agent.recall"(%0) &lt;{memory = @notes}&gt; : (!agent.text) -> !agent.optional&lt;!agent.json&gt;</code>
/// </summary>
[Op("agent.recall", Effects = Effect.Reads)]
public sealed partial class RecallOp : Operation
{
    /// <summary>The key.</summary>
    [Operand] public partial Value Key { get; set; }

    /// <summary>The memory.</summary>
    [Attr] public partial SymbolRefAttr Memory { get; set; }

    /// <summary>What is there.</summary>
    [Result] public partial OpResult Held { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context) => context.Resolve<DeclareMemoryOp>(this, Memory, "memory");
}

/// <summary>
/// Keeps a value in a memory under a key.
/// <code>"agent.remember"(%0, %1) &lt;{memory = @notes}&gt; : (!agent.text, !agent.text) -> ()</code>
/// </summary>
[Op("agent.remember", Effects = Effect.Writes)]
public sealed partial class RememberOp : Operation
{
    /// <summary>The key.</summary>
    [Operand] public partial Value Key { get; set; }

    /// <summary>What is kept.</summary>
    [Operand] public partial Value Kept { get; set; }

    /// <summary>The memory.</summary>
    [Attr] public partial SymbolRefAttr Memory { get; set; }

    /// <summary>What was kept, when somebody goes on with it.</summary>
    [Result] public partial OpResult? Same { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context) => context.Resolve<DeclareMemoryOp>(this, Memory, "memory");
}
