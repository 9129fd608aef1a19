using System.Collections.Immutable;

namespace Orchestrator.CostModels.Learning;

/// <summary>
/// Weighted least squares over one-hot effects with a quadratic penalty on each (Hoerl and Kennard's ridge): an effect seen in few rows stays near 0.
/// Effects are known by name; a name that was not seen counts 0.
/// </summary>
public sealed class Ridge
{
    private readonly Dictionary<string, double> effects;

    private Ridge(Dictionary<string, double> effects) => this.effects = effects;

    /// <summary>The effects by name, in the order of first appearance.</summary>
    public IReadOnlyDictionary<string, double> Effects => effects;

    /// <summary>Fits.</summary>
    /// <param name="rows">The names of the effects that are on in each row; put one name into every row for an intercept. At most some 4,000 different names.</param>
    /// <param name="values">One per row.</param>
    /// <param name="weights">One per row, at least 0.</param>
    /// <param name="penalty">The penalty of an effect by name, above 0: noise variance over prior variance of the effect.</param>
    /// <param name="huber">Residual from which rows lose weight over <paramref name="rounds"/> rounds; infinite for plain least squares.</param>
    /// <param name="rounds">Rounds of re-weighting, at least 0.</param>
    /// <param name="token">Looked at once per panel of each factorisation.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a penalty is not above 0.</exception>
    public static Ridge Fit(
        IReadOnlyList<string[]> rows, double[] values, double[] weights, Func<string, double> penalty,
        double huber = double.PositiveInfinity, int rounds = 3, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(penalty);
        if (values.Length != rows.Count || weights.Length != rows.Count)
        {
            throw new ArgumentException($"{rows.Count} rows need as many values ({values.Length}) and weights ({weights.Length})");
        }

        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        int[][] active = [.. rows.Select(r => (int[])[.. r.Select(name => IdOf(ids, name))])];
        double[] penalties = [.. ids.Keys.Select(penalty)];
        if (penalties.Any(p => !(p > 0)))
        {
            throw new ArgumentException("every penalty must be above 0", nameof(penalty));
        }

        double[] current = [.. weights];
        double[] solved = Solve(active, values, current, penalties, token);
        for (int round = 0; round < rounds && double.IsFinite(huber); round++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                double residual = Math.Abs(values[i] - active[i].Sum(a => solved[a]));
                current[i] = weights[i] * Math.Min(1, huber / residual);
            }

            solved = Solve(active, values, current, penalties, token);
        }

        return new Ridge(ids.ToDictionary(p => p.Key, p => solved[p.Value], StringComparer.Ordinal));
    }

    /// <summary>Restores a fit from its effects.</summary>
    public static Ridge Restore(IEnumerable<KeyValuePair<string, double>> effects) => new(new Dictionary<string, double>(effects, StringComparer.Ordinal));

    /// <summary>The sum of the effects that are on.</summary>
    public double Predict(ReadOnlySpan<string> active)
    {
        double sum = 0;
        foreach (string name in active)
        {
            sum += effects.GetValueOrDefault(name);
        }

        return sum;
    }

    private static int IdOf(Dictionary<string, int> ids, string name)
    {
        if (!ids.TryGetValue(name, out int id))
        {
            id = ids.Count;
            ids.Add(name, id);
        }

        return id;
    }

    private static double[] Solve(int[][] active, double[] values, double[] weights, double[] penalties, CancellationToken token)
    {
        int size = penalties.Length;
        double[] matrix = new double[(long)size * size];
        double[] right = new double[size];
        for (int p = 0; p < size; p++)
        {
            matrix[(p * size) + p] = penalties[p];
        }

        for (int i = 0; i < active.Length; i++)
        {
            foreach (int a in active[i])
            {
                right[a] += weights[i] * values[i];
                foreach (int b in active[i])
                {
                    matrix[(a * size) + b] += weights[i];
                }
            }
        }

        Cholesky.Factor(matrix, size, token).Solve(right);
        return right;
    }
}
