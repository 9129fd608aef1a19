namespace Orchestrator.Cli.Papers.Placing;

/// <summary>
/// Where updates of clients are aggregated: those that a node aggregates become one partial result there, and all partial results meet on one of the
/// nodes (LIFL, arXiv 2405.10968). Updates and partial results have the same size, so what crosses between nodes is counted in updates.
/// </summary>
/// <param name="Aggregated">Updates that each node aggregates.</param>
/// <param name="Crossing">Updates and partial results that cross between nodes.</param>
internal sealed record UpdatePlaces(IReadOnlyList<int> Aggregated, int Crossing)
{
    private const int MostNodes = 20;

    /// <summary>
    /// The places with the fewest crossings: for a set of nodes that aggregate, updates stay where they landed as far as the node has room, and the
    /// rest goes where room is left; every set of nodes is tried.
    /// </summary>
    /// <param name="landed">Updates that landed at each node.</param>
    /// <param name="room">Updates that each node can aggregate in a round; together at least as many as landed.</param>
    /// <exception cref="ArgumentException">More than 20 nodes, or not enough room.</exception>
    public static UpdatePlaces Best(int[] landed, int[] room)
    {
        if (landed.Length > MostNodes || room.Sum() < landed.Sum())
        {
            throw new ArgumentException($"at most {MostNodes} nodes, with room for all updates", nameof(landed));
        }

        UpdatePlaces? best = null;
        for (int set = 0; set < 1 << landed.Length; set++)
        {
            bool Used(int node) => (set >> node & 1) == 1;
            int left = landed.Where((_, node) => !Used(node)).Sum() + landed.Select((l, node) => Used(node) ? Math.Max(0, l - room[node]) : 0).Sum();
            int[] aggregated = [.. landed.Select((l, node) => Used(node) ? Math.Min(l, room[node]) : 0)];
            for (int node = 0; node < landed.Length; node++)
            {
                int more = Used(node) ? Math.Min(left, room[node] - aggregated[node]) : 0;
                aggregated[node] += more;
                left -= more;
            }

            int crossing = Crossings(landed, aggregated);
            best = left == 0 && (best is null || crossing < best.Crossing) ? new UpdatePlaces(aggregated, crossing) : best;
        }

        return best!; // the set of all nodes has room for all
    }

    /// <summary>Fewest crossings when a node is tried for each single update.</summary>
    public static int Tried(int[] landed, int[] room)
    {
        int[] homes = [.. landed.SelectMany((count, node) => Enumerable.Repeat(node, count))];
        int[] places = new int[homes.Length];
        int best = int.MaxValue;
        do
        {
            int[] aggregated = new int[landed.Length];
            foreach (int place in places)
            {
                aggregated[place]++;
            }

            if (aggregated.Zip(room).All(p => p.First <= p.Second))
            {
                int moved = places.Zip(homes).Count(p => p.First != p.Second);
                best = Math.Min(best, moved + Math.Max(0, aggregated.Count(a => a > 0) - 1));
            }
        }
        while (Counting.Next(places, landed.Length));
        return best;
    }

    /// <summary>Crossings when each node aggregates so many: updates that cannot stay, and partial results that go to one of the nodes.</summary>
    public static int Crossings(IReadOnlyList<int> landed, IReadOnlyList<int> aggregated) =>
        landed.Zip(aggregated).Sum(p => Math.Max(0, p.First - p.Second)) + Math.Max(0, aggregated.Count(a => a > 0) - 1);

    /// <summary>The mean of weighted values in one go.</summary>
    public static double FlatMean(IReadOnlyList<(double Weight, double Value)> updates) => updates.Sum(u => u.Weight * u.Value) / updates.Sum(u => u.Weight);

    /// <summary>The mean by levels: so many neighbours become one sum and one weight, until one is left.</summary>
    /// <param name="updates">At least one.</param>
    /// <param name="fanIn">At least 2.</param>
    public static double TreeMean(IReadOnlyList<(double Weight, double Value)> updates, int fanIn)
    {
        (double Weight, double Sum)[] level = [.. updates.Select(u => (u.Weight, u.Weight * u.Value))];
        while (level.Length > 1)
        {
            level = [.. level.Chunk(fanIn).Select(c => (c.Sum(p => p.Weight), c.Sum(p => p.Sum)))];
        }

        return level[0].Sum / level[0].Weight;
    }
}
