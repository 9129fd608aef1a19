namespace Orchestrator.CostModels.Operators;

/// <summary>A measured call.</summary>
internal readonly record struct AttentionRow(AttentionContext Context, AttentionShape Shape, double Microseconds);

/// <summary>What an answer rests on, from near to far.</summary>
internal enum AttentionSupport
{
    /// <summary>Calls of the same device, software and cache type.</summary>
    Context,

    /// <summary>Calls on the device with other software or another cache type.</summary>
    Device,

    /// <summary>Calls on devices whose kernels behave alike.</summary>
    Family,

    /// <summary>Calls on other devices; the datasheet scales them.</summary>
    Other,
}

/// <summary>An answer before it has an interval.</summary>
/// <param name="Log">Natural logarithm of the likely time in microseconds.</param>
/// <param name="Deviation">What kriging leaves, as a standard deviation of that logarithm; to be scaled by what was seen on left-out rows.</param>
/// <param name="Support">What it rests on.</param>
/// <param name="Context">Index of the own context, or of the most alike; below 0 where nothing was measured.</param>
internal readonly record struct AttentionAnswer(double Log, double Deviation, AttentionSupport Support, int Context);

/// <summary>A law per context with kriged residuals: what measured calls teach about others.</summary>
internal sealed class AttentionModel
{
    // The law of a family counts as much as this many measured calls of a context.
    private const double PriorWeight = 8;

    // Calls of one context that the law of everything is fitted on: by rows, one big table would speak for all.
    private const int RowsPerContext = 120;

    private const int Neighbours = 40;

    // Laws of other contexts are averaged with weight likeness^8: the most alike count almost alone.
    private const double Sharpness = 8;

    private readonly AttentionContext[] _contexts;
    private readonly AttentionDevice[] _devices;
    private readonly int[] _counts;
    private readonly TimeLaw[] _laws;
    private readonly double[,] _likeness;
    private readonly Dictionary<AttentionContext, int> _index = [];
    private readonly AttentionPoint[] _prefill;
    private readonly AttentionPoint[] _decode;

    public AttentionModel(IReadOnlyList<AttentionRow> rows)
    {
        _contexts = [.. rows.Select(r => r.Context).Distinct()];
        _devices = [.. _contexts.Select(c => AttentionDevice.Of(c.Hardware))];
        _counts = new int[_contexts.Length];
        _likeness = new double[_contexts.Length, _contexts.Length];
        for (int i = 0; i < _contexts.Length; i++)
        {
            _index.Add(_contexts[i], i);
            _counts[i] = rows.Count(r => r.Context == _contexts[i]);
            for (int j = 0; j < _contexts.Length; j++)
            {
                _likeness[i, j] = AttentionKriging.Likeness(_contexts[i], _devices[i], _contexts[j], _devices[j]);
            }
        }

        _laws = new TimeLaw[_contexts.Length];
        FitPhase([.. rows.Where(r => r.Context.Prefill)]);
        FitPhase([.. rows.Where(r => !r.Context.Prefill)]);
        _prefill = PointsOf(rows, true);
        _decode = PointsOf(rows, false);
    }

    /// <summary>The contexts, by index.</summary>
    public IReadOnlyList<AttentionContext> Contexts => _contexts;

    /// <summary>Measured calls of a context.</summary>
    public int CountOf(int context) => _counts[context];

    /// <summary>The answer for a call.</summary>
    /// <param name="context">Where it runs.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="without">True answers as if no call of this shape had been measured anywhere, for judging the model on its own rows.</param>
    public AttentionAnswer Answer(AttentionContext context, AttentionShape shape, bool without = false)
    {
        AttentionDevice device = AttentionDevice.Of(context.Hardware);
        double[] parts = AttentionLaw.Parts(shape, device);
        double[] likeness = new double[_contexts.Length];
        int own = OwnOf(context, device);
        int nearest = own;
        var support = AttentionSupport.Other;
        for (int i = 0; i < likeness.Length; i++)
        {
            if (_contexts[i].Prefill != context.Prefill)
            {
                continue;
            }

            likeness[i] = own >= 0 ? _likeness[own, i] : AttentionKriging.Likeness(context, device, _contexts[i], _devices[i]);
            nearest = nearest < 0 || (own < 0 && likeness[i] > likeness[nearest]) ? i : nearest;
            AttentionSupport seen = _devices[i].Name == device.Name ? AttentionSupport.Device
                : _devices[i].Family == device.Family && device.Known ? AttentionSupport.Family : AttentionSupport.Other;
            support = seen < support ? seen : support;
        }

        if (nearest < 0)
        {
            return new AttentionAnswer(Math.Log(Unmeasured(context.Prefill).Time(parts)), 1, AttentionSupport.Other, -1);
        }

        double log = own >= 0 ? Math.Log(_laws[own].Time(parts)) : Analogy(parts, likeness);
        (double mean, double variance) = Krige(context.Prefill ? _prefill : _decode, AttentionKriging.Place(shape), likeness, own, without);
        return new AttentionAnswer(log + mean, Math.Sqrt(variance), own >= 0 ? AttentionSupport.Context : support, nearest);
    }

