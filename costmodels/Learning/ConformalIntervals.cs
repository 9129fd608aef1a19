using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.CostModels.Learning;

/// <summary>An error that a fit made on a row it had not seen.</summary>
/// <param name="Error">True minus predicted, usually as logarithms.</param>
/// <param name="Difficulty">What the error is expected to grow with, above 0: the deviation that the model gives itself. 1 for plain intervals.</param>
/// <param name="Weight">Weight of the row, at least 0; rows of a pair should share theirs.</param>
/// <param name="Pair">What rows fail together with: the (device, model) pair.</param>
/// <param name="Groups">Groups of the row from the narrowest to the widest: source and class, then class, then all.</param>
public readonly record struct HeldOutError(double Error, double Difficulty, double Weight, string Pair, ImmutableArray<string> Groups);

/// <summary>
/// Split-conformal intervals (Vovk; Lei et al., "Distribution-free predictive inference for regression", 2018) by group, normalised by a difficulty, lower and upper
/// end apart. A group of few pairs borrows from its parent: the quantile is of its own errors, weighing as many pairs as it has, mixed with the parent's
/// errors, weighing <see cref="ConformalOptions.BorrowedPairs"/>.
/// </summary>
public sealed class ConformalIntervals
{
    private readonly Dictionary<string, (double Low, double High)> ends;

    private ConformalIntervals(Dictionary<string, (double Low, double High)> ends) => this.ends = ends;

    /// <summary>The ends of each group, in units of difficulty.</summary>
    public IReadOnlyDictionary<string, (double Low, double High)> Ends => ends;

    /// <summary>Fits the ends of every group.</summary>
    public static ConformalIntervals Fit(IReadOnlyList<HeldOutError> errors, ConformalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(errors);
        options ??= new ConformalOptions();
        int depth = errors.Count == 0 ? 0 : errors.Max(e => e.Groups.Length);
        var samples = new Dictionary<string, (double Value, double Weight)[]>(StringComparer.Ordinal);
        var ends = new Dictionary<string, (double Low, double High)>(StringComparer.Ordinal);
        for (int level = 1; level <= depth; level++)
        {
            // From the widest to the narrowest, so that a parent's sample is there before its children's.
            foreach (IGrouping<string, HeldOutError> group in errors.Where(e => e.Groups.Length >= level).GroupBy(e => e.Groups[^level], StringComparer.Ordinal))
            {
                string? parent = level == 1 ? null : group.First().Groups[^(level - 1)];
                (double Value, double Weight)[] sample = Sample(group, parent is null ? [] : samples[parent], options);
                samples[group.Key] = sample;
                ends[group.Key] = EndsOf(sample, options);
            }
        }

        return new ConformalIntervals(ends);
    }

    /// <summary>The ends for a row, to be added to the prediction: those of its narrowest known group; (0, 0) when none is known.</summary>
    /// <param name="groups">From the narrowest to the widest.</param>
    /// <param name="difficulty">As at <see cref="HeldOutError.Difficulty"/>.</param>
    public (double Low, double High) Around(ImmutableArray<string> groups, double difficulty)
    {
        foreach (string group in groups)
        {
            if (ends.TryGetValue(group, out (double Low, double High) found))
            {
                return (found.Low * difficulty, found.High * difficulty);
            }
        }

        return (0, 0);
    }

    /// <summary>Writes the ends as a comma-separated table.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="source">What the errors are of, for people; without commas.</param>
    public void Save(TextWriter writer, string source)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write("group,low,high,source\n");
        foreach ((string group, (double low, double high)) in ends.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            string name = group.AsSpan().IndexOfAny(',', '"') < 0 ? group : $"\"{group.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{name},{low:R},{high:R},{source}\n"));
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="TableException">A field cannot be read.</exception>
    public static ConformalIntervals Load(TextReader reader) => new(Table.Parse(reader).Rows.ToDictionary(
        r => r["group"], r => (r.Number("low") ?? 0, r.Number("high") ?? 0), StringComparer.Ordinal));

    // Own errors scaled to weigh their pairs, then the parent's scaled to weigh the borrowed ones.
    private static (double Value, double Weight)[] Sample(IEnumerable<HeldOutError> group, (double Value, double Weight)[] parent, ConformalOptions options)
    {
        (double Value, double Weight)[] own = [.. group.Select(e => (e.Error / e.Difficulty, e.Weight))];
        double pairs = group.Select(e => e.Pair).Distinct(StringComparer.Ordinal).Count();
        double scale = pairs / Math.Max(own.Sum(e => e.Weight), double.Epsilon);
        double borrowed = options.BorrowedPairs / Math.Max(parent.Sum(e => e.Weight), double.Epsilon);
        return [.. own.Select(e => (e.Value, e.Weight * scale)), .. parent.Select(e => (e.Value, e.Weight * borrowed))];
    }

    private static (double Low, double High) EndsOf((double Value, double Weight)[] sample, ConformalOptions options)
    {
        // The finite-sample step of conformal prediction, (n + 1)/n, with weight as n: pairs, not rows, are what is exchangeable.
        double total = sample.Sum(s => s.Weight);
        double tail = (1 - options.Coverage) / 2;
        double outside = Math.Max(0, tail - (options.FiniteSample * (1 - tail) / Math.Max(total, 1)));
        double low = WeightedQuantile.Of(sample, outside);
        double high = WeightedQuantile.Of(sample, 1 - outside);
        return (Math.Min(low, 0), Math.Max(high, 0));
    }
}

/// <summary>How intervals are made.</summary>
public sealed record ConformalOptions
{
    /// <summary>Share of rows that shall lie inside, above 0 and below 1. Default 0.9.</summary>
    public double Coverage { get; init; } = 0.9;

    /// <summary>How many pairs the errors of the parent group weigh in a group, at least 0. Default 4.</summary>
    public double BorrowedPairs { get; init; } = 4;

    /// <summary>Share of the finite-sample widening, 0 to 1: 1 guards against few pairs in full, 0 takes plain quantiles. Default 0.5.</summary>
    public double FiniteSample { get; init; } = 0.5;
}
