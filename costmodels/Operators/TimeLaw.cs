namespace Orchestrator.CostModels.Operators;

/// <summary>
/// A time as a sum of parts under a power: <c>t = (sum_i (a_i x_i)^p)^(1/p)</c>. Each part is a time of its own, such as the bytes over the
/// bandwidth; p = 1 adds the parts, a large p takes the longest, so a p between them is a roofline with a rounded corner.
/// </summary>
public sealed class TimeLaw
{
    private const int RobustRounds = 12;
    private const int DescentRounds = 400;

    private readonly double[] _scales;

    private TimeLaw(double[] scales, double power)
    {
        _scales = scales;
        Power = power;
    }

    /// <summary>The power p, at least 1.</summary>
    public double Power { get; }

    /// <summary>The factor of every part, at least 0; 0 leaves a part out.</summary>
    public IReadOnlyList<double> Scales => _scales;

    /// <summary>A law with given factors.</summary>
    public static TimeLaw Of(double power, params double[] scales) => new(scales, power);

    /// <summary>The time of parts, in their unit.</summary>
    public double Time(ReadOnlySpan<double> parts)
    {
        double sum = 0;
        for (int i = 0; i < _scales.Length; i++)
        {
            if (_scales[i] > 0)
            {
                sum += Math.Pow(_scales[i] * parts[i], Power);
            }
        }

        return Math.Pow(sum, 1 / Power);
    }

    /// <summary>
    /// Factors that bring the law closest to measured times: relative errors of <c>t^p</c>, which is linear in <c>a^p</c>, by coordinate
    /// descent over non-negative factors, with errors beyond 1.5 median deviations weighted down (Huber).
    /// </summary>
    /// <param name="parts">The parts of every measured case.</param>
    /// <param name="times">The measured times, above 0.</param>
    /// <param name="power">The power p.</param>
    /// <param name="prior">Where to stay near when few cases tell; null for none.</param>
    /// <param name="weight">How many cases the prior counts for.</param>
    public static TimeLaw Fit(IReadOnlyList<double[]> parts, IReadOnlyList<double> times, double power, TimeLaw? prior = null, double weight = 0)
    {
        int columns = parts[0].Length;
        double[][] rows = new double[parts.Count][];
        for (int r = 0; r < rows.Length; r++)
        {
            double target = Math.Pow(times[r], power);
            rows[r] = [.. parts[r].Select(x => Math.Pow(x, power) / target)];
        }

        double[] start = prior is null ? Start(rows, columns) : [.. prior._scales.Select(a => Math.Pow(a, power))];
        double[] factors = [.. start];
        double[] weights = Enumerable.Repeat(1.0, rows.Length).ToArray();
        for (int round = 0; round < RobustRounds; round++)
        {
            Descend(rows, weights, factors, prior is null ? null : start, weight);
            Reweigh(rows, factors, weights, power);
        }

        return new TimeLaw([.. factors.Select(a => Math.Pow(a, 1 / power))], power);
    }

    private static double[] Start(double[][] rows, int columns)
    {
        double[] start = new double[columns];
        for (int c = 0; c < columns; c++)
        {
            double mean = rows.Average(r => r[c]);
            start[c] = mean > 0 ? 1 / (mean * columns) : 0;
        }

        return start;
    }

    private static void Descend(double[][] rows, double[] weights, double[] factors, double[]? prior, double priorWeight)
    {
        int columns = factors.Length;
        double[,] normal = new double[columns, columns];
        double[] right = new double[columns];
        for (int r = 0; r < rows.Length; r++)
        {
            for (int i = 0; i < columns; i++)
            {
                right[i] += weights[r] * rows[r][i];
                for (int j = 0; j <= i; j++)
                {
                    normal[i, j] += weights[r] * rows[r][i] * rows[r][j];
                }
            }
        }

        for (int i = 0; i < columns; i++)
        {
            if (prior is not null && prior[i] > 0)
            {
                double pull = priorWeight / (prior[i] * prior[i]);
                normal[i, i] += pull;
                right[i] += pull * prior[i];
            }

            for (int j = 0; j < i; j++)
            {
                normal[j, i] = normal[i, j];
            }
        }

        for (int round = 0; round < DescentRounds; round++)
        {
            for (int i = 0; i < columns; i++)
            {
                if (normal[i, i] <= 0)
                {
                    continue;
                }

                double rest = right[i];
                for (int j = 0; j < columns; j++)
                {
                    rest -= j == i ? 0 : normal[i, j] * factors[j];
                }

                factors[i] = Math.Max(0, rest / normal[i, i]);
            }
        }
    }

    private static void Reweigh(double[][] rows, double[] factors, double[] weights, double power)
    {
        double[] errors = new double[rows.Length];
        for (int r = 0; r < rows.Length; r++)
        {
            double sum = 0;
            for (int i = 0; i < factors.Length; i++)
            {
                sum += rows[r][i] * factors[i];
            }

            // Under-estimates count by their logarithm: a prediction of nearly nothing must not pass as an error of at most one.
            errors[r] = Math.Abs(Math.Log(Math.Max(sum, 1e-12))) / power;
        }

        double limit = 1.5 * Math.Max(1e-3, errors.Order().ElementAt(errors.Length / 2));
        for (int r = 0; r < rows.Length; r++)
        {
            double size = Math.Max(errors[r], 1e-9);
            double relative = 0;
            for (int i = 0; i < factors.Length; i++)
            {
                relative += rows[r][i] * factors[i];
            }

            // Turns squared relative errors into squared log errors near the present solution, then trims the far ones.
            double toLog = Math.Abs(relative - 1) > 1e-6 ? errors[r] * power / Math.Abs(relative - 1) : 1;
            weights[r] = toLog * toLog * Math.Min(1, limit / size);
        }
    }
}
