using Orchestrator.Cli.Papers.Placing;

namespace Orchestrator.Cli.Papers;

/// <summary>Composition of Experts: which experts to keep under a budget of weights, and which category of prompts goes where.</summary>
[Paper("composition-of-experts")]
internal sealed class CompositionOfExperts : IPaper
{
    private const int Problems = 60;
    private static readonly string[] Names =
        ["Qwen/Qwen2-7B-Instruct", "google/gemma-2-9b", "google/gemma-2-27b", "meta-llama/Llama-3.1-70B-Instruct", "Qwen/Qwen2-72B-Instruct"];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        double[] sizes = [.. Names.Select(n => Known.Model(n).Parameters / 1e9)];
        (double[] weights, double[][] scores) = Scores(sizes.Length, 12, 1);
        ExpertChoice all = ExpertChoice.Best(sizes, weights, scores, sizes.Sum());
        double one = scores.Max(s => s.Zip(weights, (score, weight) => score * weight).Sum());
        const string ours = "the five experts of the paper with the catalogue's weights; scores and shares of categories are drawn, since the paper's are not known here";
        return
        [
            NumberClaim.Exactly("Experts under a budget and the map to them are chosen to the highest quality", Origin.Summary, 0, $"of {Problems} problems differ", Differences(sizes), 0,
                $"sets of experts tried against every map of 1 to 6 categories, budgets of 8 to 187 billion weights; {ours}"),
            NumberClaim.Exactly("More budget never gives less quality", Origin.Derived, 0, "of 180 budgets give less", Falls(sizes, weights, scores), 0, $"budgets of 8 to 187 billion weights in steps of one, 12 categories; {ours}"),
            new OrderClaim("A composition is better than its best expert alone", Origin.Summary, "composition > best expert", "mean score",
                [("all five by category", all.Quality), ("best one for all", one)])
            {
                How = $"12 categories; {ours}",
            },
            new UnreachedClaim("Arena-Hard at 31B weights met on average", Origin.Abstract, "59.4", "it needs the five models, the router's training data and the judge")
            {
                Beside = Mix(sizes, 31),
            },
            new UnreachedClaim("MT-Bench at 54B weights met on average", Origin.Abstract, "9.06", "it needs the five models, the router's training data and the judge")
            {
                Beside = Mix(sizes, 54),
            },
            new UnreachedClaim("Labels of the best expert for each prompt are too noisy to learn from", Origin.Summary, "categories instead", "it needs answers of the five models, graded"),
        ];
    }

    // Between the smallest and the largest expert alone, the share of prompts that reach the largest.
    private static string Mix(double[] sizes, double average)
    {
        double share = (average - sizes.Min()) / (sizes.Max() - sizes.Min());
        return $"no score; {Claim.Number(average)}B on average would be {Claim.WithUnit(Math.Round(100 * share, 1), "%")} of prompts at the largest expert, the rest at the smallest";
    }

    private static int Differences(double[] sizes)
    {
        int wrong = 0;
        for (int problem = 0; problem < Problems; problem++)
        {
            (double[] weights, double[][] scores) = Scores(sizes.Length, 1 + problem % 6, 100 + problem);
            double budget = sizes.Min() + (sizes.Sum() - sizes.Min()) * (problem + 0.5) / Problems;
            double gap = ExpertChoice.Best(sizes, weights, scores, budget).Quality - ExpertChoice.Tried(sizes, weights, scores, budget).Quality;
            wrong += Math.Abs(gap) <= 1e-12 ? 0 : 1;
        }

        return wrong;
    }

    private static int Falls(double[] sizes, double[] weights, double[][] scores)
    {
        double before = double.NegativeInfinity;
        int falls = 0;
        for (int budget = 8; budget < 188; budget++)
        {
            double quality = ExpertChoice.Best(sizes, weights, scores, budget).Quality;
            falls += quality >= before ? 0 : 1;
            before = quality;
        }

        return falls;
    }

    private static (double[] Weights, double[][] Scores) Scores(int experts, int categories, int seed)
    {
        var random = new Random(seed);
        double[] weights = [.. Enumerable.Range(0, categories).Select(_ => 0.1 + random.NextDouble())];
        double total = weights.Sum();
        double[][] scores = [.. Enumerable.Range(0, experts).Select(_ => Enumerable.Range(0, categories).Select(_ => random.NextDouble()).ToArray())];
        return ([.. weights.Select(w => w / total)], scores);
    }
}
