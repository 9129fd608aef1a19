using Orchestrator.Cli.Papers.Placing;
using Orchestrator.CostModels;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>ByteScale: sequences take as many ranks as they need, and ranks are filled by arithmetic instead of tokens.</summary>
[Paper("bytescale")]
internal sealed class ByteScale : IPaper
{
    private const int Ranks = 64;
    private const int Capacity = 8192;
    private const int Longest = 262_144;
    private const double BatchTokens = 8e6;
    private const double Network = 50e9;
    private const string Batch = "8 million tokens of log-normal lengths (median 1,800, sigma 1.6, cut at 256K), drawn by us, on 64 ranks that hold 8,192 tokens each, Mistral 7B";

    private static readonly ModelCard Model = Known.Model("mistralai/Mistral-7B-Instruct-v0.3");

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        int[] lengths = Lengths();
        double[] costs = [.. lengths.Select(Cost)];
        int[][] byWork = LongestFirst.Ranks([.. lengths.Select((l, i) => new Shared(costs[i], RanksOf(l)))], Ranks);
        int[][] byTokens = LongestFirst.Ranks([.. lengths.Select(l => new Shared(l, RanksOf(l)))], Ranks);
        int[][] mesh = Mesh(lengths);
        int[] alone = [.. Enumerable.Range(0, lengths.Length).Where(i => lengths[i] <= Capacity)];
        return
        [
            NumberClaim.Exactly("A sequence takes the fewest ranks that hold it", Origin.Summary, 0, "of 4,096 lengths differ", Misfits(), 0, "lengths of 64 to 262,144 in steps of 64: as many ranks as hold it, one rank fewer does not"),
            NumberClaim.Exactly("Short sequences send between ranks", Origin.Derived, 0, "bytes", alone.Sum(i => Traffic(lengths[i], byWork[i].Length)), 0,
                $"{Claim.Number(alone.Length)} of {Claim.Number(lengths.Length)} sequences fit a rank; a mesh of 32 ranks a sequence sends {Claim.Number(Math.Round(alone.Sum(i => Traffic(lengths[i], mesh[i].Length)) / 1e12, 1))} TB of their keys and values; {Batch}"),
            NumberClaim.Limit(Relation.AtMost, "Ranks filled by arithmetic are even, taken as 10 % above the mean", Origin.Derived, 1.1, "of the mean", Unevenness(costs, byWork), "longest first on a s + b s^2, greatest over mean load; " + Batch),
            new OrderClaim("Filling by arithmetic is more even than by tokens", Origin.Summary, "by tokens > by arithmetic", "greatest over mean load",
                [("by tokens", Unevenness(costs, byTokens)), ("by arithmetic", Unevenness(costs, byWork))])
            {
                How = "longest first on tokens and on a s + b s^2; " + Batch,
            },
            new OrderClaim("Ranks by need are faster than a mesh for the longest sequence", Origin.Abstract, "by need > mesh", "steps a second",
                [("by need", 1 / Seconds(lengths, byWork)), ("mesh of 32", 1 / Seconds(lengths, mesh))])
            {
                How = $"the slowest rank's arithmetic at half of an H100's peak or its keys and values, forward and twice that backward, over 50 GB/s, whichever is longer; {Batch}",
            },
            new UnreachedClaim("Training is faster than with a static mesh", Origin.Abstract, "up to 7.89x", "it was measured on more than 12,000 devices, which are not here, and the lengths of its data are not known")
            {
                Beside = $"{Claim.WithUnit(Seconds(lengths, mesh) / Seconds(lengths, byWork), "x")} on the batch above by the model above",
            },
            new UnreachedClaim("Activations are offloaded where a sequence needs it", Origin.Summary, "no figure", "it needs a training engine, which is not here"),
        ];
    }

    private static int RanksOf(int length) => (length + Capacity - 1) / Capacity;

    // Operations of training on a sequence: linear in its length, and quadratic for attention.
    private static double Cost(int length) => TrainingArithmetic.FlopsPerToken(Model, length) * length;

    // Bytes that the ranks of a sequence receive from each other in a step: everyone's keys and values but one's own, once forward and twice backward.
    private static double Traffic(int length, int ranks) => 3 * Model.KvBytesPerToken("bf16") * length * (ranks - 1);

    // The ranks of a static mesh: groups large enough for the longest sequence, filled by tokens.
    private static int[][] Mesh(int[] lengths)
    {
        int degree = RanksOf(Longest);
        int[][] groups = LongestFirst.Ranks([.. lengths.Select(l => new Shared(l, 1))], Ranks / degree);
        return [.. groups.Select(g => Enumerable.Range(g[0] * degree, degree).ToArray())];
    }

    private static double Seconds(int[] lengths, int[][] chosen)
    {
        double[] work = LongestFirst.Loads([.. lengths.Select(Cost)], chosen, Ranks);
        double[] bytes = LongestFirst.Loads([.. lengths.Select((l, i) => Traffic(l, chosen[i].Length))], chosen, Ranks);
        double rate = 0.5 * Known.Peak("H100", "bf16");
        return Enumerable.Range(0, Ranks).Max(r => Math.Max(work[r] / rate, bytes[r] / Network));
    }

    private static double Unevenness(double[] costs, int[][] chosen)
    {
        double[] loads = LongestFirst.Loads(costs, chosen, Ranks);
        return loads.Max() / loads.Average();
    }

    private static int Misfits()
    {
        int wrong = 0;
        for (int length = 64; length <= Longest; length += 64)
        {
            int ranks = RanksOf(length);
            wrong += ranks * Capacity >= length && (ranks - 1) * Capacity < length ? 0 : 1;
        }

        return wrong;
    }

    private static int[] Lengths()
    {
        var random = new Random(5);
        var lengths = new List<int> { Longest };
        double tokens = Longest;
        while (tokens < BatchTokens)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            int length = (int)Math.Clamp(1800 * Math.Exp(1.6 * normal), 64, Longest);
            lengths.Add(length);
            tokens += length;
        }

        return [.. lengths];
    }
}
