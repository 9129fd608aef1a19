namespace Orchestrator.Compiler.Placing.Baselines;

/// <summary>A stage of the workflow: tasks that only go to pools together, and the ways to cut them into pools.</summary>
/// <param name="Tasks">Ascending.</param>
/// <param name="Cuts">Each a list of disjoint task sets that together are <paramref name="Tasks"/>, as keys of <see cref="Stages.Key"/>.</param>
internal sealed record Stage(int[] Tasks, string[][] Cuts);

/// <summary>The stages of a problem.</summary>
internal static class Stages
{
    private const int MostCuts = 64; // a model is cut into reading and writing; more cuts than this are not looked at

    /// <summary>The task set of a candidate as text.</summary>
    public static string Key(PlacementCandidate candidate) => string.Join(',', candidate.Tasks);

    /// <summary>In order of their first tasks. A stage without any cut has no cover.</summary>
    public static Stage[] Of(PlacementProblem problem)
    {
        int[] leader = [.. Enumerable.Range(0, problem.TaskCount)];
        foreach (PlacementCandidate candidate in problem.Candidates)
        {
            foreach (int task in candidate.Tasks)
            {
                (int a, int b) = (Find(leader, candidate.Tasks[0]), Find(leader, task));
                leader[Math.Max(a, b)] = Math.Min(a, b);
            }
        }

        Dictionary<string, int[]> sets = [];
        foreach (PlacementCandidate candidate in problem.Candidates)
        {
            sets.TryAdd(Key(candidate), candidate.Tasks);
        }

        return [.. Enumerable.Range(0, problem.TaskCount).GroupBy(t => Find(leader, t)).OrderBy(g => g.Key)
            .Select(g => new Stage([.. g], Cuts([.. g], [.. sets.Where(s => Find(leader, s.Value[0]) == g.Key).OrderBy(s => s.Key, StringComparer.Ordinal)])))];
    }

    private static string[][] Cuts(int[] tasks, KeyValuePair<string, int[]>[] sets)
    {
        var cuts = new List<string[]>();
        var open = new Stack<(string[] Keys, HashSet<int> Left)>([([], [.. tasks])]);
        while (open.Count > 0 && cuts.Count < MostCuts)
        {
            (string[] keys, HashSet<int> left) = open.Pop();
            if (left.Count == 0)
            {
                cuts.Add(keys);
                continue;
            }

            int next = left.Min();
            foreach ((string key, int[] set) in sets.Where(s => s.Value.Contains(next) && s.Value.All(left.Contains)))
            {
                open.Push(([.. keys, key], [.. left.Except(set)]));
            }
        }

        return [.. cuts];
    }

    private static int Find(int[] leader, int task)
    {
        while (leader[task] != task)
        {
            task = leader[task];
        }

        return task;
    }
}
