using System.Globalization;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// How far measured cases lie from what was said about them when they were left out: factors on the kriging deviation that make an interval
/// hold 90 %, by context and by what an answer rests on.
/// </summary>
internal sealed class LawSpread<TContext, TShape>(IReadOnlyDictionary<TContext, double> contexts, IReadOnlyList<double> supports)
    where TContext : class
    where TShape : struct
{
    // Share of left-out rows that an interval is to hold.
    private const double Coverage = 0.9;

    // A context's own quantile counts as its rows, that of all contexts as this many.
    private const double SharedWeight = 40;

    // Rows of a context that are left out with it: enough for a quantile, few enough for a fit within seconds.
    private const int RowsPerContext = 24;

    // Where too little was measured to leave a device or a family out: half as wide again for every step away.
    private const double Away = 1.5;

    // A factor of 1000 either way says 'unknown' as well as any greater one.
    private const double MaximumLog = 6.9;

    /// <summary>Factors by what an answer rests on, in the order of <see cref="LawSupport"/>.</summary>
    public IReadOnlyList<double> Supports => supports;

    /// <summary>Factor of a measured context.</summary>
    public double Of(TContext context) => contexts.GetValueOrDefault(context, supports[0]);

    /// <summary>Half of the interval of an answer as a factor, above 1.</summary>
    public double HalfWidth(LawAnswer answer, LawModel<TContext, TShape> model)
    {
        double factor = answer.Support == LawSupport.Context ? Of(model.Contexts[answer.Context]) : supports[(int)answer.Support];
        return Math.Exp(Math.Min(factor * answer.Deviation, MaximumLog));
    }

    /// <summary>Measures the factors of a model on the rows it was made from.</summary>
    public static LawSpread<TContext, TShape> Measure(
        ILawDomain<TContext, TShape> domain, LawModel<TContext, TShape> model, IReadOnlyList<LawRow<TContext, TShape>> rows, CancellationToken token)
    {
        var scores = new List<(TContext Context, double Score)>();
        foreach (LawRow<TContext, TShape> row in rows)
        {
            token.ThrowIfCancellationRequested();
            scores.Add((row.Context, ScoreOf(model.Answer(row.Context, row.Shape, true), row)));
        }

        double all = scores.Count == 0 ? 2 : Quantile(scores.Select(s => s.Score));
        var contexts = scores.GroupBy(s => s.Context).ToDictionary(
            g => g.Key,
            g => Math.Exp(((g.Count() * Math.Log(Quantile(g.Select(s => s.Score)))) + (SharedWeight * Math.Log(all))) / (g.Count() + SharedWeight)));
        double device = LeaveOut(domain, rows, r => model.Contexts.ToList().IndexOf(r.Context).ToString(CultureInfo.InvariantCulture), LawSupport.Device, token)
            ?? (Away * all);
        double family = LeaveOut(domain, rows, r => domain.DeviceOf(r.Context), LawSupport.Family, token) ?? (Away * device);
        double other = LeaveOut(domain, rows, r => domain.FamilyOf(r.Context), LawSupport.Other, token) ?? (Away * family);
        family = Math.Max(device, family);
        return new LawSpread<TContext, TShape>(contexts, [all, device, family, Math.Max(other, family)]);
    }

    private static double? LeaveOut(
        ILawDomain<TContext, TShape> domain, IReadOnlyList<LawRow<TContext, TShape>> rows, Func<LawRow<TContext, TShape>, string> groupOf,
        LawSupport support, CancellationToken token)
    {
        // Contexts weigh alike, and a thinned table answers for its left-out neighbour as well as the whole one does.
        LawRow<TContext, TShape>[] thinned =
            [.. rows.GroupBy(r => r.Context).SelectMany(g => g.Where((_, i) => i % (1 + (g.Count() / RowsPerContext)) == 0))];
        var scores = new List<double>();
        foreach (var left in thinned.GroupBy(groupOf, StringComparer.Ordinal))
        {
            token.ThrowIfCancellationRequested();
            LawRow<TContext, TShape>[] rest = [.. thinned.Where(r => groupOf(r) != left.Key)];
            if (rest.Length == 0)
            {
                continue;
            }

            var model = new LawModel<TContext, TShape>(domain, rest);
            foreach (LawRow<TContext, TShape> row in left)
            {
                LawAnswer answer = model.Answer(row.Context, row.Shape);
                if (answer.Support == support)
                {
                    scores.Add(ScoreOf(answer, row));
                }
            }
        }

        return scores.Count < RowsPerContext ? null : Quantile(scores);
    }

    private static double ScoreOf(LawAnswer answer, LawRow<TContext, TShape> row) =>
        Math.Abs(answer.Log - Math.Log(row.Microseconds)) / answer.Deviation;

    private static double Quantile(IEnumerable<double> scores)
    {
        double[] sorted = [.. scores.Order()];
        return Math.Max(sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(Coverage * (sorted.Length + 1)) - 1)], 1e-3);
    }
}
