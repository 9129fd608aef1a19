namespace Orchestrator.Compiler.Placing;

/// <summary>What a search over parts of the problem found.</summary>
/// <param name="Chosen">The best choice, ascending.</param>
/// <param name="Objective">Its objective.</param>
/// <param name="Bound">No choice has a smaller objective.</param>
/// <param name="Proved">Whether the choice is the best.</param>
/// <param name="Nodes">Parts looked at.</param>
internal sealed record BoundedPlan(int[] Chosen, long Objective, double Bound, bool Proved, int Nodes);

/// <summary>
/// Splits a problem until the relaxation of every part says that nothing better is in it: in two by which candidates may cover a task, or by how many
/// whole devices are taken. In every part, candidates whose reduced cost alone leads past the best plan are dropped. The most promising part
/// comes first, and its relaxation starts from that of the part it came from. For money only; the work is counted, not timed.
/// </summary>
internal sealed class BranchAndBound : IDisposable
{
    private const double WorkPerSecond = 4e7; // entries of the linear program gone through in about a second
    private const double Whole = 1e-6;
    private const int Reliable = 3;
    private const int MostTried = 6;
    private const int SearchEvery = 12;
    private const int SearchRounds = 2;

    private readonly PlacementProblem _problem;
    private readonly PlacementEvaluator _evaluator;
    private readonly PlacementRelaxation _relaxation;
    private readonly CoverGroup[] _groups;
    private readonly int[][] _covering;
    private readonly long[] _length;
    private readonly CancellationToken _cancellation;
    private readonly PriorityQueue<Part, (double, int)> _open = new();
    private readonly double[] _gains;
    private readonly int[] _splits;
    private int[] _chosen;
    private long _objective;
    private int _nodes;

    private BranchAndBound(PlacementProblem problem, CoverGroup[] groups, int[] chosen, long objective, CancellationToken cancellation)
    {
        (_problem, _groups, _chosen, _objective, _cancellation) = (problem, groups, chosen, objective, cancellation);
        _evaluator = new PlacementEvaluator(problem);
        _relaxation = new PlacementRelaxation(problem);
        _covering = problem.Covering();
        _gains = new double[2 * (problem.TaskCount + problem.Devices.Length)];
        _splits = new int[problem.TaskCount + problem.Devices.Length];
        _length = [.. problem.Candidates.Select(c => c.Durations.Sum(d => d.Sum()))];
    }

    /// <summary>Searches from a feasible choice within <paramref name="limit"/> deterministic seconds.</summary>
    public static BoundedPlan Run(
        PlacementProblem problem, CoverGroup[] groups, int[] chosen, long objective, double limit, CancellationToken cancellation)
    {
        using var search = new BranchAndBound(problem, groups, chosen, objective, cancellation);
        return search.Run(limit * WorkPerSecond);
    }

    /// <summary>Frees the solver.</summary>
    public void Dispose() => _relaxation.Dispose();

    private BoundedPlan Run(double work)
    {
        Bound(new Part(
            [.. Enumerable.Repeat(true, _problem.Candidates.Length)],
            [.. _problem.Devices.Select(d => (0.0, (double)d.Count))]));
        while (_open.Count > 0 && _open.Peek().Bound <= _objective - 1 && _relaxation.Work < work)
        {
            _cancellation.ThrowIfCancellationRequested();
            Part part = _open.Dequeue();
            foreach (Part half in Split(part))
            {
                Bound(half);
            }
        }

        double bound = _open.Count > 0 ? Math.Min(_open.Peek().Bound, _objective) : _objective;
        bool proved = bound > _objective - 1;
        return new BoundedPlan(_chosen, _objective, proved ? _objective : bound, proved, _nodes);
    }

