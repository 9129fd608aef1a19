namespace Orchestrator.Compiler.Placing;

/// <summary>
/// Requests of several sizes over kinds of devices, as in Mélange (arXiv 2404.14527): each bucket of requests is cut into equal slices, each slice goes to
/// one kind, slices of a kind share its devices, and devices are paid for whole.
/// </summary>
/// <param name="Prices">By kind: what a device costs, above 0.</param>
/// <param name="Loads">By bucket, then kind: devices that all of the bucket's requests take (their rate over the kind's highest throughput); infinite where the kind cannot serve them.</param>
/// <param name="Slices">Slices of every bucket, at least 1.</param>
internal sealed record PackingProblem(double[] Prices, double[][] Loads, int Slices);

/// <summary>How slices are spread.</summary>
/// <param name="Assigned">By bucket, then kind: slices.</param>
/// <param name="Counts">By kind: devices.</param>
/// <param name="Cost">What the devices cost.</param>
/// <param name="Bound">No spread costs less; equal to <paramref name="Cost"/> when it is the cheapest.</param>
internal sealed record PackingPlan(int[][] Assigned, int[] Counts, double Cost, double Bound);

/// <summary>
/// The cheapest spread of slices over kinds. Slices of a bucket are alike, so they are counted, not named; the linear program is split by numbers of
/// devices first, and by slices only where whole devices leave no whole spread; every part is rounded to a plan.
/// </summary>
internal sealed class CostPacking : IDisposable
{
    private const double Rounding = 1e-9;
    private const double Whole = 1e-6;
    private const int MostLoose = 4; // slices whose every spread is tried

    private readonly PackingProblem _problem;
    private readonly int _kinds;
    private readonly LinearProgram _program = new();
    private readonly int[][] _spread; // column by bucket and kind; -1 where the kind cannot serve the bucket
    private readonly int[] _devices; // columns 0 up, by kind
    private readonly List<double> _most = []; // by column
    private LinearAnswer? _whole;
    private readonly PriorityQueue<Part, (double, int)> _open = new();
    private PackingPlan? _best;
    private int _order;

    private CostPacking(PackingProblem problem)
    {
        _problem = problem;
        _kinds = problem.Prices.Length;
        int[] rows = [.. problem.Prices.Select(_ => _program.Row(double.NegativeInfinity, 0))];
        _devices = new int[_kinds];
        for (int k = 0; k < _kinds; k++)
        {
            _most.Add(Math.Ceiling(problem.Loads.Where(l => double.IsFinite(l[k])).Sum(l => l[k]) + 1));
            _devices[k] = _program.Column(problem.Prices[k], _most[k]);
            _program.Add(rows[k], _devices[k], -1);
        }

        _spread = [.. problem.Loads.Select(loads =>
        {
            int row = _program.Row(problem.Slices, problem.Slices);
            return loads.Select((load, k) =>
            {
                if (!double.IsFinite(load))
                {
                    return -1;
                }

                int column = _program.Column(0, problem.Slices);
                _most.Add(problem.Slices);
                _program.Add(row, column, 1);
                _program.Add(rows[k], column, load / problem.Slices);
                return column;
            }).ToArray();
        })];
    }

    /// <summary>The cheapest plan, or the best within <paramref name="mostParts"/> parts with a bound; null when some bucket cannot be served.</summary>
    public static PackingPlan? Solve(PackingProblem problem, int mostParts, CancellationToken cancellation)
    {
        if (problem.Loads.Any(loads => loads.All(l => !double.IsFinite(l))))
        {
            return null;
        }

        using var packing = new CostPacking(problem);
        return packing.Run(mostParts, cancellation);
    }

    /// <summary>The program with whole slices and devices for another solver; null where there is no such solver.</summary>
    public static Google.OrTools.LinearSolver.Solver? For(PackingProblem problem, string solver)
    {
        using var packing = new CostPacking(problem);
        return packing._program.For(solver, _ => true)?.Solver;
    }

    /// <summary>Frees the solver.</summary>
    public void Dispose() => _program.Dispose();

    private PackingPlan? Run(int mostParts, CancellationToken cancellation)
    {
        Bound(new Part([], double.NegativeInfinity));
        for (int parts = 1; parts < mostParts && _open.Count > 0 && Promising(_open.Peek().Bound); parts += 2)
        {
            cancellation.ThrowIfCancellationRequested();
            Part part = _open.Dequeue();
            Bound(new Part([.. part.Limits, (part.Column, part.Low, part.Cut)], part.Bound));
            Bound(new Part([.. part.Limits, (part.Column, part.Cut + 1, part.High)], part.Bound));
        }

        double bound = _open.Count > 0 && Promising(_open.Peek().Bound) ? _open.Peek().Bound : double.PositiveInfinity;
        return _best is null ? null : _best with { Bound = Math.Min(bound, _best.Cost) };
    }

    private bool Promising(double bound) => _best is null || bound < _best.Cost - Rounding * Math.Max(1, _best.Cost);

    private void Bound(Part part)
    {
        for (int k = 0; k < _kinds; k++)
        {
            Enter(part, _devices[k]);
        }

        foreach (int[] columns in _spread)
        {
            foreach (int column in columns)
            {
                Enter(part, column);
            }
        }

        LinearAnswer answer = _program.Solve(again: true);
        if (!answer.Feasible || !Promising(answer.Bound))
        {
            return;
        }

        _whole ??= answer;
        part.Bound = Math.Max(part.Bound, answer.Bound);
        Round(answer.Values);
        if (Promising(part.Bound) && Branch(part, answer.Values))
        {
            _open.Enqueue(part, (part.Bound, _order++));
        }
    }

