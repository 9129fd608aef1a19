using Google.OrTools.LinearSolver;

namespace Orchestrator.Compiler.Placing;

/// <summary>What a linear program says.</summary>
/// <param name="Feasible">False when no point holds all rows.</param>
/// <param name="Bound">No point has a smaller objective; holds in spite of rounding inside the solver.</param>
/// <param name="Values">By column.</param>
/// <param name="ReducedCosts">By column: how much more the objective is at least, for each unit that the column is above its lower limit.</param>
/// <param name="Duals">By row.</param>
internal sealed record LinearAnswer(bool Feasible, double Bound, double[] Values, double[] ReducedCosts, double[] Duals);

/// <summary>
/// Minimise a linear objective over columns between two finite limits, subject to rows between two limits. Kept as arrays, so that the bound can be
/// computed again from the solver's multipliers: whatever they are, Σ multiplier × limit + Σ least of reduced cost × limit is below every point.
/// </summary>
internal sealed class LinearProgram : IDisposable
{
    private const double RoundingShare = 1e-12; // of sums of up to millions of terms in double precision

    private readonly List<(double Cost, double Low, double High)> _columns = [];
    private readonly List<(double Low, double High)> _rows = [];
    private readonly List<(int Row, int Column, double Value)> _entries = [];
    private Solver? _solver;
    private Variable[] _variables = [];
    private Constraint[] _constraints = [];

    /// <summary>Number of columns.</summary>
    public int Columns => _columns.Count;

    /// <summary>Steps of the simplex method and entries gone through so far: a measure of work that is the same on any machine.</summary>
    public double Work { get; private set; }

    /// <summary>A column from zero to an upper limit, which must be finite, with its cost.</summary>
    public int Column(double cost, double high)
    {
        _columns.Add((cost, 0, high));
        return _columns.Count - 1;
    }

    /// <summary>A row without entries; infinite limits do not bind.</summary>
    public int Row(double low, double high)
    {
        _rows.Add((low, high));
        return _rows.Count - 1;
    }

    /// <summary>Adds to the coefficient of a column in a row; only before the first <see cref="Solve"/>.</summary>
    public void Add(int row, int column, double value) => _entries.Add((row, column, value));

    /// <summary>Changes the limits of a column.</summary>
    public void Limit(int column, double low, double high)
    {
        if (_columns[column] is var (cost, l, h) && (l != low || h != high))
        {
            _columns[column] = (cost, low, high);
            if (_variables.Length > 0)
            {
                _variables[column].SetBounds(low, high);
            }
        }
    }

    /// <summary>Solves; the same calls give the same answers on any machine.</summary>
    /// <param name="again">Whether it will be solved often with other limits of columns: then each solution starts from the one before.</param>
    public LinearAnswer Solve(bool again)
    {
        Solver solver = _solver ??= Load(again);
        Solver.ResultStatus status = solver.Solve();
        Work += solver.Iterations() * (double)(_rows.Count + _columns.Count) + 4 * _entries.Count;
        if (status == Solver.ResultStatus.INFEASIBLE)
        {
            return new LinearAnswer(false, double.PositiveInfinity, [], [], []);
        }

        // Without an optimum the bound still holds, for it holds for any multipliers.
        bool optimal = status == Solver.ResultStatus.OPTIMAL;
        double[] duals = optimal ? [.. _constraints.Select(r => r.DualValue())] : new double[_rows.Count];
        double[] values = optimal ? [.. _variables.Select(c => c.SolutionValue())] : new double[_columns.Count];
        return Certified(values, duals);
    }

    /// <summary>Frees the solver.</summary>
    public void Dispose() => _solver?.Dispose();

    /// <summary>The same program for a solver of the OR-Tools package, some columns whole; null where the package has no such solver.</summary>
    public (Solver Solver, Variable[] Columns)? For(string solver, Func<int, bool> whole)
    {
        Solver? made = Solver.CreateSolver(solver);
        return made is null ? null : (made, Fill(made, whole).Variables);
    }

    private Solver Load(bool again)
    {
        Solver solver = Solver.CreateSolver("GLOP");
        if (again)
        {
            solver.SetSolverSpecificParametersAsString("use_preprocessing:false,use_dual_simplex:true");
        }

        (_variables, _constraints) = Fill(solver, _ => false);
        return solver;
    }

    private (Variable[] Variables, Constraint[] Rows) Fill(Solver solver, Func<int, bool> whole)
    {
        Variable[] variables = [.. _columns.Select((c, i) => whole(i) ? solver.MakeIntVar(c.Low, c.High, "") : solver.MakeNumVar(c.Low, c.High, ""))];
        Constraint[] rows = [.. _rows.Select(r => solver.MakeConstraint(r.Low, r.High))];
        Merge();
        foreach ((int row, int column, double value) in _entries)
        {
            rows[row].SetCoefficient(variables[column], value);
        }

        using Objective objective = solver.Objective();
        for (int c = 0; c < variables.Length; c++)
        {
            objective.SetCoefficient(variables[c], _columns[c].Cost);
        }

        objective.SetMinimization();
        return (variables, rows);
    }

    // One entry for each row and column.
    private void Merge()
    {
        var merged = new Dictionary<(int, int), double>(_entries.Count);
        var order = new List<(int Row, int Column)>(_entries.Count);
        foreach ((int row, int column, double value) in _entries)
        {
            if (merged.TryAdd((row, column), value))
            {
                order.Add((row, column));
            }
            else
            {
                merged[(row, column)] += value;
            }
        }

        _entries.Clear();
        _entries.AddRange(order.Select(o => (o.Row, o.Column, merged[o])));
    }

    private LinearAnswer Certified(double[] values, double[] duals)
    {
        double bound = 0;
        double size = 0;
        for (int r = 0; r < duals.Length; r++)
        {
            double limit = duals[r] > 0 ? _rows[r].Low : _rows[r].High;
            if (double.IsInfinity(limit))
            {
                duals[r] = 0; // a multiplier of the wrong sign proves nothing
                continue;
            }

            bound += duals[r] * limit;
            size += Math.Abs(duals[r] * limit);
        }

        double[] reduced = [.. _columns.Select(c => c.Cost)];
        foreach ((int row, int column, double value) in _entries)
        {
            reduced[column] -= duals[row] * value;
        }

        for (int c = 0; c < reduced.Length; c++)
        {
            bound += reduced[c] > 0 ? reduced[c] * _columns[c].Low : reduced[c] * _columns[c].High;
        }

        return new LinearAnswer(true, bound - RoundingShare * size, values, reduced, duals);
    }
}
