using Google.OrTools.Sat;

namespace Orchestrator.Compiler.Placing.Layers;

/// <summary>
/// The flow of a <see cref="LayerSplitProblem"/> as a whole-number program: how many machines of a kind hold each stretch between two of some boundaries,
/// and what flows through them and between places. Layers of a machine may overlap those of others in any way, so that tokens take different ways. Times
/// of arrival at each node bound the slowest way.
/// </summary>
internal sealed class LayerFlow
{
    private readonly LayerSplitProblem _problem;
    private readonly int[] _boundaries;
    private readonly LayerUnits _units;
    private readonly CpModel _model = new();
    private readonly List<Arc> _arcs = [];
    private readonly IntVar[] _starts;
    private readonly IntVar[] _ends;
    private readonly BoolVar[] _home;
    private readonly LinearExpr _flow;
    private readonly LinearExpr _cost;

    private LayerFlow(LayerSplitProblem problem, int[] boundaries, double most)
    {
        (_problem, _boundaries) = (problem, boundaries);
        _units = new LayerUnits(problem, most);
        _starts = [.. Enumerable.Range(0, problem.Places).Select(_ => _model.NewIntVar(0, LayerUnits.Demand, ""))];
        _ends = [.. Enumerable.Range(0, problem.Places).Select(_ => _model.NewIntVar(0, LayerUnits.Demand, ""))];
        _home = [.. Enumerable.Range(0, problem.Places).Select(_ => _model.NewBoolVar(""))];
        _model.AddExactlyOne(_home);
        AddMachines();
        AddWays();
        Balance();
        if (double.IsFinite(problem.SecondsMost))
        {
            AddTimes();
        }

        _flow = LinearExpr.Sum(_starts);
        _cost = LinearExpr.Sum(_arcs.Where(a => a.Count is not null).Select(a => a.Count! * _units.Price(problem.Machines[a.Machine].Price))); // only those
    }

    /// <summary>Arcs that machines would have between all of some boundaries.</summary>
    public static int Size(LayerSplitProblem problem, int[] boundaries) => problem.Machines.Sum(m =>
        Enumerable.Range(0, boundaries.Length).Sum(i => boundaries.Count(b => b > boundaries[i] && b - boundaries[i] <= m.Most)));

    /// <summary>The cheapest split at some boundaries that carries a flow; the bound is for these boundaries.</summary>
    public static LayerAnswer Cheapest(
        LayerSplitProblem problem, int[] boundaries, double demand, double atLeast, LayerPlan? start, double limit, CancellationToken cancellation)
    {
        var flow = new LayerFlow(problem, boundaries, demand);
        flow._model.Add(flow._flow == LayerUnits.Demand);
        if (atLeast > 0)
        {
            flow._model.Add(flow._cost >= Math.Min((long)Math.Floor(atLeast / flow._units.PriceUnit), start is null ? long.MaxValue : flow._units.Price(start.Price)));
        }

        flow._model.Minimize(flow._cost);
        flow.Hint(start);
        (CpSolverStatus status, CpSolver solver) = LayerUnits.Solve(flow._model, limit, cancellation);
        double bound = status == CpSolverStatus.Infeasible ? double.PositiveInfinity : Math.Max(atLeast, solver.BestObjectiveBound * flow._units.PriceUnit);
        return flow.Answer(status, solver, bound);
    }

    /// <summary>The split at some boundaries that carries most, up to <paramref name="atMost"/>, which no split can beat.</summary>
    public static LayerAnswer Most(LayerSplitProblem problem, int[] boundaries, double atMost, LayerPlan? start, double limit, CancellationToken cancellation)
    {
        var flow = new LayerFlow(problem, boundaries, atMost);
        flow._model.Add(flow._flow <= LayerUnits.Demand);
        flow._model.Maximize(flow._flow);
        flow.Hint(start);
        (CpSolverStatus status, CpSolver solver) = LayerUnits.Solve(flow._model, limit, cancellation);
        double rounding = problem.Layers * flow._units.FlowUnit; // rates are rounded down; no way has more machines than layers
        return flow.Answer(status, solver, Math.Min(atMost, solver.BestObjectiveBound * flow._units.FlowUnit + rounding));
    }

    private LayerAnswer Answer(CpSolverStatus status, CpSolver solver, double bound) => new(
        status is CpSolverStatus.Optimal or CpSolverStatus.Feasible ? Read(solver) : null, bound, status is CpSolverStatus.Optimal or CpSolverStatus.Infeasible);

