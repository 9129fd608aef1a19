namespace Orchestrator.CostModels.Operators;

/// <summary>
/// How far measured calls lie from what was said about them when they were left out: factors on the kriging deviation that make the interval
/// hold 90 %, by context and by what an answer rests on.
/// </summary>
internal sealed class AttentionSpread
{
    /// <summary>Share of left-out rows that an interval is to hold.</summary>
    public const double Coverage = 0.9;

    // A context's own quantile counts as its rows, that of all contexts as this many.
    private const double SharedWeight = 40;

    // Rows of a context that are left out with it: enough for a quantile, few enough for a fit within seconds.
    private const int RowsPerContext = 24;

    private readonly Dictionary<AttentionContext, double> _contexts;
    private readonly double[] _supports;

    public AttentionSpread(Dictionary<AttentionContext, double> contexts, double[] supports)
    {
        _contexts = contexts;
        _supports = supports;
    }

    /// <summary>Factor on the deviation for an answer.</summary>
    public double Of(AttentionAnswer answer, AttentionContext context) =>
        answer.Support == AttentionSupport.Context && _contexts.TryGetValue(context, out double own) ? own : _supports[(int)answer.Support];

    /// <summary>Factors by what an answer rests on, in the order of <see cref="AttentionSupport"/>.</summary>
    public IReadOnlyList<double> Supports => _supports;

    /// <summary>Measures the factors of a model on the rows it was made from.</summary>
    public static AttentionSpread Measure(AttentionModel model, IReadOnlyList<AttentionRow> rows, CancellationToken token)
    {
        var scores = new List<(AttentionContext Context, double Score)>();
        foreach (AttentionRow row in rows)
        {
            token.ThrowIfCancellationRequested();
            scores.Add((row.Context, ScoreOf(model.Answer(row.Context, row.Shape, true), row)));
        }

        double all = Quantile(scores.Select(s => s.Score));
        var contexts = scores.GroupBy(s => s.Context).ToDictionary(
            g => g.Key,
            g => Math.Exp(((g.Count() * Math.Log(Quantile(g.Select(s => s.Score)))) + (SharedWeight * Math.Log(all))) / (g.Count() + SharedWeight)));
        double device = LeaveOut(rows, r => $"{r.Context}", AttentionSupport.Device, token) ?? (2 * all);
        double family = LeaveOut(rows, r => AttentionDevice.Of(r.Context.Hardware).Name, AttentionSupport.Family, token) ?? (2 * device);
        double other = LeaveOut(rows, r => AttentionDevice.Of(r.Context.Hardware).Family, AttentionSupport.Other, token) ?? (2 * family);
        return new AttentionSpread(contexts, [all, device, Math.Max(device, family), Math.Max(other, Math.Max(device, family))]);
    }

    private static double? LeaveOut(IReadOnlyList<AttentionRow> rows, Func<AttentionRow, string> groupOf, AttentionSupport support, CancellationToken token)
    {
        // Contexts weigh alike, and a thinned table answers for its left-out neighbour as well as the whole one does.
        AttentionRow[] thinned = [.. rows.GroupBy(r => r.Context).SelectMany(g => g.Where((_, i) => i % (1 + (g.Count() / RowsPerContext)) == 0))];
        var scores = new List<double>();
        foreach (IGrouping<string, AttentionRow> left in thinned.GroupBy(groupOf))
        {
            token.ThrowIfCancellationRequested();
            AttentionRow[] rest = [.. thinned.Where(r => groupOf(r) != left.Key)];
            if (rest.Length == 0)
            {
                continue;
            }

            var model = new AttentionModel(rest);
            foreach (AttentionRow row in left)
            {
                AttentionAnswer answer = model.Answer(row.Context, row.Shape);
                if (answer.Support == support)
                {
                    scores.Add(ScoreOf(answer, row));
                }
            }
        }

        return scores.Count < RowsPerContext ? null : Quantile(scores);
    }

    private static double ScoreOf(AttentionAnswer answer, AttentionRow row) =>
        Math.Abs(answer.Log - Math.Log(row.Microseconds)) / answer.Deviation;

    private static double Quantile(IEnumerable<double> scores)
    {
        double[] sorted = [.. scores.Order()];
        return Math.Max(sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(Coverage * (sorted.Length + 1)) - 1)], 1e-3);
    }
}
