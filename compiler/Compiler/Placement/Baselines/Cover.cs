namespace Orchestrator.Compiler.Placing.Baselines;

/// <summary>A cover that grows pool by pool and never takes a device that is gone or data that cannot be moved.</summary>
internal sealed class Cover(PlacementProblem problem)
{
    private readonly int[] _owner = [.. Enumerable.Repeat(-1, problem.TaskCount)];
    private readonly long[] _used = new long[problem.Devices.Length];
    private readonly List<int> _chosen = [];

    /// <summary>What was taken so far.</summary>
    public int[] Chosen => [.. _chosen.Order()];

    /// <summary>The candidate that covers a task, -1 for none yet.</summary>
    public int OwnerOf(int task) => _owner[task];

    /// <summary>A copy that grows apart.</summary>
    public Cover Copy()
    {
        var copy = new Cover(problem);
        foreach (int candidate in _chosen)
        {
            copy.Take(candidate);
        }

        return copy;
    }

    /// <summary>Whether a candidate's tasks are free, its devices are left and its data can be moved from and to what was taken.</summary>
    public bool Admits(int candidate)
    {
        PlacementCandidate c = problem.Candidates[candidate];
        return c.Uses.All(u => (_used[u.Device] + u.Use + PlacementProblem.WholeDevice - 1) / PlacementProblem.WholeDevice <= problem.Devices[u.Device].Count)
            && c.Tasks.All(t => _owner[t] < 0)
            && problem.Edges.All(e => !Joins(e, candidate, out int from, out int to) || e.Moves[e.FromClass[from]][e.ToClass[to]] is not null);
    }

    /// <summary>Takes a candidate.</summary>
    public void Take(int candidate)
    {
        PlacementCandidate c = problem.Candidates[candidate];
        foreach (PlacementUse use in c.Uses)
        {
            _used[use.Device] += use.Use;
        }

        _chosen.Add(candidate);
        foreach (int task in c.Tasks)
        {
            _owner[task] = candidate;
        }
    }

    /// <summary>Cost of a candidate by itself: its charges and its share of the devices.</summary>
    public double PriceOf(int candidate) => problem.PriceOf(problem.Candidates[candidate]);

    // Whether an edge runs between the candidate and one that was taken; the ends are candidates.
    private bool Joins(PlacementEdge edge, int candidate, out int from, out int to)
    {
        from = edge.FromClass[candidate] >= 0 ? candidate : _owner[edge.From];
        to = edge.ToClass[candidate] >= 0 ? candidate : _owner[edge.To];
        return from >= 0 && to >= 0 && from != to && (from == candidate || to == candidate);
    }
}
