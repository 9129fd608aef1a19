using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit;

/// <summary>Finds which steps a run may have under way at the same time because neither data nor the order of effects keeps them apart.</summary>
public static class AtTheSameTime
{
    /// <summary>Groups of two or more steps with work of their own, region by region; steps of a group wait for equally many others before them.</summary>
    public static ImmutableArray<ImmutableArray<Step>> Groups(TaskGraph graph)
    {
        HashSet<int> working = Working(graph);
        var groups = ImmutableArray.CreateBuilder<ImmutableArray<Step>>();
        foreach (StepRegion region in graph.Regions)
        {
            var depths = new Dictionary<int, int>();
            foreach (int id in region.Steps)
            {
                // A step comes after all it waits for, in the written order too, so their depths are known.
                int before = Awaited(graph, graph.Steps[id]).Select(a => depths.GetValueOrDefault(a)).DefaultIfEmpty(0).Max();
                depths[id] = before + (working.Contains(id) ? 1 : 0);
            }

            groups.AddRange(region.Steps.Where(working.Contains).GroupBy(id => depths[id]).Where(g => g.Count() > 1)
                .OrderBy(g => g.Key).Select(g => g.Select(id => graph.Steps[id]).ToImmutableArray()));
        }

        return groups.ToImmutable();
    }

    // Steps with tasks, and the control steps around them.
    private static HashSet<int> Working(TaskGraph graph)
    {
        var working = new HashSet<int>();
        foreach (GraphTask task in graph.Tasks)
        {
            for (int step = task.Step; step >= 0 && working.Add(step);)
            {
                step = graph.Regions[graph.Steps[step].Region].Parent;
            }
        }

        return working;
    }

    // The steps of the same region whose values a step, or anything inside it, reads, and those it is ordered after.
    private static IEnumerable<int> Awaited(TaskGraph graph, Step step)
    {
        ILookup<int, int> producers = graph.Regions[step.Region].Steps.ToLookup(id => graph.Steps[id].Result);
        var open = new Stack<Step>([step]);
        while (open.TryPop(out Step? at))
        {
            foreach (int producer in at.Operands.SelectMany(v => producers[v]).Concat(at == step ? at.After : []))
            {
                yield return producer;
            }

            foreach (StepRegion inside in at.Regions.Select(r => graph.Regions[r]))
            {
                foreach (int producer in inside.Yield.SelectMany(v => producers[v]))
                {
                    yield return producer;
                }

                foreach (int inner in inside.Steps)
                {
                    open.Push(graph.Steps[inner]);
                }
            }
        }
    }
}
