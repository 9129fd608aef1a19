using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>Stage 5: a decomposed module becomes a task graph with dense ids.</summary>
public static class Freeze
{
    /// <summary>Most steps that a graph may have; workflows that call workflows are copied in place and could multiply without it.</summary>
    public const int StepLimit = 100_000;

    /// <summary>Deepest nesting of control and of workflows in workflows.</summary>
    public const int DepthLimit = 200;

    /// <summary>
    /// The graph of the workflow called <paramref name="workflow"/>, or of the last one in the file when null (the ones before it are its parts).
    /// </summary>
    /// <param name="module">A verified module; calls that were not decomposed stay steps without tasks.</param>
    /// <param name="workflow">A symbol of the module.</param>
    /// <param name="kvBytesPerToken">KV-cache bytes that a token of a model takes, or null when the model is not in the catalogue.</param>
    /// <param name="mistakes">Receives ORC4001 (no such workflow) and ORC4002 (too large).</param>
    public static TaskGraph? Run(Operation module, string? workflow, Func<string, double?> kvBytesPerToken, DiagnosticBag mistakes)
    {
        var symbols = new SymbolTable(module);
        Operation[] graphs = [.. TopLevel(module).Where(op => op.Name.Text == "agent.graph")];
        Operation? graph = workflow is null ? graphs.LastOrDefault() : graphs.FirstOrDefault(g => g.SymbolName == workflow);
        if (graph is null)
        {
            IEnumerable<string> names = graphs.Select(g => g.SymbolName ?? "");
            mistakes.Error("ORC4001", workflow is null ? "the file has no workflow" : $"the file has no workflow '{workflow}'", module.Span,
                workflow is null ? "write workflow name(inputs) -> type { … }"
                    : NearestName.Suggest(workflow, names) ?? "it has " + string.Join(", ", names));
            return null;
        }

        var freezer = new GraphFreezer(symbols, kvBytesPerToken, mistakes);
        TaskGraph frozen = freezer.Freeze(graph, [.. TopLevel(module)]);
        return mistakes.HasErrors ? null : frozen;
    }

    private static IEnumerable<Operation> TopLevel(Operation module) => module.Regions[0].Blocks.SelectMany(b => b.Operations);
}
