namespace Orchestrator.Compiler.Placing;

/// <summary>
/// Improves a plan region by region: a few groups that exchange data, and a few from elsewhere to pay for the time that those win or lose, change at
/// random and then for the better, while all others keep what they have. Counted steps, one seed: the same problem gives the same plan.
/// </summary>
internal sealed class RegionSearch
{
    private const int Near = 6;
    private const int Far = 5;
    private const int Kicked = 3;
    private const int Depth = 24;          // covers that a change at random picks from
    private const int MostPasses = 6;
    private const double WorkPerSecond = 4e7; // changes and latencies computed in about a second
    private const int MostRegionsPerGroup = 8;
    private const double Loose = 1.3;      // prices of broken constraints, by those of the relaxation
    private const double Tight = 12;
    private const int Seed = 1;

    private readonly CoverGroup[] _groups;
    private readonly int[][] _neighbours;
    private readonly PlacementState _state;
    private readonly Penalties _loose;
    private readonly Penalties _tight;
    private readonly double[] _missedLimits;
    private readonly double[] _missedDevices;
    private readonly Random _chance = new(Seed);

    private RegionSearch(PlacementProblem problem, CoverGroup[] groups, int[][] covers, RelaxedPlan relaxed)
    {
        _groups = groups;
        _neighbours = Neighbours(problem, groups);
        _state = new PlacementState(problem, groups, covers);
        Penalties first = LocalSearch.FirstPenalties(problem, relaxed);
        (_loose, _tight) = (Times(first, Loose), Times(first, Tight));
        _missedLimits = new double[problem.Limits.Length];
        _missedDevices = new double[problem.Devices.Length];
    }

    /// <summary>A plan at least as good as a feasible one.</summary>
    /// <param name="problem">The problem, for money.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="relaxed">Its relaxation; once the plan is as good as it can be, the search ends.</param>
    /// <param name="best">The plan.</param>
    /// <param name="limit">Deterministic seconds at most.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static PlacementValue Improve(
        PlacementProblem problem, CoverGroup[] groups, RelaxedPlan relaxed, PlacementValue best, double limit, CancellationToken cancellation)
    {
        int[] owner = new PlacementEvaluator(problem).Owners(best.Chosen);
        int[][] covers = [.. groups.Select(g => (int[])[.. g.Tasks.Select(t => owner[t]).Distinct()])];
        int[][] found = new RegionSearch(problem, groups, covers, relaxed).Run(covers, best.Objective, limit * WorkPerSecond, relaxed.Bound, cancellation);
        PlacementValue value = new PlacementEvaluator(problem).Evaluate([.. found.SelectMany(c => c)]);
        return value.Violation == 0 && value.Objective < best.Objective ? value : best;
    }

    private int[][] Run(int[][] covers, double objective, double work, double bound, CancellationToken cancellation)
    {
        int[][] best = [.. covers];
        for (int r = 0; r < MostRegionsPerGroup * _groups.Length && _state.Work < work && objective - 1 >= bound; r++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] region = Region(_chance.Next(_groups.Length));
            for (int k = 0; k < Kicked; k++)
            {
                int group = region[_chance.Next(region.Length)];
                int[][] choice = _groups[group].Covers;
                _state.Put(group, choice[_chance.Next(Math.Min(Depth, choice.Length))]);
                _state.Keep();
            }

            Descend(region, _loose);
            Descend(region, _tight);
            double value = _state.Value(_tight);
            bool better = value < objective && _state.Missed(_missedLimits, _missedDevices, out _);
            foreach (int group in region)
            {
                if (better)
                {
                    best[group] = _state.Covers[group];
                }
                else if (!ReferenceEquals(_state.Covers[group], best[group]))
                {
                    _state.Put(group, best[group]);
                    _state.Keep();
                }
            }

            objective = better ? value : objective;
        }

        return best;
    }

    private void Descend(int[] region, Penalties penalties)
    {
        double value = _state.Value(penalties);
        bool improved = true;
        for (int pass = 0; pass < MostPasses && improved; pass++)
        {
            improved = false;
            foreach (int group in region)
            {
                improved |= _state.Improve(group, penalties, ref value);
            }
        }
    }

    // Nearest first along the data, then some at random.
    private int[] Region(int centre)
    {
        var region = new List<int> { centre };
        for (int i = 0; i < region.Count && region.Count < Near; i++)
        {
            foreach (int neighbour in _neighbours[region[i]])
            {
                if (region.Count < Near && !region.Contains(neighbour))
                {
                    region.Add(neighbour);
                }
            }
        }

        for (int k = 0; k < Far; k++)
        {
            int group = _chance.Next(_groups.Length);
            if (!region.Contains(group))
            {
                region.Add(group);
            }
        }

        return [.. region];
    }

    private static int[][] Neighbours(PlacementProblem problem, CoverGroup[] groups)
    {
        int[] groupOf = new int[problem.TaskCount];
        var neighbours = new SortedSet<int>[groups.Length];
        for (int g = 0; g < groups.Length; g++)
        {
            neighbours[g] = [];
            foreach (int task in groups[g].Tasks)
            {
                groupOf[task] = g;
            }
        }

        foreach (PlacementEdge edge in problem.Edges)
        {
            neighbours[groupOf[edge.From]].Add(groupOf[edge.To]);
            neighbours[groupOf[edge.To]].Add(groupOf[edge.From]);
        }

        return [.. neighbours.Select((set, g) => set.Where(n => n != g).ToArray())];
    }

    private static Penalties Times(Penalties first, double factor) =>
        new([.. first.Limits.Select(p => p * factor)], [.. first.Devices.Select(p => p * factor)], first.Money * factor);
}