    // Relaxes a part and keeps it when something better may be in it.
    private void Bound(Part part)
    {
        _nodes++;
        Enter(part);
        RelaxedPlan relaxed = _relaxation.Solve(again: true);
        Learn(part, relaxed.Bound);
        part.Bound = Math.Max(part.Bound, relaxed.Bound);
        if (!relaxed.Feasible || part.Bound > _objective - 1)
        {
            return;
        }

        for (int c = 0; c < part.Allowed.Length; c++)
        {
            part.Allowed[c] &= relaxed.Bound + relaxed.ReducedCosts[c] <= _objective - 1;
        }

        if (_nodes % SearchEvery == 1)
        {
            Round(relaxed);
        }

        Branch(part, relaxed);
        if (part.Task >= 0 || part.Device >= 0)
        {
            _open.Enqueue(part, (part.Bound, -_nodes));
        }
    }

    private void Enter(Part part)
    {
        for (int c = 0; c < part.Allowed.Length; c++)
        {
            _relaxation.Allow(c, part.Allowed[c]);
        }

        for (int d = 0; d < part.Counts.Length; d++)
        {
            _relaxation.Count(d, part.Counts[d].Least, part.Counts[d].Most);
        }
    }

    // Splits where earlier splits raised the bound most; where too little is known of the most promising ones, both sides are tried first.
    private void Branch(Part part, RelaxedPlan relaxed)
    {
        (int Task, int Device, double Stake)[] options = [.. Unsure(relaxed)];
        if (!options.Any(o => o.Task >= 0))
        {
            Settle(part, relaxed, options);
            return;
        }

        double most = double.NegativeInfinity;
        int tried = 0;
        foreach ((int task, int device, _) in options)
        {
            var split = new Part(part.Allowed, part.Counts)
            {
                Bound = part.Bound,
                Task = task,
                Device = device,
                First = task >= 0 ? Half(part, relaxed, task) : [],
                Cut = device >= 0 ? Math.Floor(relaxed.Counts[device] + Whole) : 0,
            };
            int key = task >= 0 ? task : _covering.Length + device;
            if (_splits[key] < Reliable && tried < MostTried)
            {
                tried++;
                foreach (Part half in Split(split))
                {
                    Enter(half);
                    Learn(half, _relaxation.Solve(again: true).Bound);
                }
            }

            double worth = _splits[key] > 0 ? Math.Sqrt(Math.Max(1, _gains[2 * key]) * Math.Max(1, _gains[2 * key + 1])) / _splits[key] : 0;
            if (worth > most)
            {
                (most, part.Task, part.Device, part.First, part.Cut) = (worth, task, device, split.First, split.Cut);
            }
        }
    }

    // Remembers how much a side of a split raised the bound; both sides of a split are solved one after the other.
    private void Learn(Part half, double bound)
    {
        if (half.SplitBy >= 0)
        {
            _gains[2 * half.SplitBy + (half.IsSecond ? 1 : 0)] += Math.Max(0, Math.Min(bound, _objective) - half.Bound);
            _splits[half.SplitBy] += half.IsSecond ? 1 : 0;
        }
    }

    // Tasks and devices that the relaxation does not decide, by the money that is at stake.
    private IEnumerable<(int Task, int Device, double Stake)> Unsure(RelaxedPlan relaxed)
    {
        var options = new List<(int Task, int Device, double Stake)>();
        for (int task = 0; task < _covering.Length; task++)
        {
            double mean = 0;
            foreach (int c in _covering[task])
            {
                mean += relaxed.Weights[c] * _problem.PriceOf(_problem.Candidates[c]);
            }

            double stake = 0;
            foreach (int c in _covering[task])
            {
                double weight = relaxed.Weights[c];
                if (weight > Whole && weight < 1 - Whole)
                {
                    stake += weight * Math.Abs(_problem.PriceOf(_problem.Candidates[c]) - mean) + weight * (1 - weight);
                }
            }

            if (stake > 0)
            {
                options.Add((task, -1, stake));
            }
        }

        for (int d = 0; d < relaxed.Counts.Length; d++)
        {
            double over = relaxed.Counts[d] - Math.Floor(relaxed.Counts[d] + Whole);
            if (over > Whole)
            {
                options.Add((-1, d, Math.Min(over, 1 - over) * _problem.Devices[d].Cost));
            }
        }

        return options.OrderByDescending(o => o.Stake).ThenBy(o => o.Task).ThenBy(o => o.Device);
    }