    private void Enter(Part part, int column)
    {
        if (column >= 0)
        {
            (double low, double high) = LimitsOf(part, column);
            _program.Limit(column, low, Math.Max(low, Math.Min(high, _most[column])));
        }
    }

    // The last limit that the part sets, else the widest.
    private (double Low, double High) LimitsOf(Part part, int column)
    {
        int at = Array.FindLastIndex(part.Limits, l => l.Column == column);
        return at >= 0
            ? (part.Limits[at].Low, part.Limits[at].High)
            : (0, _most[column]);
    }

    // A column whose reduced cost in the whole problem alone leads past the best plan can be no higher.
    private void Tighten()
    {
        if (_whole is null || _best is null)
        {
            return;
        }

        for (int c = 0; c < _most.Count; c++)
        {
            if (_whole.ReducedCosts[c] > Rounding)
            {
                _most[c] = Math.Min(_most[c], Math.Max(0, Math.Floor((_best.Cost - _whole.Bound) / _whole.ReducedCosts[c] + Whole)));
            }
        }
    }

    // The dearest unsure number of devices; when all are whole, the most unsure number of slices.
    private bool Branch(Part part, double[] values)
    {
        double most = 0;
        part.Column = -1;
        for (int k = 0; k < _kinds; k++)
        {
            Consider(_devices[k], _problem.Prices[k]);
        }

        foreach (int column in part.Column >= 0 ? [] : _spread.SelectMany(c => c).Where(c => c >= 0))
        {
            Consider(column, 1);
        }

        if (part.Column >= 0)
        {
            (part.Low, part.High) = LimitsOf(part, part.Column);
        }

        return part.Column >= 0;

        void Consider(int column, double weight)
        {
            double floor = Math.Floor(values[column] + Whole);
            double over = values[column] - floor;
            if (over > Whole && weight * Math.Min(over, 1 - over) > most)
            {
                (most, part.Column, part.Cut) = (weight * Math.Min(over, 1 - over), column, floor);
            }
        }
    }

    // Whole parts stay; the few loose slices are spread in the way that needs the cheapest devices.
    private void Round(double[] values)
    {
        int[][] assigned = [.. _spread.Select(columns => columns.Select(c => c < 0 ? 0 : (int)Math.Floor(values[c] + Whole)).ToArray())];
        double[] load = new double[_kinds];
        var loose = new List<int>();
        for (int b = 0; b < assigned.Length; b++)
        {
            loose.AddRange(Enumerable.Repeat(b, _problem.Slices - assigned[b].Sum()));
            for (int k = 0; k < _kinds; k++)
            {
                load[k] += assigned[b][k] * Slice(b, k);
            }
        }

        int[] bestKinds = [];
        double least = double.PositiveInfinity;
        int tried = Math.Min(loose.Count, MostLoose);
        int[] kinds = new int[loose.Count];
        for (int i = tried; i < loose.Count; i++)
        {
            kinds[i] = Enumerable.Range(0, _kinds).MinBy(k => Slice(loose[i], k) * _problem.Prices[k]);
            load[kinds[i]] += Slice(loose[i], kinds[i]);
        }

        double[] total = new double[_kinds];
        for (long code = 0; code < (long)Math.Pow(_kinds, tried); code++)
        {
            load.CopyTo(total, 0);
            long rest = code;
            for (int i = 0; i < tried; i++)
            {
                kinds[i] = (int)(rest % _kinds);
                rest /= _kinds;
                total[kinds[i]] += Slice(loose[i], kinds[i]);
            }

            if (Price(total) is var price && price < least)
            {
                (least, bestKinds) = (price, [.. kinds]);
            }
        }

        for (int i = 0; i < loose.Count; i++)
        {
            assigned[loose[i]][bestKinds[i]]++;
        }

        // Else the devices that the part would round up to, if small changes make the slices fit.
        int[] aim = [.. _devices.Select(d => (int)Math.Ceiling(values[d] - Whole))];
        double cost = Promising(least) ? least : aim.Select((n, k) => n * _problem.Prices[k]).Sum();
        if (Promising(least) || (Promising(cost) && PackingRepair.Fit(_problem, assigned, aim)))
        {
            Keep(assigned);
        }
    }

    private void Keep(int[][] assigned)
    {
        int[] counts = [.. Enumerable.Range(0, _kinds).Select(k => (int)Math.Ceiling(assigned.Select((a, b) => a[k] == 0 ? 0 : a[k] * Slice(b, k)).Sum() - Rounding))];
        double cost = counts.Select((n, k) => n * _problem.Prices[k]).Sum();
        _best = new PackingPlan(assigned, counts, cost, cost);
        Tighten();
    }

    private double Slice(int bucket, int kind) => double.IsFinite(_problem.Loads[bucket][kind]) ? _problem.Loads[bucket][kind] / _problem.Slices : 1e9;

    private double Price(double[] load)
    {
        double price = 0;
        for (int k = 0; k < load.Length; k++)
        {
            price += _problem.Prices[k] * Math.Ceiling(load[k] - Rounding);
        }

        return price;
    }

    private sealed class Part((int Column, double Low, double High)[] limits, double bound)
    {
        public (int Column, double Low, double High)[] Limits { get; } = limits;

        public double Bound { get; set; } = bound;

        public int Column { get; set; } = -1;

        public double Low { get; set; }

        public double High { get; set; }

        public double Cut { get; set; }
    }
}
