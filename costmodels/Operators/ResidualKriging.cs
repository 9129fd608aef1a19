using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Simple kriging of residuals of mean 0 from neighbours whose covariances are given (Cressie, Statistics for Spatial Data, section 3.2). Unlike
/// <see cref="LocalKriging"/>, whose labels match or do not, the caller's covariances may grade how alike two contexts are.
/// </summary>
internal static class ResidualKriging
{
    /// <summary>Mean and variance of the new case.</summary>
    /// <param name="covariance">Lower half of the neighbours' covariances, row-major, with their own noise on the diagonal; overwritten.</param>
    /// <param name="cross">Covariance of the new case with each neighbour.</param>
    /// <param name="values">The neighbours' residuals.</param>
    /// <param name="own">Variance of the new case before anything is known about it, without noise.</param>
    public static (double Mean, double Variance) Estimate(double[] covariance, double[] cross, double[] values, double own)
    {
        if (values.Length == 0)
        {
            return (0, own);
        }

        double[] weights = [.. cross];
        Cholesky.Factor(covariance, values.Length).Solve(weights);
        double mean = 0;
        double explained = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            mean += weights[i] * values[i];
            explained += weights[i] * cross[i];
        }

        return (mean, Math.Max(own - explained, 0));
    }

    /// <summary>Matérn correlation with smoothness 3/2 over a distance in length scales.</summary>
    public static double Matern(double distance)
    {
        double scaled = 1.7320508075688772 * distance;
        return (1 + scaled) * Math.Exp(-scaled);
    }
}
