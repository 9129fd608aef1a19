namespace Orchestrator.CostModels.Learning;

/// <summary>Minimises a costly function of a few parameters, one at a time, with steps that grow while they help and halve when they do not: few evaluations, no gradient.</summary>
public static class CoordinateSearch
{
    /// <summary>The best parameters seen and their score.</summary>
    /// <param name="score">What to minimise; a score that is not a number counts as worst.</param>
    /// <param name="start">Where to begin; logarithms for scales and lengths.</param>
    /// <param name="steps">First step of each parameter; 0 leaves it alone.</param>
    /// <param name="evaluations">At most so many calls of <paramref name="score"/>, at least 1.</param>
    /// <param name="token">Looked at before each call.</param>
    public static (double[] Best, double Score) Minimise(
        Func<double[], double> score, double[] start, double[] steps, int evaluations, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(steps);
        double[] best = [.. start];
        double[] step = [.. steps];
        token.ThrowIfCancellationRequested();
        double lowest = score([.. best]);
        int left = evaluations - 1;
        while (left > 0 && step.Any(s => Math.Abs(s) > 1e-6))
        {
            for (int p = 0; p < best.Length && left > 0; p++)
            {
                if (step[p] == 0)
                {
                    continue;
                }

                bool better = false;
                for (int side = 0; side < 2 && !better && left > 0; side++, left--)
                {
                    token.ThrowIfCancellationRequested();
                    double[] trial = [.. best];
                    trial[p] += step[p];
                    double value = score(trial);
                    better = value < lowest || (double.IsNaN(lowest) && !double.IsNaN(value));
                    if (better)
                    {
                        (best, lowest) = (trial, value);
                        step[p] *= 1.5;
                    }
                    else
                    {
                        step[p] = -step[p];
                    }
                }

                step[p] *= better ? 1 : 0.5;
            }
        }

        return (best, lowest);
    }
}
