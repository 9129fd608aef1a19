namespace Orchestrator.Compiler.Placing.Baselines;

/// <summary>
/// HEFT (Topcuoglu et al., "Performance-effective and low-complexity task scheduling for heterogeneous computing", 2002): tasks in order of
/// their mean time to the end, each on the pool where it finishes first; money only breaks ties. Times are medians.
/// </summary>
internal sealed class EarliestFinish : Baseline
{
    private const int Median = 0; // the first column of durations

    /// <inheritdoc/>
    public override string Name => "earliest finish (HEFT)";

    /// <inheritdoc/>
    public override string Summary => "each task where it finishes first, most urgent first";

    /// <inheritdoc/>
    public override BaselineChoice Choose(BaselineProblem problem, CancellationToken cancellation)
    {
        PlacementProblem p = problem.Problem;
        double[] rank = Ranks(p);
        Dictionary<int, List<string[]>> cuts = [];
        foreach (Stage stage in Stages.Of(p))
        {
            List<string[]> shared = [.. stage.Cuts];
            foreach (int task in stage.Tasks)
            {
                cuts[task] = shared;
            }
        }

        var cover = new Cover(p);
        double[] finish = new double[p.TaskCount];
        foreach (int task in Enumerable.Range(0, p.TaskCount).OrderByDescending(t => rank[t]).ThenBy(t => t))
        {
            cancellation.ThrowIfCancellationRequested();
            if (cover.OwnerOf(task) >= 0)
            {
                continue;
            }

            int[] possible = [.. Enumerable.Range(0, p.Candidates.Length)
                .Where(c => p.Candidates[c].Tasks.Contains(task) && cuts[task].Exists(cut => cut.Contains(Stages.Key(p.Candidates[c]))) && cover.Admits(c))];
            if (possible.Length == 0)
            {
                return new BaselineChoice(null, $"nothing is left for {problem.TaskNames[task]}");
            }

            int first = possible.MinBy(c => (FinishOf(p, cover, finish, c)[Array.IndexOf(p.Candidates[c].Tasks, task)], cover.PriceOf(c), c));
            double[] times = FinishOf(p, cover, finish, first);
            for (int i = 0; i < times.Length; i++)
            {
                finish[p.Candidates[first].Tasks[i]] = times[i];
            }

            cover.Take(first);
            cuts[task].RemoveAll(cut => !cut.Contains(Stages.Key(p.Candidates[first])));
        }

        return new BaselineChoice(cover.Chosen);
    }

    // Mean time of a task and the longest way from it to the end; edges run from lower to higher ids.
    private static double[] Ranks(PlacementProblem p)
    {
        double[] sum = new double[p.TaskCount];
        int[] count = new int[p.TaskCount];
        foreach (PlacementCandidate candidate in p.Candidates)
        {
            for (int i = 0; i < candidate.Tasks.Length; i++)
            {
                sum[candidate.Tasks[i]] += candidate.Durations[i][Median];
                count[candidate.Tasks[i]]++;
            }
        }

        ILookup<int, PlacementEdge> outgoing = p.Edges.Where(e => e.From < e.To).ToLookup(e => e.From);
        double[] rank = new double[p.TaskCount];
        for (int task = p.TaskCount - 1; task >= 0; task--)
        {
            double after = outgoing[task].Select(e => rank[e.To] + MeanMove(e)).DefaultIfEmpty(0).Max();
            rank[task] = sum[task] / Math.Max(1, count[task]) + after;
        }

        return rank;
    }

    private static double MeanMove(PlacementEdge edge) =>
        edge.Moves.SelectMany(row => row).Where(m => m is not null).Select(m => (double)m!.Time).DefaultIfEmpty(0).Average(); // nulls are left out

    // When each task of a candidate would finish after what was taken; tasks of one pool follow each other without a transfer.
    private static double[] FinishOf(PlacementProblem p, Cover cover, double[] finish, int candidate)
    {
        PlacementCandidate c = p.Candidates[candidate];
        double[] times = new double[c.Tasks.Length];
        for (int i = 0; i < c.Tasks.Length; i++)
        {
            double start = 0;
            foreach (PlacementEdge edge in p.Edges.Where(e => e.To == c.Tasks[i] && e.From < e.To))
            {
                int inside = Array.IndexOf(c.Tasks, edge.From);
                int owner = cover.OwnerOf(edge.From);
                double ready = inside >= 0 ? times[inside]
                    : owner >= 0 ? finish[edge.From] + (edge.Moves[edge.FromClass[owner]][edge.ToClass[candidate]]?.Time ?? 0)
                    : 0;
                start = Math.Max(start, ready);
            }

            times[i] = start + c.Durations[i][Median];
        }

        return times;
    }
}
