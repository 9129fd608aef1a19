using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Replaces calls by the body of what is called, callees first, wherever both dialects allow it. What calls itself, at once or over others, is
/// not put into itself. Private symbols that nobody names any more go.
/// </summary>
[Pass("inline")]
public sealed partial class InlinePass : Pass
{
    /// <summary>What runs on a body before it is copied: <c>canonicalize</c>, or nothing when empty.</summary>
    [PassOption("default-pipeline")]
    public string DefaultPipeline { get; set; } = "canonicalize";

    /// <summary>A callee with more operations than this percentage of the caller's stays called; -1 for no limit.</summary>
    [PassOption("inlining-threshold")]
    public long Threshold { get; set; } = -1;

    /// <summary>How many times a body is searched for calls again after it was simplified, 1 or more.</summary>
    [PassOption("max-iterations")]
    public int IterationsMax { get; set; } = 4;

    /// <summary>The most operations that are copied altogether; calls of calls may grow without measure.</summary>
    [PassOption("max-operations")]
    public long OperationsMax { get; set; } = 4_000_000;

    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        if (DefaultPipeline is not ("" or "canonicalize"))
        {
            context.Diagnostics.Error(IRCodes.OptionValue, $"'{DefaultPipeline}' cannot run while inlining", SourceSpan.None,
                "write default-pipeline=canonicalize or leave it empty, and run other passes after this one");
            return;
        }

        if (!new InlineRun(this, root, context).Run())
        {
            context.PreserveAll();
        }
    }
}
