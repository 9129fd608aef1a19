namespace Orchestrator.Compiler.Placing;

/// <summary>
/// A good cover in little time, the same on every machine: tasks that can only be covered together form a group, each group lists some of
/// its covers, and the covers of groups are exchanged while that helps. It may miss a feasible plan; the exact solver decides.
/// </summary>
internal sealed class HeuristicSolver(PlacementProblem problem)
{
    private const int CandidatesPerTask = 12;
    private const int CoversPerGroup = 400;
    private const int Rounds = 30;
    private const int PricesOfTime = 24; // from 0 and a hundredth of a unit of money a microsecond up in half decades

    private readonly PlacementEvaluator _evaluator = new(problem);

    /// <summary>A cover, feasible where one was found; null when some task has no cover at all.</summary>
    public PlacementValue? Solve(CancellationToken cancellation)
    {
        List<List<int[]>> groups = Groups();
        if (groups.Any(g => g.Count == 0))
        {
            return null;
        }

        (int[] pick, PlacementValue best) = Start(groups);
        for (int round = 0; round < Rounds; round++)
        {
            bool improved = false;
            for (int g = 0; g < groups.Count; g++)
            {
                cancellation.ThrowIfCancellationRequested();
                improved |= ImproveGroup(groups, pick, g, ref best);
            }

            if (!improved)
            {
                break;
            }
        }

        return best;
    }

    // Each group takes the cover with the least price plus its time at some price of time; the best of several such prices starts the search.
    private (int[] Pick, PlacementValue Value) Start(List<List<int[]>> groups)
    {
        int[] bestPick = new int[groups.Count];
        PlacementValue best = _evaluator.Evaluate(Chosen(groups, bestPick));
        for (int step = 0; step < PricesOfTime; step++)
        {
            double priceOfTime = step == 0 ? 0 : Math.Pow(10, step / 2.0 - 2);
            int[] pick = [.. groups.Select(covers => Enumerable.Range(0, covers.Count)
                .MinBy(i => covers[i].Sum(c => Price(c) + priceOfTime * Time(c))))];
            PlacementValue value = _evaluator.Evaluate(Chosen(groups, pick));
            if (Better(value, best))
            {
                (bestPick, best) = (pick, value);
            }
        }

        return (bestPick, best);
    }

    private bool ImproveGroup(List<List<int[]>> groups, int[] pick, int group, ref PlacementValue best)
    {
        bool improved = false;
        int kept = pick[group];
        for (int option = 0; option < groups[group].Count; option++)
        {
            pick[group] = option;
            PlacementValue value = _evaluator.Evaluate(Chosen(groups, pick));
            if (Better(value, best))
            {
                (best, kept, improved) = (value, option, true);
            }
        }

        pick[group] = kept;
        return improved;
    }

    private bool Better(PlacementValue a, PlacementValue b)
    {
        if (a.Violation != b.Violation)
        {
            return a.Violation < b.Violation;
        }

        double Primary(PlacementValue v) => problem.MinimiseNode >= 0 ? v.Values[problem.MinimiseNode] : v.Objective;
        double Tie(PlacementValue v) => problem.TieBreak >= 0 ? v.Values[problem.TieBreak] : 0;
        return Primary(a) != Primary(b) ? Primary(a) < Primary(b) : Tie(a) < Tie(b);
    }

    private static int[] Chosen(List<List<int[]>> groups, int[] pick) =>
        [.. groups.SelectMany((covers, g) => covers[pick[g]])];

    // Connected components of "some candidate covers both", each with a bounded list of exact covers.
    private List<List<int[]>> Groups()
    {
        int[] leader = [.. Enumerable.Range(0, problem.TaskCount)];
        int Find(int task)
        {
            while (leader[task] != task)
            {
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

        return [.. Enumerable.Range(0, problem.TaskCount).GroupBy(Find).OrderBy(g => g.Key).Select(g => Covers([.. g]))];
    }

    private List<int[]> Covers(int[] tasks)
    {
        var options = new Dictionary<int, int[]>();
        foreach (int task in tasks)
        {
            options[task] = Options(task);
        }

        var covers = new List<int[]>();
        var open = new Stack<(HashSet<int> Covered, int[] Chosen)>();
        open.Push(([], []));
        while (open.Count > 0 && covers.Count < CoversPerGroup)
        {
            (HashSet<int> covered, int[] chosen) = open.Pop();
            int next = Array.FindIndex(tasks, t => !covered.Contains(t));
            if (next < 0)
            {
                covers.Add(chosen);
                continue;
            }

            foreach (int candidate in options[tasks[next]].Reverse())
            {
                int[] more = problem.Candidates[candidate].Tasks;
                if (!more.Any(covered.Contains))
                {
                    open.Push(([.. covered, .. more], [.. chosen, candidate]));
                }
            }
        }

        return covers;
    }

    // For each set of tasks that starts with this one, the cheapest and the quickest candidates.
    private int[] Options(int task)
    {
        var ids = Enumerable.Range(0, problem.Candidates.Length).Where(c => problem.Candidates[c].Tasks.Contains(task));
        return [.. ids.GroupBy(c => string.Join(',', problem.Candidates[c].Tasks)).SelectMany(same =>
            same.OrderBy(Price).ThenBy(c => c).Take(CandidatesPerTask)
                .Concat(same.OrderBy(Time).ThenBy(c => c).Take(CandidatesPerTask)).Distinct())];
    }

    private long Price(int candidate)
    {
        PlacementCandidate c = problem.Candidates[candidate];
        return c.Cost + (long)(c.Use / (double)PlacementProblem.WholeDevice * problem.Devices[c.Device].Cost);
    }

    private long Time(int candidate) => problem.Candidates[candidate].Durations.Sum(d => d.Length > 0 ? d.Max() : 0);
}