    private void AddMachines()
    {
        List<LinearExpr>[] taken = [.. _problem.Counts.Select(_ => new List<LinearExpr>())];
        for (int k = 0; k < _problem.Machines.Length; k++)
        {
            LayerMachine machine = _problem.Machines[k];
            for (int i = 0; i < _boundaries.Length; i++)
            {
                for (int j = i + 1; j < _boundaries.Length && _boundaries[j] - _boundaries[i] <= machine.Most; j++)
                {
                    int layers = _boundaries[j] - _boundaries[i];
                    long rate = _units.Rate(k, layers);
                    long seconds = LayerUnits.Time(machine.Seconds[layers - 1]);
                    if (rate == 0 || machine.Seconds[layers - 1] > _problem.SecondsMost)
                    {
                        continue;
                    }

                    long most = Math.Min(_problem.CountOf(k), (LayerUnits.Demand + rate - 1) / rate);
                    IntVar count = _model.NewIntVar(0, most, "");
                    IntVar flow = _model.NewIntVar(0, Math.Min(LayerUnits.Demand, most * rate), "");
                    _model.Add(flow <= count * rate);
                    taken[machine.Device].Add(count * machine.Takes);
                    _arcs.Add(new Arc(Node(i, machine.Place, arrived: true), Node(j, machine.Place, arrived: false), flow, seconds) { Machine = k, First = i, End = j, Count = count });
                }
            }
        }

        for (int d = 0; d < taken.Length; d++)
        {
            _model.Add(LinearExpr.Sum(taken[d]) <= _problem.Counts[d]);
        }
    }

    private void AddWays()
    {
        for (int p = 0; p < _problem.Places; p++)
        {
            for (int q = 0; q < _problem.Places; q++)
            {
                if (_problem.Hop(p, q) is not { } seconds)
                {
                    continue;
                }

                long most = _units.Units(_problem.TokensOn(p, q));
                Arc[] ways = [.. Enumerable.Range(1, Math.Max(0, _boundaries.Length - 2)).Select(i => new Arc(
                    Node(i, p, arrived: false), Node(i, q, arrived: true), _model.NewIntVar(0, most, ""), LayerUnits.Time(seconds)) { First = i, End = i })];
                _arcs.AddRange(ways);
                if (p != q && most < LayerUnits.Demand * ways.Length)
                {
                    _model.Add(LinearExpr.Sum(ways.Select(w => w.Flow)) <= most);
                }
            }
        }
    }

    // Node numbers: data of all layers before a boundary, just made in a place or arrived there.
    private int Node(int boundary, int place, bool arrived) => 2 * (boundary * _problem.Places + place) + (arrived ? 1 : 0);

    private void Balance()
    {
        List<LinearExpr>[] into = [.. Enumerable.Range(0, 2 * _boundaries.Length * _problem.Places).Select(_ => new List<LinearExpr>())];
        List<LinearExpr>[] outOf = [.. into.Select(_ => new List<LinearExpr>())];
        foreach (Arc arc in _arcs)
        {
            into[arc.To].Add(arc.Flow);
            outOf[arc.From].Add(arc.Flow);
        }

        for (int p = 0; p < _problem.Places; p++)
        {
            into[Node(0, p, arrived: true)].Add(_starts[p]);
            outOf[Node(_boundaries.Length - 1, p, arrived: false)].Add(_ends[p]);
        }

        for (int n = 0; n < into.Length; n++)
        {
            _model.Add(LinearExpr.Sum(into[n]) == LinearExpr.Sum(outOf[n]));
        }
    }

    private void AddTimes()
    {
        long limit = (long)(_problem.SecondsMost * LayerUnits.PerSecond);
        IntVar[] at = [.. Enumerable.Range(0, 2 * _boundaries.Length * _problem.Places).Select(_ => _model.NewIntVar(0, limit, ""))];
        foreach (Arc arc in _arcs)
        {
            BoolVar used = Used(arc.Flow);
            _model.Add(at[arc.To] >= at[arc.From] + arc.Seconds).OnlyEnforceIf(used);
        }

        for (int p = 0; p < _problem.Places; p++)
        {
            BoolVar starts = Used(_starts[p]);
            BoolVar ends = Used(_ends[p]);
            for (int h = 0; h < _problem.Places; h++)
            {
                if (_problem.Back(h, p) is { } there)
                {
                    _model.Add(at[Node(0, p, arrived: true)] >= LayerUnits.Time(there)).OnlyEnforceIf([starts, _home[h]]);
                }
                else
                {
                    _model.AddBoolOr([starts.Not(), _home[h].Not()]);
                }

                if (_problem.Back(p, h) is { } back)
                {
                    _model.Add(at[Node(_boundaries.Length - 1, p, arrived: false)] <= limit - LayerUnits.Time(back)).OnlyEnforceIf([ends, _home[h]]);
                }
                else
                {
                    _model.AddBoolOr([ends.Not(), _home[h].Not()]);
                }
            }
        }

        // On average over the tokens, which needs no case distinction and so bounds early.
        _model.Add(LinearExpr.Sum(_arcs.Select(a => a.Flow * a.Seconds)) <= LinearExpr.Sum(_starts) * limit);
    }

