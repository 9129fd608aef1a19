using System.Collections.Immutable;

namespace Orchestrator.CostModels.Learning;

/// <summary>What is known of a parameter before any row is seen: a normal distribution.</summary>
/// <param name="Mean">Where the search starts and what a parameter without rows keeps.</param>
/// <param name="Deviation">Standard deviation, above 0; 0 fixes the parameter.</param>
public readonly record struct ParameterPrior(double Mean, double Deviation);

/// <summary>How a robust fit runs.</summary>
public sealed record RobustOptions
{
    /// <summary>Residual at which the loss turns from quadratic to linear, in the unit of the residuals; above 0. Default 1.</summary>
    public double Delta { get; init; } = 1;

    /// <summary>Most iterations, at least 1. Default 60.</summary>
    public int Iterations { get; init; } = 60;

    /// <summary>Stops when the loss falls by less than this share in an accepted step. Default 1e-7.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>Step of the forward differences, relative to max(1, |parameter|). Default 1e-6.</summary>
    public double DifferenceStep { get; init; } = 1e-6;
}

/// <summary>What a robust fit found.</summary>
/// <param name="Parameters">The parameters of least loss.</param>
/// <param name="Loss">Weighted pseudo-Huber loss plus that of the priors.</param>
/// <param name="Deviations">Posterior standard deviations by the curvature at the end; 0 for a fixed parameter. Residuals count as if their noise were 1.</param>
/// <param name="Iterations">Iterations used.</param>
/// <param name="Converged">False when the iterations ran out first.</param>
public sealed record RobustFit(ImmutableArray<double> Parameters, double Loss, ImmutableArray<double> Deviations, int Iterations, bool Converged);

/// <summary>
/// Levenberg-Marquardt with a pseudo-Huber loss δ²(√(1 + (r/δ)²) − 1) (Charbonnier 1997; Hartley and Zisserman, appendix 6.8), row weights and normal
/// priors. Each step re-weights rows by 1/√(1 + (r/δ)²) and solves the damped normal equations.
/// </summary>
public static class RobustLeastSquares
{
    /// <summary>Fits.</summary>
    /// <param name="residuals">The residuals under some parameters, always as many and in one order; one that is not finite makes the parameters impossible.</param>
    /// <param name="priors">One per parameter.</param>
    /// <param name="weights">One per residual, at least 0; null for all 1.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="token">Looked at before each call of <paramref name="residuals"/>.</param>
    /// <exception cref="ArithmeticException">A residual is not finite at the means of the priors.</exception>
    public static RobustFit Fit(
        Func<double[], double[]> residuals, IReadOnlyList<ParameterPrior> priors, double[]? weights = null, RobustOptions? options = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        ArgumentNullException.ThrowIfNull(priors);
        return new Search(residuals, priors, weights, options ?? new RobustOptions(), token).Run();
    }

    private sealed class Search
    {
        private readonly Func<double[], double[]> residuals;
        private readonly IReadOnlyList<ParameterPrior> priors;
        private readonly double[]? weights;
        private readonly RobustOptions options;
        private readonly CancellationToken token;
        private readonly int[] free;

        public Search(Func<double[], double[]> residuals, IReadOnlyList<ParameterPrior> priors, double[]? weights, RobustOptions options, CancellationToken token)
        {
            this.residuals = residuals;
            this.priors = priors;
            this.weights = weights;
            this.options = options;
            this.token = token;
            free = [.. Enumerable.Range(0, priors.Count).Where(p => priors[p].Deviation > 0)];
        }

        public RobustFit Run()
        {
            double[] at = [.. priors.Select(p => p.Mean)];
            double[] current = Residuals(at);
            double loss = Loss(current, at);
            if (!double.IsFinite(loss))
            {
                throw new ArithmeticException("the residuals are not finite at the means of the priors");
            }

            double damping = 1e-3;
            bool converged = false;
            int iteration = 0;
            while (!converged && iteration < options.Iterations)
            {
                iteration++;
                (double[] curvature, double[] slope) = NormalEquations(at, current);
                double before = loss;
                for (; damping < 1e12; damping *= 8)
                {
                    double[] trial = Step(at, curvature, slope, damping);
                    double[] next = Residuals(trial);
                    double value = Loss(next, trial);
                    if (value <= loss)
                    {
                        (at, current, loss) = (trial, next, value);
                        damping = Math.Max(damping / 5, 1e-12);
                        break;
                    }
                }

                converged = before - loss <= options.Tolerance * before;
                damping = Math.Min(damping, 1e9);
            }

            return new RobustFit([.. at], loss, [.. Deviations(at, current)], iteration, converged);
        }

