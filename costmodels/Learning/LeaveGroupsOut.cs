namespace Orchestrator.CostModels.Learning;

/// <summary>
/// What a fit would say about each group of its own anchors had that group been left out, in closed form: with α = K⁻¹y, the errors of group B are
/// ([K⁻¹]_BB)⁻¹ α_B (Rasmussen and Williams, section 5.4.2, for blocks). Costs about three factorisations, however many groups there are.
/// </summary>
public static class LeaveGroupsOut
{
    /// <summary>Errors, value minus prediction, and the predictive variances including noise, one each per anchor.</summary>
    /// <param name="kernel">The covariance.</param>
    /// <param name="points">The anchors.</param>
    /// <param name="values">One per anchor.</param>
    /// <param name="noiseVariances">One per anchor, above 0, such as <see cref="Kriging.Noise"/> after re-weighting.</param>
    /// <param name="groups">The group of each anchor.</param>
    /// <param name="token">Looked at once per row of the inverse.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static (double[] Errors, double[] Variances) Errors(
        ProductKernel kernel, PointTable points, double[] values, double[] noiseVariances, int[] groups, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(groups);
        int n = points.Count;
        if (values.Length != n || groups.Length != n)
        {
            throw new ArgumentException($"{n} points need as many values ({values.Length}) and groups ({groups.Length})");
        }

        Cholesky factor = new KrigingSystem(kernel, points, -1, token).Factor(noiseVariances);
        double[] alpha = KrigingSystem.Solve(factor, values);
        double[] inverse = factor.InverseLower(token);
        double[] errors = new double[n];
        double[] variances = new double[n];
        foreach (IGrouping<int, int> group in Enumerable.Range(0, n).GroupBy(i => groups[i]))
        {
            token.ThrowIfCancellationRequested();
            Block([.. group], n, inverse, alpha, errors, variances);
        }

        return (errors, variances);
    }

    private static void Block(int[] members, int n, double[] inverse, double[] alpha, double[] errors, double[] variances)
    {
        int size = members.Length;
        double[] block = new double[size * size];
        double[] columns = new double[(long)size * n]; // the members' columns of L⁻¹ as rows, zero above the diagonal
        for (int a = 0; a < size; a++)
        {
            for (int k = members[a]; k < n; k++)
            {
                columns[(a * n) + k] = inverse[(k * n) + members[a]];
            }
        }

        for (int a = 0; a < size; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                block[(a * size) + b] = Cholesky.Dot(columns.AsSpan(a * n, n), columns.AsSpan(b * n, n));
            }
        }

        Cholesky factor = Cholesky.Factor(block, size);
        double[] solved = [.. members.Select(m => alpha[m])];
        factor.Solve(solved);
        double[] lower = factor.InverseLower();
        for (int a = 0; a < size; a++)
        {
            errors[members[a]] = solved[a];
            for (int k = a; k < size; k++)
            {
                variances[members[a]] += lower[(k * size) + a] * lower[(k * size) + a];
            }
        }
    }
}
