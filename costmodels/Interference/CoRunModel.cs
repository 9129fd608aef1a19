using System.Collections.Immutable;
using Orchestrator.CostModels.Learning;
using Orchestrator.Plan;

namespace Orchestrator.CostModels.Interference;

/// <summary>
/// Which share of its rate a piece of work keeps when another shares the machine, learned from pairs of kernels that really ran together. The logarithm
/// of the share is kriged over what both ask of the machine alone (<see cref="PieceProfile"/>): an effect of the victim, one of the other, and one of the
/// two together, all 0 where nothing was measured: pieces that ask nothing of each other leave each other alone. The lengths and deviations are those of the largest likelihood.
/// </summary>
public sealed class CoRunModel
{
    // Where more than this share of the prior variance is left, nothing that was measured resembles the pair.
    private const double Unsupported = 0.8;

    private const double Normal90 = 1.645; // two-sided 90 % of the normal distribution
    private const double LeastNoise = 0.01; // of the logarithm of a share: no window repeats better

    private static readonly Lazy<CoRunModel?> Embedded = new(ReadEmbedded);

    private readonly Kriging _kriging;

    private CoRunModel(CoRunTable table, Kriging kriging) => (Table, _kriging) = (table, kriging);

    /// <summary>The model of the machine whose table comes with the program.</summary>
    public static CoRunModel? Default => Embedded.Value;

    /// <summary>What it was learned from.</summary>
    public CoRunTable Table { get; }

    /// <summary>Learns from a table with at least one pair.</summary>
    public static CoRunModel Fit(CoRunTable table, CancellationToken token = default)
    {
        Dictionary<string, double[]> features = table.Pieces.ToDictionary(p => p.Name, p => p.Profile.Features(), StringComparer.Ordinal);
        double[] logs = [.. table.Pairs.Select(p => Math.Log(p.Share))];
        double deviation = Math.Max(LeastNoise, Math.Sqrt(logs.Average(l => l * l)));
        double[] noise = [.. table.Pairs.Select(p => Math.Max(LeastNoise, p.Noise)).Select(n => n * n)];
        Kriging? best = null;
        foreach (double length in new[] { 2.0, 4, 8, 16 })
        {
            foreach (double together in new[] { 0.2, 0.5, 0.8 })
            {
                foreach (double scale in new[] { 0.5, 1, 2 })
                {
                    var points = new PointTable([.. Names("victim"), .. Names("other")], []);
                    foreach (CoRunPair pair in table.Pairs)
                    {
                        points.Add([.. features[pair.Victim], .. features[pair.Other]], []);
                    }

                    Kriging fit = Kriging.Fit(Kernel(deviation * scale, together, length), points, logs, noise, new KrigingOptions { Rounds = 2 }, token);
                    best = best is null || fit.LogLikelihood > best.LogLikelihood ? fit : best;
                }
            }
        }

        return new CoRunModel(table, best!); // at least one was fitted
    }

    /// <summary>The share of its rate, above 0 and at most 1, that <paramref name="victim"/> keeps beside <paramref name="other"/>, with a 90 % interval; null when nothing measured resembles them.</summary>
    public Interval? Share(PieceProfile victim, PieceProfile other)
    {
        KrigingEstimate estimate = Estimate(victim, other);
        double around = Normal90 * Math.Sqrt(estimate.Variance);
        double At(double log) => Math.Min(1, Math.Exp(log));
        return estimate.Variance > Unsupported * _kriging.Kernel.PriorVariance
            ? null
            : new Interval(At(estimate.Mean - around), At(estimate.Mean), At(estimate.Mean + around));
    }