        private double[] Residuals(double[] at)
        {
            token.ThrowIfCancellationRequested();
            double[] found = residuals(at);
            return weights is null || weights.Length == found.Length
                ? found
                : throw new ArgumentException($"{weights.Length} weights for {found.Length} residuals");
        }

        private double Loss(double[] current, double[] at)
        {
            double sum = 0;
            for (int i = 0; i < current.Length; i++)
            {
                double scaled = current[i] / options.Delta;
                sum += Weight(i) * options.Delta * options.Delta * (Math.Sqrt(1 + (scaled * scaled)) - 1);
            }

            foreach (int p in free)
            {
                double away = (at[p] - priors[p].Mean) / priors[p].Deviation;
                sum += 0.5 * away * away;
            }

            return sum;
        }

        private double Weight(int row) => weights is null ? 1 : weights[row];

        // JᵀWJ plus the priors' curvature (lower half) and JᵀWr plus the priors' slope, over the free parameters.
        private (double[] Curvature, double[] Slope) NormalEquations(double[] at, double[] current)
        {
            int size = free.Length;
            double[] robust = [.. current.Select((r, i) => Weight(i) / Math.Sqrt(1 + (r / options.Delta * (r / options.Delta))))];
            double[][] columns = new double[size][];
            double[] slope = new double[size];
            double[] curvature = new double[size * size];
            double[] scaled = new double[current.Length];
            for (int a = 0; a < size; a++)
            {
                columns[a] = Column(at, current, free[a]);
                for (int i = 0; i < scaled.Length; i++)
                {
                    scaled[i] = columns[a][i] * robust[i];
                }

                ParameterPrior prior = priors[free[a]];
                slope[a] = Cholesky.Dot(scaled, current) + ((at[free[a]] - prior.Mean) / (prior.Deviation * prior.Deviation));
                for (int b = 0; b <= a; b++)
                {
                    curvature[(a * size) + b] = Cholesky.Dot(scaled, columns[b]);
                }

                curvature[(a * size) + a] += 1 / (prior.Deviation * prior.Deviation);
            }

            return (curvature, slope);
        }

        // Forward differences; backward where the forward point is impossible.
        private double[] Column(double[] at, double[] current, int parameter)
        {
            double step = options.DifferenceStep * Math.Max(1, Math.Abs(at[parameter]));
            double[] trial = [.. at];
            trial[parameter] = at[parameter] + step;
            double[] moved = Residuals(trial);
            if (moved.Any(r => !double.IsFinite(r)))
            {
                step = -step;
                trial[parameter] = at[parameter] + step;
                moved = Residuals(trial);
            }

            double[] column = new double[current.Length];
            for (int i = 0; i < column.Length; i++)
            {
                double change = (moved[i] - current[i]) / step;
                column[i] = double.IsFinite(change) ? change : 0;
            }

            return column;
        }

        private double[] Step(double[] at, double[] curvature, double[] slope, double damping)
        {
            int size = free.Length;
            double[] damped = [.. curvature];
            for (int a = 0; a < size; a++)
            {
                damped[(a * size) + a] *= 1 + damping;
            }

            double[] step = [.. slope];
            Cholesky.Factor(damped, size).Solve(step);
            double[] trial = [.. at];
            for (int a = 0; a < size; a++)
            {
                trial[free[a]] -= step[a];
            }

            return trial;
        }

        private double[] Deviations(double[] at, double[] current)
        {
            int size = free.Length;
            double[] inverse = Cholesky.Factor(NormalEquations(at, current).Curvature, size).InverseLower(token);
            double[] deviations = new double[priors.Count];
            for (int a = 0; a < size; a++)
            {
                double variance = 0;
                for (int k = a; k < size; k++)
                {
                    variance += inverse[(k * size) + a] * inverse[(k * size) + a];
                }

                deviations[free[a]] = Math.Sqrt(variance);
            }

            return deviations;
        }
    }
}
