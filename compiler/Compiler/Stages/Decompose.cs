using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Compiler.Stages;

/// <summary>
/// Stage 4: every call becomes its placeable pieces. A dense model's call is prefill, then decode; a call of a mixture of experts is
/// gate, prefill, merge, all-reduce, gate, decode, merge, all-reduce (arXiv 2507.19635, figure 7). A tool that is elsewhere is a
/// look-up, one that runs here is a computation; an index search is the query's encoding, if a model encodes, and a computation.
/// </summary>
/// <remarks>
/// Pieces carry <c>step</c> (the name of what they are pieces of) and <c>service</c> (what serves them); the last one also carries
/// <c>call</c>, all that the call said, so that nothing is lost. Moving the KV cache is no piece: it is the edge from prefill to decode.
/// </remarks>
public static class Decompose
{
    /// <summary>Rewrites <paramref name="module"/> in place and returns it.</summary>
    public static Operation Run(Operation module, DiagnosticBag mistakes)
    {
        _ = mistakes; // Decomposition of a verified module has no way to fail.
        var symbols = new SymbolTable(module);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Operation op in module.Walk().Where(CallPieces.IsCall).ToArray())
        {
            string name = StepNames.Of(op);
            string unique = name;
            for (int n = 2; !names.Add(unique); n++)
            {
                unique = FormattableString.Invariant($"{name}#{n}");
            }

            new CallPieces(op, unique, symbols).Rewrite();
        }

        return module;
    }
}
