using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Follows the named properties of the IR through a pipeline: every pass must find what it requires and nothing that it forbids.
internal static class PipelineOrder
{
    public static bool Check(PassPipeline pipeline, PassRegistry registry, DiagnosticBag diagnostics)
    {
        var holds = new Dictionary<string, PassPipeline.Entry>(StringComparer.Ordinal);
        var lost = new Dictionary<string, PassPipeline.Entry>(StringComparer.Ordinal);
        var bag = new DiagnosticBag();
        foreach (PassPipeline.Entry entry in pipeline.All)
        {
            if (entry.Info is not { } info || entry.Pass is not { } pass)
            {
                continue;
            }

            foreach (string missing in info.Requires.Where(r => !holds.ContainsKey(r)))
            {
                bag.Add(Missing(entry, info, missing, lost.GetValueOrDefault(missing), registry));
            }

            foreach (string present in info.Forbids.Where(holds.ContainsKey))
            {
                PassPipeline.Entry by = holds[present];
                bag.Add(Diagnostic.Error(IRCodes.PassOrder, $"pass '{info.Name}' must run before the IR is '{present}'", entry.Span,
                    $"move '{info.Name}' before '{by.Info?.Name}'").WithNote($"'{by.Info?.Name}' makes it '{present}' here", by.Span));
            }

            foreach (string destroyed in info.Destroys)
            {
                holds.Remove(destroyed);
                lost[destroyed] = entry;
            }

            foreach (string established in info.Establishes.Concat(pass is AssumePass assume ? assume.Properties : []))
            {
                holds[established] = entry;
            }
        }

        diagnostics.AddRange(bag.Items);
        return !bag.HasErrors;
    }

    private static Diagnostic Missing(PassPipeline.Entry entry, PassInfo info, string missing, PassPipeline.Entry? lostBy, PassRegistry registry)
    {
        string[] makers = [.. registry.Passes.Where(p => p.Establishes.Contains(missing)).Select(p => $"'{p.Name}'")];
        string assume = $"if the input is '{missing}' already, write assume{{properties={missing}}} first";
        string remedy = makers.Length == 0 ? assume
            : $"run {string.Join(" or ", makers)} {(lostBy is null ? "before it" : $"again after '{lostBy.Info?.Name}'")}, or {assume}";
        var error = Diagnostic.Error(IRCodes.PassOrder, $"pass '{info.Name}' requires that the IR is '{missing}'"
            + (lostBy is null ? ", and no pass before it makes it so" : $", which '{lostBy.Info?.Name}' has undone"), entry.Span, remedy);
        return lostBy is null ? error : error.WithNote("it is undone here", lostBy.Span);
    }
}