    // The same device, software and cache type measured by somebody else, or software that the caller leaves open, is the own context too.
    private int OwnOf(AttentionContext context, AttentionDevice device)
    {
        if (_index.TryGetValue(context, out int own))
        {
            return own;
        }

        return Array.FindIndex(
            _contexts,
            c => c.Prefill == context.Prefill && c.KvType == context.KvType && (context.Software.Length == 0 || c.Software == context.Software)
                && _devices[_index[c]].Name == device.Name && device.Known);
    }

    // Contexts of the other phase have likeness 0 and weigh nothing.
    private double Analogy(double[] parts, double[] likeness)
    {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < likeness.Length; i++)
        {
            if (likeness[i] > 0)
            {
                double weight = Math.Pow(likeness[i], Sharpness);
                sum += weight * Math.Log(_laws[i].Time(parts));
                weights += weight;
            }
        }

        return sum / weights;
    }

    private (double Mean, double Variance) Krige(AttentionPoint[] points, double[] place, double[] likeness, int own, bool without)
    {
        double[] cross = new double[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            ref readonly AttentionPoint point = ref points[i];
            cross[i] = without && point.Place.AsSpan().SequenceEqual(place)
                ? double.NegativeInfinity
                : AttentionKriging.Covariance(place, point.Place, likeness[point.Context], point.Context == own);
        }

        // As many of the own context as of all others: ten devices at one shape say less than ten shapes on this device.
        int[] near = [.. Top(cross, points, own, true), .. Top(cross, points, own, false)];
        double noise = AttentionKriging.Noise * AttentionKriging.Noise;
        double[,] matrix = new double[near.Length, near.Length];
        double[] vector = new double[near.Length];
        double[] values = new double[near.Length];
        for (int i = 0; i < near.Length; i++)
        {
            AttentionPoint a = points[near[i]];
            vector[i] = cross[near[i]];
            values[i] = a.Residual;
            for (int j = 0; j <= i; j++)
            {
                AttentionPoint b = points[near[j]];
                matrix[i, j] = AttentionKriging.Covariance(a.Place, b.Place, _likeness[a.Context, b.Context], a.Context == b.Context)
                    + (i == j ? noise : 0);
            }
        }

        (double mean, double variance) = LocalKriging.Estimate(matrix, vector, values, AttentionKriging.Prior);
        return (mean, variance + noise);
    }

    private static int[] Top(double[] cross, AttentionPoint[] points, int own, bool mine)
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

    private void FitPhase(AttentionRow[] rows)
    {
        if (rows.Length == 0)
        {
            return;
        }

        var thinned = rows.GroupBy(r => r.Context)
            .SelectMany(g => g.Where((_, i) => i % (1 + (g.Count() / RowsPerContext)) == 0));
        TimeLaw all = Fit(thinned, null);
        foreach (IGrouping<string, AttentionRow> family in rows.GroupBy(r => _devices[_index[r.Context]].Family))
        {
            TimeLaw prior = Fit(family, all);
            foreach (IGrouping<AttentionContext, AttentionRow> context in family.GroupBy(r => r.Context))
            {
                _laws[_index[context.Key]] = Fit(context, prior);
            }
        }
    }

    private TimeLaw Fit(IEnumerable<AttentionRow> of, TimeLaw? prior)
    {
        AttentionRow[] rows = [.. of];
        return TimeLaw.Fit(
            [.. rows.Select(r => AttentionLaw.Parts(r.Shape, _devices[_index[r.Context]]))],
            [.. rows.Select(r => r.Microseconds)],
            rows[0].Context.Prefill ? AttentionLaw.PrefillPower : AttentionLaw.DecodePower,
            prior,
            PriorWeight);
    }

    // Nothing measured at all: 8 us of launch (the lowest decode of attention tables is 6 to 12), products and bytes at 60 % of the peaks.
    private static TimeLaw Unmeasured(bool prefill) => prefill
        ? TimeLaw.Of(AttentionLaw.PrefillPower, 8, 1.7, 1, 1, 0, 1.5)
        : TimeLaw.Of(AttentionLaw.DecodePower, 8, 1.5, 1.7, 1, 1.5, 0, 0);

    // Repetitions of one call become one point: kriging takes points as different.
    private AttentionPoint[] PointsOf(IReadOnlyList<AttentionRow> rows, bool prefill)
    {
        var points = new List<AttentionPoint>();
        foreach (var same in rows.Where(r => r.Context.Prefill == prefill).GroupBy(r => (r.Context, r.Shape)))
        {
            int context = _index[same.Key.Context];
            double log = Math.Log(_laws[context].Time(AttentionLaw.Parts(same.Key.Shape, _devices[context])));
            points.Add(new AttentionPoint(context, AttentionKriging.Place(same.Key.Shape), same.Average(r => Math.Log(r.Microseconds)) - log));
        }

        return [.. points];
    }
}
