using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Compiler.Passes;

/// <summary>
/// Answers <c>available(x)</c>: false for the symbols in <see cref="Absent"/>, for which there is nowhere to run, true for all others. What
/// depends on the answer is then folded like any constant.
/// </summary>
/// <remarks>Must come before calls are split: what has nowhere to run must be folded away, not stay as pieces that nothing can hold.</remarks>
[Pass("resolve-availability", Summary = "Replace available(x) by whether the fleet has a place for x", Anchor = "builtin.module", Forbids = ["decomposed"])]
public sealed partial class ResolveAvailability : Pass
{
    /// <summary>Symbols that cannot run anywhere, separated by <c>|</c>; empty when all can.</summary>
    [PassOption("absent", Summary = "Symbols that have nowhere to run, separated by |")]
    public string Absent { get; set; } = "";

    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        HashSet<string> absent = [.. Absent.Split('|', StringSplitOptions.RemoveEmptyEntries)];
        int answers = 0;
        foreach (Operation op in root.Walk().Where(IsQuestion).Where(_ => context.MayAct(Name)).ToArray())
        {
            string symbol = op.GetAttr<SymbolRefAttr>("symbol")?.Root ?? "";
            Operation answer = OpBuilder.BeforeOp(op).Create("agent.constant", resultTypes: [op.Result.Type],
                attributes: [("value", root.Context.Bool(!absent.Contains(symbol)))]);
            if (absent.Contains(symbol))
            {
                context.Diagnostics.Add(new Diagnostic("ORC4030", Severity.Note, $"'{symbol}' has nowhere to run, so available({symbol}) is false", op.Span,
                    "give the fleet a device that runs models, or for orc run set ORC_OPENAI_BASE_URL to an OpenAI-compatible endpoint"));
            }

            op.ReplaceWith([answer.Result]);
            answers++;
        }

        context.Count(this, "answers", answers);
        if (answers == 0)
        {
            context.PreserveAll();
        }
    }

    private static bool IsQuestion(Operation op) => op.Name.Text == "agent.operator" && op.GetAttr<StringAttr>("kind")?.Value == "available";
}