    private BoolVar Used(IntVar flow)
    {
        BoolVar used = _model.NewBoolVar("");
        _model.Add(flow <= used * LayerUnits.Demand);
        return used;
    }

    private void Hint(LayerPlan? plan)
    {
        foreach (Arc arc in plan is null ? [] : _arcs)
        {
            LayerHolding? held = arc.Count is null ? null : plan!.Holdings.FirstOrDefault(h => // there is a plan where the loop runs
                h.Machine == arc.Machine && h.First == _boundaries[arc.First] && h.End == _boundaries[arc.End]);
            if (arc.Count is { } count)
            {
                _model.AddHint(count, held?.Count ?? 0);
                _model.AddHint(arc.Flow, held is null ? 0 : _units.Units(held.Flow));
            }
        }
    }

    private LayerPlan Read(CpSolver solver)
    {
        long[] flows = [.. _arcs.Select(a => solver.Value(a.Flow))];
        var holdings = new List<LayerHolding>();
        var hops = new List<LayerHop>();
        double price = 0;
        for (int a = 0; a < flows.Length; a++)
        {
            Arc arc = _arcs[a];
            if (flows[a] == 0)
            {
                continue;
            }

            double flow = flows[a] * _units.FlowUnit;
            if (arc.Count is null)
            {
                hops.Add(new LayerHop(_boundaries[arc.First], arc.From / 2 % _problem.Places, arc.To / 2 % _problem.Places, flow));
                continue;
            }

            long rate = _units.Rate(arc.Machine, _boundaries[arc.End] - _boundaries[arc.First]);
            int count = (int)((flows[a] + rate - 1) / rate); // machines that nothing flows through are not taken
            holdings.Add(new LayerHolding(arc.Machine, _boundaries[arc.First], _boundaries[arc.End], count, flow));
            price += count * _problem.Machines[arc.Machine].Price;
        }

        int home = Array.FindIndex(_home, solver.BooleanValue);
        double total = _starts.Sum(solver.Value) * _units.FlowUnit;
        return new LayerPlan(
            [.. holdings.OrderBy(h => h.First).ThenBy(h => h.End).ThenBy(h => h.Machine)], [.. hops.OrderBy(h => h.Boundary).ThenBy(h => h.From).ThenBy(h => h.To)],
            home, price, total, Slowest(flows, home));
    }

    // The longest way over arcs that carry something; boundaries only grow along it, and inside one data is made before it arrives.
    private double Slowest(long[] flows, int home)
    {
        double[] at = new double[2 * _boundaries.Length * _problem.Places];
        for (int p = 0; p < _problem.Places; p++)
        {
            at[Node(0, p, arrived: true)] = _problem.Back(home, p) ?? 0;
        }

        foreach (int a in Enumerable.Range(0, flows.Length).Where(a => flows[a] > 0).OrderBy(a => _arcs[a].First).ThenBy(a => _arcs[a].Count is null ? 0 : 1))
        {
            at[_arcs[a].To] = Math.Max(at[_arcs[a].To], at[_arcs[a].From] + _arcs[a].Seconds / LayerUnits.PerSecond);
        }

        return Enumerable.Range(0, _problem.Places).Max(p => at[Node(_boundaries.Length - 1, p, arrived: false)] is > 0 and var end
            ? end + (_problem.Back(p, home) ?? 0)
            : 0);
    }

    /// <summary>A stretch on machines of a kind (with a count), or a way between places.</summary>
    private sealed record Arc(int From, int To, IntVar Flow, long Seconds)
    {
        public int Machine { get; init; } = -1;

        /// <summary>Index of the boundary where it begins, and where it ends.</summary>
        public int First { get; init; }

        public int End { get; init; }

        public IntVar? Count { get; init; }
    }
}
