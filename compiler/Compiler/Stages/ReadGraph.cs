using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>Enters the line after the freeze: reads the text form of a task graph back.</summary>
public static class ReadGraph
{
    /// <summary>Whether a source is a frozen graph rather than a workflow: its name ends in <c>.json</c>.</summary>
    public static bool Is(SourceText source) => source.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The graph, or null with ORC4005 when the text is none.</summary>
    public static TaskGraph? Run(SourceText source, DiagnosticBag mistakes)
    {
        try
        {
            TaskGraph? graph = JsonSerializer.Deserialize(source.Text, PlanJson.Default.TaskGraph);
            if (graph is { Steps.IsDefault: false, Regions.IsDefaultOrEmpty: false, Tasks.IsDefault: false, Edges.IsDefault: false, Declarations.IsDefault: false, Inputs.IsDefault: false, Promises.IsDefault: false })
            {
                return graph;
            }

            Report(source, 0, "parts of the graph are missing", mistakes);
        }
        catch (JsonException e)
        {
            Report(source, source.OffsetOf((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1), "this is no task graph: " + e.Message, mistakes);
        }

        return null;
    }

    private static void Report(SourceText source, int offset, string message, DiagnosticBag mistakes) =>
        mistakes.Error("ORC4005", message, new SourceSpan(source, offset, 1), "make one with: orc plan FILE --stop-after=freeze > graph.json");
}
