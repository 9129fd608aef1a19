namespace Orchestrator.Diagnostics;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class NearestName
{
    private const int LongestName = 64;

    /// <summary>
    /// The candidate with the smallest edit distance to <paramref name="name"/> (insert, delete, replace, swap of neighbours; case counts half),
    /// or null when none is within a third of its length. Ties go to the first in ordinal order.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates.Order(StringComparer.Ordinal))
        {
            if (Math.Abs(candidate.Length - name.Length) > 4 || candidate.Length > LongestName || name.Length > LongestName)
            {
                continue;
            }

            int distance = Distance(name, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        int allowed = 2 * Math.Max(1, (name.Length + 2) / 3);
        return bestDistance <= allowed ? best : null;
    }

    /// <summary><c>did you mean 'x'?</c>, or null.</summary>
    public static string? Suggest(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } best ? $"did you mean '{best}'?" : null;

    // Damerau-Levenshtein (optimal string alignment) in half steps.
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            d[i, 0] = 2 * i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            d[0, j] = 2 * j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = a[i - 1] == b[j - 1] ? 0 : char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 1 : 2;
                int best = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 2, d[i - 1, j - 1] + replace);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, d[i - 2, j - 2] + 2);
                }

                d[i, j] = best;
            }
        }

        return d[a.Length, b.Length];
    }
}
