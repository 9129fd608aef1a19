using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>Tasks that one pool can serve: those of one service, or of one model under several names.</summary>
/// <param name="Target">Model reference, URL, command or file; the service's symbol where nothing was declared.</param>
/// <param name="Services">Symbols, ordered.</param>
/// <param name="Tasks">Ascending.</param>
/// <param name="Main">Those of <paramref name="Tasks"/> that decide what a device must execute.</param>
internal sealed record ServiceGroup(string Target, ImmutableArray<string> Services, ImmutableArray<GraphTask> Tasks, ImmutableArray<GraphTask> Main)
{
    /// <summary>Whether the tasks read and write tokens, so that reading and writing may be in different pools.</summary>
    public bool IsLanguageModel => Main.Any(t => t.Work.Kind == WorkKind.Decode);

    /// <summary>The groups of a graph in order of their first task.</summary>
    public static ImmutableArray<ServiceGroup> Of(TaskGraph graph)
    {
        Dictionary<string, Declaration> declared = [];
        foreach (Declaration declaration in graph.Declarations)
        {
            declared.TryAdd(declaration.Symbol, declaration);
        }

        return [.. graph.Tasks.GroupBy(Key).OrderBy(g => g.First().Id).Select(Group)];

        string Key(GraphTask task) => declared.TryGetValue(task.Service ?? "", out Declaration? d) && d.Kind == "model"
            ? "model " + d.Target
            : string.IsNullOrEmpty(task.Service) ? $"task {task.Id}" : $"{task.Work.Executor} {task.Service}";

        ServiceGroup Group(IGrouping<string, GraphTask> tasks)
        {
            GraphTask first = tasks.First();
            string target = declared.TryGetValue(first.Service ?? "", out Declaration? d) ? d.Target : first.Service ?? "";
            ImmutableArray<GraphTask> all = [.. tasks.OrderBy(t => t.Id)];
            ImmutableArray<GraphTask> main = [.. all.Where(t => t.Work.Kind
                is not (WorkKind.Tokenize or WorkKind.KvTransfer or WorkKind.GateSelect or WorkKind.Merge or WorkKind.Collective))];
            return new ServiceGroup(
                target, [.. all.Select(t => t.Service ?? "").Where(s => s.Length > 0).Distinct().Order(StringComparer.Ordinal)], all, main.IsEmpty ? all : main);
        }
    }

    /// <summary>The same group with some of its tasks.</summary>
    public ServiceGroup With(IEnumerable<GraphTask> tasks)
    {
        ImmutableArray<GraphTask> kept = [.. tasks];
        return this with { Tasks = kept, Main = [.. Main.Where(kept.Contains)] };
    }

    /// <summary>The part that reads prompts and the part that writes, step by step: what comes before the cache moves, and the rest.</summary>
    public (ServiceGroup Read, ServiceGroup Write) Split()
    {
        HashSet<GraphTask> write = [];
        foreach (IGrouping<int, GraphTask> step in Tasks.GroupBy(t => t.Step))
        {
            write.UnionWith(step.OrderBy(t => t.Id).SkipWhile(t => t.Work.Kind is not (WorkKind.KvTransfer or WorkKind.Decode)));
        }

        return (With(Tasks.Where(t => !write.Contains(t))), With(Tasks.Where(write.Contains)));
    }
}

/// <summary>How many executions of a task one run can have under way at once.</summary>
internal static class FanOut
{
    /// <summary>Items of the maps, gathers and best-of-n around the task that run at the same time, by expectation; at least 1.</summary>
    public static double Of(TaskGraph graph, GraphTask task)
    {
        double items = 1;
        int region = graph.Steps[task.Step].Region;
        for (int depth = 0; depth < graph.Regions.Length && graph.Regions[region].Parent >= 0; depth++)
        {
            StepRegion here = graph.Regions[region];
            Step parent = graph.Steps[here.Parent];
            bool parallel = parent.Kind is StepKind.Gather or StepKind.Best || (parent.Kind == StepKind.Map && !parent.Attributes.ContainsKey("in_order"));
            items *= parallel ? Math.Max(1, here.ExpectationKnown ? here.ExpectedRuns : here.BoundRuns) : 1;
            region = parent.Region;
        }

        return items;
    }
}