    // A whole plan: if it costs more than the relaxation says, the part is split on, until nothing is left to choose.
    private void Settle(Part part, RelaxedPlan relaxed, (int Task, int Device, double Stake)[] devices)
    {
        int[] chosen = [.. Enumerable.Range(0, relaxed.Weights.Length).Where(c => relaxed.Weights[c] > 0.5)];
        PlacementValue value = _evaluator.Evaluate(chosen);
        Consider(value);
        if (value.Violation == 0 && value.Objective <= part.Bound + 1)
        {
            return;
        }

        if (devices.Length > 0)
        {
            part.Device = devices[0].Device;
            part.Cut = Math.Floor(relaxed.Counts[part.Device] + Whole);
            return;
        }

        part.Task = Array.FindIndex(_covering, candidates => candidates.Count(c => part.Allowed[c]) > 1);
        part.First = part.Task < 0 ? [] : [_covering[part.Task].First(c => relaxed.Weights[c] > 0.5)];
    }

    // Quicker candidates with about half of the weight.
    private int[] Half(Part part, RelaxedPlan relaxed, int task)
    {
        int[] order = [.. _covering[task].Where(c => part.Allowed[c]).OrderBy(c => _length[c]).ThenBy(c => c)];
        int last = Array.FindLastIndex(order, c => relaxed.Weights[c] > Whole);
        double sum = 0;
        int k = 0;
        for (; k < last && sum < 0.5 - Whole; k++)
        {
            sum += relaxed.Weights[order[k]];
        }

        return order[..k];
    }

    private Part[] Split(Part part)
    {
        if (part.Device >= 0)
        {
            (double Least, double Most)[] few = [.. part.Counts];
            (double Least, double Most)[] many = [.. part.Counts];
            few[part.Device].Most = part.Cut;
            many[part.Device].Least = part.Cut + 1;
            return [Side([.. part.Allowed], few, second: false), Side([.. part.Allowed], many, second: true)];
        }

        bool[] first = [.. part.Allowed];
        bool[] second = [.. part.Allowed];
        foreach (int c in _covering[part.Task])
        {
            bool isFirst = Array.IndexOf(part.First, c) >= 0;
            first[c] &= isFirst;
            second[c] &= !isFirst;
        }

        return [Side(first, part.Counts, second: false), Side(second, part.Counts, second: true)];

        Part Side(bool[] allowed, (double Least, double Most)[] counts, bool second) => new(allowed, counts)
        {
            Bound = part.Bound,
            SplitBy = part.Device >= 0 ? _covering.Length + part.Device : part.Task,
            IsSecond = second,
        };
    }

    // The relaxation as a start for a short local search.
    private void Round(RelaxedPlan relaxed)
    {
        int[][] start = [.. _groups.Select(g => g.Covers.MaxBy(cover => cover.Sum(c => relaxed.Weights[c] * _problem.Candidates[c].Tasks.Length))!)]; // groups have covers
        if (LocalSearch.Run(_problem, _groups, start, relaxed, SearchRounds, _cancellation) is { } chosen)
        {
            Consider(_evaluator.Evaluate(chosen));
        }
    }

    private void Consider(PlacementValue value)
    {
        if (value.Violation == 0 && value.Objective < _objective)
        {
            (_chosen, _objective) = (value.Chosen, value.Objective);
        }
    }

    private sealed class Part(bool[] allowed, (double Least, double Most)[] counts)
    {
        public bool[] Allowed { get; } = allowed;

        public (double Least, double Most)[] Counts { get; } = counts;

        public double Bound { get; set; } = double.NegativeInfinity;

        /// <summary>The task to split by, with the candidates of one side; -1 for none.</summary>
        public int Task { get; set; } = -1;

        public int[] First { get; set; } = [];

        /// <summary>The device to split by, with the most that one side takes; -1 for none.</summary>
        public int Device { get; set; } = -1;

        public double Cut { get; set; }

        /// <summary>What it was split off by, and which side it is; -1 for the whole.</summary>
        public int SplitBy { get; init; } = -1;

        public bool IsSecond { get; init; }
    }
}
