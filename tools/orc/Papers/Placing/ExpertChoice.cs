namespace Orchestrator.Cli.Papers.Placing;

/// <summary>Experts that are kept under a budget of weights, and which of them each category of prompts goes to (Composition of Experts, arXiv 2412.01868).</summary>
/// <param name="Map">The expert of each category.</param>
/// <param name="Quality">Sum over categories of their weight times the score of their expert; negative infinity when no expert fits.</param>
internal sealed record ExpertChoice(IReadOnlyList<int> Map, double Quality)
{
    private const int MostExperts = 20;

    /// <summary>
    /// The best choice: once a set of experts is kept, every category takes the best of the set, so sets are tried and maps are not.
    /// </summary>
    /// <param name="sizes">Weights of each expert, above 0.</param>
    /// <param name="weights">Share of prompts of each category.</param>
    /// <param name="scores">Score of each expert, first index, in each category.</param>
    /// <param name="budget">Most weights of all kept experts together.</param>
    /// <exception cref="ArgumentException">More than 20 experts.</exception>
    public static ExpertChoice Best(double[] sizes, double[] weights, double[][] scores, double budget)
    {
        if (sizes.Length > MostExperts)
        {
            throw new ArgumentException($"at most {MostExperts} experts can be tried", nameof(sizes));
        }

        var best = new ExpertChoice([], double.NegativeInfinity);
        for (int kept = 1; kept < 1 << sizes.Length; kept++)
        {
            int[] members = [.. Enumerable.Range(0, sizes.Length).Where(e => (kept >> e & 1) == 1)];
            if (members.Sum(e => sizes[e]) > budget)
            {
                continue;
            }

            int[] map = [.. weights.Select((_, category) => members.MaxBy(e => scores[e][category]))];
            double quality = Of(map, weights, scores);
            best = quality > best.Quality ? new ExpertChoice(map, quality) : best;
        }

        return best;
    }

    /// <summary>The same by trying every map from categories to experts.</summary>
    public static ExpertChoice Tried(double[] sizes, double[] weights, double[][] scores, double budget)
    {
        var best = new ExpertChoice([], double.NegativeInfinity);
        int[] map = new int[weights.Length];
        do
        {
            double quality = Of(map, weights, scores);
            best = quality > best.Quality && map.Distinct().Sum(e => sizes[e]) <= budget ? new ExpertChoice([.. map], quality) : best;
        }
        while (Counting.Next(map, sizes.Length));
        return best;
    }

    private static double Of(int[] map, double[] weights, double[][] scores)
    {
        double quality = 0;
        for (int category = 0; category < map.Length; category++)
        {
            quality += weights[category] * scores[map[category]][category];
        }

        return quality;
    }
}
