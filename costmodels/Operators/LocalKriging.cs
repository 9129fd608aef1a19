namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Kriging from the few measured cases that say most about a new one: the best linear estimate of a residual of mean 0 from neighbours whose
/// covariances are known, with its variance (Cressie, Statistics for Spatial Data, section 3.2: simple kriging).
/// </summary>
internal static class LocalKriging
{
    /// <summary>Mean and variance of the new case.</summary>
    /// <param name="covariance">Covariance of the neighbours, with their own noise on the diagonal; overwritten.</param>
    /// <param name="cross">Covariance of the new case with each neighbour.</param>
    /// <param name="values">The neighbours' residuals.</param>
    /// <param name="own">Variance of the new case before anything is known about it, without noise.</param>
    public static (double Mean, double Variance) Estimate(double[,] covariance, double[] cross, double[] values, double own)
    {
        int count = values.Length;
        if (count == 0)
        {
            return (0, own);
        }

        Factor(covariance, count);
        double[] left = Forward(covariance, cross);
        double[] right = Forward(covariance, values);
        double mean = 0;
        double explained = 0;
        for (int i = 0; i < count; i++)
        {
            mean += left[i] * right[i];
            explained += left[i] * left[i];
        }

        return (mean, Math.Max(own - explained, 0));
    }

    /// <summary>Matérn correlation with smoothness 3/2 over a distance in length scales.</summary>
    public static double Matern(double distance)
    {
        double scaled = 1.7320508075688772 * distance;
        return (1 + scaled) * Math.Exp(-scaled);
    }

    // Cholesky in place: the lower triangle becomes L. A diagonal that rounding has brought to 0 stays a little above it.
    private static void Factor(double[,] matrix, int count)
    {
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= matrix[i, k] * matrix[j, k];
                }

                matrix[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / matrix[j, j];
            }
        }
    }

    private static double[] Forward(double[,] lower, double[] right)
    {
        double[] solved = new double[right.Length];
        for (int i = 0; i < right.Length; i++)
        {
            double sum = right[i];
            for (int k = 0; k < i; k++)
            {
                sum -= lower[i, k] * solved[k];
            }

            solved[i] = sum / lower[i, i];
        }

        return solved;
    }
}
