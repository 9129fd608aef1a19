using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>Tasks that one pool can serve: those of one service, or of several that may have one model.</summary>
/// <param name="Target">Model reference, URL, command or file; the service's symbol where nothing was declared.</param>
/// <param name="Services">Symbols, ordered.</param>
/// <param name="Tasks">Ascending.</param>
/// <param name="Main">Those of <paramref name="Tasks"/> that decide what a device must execute.</param>
internal sealed record ServiceGroup(string Target, ImmutableArray<string> Services, ImmutableArray<GraphTask> Tasks, ImmutableArray<GraphTask> Main)
{
    private const int MostSharing = 4; // of more services that may have one model, none or all share

    /// <summary>By service: the models that may serve it. <see cref="Target"/> is one of them.</summary>
    private ImmutableSortedDictionary<string, ImmutableArray<ModelChoice>> Models { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<ModelChoice>>.Empty;

    /// <summary>Whether a service of the group may have another model.</summary>
    public bool HasChoice => Models.Values.Any(m => m.Length > 1);

    /// <summary>The group by each of the models that may serve it; expectations of the declaration are of the first.</summary>
    public IEnumerable<ServiceGroup> Choices => HasChoice ? Models.Values.First().Select(m => By(m.Model)) : [this];

    /// <summary>Whether the tasks read and write tokens, so that reading and writing may be in different pools.</summary>
    public bool IsLanguageModel => Main.Any(t => t.Work.Kind == WorkKind.Decode);

    /// <summary>Means of the tokens that the tasks read and write: what a row of measurements would state.</summary>
    public (double Input, double Output) UsualTokens()
    {
        double Mean(Func<Workload, double?> of) => Main.Select(t => of(t.Work) ?? 0).Where(n => n > 0).DefaultIfEmpty(1).Average();
        return (Mean(w => w.TokensIn), Mean(w => w.TokensOut));
    }

    /// <summary>Number formats that the author allows and serving is known in; empty where none is named.</summary>
    public string[] NamedFormats() => Main[0].Work.Precisions is { IsDefaultOrEmpty: false } wanted
        ? [.. wanted.Where(p => p is "fp32" or "tf32" or "bf16" or "fp16" or "fp8" or "int8" or "fp4")]
        : [];

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
            ? string.Join('\n', ["model " + d.Symbol, task.Apart is { } other ? "apart from " + other : ""])
            : string.IsNullOrEmpty(task.Service) ? $"task {task.Id}" : $"{task.Work.Executor} {task.Service}";

        ServiceGroup Group(IGrouping<string, GraphTask> tasks)
        {
            GraphTask first = tasks.First();
            string target = declared.TryGetValue(first.Service ?? "", out Declaration? d) ? d.Target : first.Service ?? "";
            ImmutableArray<GraphTask> all = [.. tasks.OrderBy(t => t.Id)];
            ImmutableArray<GraphTask> main = [.. all.Where(t => t.Work.Kind
                is not (WorkKind.Tokenize or WorkKind.KvTransfer or WorkKind.GateSelect or WorkKind.Merge or WorkKind.Collective))];
            return new ServiceGroup(
                target, [.. all.Select(t => t.Service ?? "").Where(s => s.Length > 0).Distinct().Order(StringComparer.Ordinal)], all, main.IsEmpty ? all : main)
            {
                Models = d?.Kind == "model"
                    ? ImmutableSortedDictionary.Create<string, ImmutableArray<ModelChoice>>(StringComparer.Ordinal).Add(d.Symbol, ModelChoice.Of(d, first.Work.Precisions))
                    : ImmutableSortedDictionary<string, ImmutableArray<ModelChoice>>.Empty,
            };
        }
    }

    /// <summary>The same group with some of its tasks.</summary>
    public ServiceGroup With(IEnumerable<GraphTask> tasks)
    {
        ImmutableArray<GraphTask> kept = [.. tasks];
        return this with { Tasks = kept, Main = [.. Main.Where(kept.Contains)] };
    }

    /// <summary>Groups that may have one model and then may share its pools: every combination of few, all of many.</summary>
    public static IEnumerable<ServiceGroup> Shared(ImmutableArray<ServiceGroup> groups)
    {
        ServiceGroup[] free = [.. groups.Where(g => !g.Models.IsEmpty && g.Tasks.All(t => t.Apart is null))];
        foreach (string model in free.SelectMany(g => g.Models.Values.First()).Select(m => m.Model).Distinct())
        {
            ServiceGroup[] able = [.. free.Where(g => g.Models.Values.First().Any(m => m.Model == model) && (g.HasChoice || g.Target == model))];
            foreach (IGrouping<string, ServiceGroup> alike in able.GroupBy(g => string.Join(' ', g.Main[0].Work.Precisions) + g.IsLanguageModel))
            {
                ServiceGroup[] sharing = [.. alike];
                for (int chosen = sharing.Length > MostSharing ? (1 << MostSharing) - 1 : 1; chosen < 1 << Math.Min(sharing.Length, MostSharing); chosen++)
                {
                    ServiceGroup[] together = [.. sharing.Where((_, i) => sharing.Length > MostSharing || (chosen >> i & 1) == 1)];
                    if (together.Length > 1)
                    {
                        yield return Join(together).By(model);
                    }
                }
            }
        }
    }

    private static ServiceGroup Join(ServiceGroup[] groups) => new(
        groups[0].Target,
        [.. groups.SelectMany(g => g.Services).Distinct().Order(StringComparer.Ordinal)],
        [.. groups.SelectMany(g => g.Tasks).OrderBy(t => t.Id)],
        [.. groups.SelectMany(g => g.Main).OrderBy(t => t.Id)])
    {
        Models = groups.SelectMany(g => g.Models).ToImmutableSortedDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal),
    };

    // Expectations that an author states are of the first model.
    private ServiceGroup By(string model)
    {
        GraphTask Served(GraphTask task) => task.Work.Model is null || task.Work.Model == model
            ? task
            : task with { Work = task.Work with { Model = model, DeclaredP50 = null, DeclaredP95 = null } };
        return this with { Target = model, Tasks = [.. Tasks.Select(Served)], Main = [.. Main.Select(Served)] };
    }

    /// <summary>By task: quality, 0 to 1, of what <see cref="Target"/> gives in a number format, null where not stated; empty where nowhere.</summary>
    public ImmutableArray<double?> Qualities(string precision)
    {
        ImmutableArray<double?> all = [.. Tasks.Select(t => Models.GetValueOrDefault(t.Service, []).FirstOrDefault(m => m.Model == Target)?.QualityIn(precision))];
        return all.All(q => q is null) ? [] : all;
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
