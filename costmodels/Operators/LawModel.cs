namespace Orchestrator.CostModels.Operators;

/// <summary>
/// A law per context, fitted with a prior from contexts on devices that behave alike, with residuals kriged from the measured cases nearest in
/// shape. A context that was not measured gets the laws of the most alike ones at its own device's datasheet.
/// </summary>
internal sealed class LawModel<TContext, TShape>
    where TContext : class
    where TShape : struct
{
    // The law of a family counts as much as this many measured cases of a context.
    private const double PriorWeight = 8;

    // Cases of one context that the law of everything is fitted on: by rows, one big table would speak for all.
    private const int RowsPerContext = 120;

    private const int Neighbours = 40;

    // Laws of other contexts are averaged with weight likeness^8: the most alike count almost alone.
    private const double Sharpness = 8;

    // With the factor 16 of a table that is not there: ten times either way.
    private const double UnmeasuredDeviation = 0.15;

    // A law that is off by 10 % in the median is trusted half as much as one without error.
    private const double TrustedMisfit = 0.1 * 0.1;

    private readonly ILawDomain<TContext, TShape> _domain;
    private readonly TContext[] _contexts;
    private readonly int[] _counts;
    private readonly TimeLaw[] _laws;
    private readonly double[] _misfits;
    private readonly double[,] _likeness;
    private readonly Dictionary<TContext, int> _index = [];
    private readonly Dictionary<string, LawPoint[]> _points;

    public LawModel(ILawDomain<TContext, TShape> domain, IReadOnlyList<LawRow<TContext, TShape>> rows)
    {
        _domain = domain;
        foreach (LawRow<TContext, TShape> row in rows)
        {
            _index.TryAdd(row.Context, _index.Count);
        }

        _contexts = [.. _index.OrderBy(p => p.Value).Select(p => p.Key)];
        _counts = new int[_contexts.Length];
        foreach (LawRow<TContext, TShape> row in rows)
        {
            _counts[_index[row.Context]]++;
        }

        _likeness = new double[_contexts.Length, _contexts.Length];
        for (int i = 0; i < _contexts.Length; i++)
        {
            for (int j = 0; j < _contexts.Length; j++)
            {
                _likeness[i, j] = i == j ? 1 : domain.Likeness(_contexts[i], _contexts[j]);
            }
        }

        _laws = new TimeLaw[_contexts.Length];
        foreach (var phase in rows.GroupBy(r => domain.PhaseOf(r.Context)))
        {
            FitPhase([.. phase]);
        }

        _points = rows.GroupBy(r => domain.PhaseOf(r.Context)).ToDictionary(g => g.Key, PointsOf, StringComparer.Ordinal);
        _misfits = new double[_contexts.Length];
        foreach (var context in _points.Values.SelectMany(p => p).GroupBy(p => p.Context))
        {
            _misfits[context.Key] = context.Select(p => Math.Abs(p.Residual)).Order().ElementAt(context.Count() / 2);
        }
    }

    /// <summary>The contexts, by index.</summary>
    public IReadOnlyList<TContext> Contexts => _contexts;

    /// <summary>Measured cases of a context.</summary>
    public int CountOf(int context) => _counts[context];

    /// <summary>The answer for a case.</summary>
    /// <param name="context">Where and with what it runs.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="without">True answers as if no case of this shape had been measured anywhere, for judging the model on its own rows.</param>
    public LawAnswer Answer(TContext context, TShape shape, bool without = false)
    {
        double[] parts = _domain.Parts(context, shape);
        string phase = _domain.PhaseOf(context);
        int own = _index.TryGetValue(context, out int exact) ? exact : Array.FindIndex(_contexts, c => _domain.Same(context, c));
        (double[] likeness, int nearest, LawSupport support) = Alike(context, phase, own);
        if (nearest < 0)
        {
            return new LawAnswer(Math.Log(_domain.Unmeasured(context).Time(parts)), UnmeasuredDeviation, LawSupport.Other, -1);
        }

        double log = own >= 0 ? Math.Log(_laws[own].Time(parts)) : Analogy(parts, likeness);
        (double mean, double variance) = Krige(_points[phase], _domain.Place(context, shape), likeness, own, without);
        return new LawAnswer(log + mean, Math.Sqrt(variance), support, nearest);
    }

    private (double[] Likeness, int Nearest, LawSupport Support) Alike(TContext context, string phase, int own)
    {
        string device = _domain.DeviceOf(context);
        string family = _domain.FamilyOf(context);
        double[] likeness = new double[_contexts.Length];
        int nearest = own;
        LawSupport support = own >= 0 ? LawSupport.Context : LawSupport.Other;
        for (int i = 0; i < likeness.Length; i++)
        {
            if (_domain.PhaseOf(_contexts[i]) != phase)
            {
                continue;
            }

            likeness[i] = own >= 0 ? _likeness[own, i] : _domain.Likeness(context, _contexts[i]);
            nearest = nearest < 0 || (own < 0 && likeness[i] > likeness[nearest]) ? i : nearest;
            LawSupport seen = _domain.DeviceOf(_contexts[i]) == device ? LawSupport.Device
                : family.Length > 0 && _domain.FamilyOf(_contexts[i]) == family ? LawSupport.Family : LawSupport.Other;
            support = seen < support ? seen : support;
        }

        return (likeness, nearest, support);
    }

    // Contexts of other phases have likeness 0 and weigh nothing; of two equally alike ones, the one that its own law describes better weighs more:
    // where a profiler's noise hides the curve, the law is a guess for itself already.
    private double Analogy(double[] parts, double[] likeness)
    {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < likeness.Length; i++)
        {
            if (likeness[i] > 0)
            {
                double weight = Math.Pow(likeness[i], Sharpness) / (TrustedMisfit + (_misfits[i] * _misfits[i]));
                sum += weight * Math.Log(_laws[i].Time(parts));
                weights += weight;
            }
        }

        return sum / weights;
    }

    private double Covariance(double[] a, double[] b, double likeness, bool same)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double d = a[i] - b[i];
            sum += d * d;
        }

        return ResidualKriging.Matern(Math.Sqrt(sum)) * ((_domain.Shared * _domain.Shared * likeness) + (same ? _domain.Own * _domain.Own : 0));
    }

    private (double Mean, double Variance) Krige(LawPoint[] points, double[] place, double[] likeness, int own, bool without)
    {
        double[] cross = new double[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            ref readonly LawPoint point = ref points[i];
            cross[i] = without && point.Place.AsSpan().SequenceEqual(place)
                ? double.NegativeInfinity
                : Covariance(place, point.Place, likeness[point.Context], point.Context == own);
        }

        // As many of the own context as of all others: ten devices at one shape say less than ten shapes on this device.
        int[] near = [.. Top(cross, points, own, true), .. Top(cross, points, own, false)];
        double noise = _domain.Noise * _domain.Noise;
        double[] matrix = new double[near.Length * near.Length];
        double[] vector = new double[near.Length];
        double[] values = new double[near.Length];
        for (int i = 0; i < near.Length; i++)
        {
            LawPoint a = points[near[i]];
            vector[i] = cross[near[i]];
            values[i] = a.Residual;
            for (int j = 0; j <= i; j++)
            {
                LawPoint b = points[near[j]];
                matrix[(i * near.Length) + j] = Covariance(a.Place, b.Place, _likeness[a.Context, b.Context], a.Context == b.Context) + (i == j ? noise : 0);
            }
        }

        double prior = (_domain.Shared * _domain.Shared) + (_domain.Own * _domain.Own);
        (double mean, double variance) = ResidualKriging.Estimate(matrix, vector, values, prior);
        return (mean, variance + noise);
    }

    private static int[] Top(double[] cross, LawPoint[] points, int own, bool mine)
    {
        var best = new PriorityQueue<int, double>();
        for (int i = 0; i < cross.Length; i++)
        {
            if (points[i].Context == own != mine || double.IsNegativeInfinity(cross[i]))
            {
                continue;
            }

            if (best.Count < Neighbours)
            {
                best.Enqueue(i, cross[i]);
            }
            else if (best.TryPeek(out _, out double least) && cross[i] > least)
            {
                best.DequeueEnqueue(i, cross[i]);
            }
        }

        return [.. best.UnorderedItems.Select(e => e.Element).Order()];
    }

    private void FitPhase(LawRow<TContext, TShape>[] rows)
    {
        var thinned = rows.GroupBy(r => r.Context)
            .SelectMany(g => g.Where((_, i) => i % (1 + (g.Count() / RowsPerContext)) == 0));
        TimeLaw all = Fit(thinned, null);
        foreach (var family in rows.GroupBy(r => _domain.FamilyOf(r.Context), StringComparer.Ordinal))
        {
            TimeLaw prior = Fit(family, all);
            foreach (var context in family.GroupBy(r => r.Context))
            {
                _laws[_index[context.Key]] = Fit(context, prior);
            }
        }
    }

    private TimeLaw Fit(IEnumerable<LawRow<TContext, TShape>> of, TimeLaw? prior)
    {
        LawRow<TContext, TShape>[] rows = [.. of];
        return TimeLaw.Fit(
            [.. rows.Select(r => _domain.Parts(r.Context, r.Shape))],
            [.. rows.Select(r => r.Microseconds)],
            _domain.PowerOf(rows[0].Context),
            prior,
            PriorWeight);
    }

    // Repetitions of one case become one point: kriging takes points as different.
    private LawPoint[] PointsOf(IEnumerable<LawRow<TContext, TShape>> rows)
    {
        var points = new List<LawPoint>();
        foreach (var same in rows.GroupBy(r => (r.Context, r.Shape)))
        {
            (TContext context, TShape shape) = same.Key;
            double log = Math.Log(_laws[_index[context]].Time(_domain.Parts(context, shape)));
            points.Add(new LawPoint(_index[context], _domain.Place(context, shape), same.Average(r => Math.Log(r.Microseconds)) - log));
        }

        return [.. points];
    }
}
