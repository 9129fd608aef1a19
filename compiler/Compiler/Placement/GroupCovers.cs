namespace Orchestrator.Compiler.Placing;

/// <summary>Tasks that can only be covered together, and some ways to do so.</summary>
/// <param name="Tasks">Ascending.</param>
/// <param name="Covers">Each covers every task once; the most promising first.</param>
/// <param name="Complete">Whether there is no other cover.</param>
internal sealed record CoverGroup(int[] Tasks, int[][] Covers, bool Complete);

/// <summary>Splits a problem into groups: connected components of "some candidate covers both tasks".</summary>
internal static class GroupCovers
{
    private const int Listed = 4096; // covers looked at before the most promising are taken

    /// <summary>The groups in order of their first task; a group without covers means that no plan exists.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="score">By candidate; a cover with a smaller sum is more promising.</param>
    /// <param name="most">Covers kept for each group, at least 1.</param>
    public static CoverGroup[] Of(PlacementProblem problem, double[] score, int most)
    {
        int[] leader = [.. Enumerable.Range(0, problem.TaskCount)];
        int Find(int task)
        {
            while (leader[task] != task)
            {
                leader[task] = leader[leader[task]];
                task = leader[task];
            }

            return task;
        }

        foreach (PlacementCandidate candidate in problem.Candidates)
        {
            foreach (int task in candidate.Tasks)
            {
                int a = Find(candidate.Tasks[0]);
                int b = Find(task);
                leader[Math.Max(a, b)] = Math.Min(a, b);
            }
        }

        int[][] covering = problem.Covering();
        foreach (int[] candidates in covering)
        {
            Array.Sort(candidates, (a, b) => score[a] != score[b] ? score[a].CompareTo(score[b]) : a.CompareTo(b));
        }

        return [.. Enumerable.Range(0, problem.TaskCount).GroupBy(Find).OrderBy(g => g.Key).Select(g => Group(problem, [.. g], covering, score, most))];
    }

    private static CoverGroup Group(PlacementProblem problem, int[] tasks, int[][] covering, double[] score, int most)
    {
        var covers = new List<(double Score, int[] Chosen)>();
        var open = new Stack<(double Score, int[] Covered, int[] Chosen)>();
        open.Push((0, [], []));
        while (open.Count > 0 && covers.Count < Listed)
        {
            (double sum, int[] covered, int[] chosen) = open.Pop();
            int next = Array.FindIndex(tasks, t => Array.IndexOf(covered, t) < 0);
            if (next < 0)
            {
                covers.Add((sum, chosen));
                continue;
            }

            foreach (int candidate in covering[tasks[next]].Reverse())
            {
                int[] more = problem.Candidates[candidate].Tasks;
                if (!more.Any(t => Array.IndexOf(covered, t) >= 0))
                {
                    open.Push((sum + score[candidate], [.. covered, .. more], [.. chosen, candidate]));
                }
            }
        }

        return new CoverGroup(tasks, [.. covers.OrderBy(c => c.Score).Take(most).Select(c => c.Chosen)], open.Count == 0 && covers.Count <= most);
    }
}
