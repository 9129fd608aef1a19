using System.Numerics;

namespace Orchestrator.Cli.Papers.Placing;

/// <summary>An expert that goes from a device to another.</summary>
internal readonly record struct ExpertMove(int Expert, int From, int To);

/// <summary>Experts between two sets of devices, as many on each afterwards or one more (ElasticMoE). A placement names the device of each expert.</summary>
internal static class ExpertMoves
{
    /// <summary>Experts shared out in their order, the first devices with one more.</summary>
    public static int[] Even(int experts, int devices) =>
        [.. Enumerable.Range(0, devices).SelectMany(d => Enumerable.Repeat(d, experts / devices + (d < experts % devices ? 1 : 0)))];

    /// <summary>
    /// The fewest moves to so many devices, numbered from 0: devices that hold most keep one more, what is above goes to those below. Devices beyond
    /// them are given back, those without an expert are new.
    /// </summary>
    public static IReadOnlyList<ExpertMove> Least(int[] placement, int devices)
    {
        int[] counts = Counts(placement, devices);
        int[] quotas = [.. Enumerable.Repeat(placement.Length / devices, devices)];
        foreach (int device in Enumerable.Range(0, devices).OrderByDescending(d => counts[d]).Take(placement.Length % devices))
        {
            quotas[device]++;
        }

        var free = new Queue<int>(Enumerable.Range(0, devices).SelectMany(d => Enumerable.Repeat(d, Math.Max(0, quotas[d] - counts[d]))));
        var moves = new List<ExpertMove>();
        int[] kept = new int[devices];
        for (int expert = 0; expert < placement.Length; expert++)
        {
            int from = placement[expert];
            if (from >= devices || kept[from] == quotas[from])
            {
                moves.Add(new ExpertMove(expert, from, free.Dequeue()));
            }
            else
            {
                kept[from]++;
            }
        }

        return moves;
    }

    /// <summary>Moves when experts are shared out anew in their order.</summary>
    public static IReadOnlyList<ExpertMove> Renumbered(int[] placement, int devices)
    {
        int[] wanted = Even(placement.Length, devices);
        return [.. Enumerable.Range(0, placement.Length).Where(e => placement[e] != wanted[e]).Select(e => new ExpertMove(e, placement[e], wanted[e]))];
    }

    /// <summary>A placement after moves.</summary>
    public static int[] After(int[] placement, IEnumerable<ExpertMove> moves)
    {
        int[] after = [.. placement];
        foreach (ExpertMove move in moves)
        {
            after[move.Expert] = move.To;
        }

        return after;
    }

    /// <summary>
    /// The fewest moves by another way: for every choice of the devices that hold one more, the largest matching of experts with free places of the
    /// device where they are, by augmenting paths (Kuhn). What is not matched moves.
    /// </summary>
    public static int LeastByMatching(int[] placement, int devices)
    {
        int most = 0;
        for (uint more = 0; more < 1u << devices; more++)
        {
            if (BitOperations.PopCount(more) == placement.Length % devices)
            {
                int[] places = [.. Enumerable.Range(0, devices).SelectMany(d => Enumerable.Repeat(d, placement.Length / devices + (int)(more >> d & 1)))];
                most = Math.Max(most, Matched(placement, places));
            }
        }

        return placement.Length - most;
    }

    private static int Matched(int[] placement, int[] places)
    {
        int[] holder = [.. Enumerable.Repeat(-1, places.Length)];
        return Enumerable.Range(0, placement.Length).Count(expert => Augment(expert, placement, places, holder, new bool[places.Length]));
    }

    private static bool Augment(int expert, int[] placement, int[] places, int[] holder, bool[] seen)
    {
        for (int place = 0; place < places.Length; place++)
        {
            if (places[place] != placement[expert] || seen[place])
            {
                continue;
            }

            seen[place] = true;
            if (holder[place] < 0 || Augment(holder[place], placement, places, holder, seen))
            {
                holder[place] = expert;
                return true;
            }
        }

        return false;
    }

    private static int[] Counts(int[] placement, int devices)
    {
        int[] counts = new int[devices];
        foreach (int device in placement.Where(d => d < devices))
        {
            counts[device]++;
        }

        return counts;
    }
}
