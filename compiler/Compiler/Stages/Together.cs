using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>
/// Several workflows on one fleet as one graph: a run takes one of them, each as often as its rate says, so that they share pools and machines and
/// each keeps its own promise. Names get the workflow in front of them.
/// </summary>
public static class Together
{
    /// <summary>
    /// The graph, whose input <c>workflow</c> chooses and whose other inputs are called <c>workflow.input</c>; the only one as it is. Null with ORC4040
    /// for a workflow without a rate, and with ORC4041 for two of one name.
    /// </summary>
    /// <param name="graphs">At least one.</param>
    /// <param name="mistakes">Receives what is wrong, and a warning for a budget, which only the mean of all runs can keep.</param>
    public static TaskGraph? Run(IReadOnlyList<TaskGraph> graphs, DiagnosticBag mistakes)
    {
        if (graphs.Count == 1)
        {
            return graphs[0];
        }

        foreach (TaskGraph graph in graphs)
        {
            if (Rate(graph) is null)
            {
                mistakes.Error("ORC4040", $"workflow '{graph.Name}' promises no rate, so what it takes of the fleet is unknown", SourceSpan.None,
                    $"write promise {{ rate 2/s }} in '{graph.Name}'");
            }
        }

        foreach (IGrouping<string, TaskGraph> same in graphs.GroupBy(g => g.Name).Where(g => g.Count() > 1))
        {
            mistakes.Error("ORC4041", $"{same.Count()} workflows are called '{same.Key}'", SourceSpan.None, "give each another name");
        }

        if (graphs.Any(g => g.Promises.Any(p => p is { Region: 0, Kind: "budget" })))
        {
            mistakes.Warning("ORC4042", "workflows that share machines share their cost: budgets are held on the mean of all runs, and only where each has one",
                SourceSpan.None, "plan a workflow alone to hold its budget");
        }

        return mistakes.HasErrors ? null : new WorkflowJoin(graphs).Graph();
    }

    /// <summary>Runs a second that a workflow promises, or null.</summary>
    internal static double? Rate(TaskGraph graph) => graph.Promises.FirstOrDefault(p => p is { Region: 0, Kind: "rate" })?.Limit;
}
