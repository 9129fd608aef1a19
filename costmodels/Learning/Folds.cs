namespace Orchestrator.CostModels.Learning;

/// <summary>Parts rows by group, so that no group is in both fit and test, and weighs rows so that large groups do not drown small ones.</summary>
public static class Folds
{
    /// <summary>
    /// The fold of each row, 0 to <paramref name="folds"/> − 1. Groups are put into an order by a hash of their name and the seed and dealt out in turn: the
    /// same on every machine and whatever the order of rows, and folds differ by one group at most.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two folds.</exception>
    public static int[] ByGroup(IReadOnlyList<string> groups, int folds, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        Dictionary<string, int> foldOf = groups.Distinct(StringComparer.Ordinal)
            .OrderBy(g => Hash(g, seed)).ThenBy(g => g, StringComparer.Ordinal)
            .Select((g, i) => (g, i)).ToDictionary(p => p.g, p => p.i % folds, StringComparer.Ordinal);
        return [.. groups.Select(g => foldOf[g])];
    }

    /// <summary>
    /// n^−<paramref name="power"/> for each row, n being the rows of its group: 0 counts rows, 1 counts groups.
    /// </summary>
    public static double[] Weights(IReadOnlyList<string> groups, double power)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Dictionary<string, int> sizes = groups.CountBy(g => g, StringComparer.Ordinal).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        return [.. groups.Select(g => Math.Pow(sizes[g], -power))];
    }

    /// <summary>At most <paramref name="most"/> rows of each group, in their order, spread evenly over the group's rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one row.</exception>
    public static int[] Thinned(IReadOnlyList<string> groups, int most)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return [.. Enumerable.Range(0, groups.Count).GroupBy(i => groups[i], StringComparer.Ordinal)
            .SelectMany(g => Spread([.. g], most)).Order()];
    }

    // FNV-1a over the characters, then the finaliser of SplitMix64, so that names that differ in one letter land far apart.
    internal static ulong Hash(string text, ulong seed)
    {
        ulong hash = 14695981039346656037UL ^ seed;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        hash += 0x9E3779B97F4A7C15UL;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }

    private static IEnumerable<int> Spread(int[] rows, int most) =>
        rows.Length <= most ? rows : Enumerable.Range(0, most).Select(k => rows[(int)((k + 0.5) * rows.Length / most)]);
}
