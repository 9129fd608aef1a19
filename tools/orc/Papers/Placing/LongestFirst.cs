namespace Orchestrator.Cli.Papers.Placing;

/// <summary>A thing that several ranks share evenly.</summary>
/// <param name="Cost">Work of the whole.</param>
/// <param name="Ranks">How many ranks share it, at least 1.</param>
internal readonly record struct Shared(double Cost, int Ranks);

/// <summary>Greatest pieces first, each to the ranks that have least (Graham's rule: at most 4/3 - 1/(3m) of the best for things of one rank).</summary>
internal static class LongestFirst
{
    /// <summary>The ranks of each thing.</summary>
    /// <param name="things">No thing takes more ranks than there are.</param>
    /// <param name="ranks">Ranks.</param>
    public static int[][] Ranks(IReadOnlyList<Shared> things, int ranks)
    {
        double[] loads = new double[ranks];
        int[][] chosen = new int[things.Count][];
        foreach (int thing in Enumerable.Range(0, things.Count).OrderByDescending(i => things[i].Cost / things[i].Ranks))
        {
            Shared shared = things[thing];
            chosen[thing] = [.. Enumerable.Range(0, ranks).OrderBy(r => loads[r]).Take(shared.Ranks)];
            foreach (int rank in chosen[thing])
            {
                loads[rank] += shared.Cost / shared.Ranks;
            }
        }

        return chosen;
    }

    /// <summary>What each rank has to do when things with these costs lie on these ranks.</summary>
    public static double[] Loads(IReadOnlyList<double> costs, int[][] chosen, int ranks)
    {
        double[] loads = new double[ranks];
        for (int thing = 0; thing < costs.Count; thing++)
        {
            foreach (int rank in chosen[thing])
            {
                loads[rank] += costs[thing] / chosen[thing].Length;
            }
        }

        return loads;
    }

    /// <summary>Greatest load under the best of all assignments of things of one rank, every one tried.</summary>
    public static double Tried(IReadOnlyList<double> costs, int ranks)
    {
        int[] assigned = new int[costs.Count];
        double best = double.PositiveInfinity;
        do
        {
            best = Math.Min(best, Loads(costs, [.. assigned.Select(r => new[] { r })], ranks).Max());
        }
        while (Counting.Next(assigned, ranks));
        return best;
    }
}
