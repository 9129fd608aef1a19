using Orchestrator.Compiler.Stages;
using Orchestrator.IR;

namespace Orchestrator.Compiler.Passes;

/// <summary>
/// Every call becomes its placeable pieces. A dense model's call is prefill, then decode; a call of a mixture of experts is gate,
/// prefill, merge, all-reduce, gate, decode, merge, all-reduce (arXiv 2507.19635, figure 7). A tool that is elsewhere is a look-up, one
/// that runs here is a computation; an index search is the query's encoding, if a model encodes, and a computation.
/// </summary>
/// <remarks>
/// Pieces carry <c>step</c> (the name of what they are pieces of) and <c>service</c> (what serves them); the last one also carries
/// <c>call</c>, all that the call said, so that nothing is lost. Moving the KV cache is no piece: it is the edge from prefill to decode.
/// </remarks>
[Pass("decompose", Summary = "Split calls of models, tools and indexes into placeable pieces", Anchor = "builtin.module", Establishes = ["decomposed"])]
public sealed partial class DecomposeCalls : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        var symbols = new SymbolTable(root);
        var names = new HashSet<string>(StringComparer.Ordinal);
        int calls = 0;
        foreach (Operation op in root.Walk().Where(CallPieces.IsCall).ToArray())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            string name = StepNames.Of(op);
            string unique = name;
            for (int n = 2; !names.Add(unique); n++)
            {
                unique = FormattableString.Invariant($"{name}#{n}");
            }

            if (context.MayAct(Name))
            {
                new CallPieces(op, unique, symbols).Rewrite();
                calls++;
            }
        }

        context.Count(this, "calls", calls);
        if (calls == 0)
        {
            context.PreserveAll();
        }
    }
}