    /// <summary>
    /// How far the share of pairs is off that were not learned from: each pair left out with both its directions, in ten folds, or every pair of a
    /// kernel left out together. Everything is learned anew without them.
    /// </summary>
    /// <param name="table">What was measured.</param>
    /// <param name="wholePiece">Leave out kernels rather than pairs.</param>
    /// <param name="token">Looked at between folds.</param>
    public static CoRunErrors HeldOut(CoRunTable table, bool wholePiece, CancellationToken token = default)
    {
        const int folds = 10;
        string[] names = [.. table.Pieces.Select(p => p.Name)];
        string[] unordered = [.. table.Pairs.Select(PairName).Distinct().Order(StringComparer.Ordinal)];
        new Random(1).Shuffle(unordered);
        Dictionary<string, int> foldOf = unordered.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i % folds, StringComparer.Ordinal);
        var errors = new List<(double Model, double Nothing, double Mean)>();
        int groups = wholePiece ? names.Length : Math.Min(folds, unordered.Length);
        for (int g = 0; g < groups; g++)
        {
            bool Out(CoRunPair p) => wholePiece ? p.Victim == names[g] || p.Other == names[g] : foldOf[PairName(p)] == g;
            CoRunPair[] left = [.. table.Pairs.Where(p => !Out(p))];
            if (left.Length == 0)
            {
                continue;
            }

            CoRunModel fitted = Fit(table with { Pairs = [.. left] }, token);
            double mean = left.Average(p => Math.Min(1, p.Share));
            Dictionary<string, PieceProfile> profiles = table.Pieces.ToDictionary(p => p.Name, p => p.Profile, StringComparer.Ordinal);
            errors.AddRange(table.Pairs.Where(Out).Select(p => (
                Math.Abs(fitted.Likely(profiles[p.Victim], profiles[p.Other]) - Math.Min(1, p.Share)), 1 - Math.Min(1, p.Share), Math.Abs(mean - Math.Min(1, p.Share)))));
        }

        return errors.Count == 0
            ? new CoRunErrors(0, double.NaN, double.NaN, double.NaN)
            : new CoRunErrors(errors.Count, errors.Average(e => e.Model), errors.Average(e => e.Nothing), errors.Average(e => e.Mean));
    }

    private static string PairName(CoRunPair p) => string.CompareOrdinal(p.Victim, p.Other) <= 0 ? $"{p.Victim}|{p.Other}" : $"{p.Other}|{p.Victim}";

    private double Likely(PieceProfile victim, PieceProfile other) => Math.Min(1, Math.Exp(Estimate(victim, other).Mean));

    private KrigingEstimate Estimate(PieceProfile victim, PieceProfile other) => _kriging.Predict([.. victim.Features(), .. other.Features()], []);

    private static IEnumerable<string> Names(string side) => PieceProfile.Columns.Select(c => $"{side} {c}");

    private static ProductKernel Kernel(double deviation, double together, double length)
    {
        int n = PieceProfile.Columns.Length;
        double alone = deviation * Math.Sqrt((1 - together) / 2);
        return new ProductKernel(
        [
            new KernelTerm("victim", alone, [], Factors(0, n, length), KernelShape.Matern32),
            new KernelTerm("other", alone, [], Factors(n, n, length), KernelShape.Matern32),
            new KernelTerm("victim × other", deviation * Math.Sqrt(together), [], Factors(0, 2 * n, length), KernelShape.Matern32),
        ]);
    }

    private static ImmutableArray<SmoothFactor> Factors(int from, int count, double length) => [.. Enumerable.Range(from, count).Select(f => new SmoothFactor(f, length))];

    private static CoRunModel? ReadEmbedded()
    {
        using Stream? pieces = typeof(CoRunModel).Assembly.GetManifestResourceStream(CoRunTable.PiecesFile);
        using Stream? pairs = typeof(CoRunModel).Assembly.GetManifestResourceStream(CoRunTable.PairsFile);
        if (pieces is null || pairs is null)
        {
            return null;
        }

        CoRunTable table = CoRunTable.Read(new StreamReader(pieces), new StreamReader(pairs));
        return table.Pairs.IsEmpty ? null : Fit(table);
    }
}

/// <summary>Mean absolute errors of the share of rate kept, over directions of held-out pairs.</summary>
/// <param name="Directions">How many.</param>
/// <param name="Model">Of the model.</param>
/// <param name="NoInterference">Of saying 1 to every pair.</param>
/// <param name="Mean">Of saying the mean of the other pairs.</param>
public sealed record CoRunErrors(int Directions, double Model, double NoInterference, double Mean);
