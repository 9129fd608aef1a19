using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Serving;

/// <summary>
/// The fitted quantities: logarithms that are sums of what is common to all rows and of deviations of groups. Fitted to logarithms of figures with
/// a pseudo-Huber loss, a normal prior on every term, and n^-0.7 as the weight of a row of a pair of n.
/// </summary>
internal sealed class PhysicsFit
{
    private readonly Dictionary<PhysicsTerm, double> _terms;

    private PhysicsFit(Dictionary<PhysicsTerm, double> terms) => _terms = terms;

    /// <summary>What is known before any row: physics with usual shares of peaks.</summary>
    public static PhysicsFit Prior { get; } = new([]);

    /// <summary>The terms with their values.</summary>
    public IReadOnlyDictionary<PhysicsTerm, double> Terms => _terms;

    /// <summary>Restores saved terms.</summary>
    public static PhysicsFit Restore(IEnumerable<KeyValuePair<PhysicsTerm, double>> terms) => new(new Dictionary<PhysicsTerm, double>(terms));

    /// <summary>The logarithms of the quantities of a scenario; groups not seen deviate by nothing.</summary>
    public void LogQuantities(Scenario s, Span<double> into)
    {
        for (int q = 0; q < Rates.Count; q++)
        {
            into[q] = PhysicsTerms.Mean((Quantity)q);
        }

        foreach ((PhysicsTerm term, double _) in PhysicsTerms.Of(s))
        {
            into[(int)term.Quantity] += _terms.GetValueOrDefault(term);
        }
    }

    /// <summary>The logarithm of the figure by physics.</summary>
    public double LogFigure(Scenario s)
    {
        Span<double> quantities = stackalloc double[Rates.Count];
        LogQuantities(s, quantities);
        return At(s, quantities);
    }

    /// <summary>Fits; rows and logarithms of their figures, with weights.</summary>
    public static PhysicsFit Fit(IReadOnlyList<Scenario> rows, double[] logs, double[] weights, CancellationToken token, double delta = 0.25, int iterations = 14, double noise = 0.15)
    {
        weights = [.. weights.Select(w => w / (noise * noise))];
        return Fitted(rows, logs, weights, delta, iterations, token);
    }

    private static PhysicsFit Fitted(IReadOnlyList<Scenario> rows, double[] logs, double[] weights, double delta, int iterations, CancellationToken token)
    {
        var index = new Dictionary<PhysicsTerm, int>();
        var priors = new List<double>();
        int[][] active = new int[rows.Count][];
        int[][] quantityOf = new int[rows.Count][];
        for (int i = 0; i < rows.Count; i++)
        {
            var ids = new List<int>();
            var quantities = new List<int>();
            foreach ((PhysicsTerm term, double deviation) in PhysicsTerms.Of(rows[i]))
            {
                if (!index.TryGetValue(term, out int id))
                {
                    id = priors.Count;
                    index.Add(term, id);
                    priors.Add(deviation);
                }

                ids.Add(id);
                quantities.Add((int)term.Quantity);
            }

            active[i] = [.. ids];
            quantityOf[i] = [.. quantities];
        }

        double[] values = Search(rows, logs, weights, active, quantityOf, [.. priors], delta, iterations, token);
        return new PhysicsFit(index.ToDictionary(p => p.Key, p => values[p.Value]));
    }

    private static double[] Search(
        IReadOnlyList<Scenario> rows, double[] logs, double[] weights, int[][] active, int[][] quantityOf, double[] priors, double delta, int iterations, CancellationToken token)
    {
        int n = priors.Length;
        double[] at = new double[n];
        double damping = 1e-3;
        double best = Loss(rows, logs, weights, active, quantityOf, priors, at, delta);
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            token.ThrowIfCancellationRequested();
            double[] normal = new double[n * n];
            double[] gradient = new double[n];
            Accumulate(rows, logs, weights, active, quantityOf, at, delta, normal, gradient);
            bool improved = false;
            for (int attempt = 0; attempt < 6 && !improved; attempt++)
            {
                double[] system = [.. normal];
                double[] step = new double[n];
                for (int p = 0; p < n; p++)
                {
                    system[(p * n) + p] = system[(p * n) + p] * (1 + damping) + 1 / (priors[p] * priors[p]);
                    step[p] = gradient[p] - at[p] / (priors[p] * priors[p]);
                }

                Cholesky.Factor(system, n, token).Solve(step);
                double[] next = [.. at.Select((v, p) => v + Math.Clamp(step[p], -1.5, 1.5))];
                double loss = Loss(rows, logs, weights, active, quantityOf, priors, next, delta);
                if (loss < best)
                {
                    improved = best - loss > 1e-4 * best || iteration < 3;
                    (at, best) = (next, loss);
                    damping = Math.Max(1e-6, damping * 0.3);
                    if (!improved)
                    {
                        return at;
                    }
                }
                else
                {
                    damping = Math.Max(1e-3, damping * 10);
                }
            }

            if (!improved)
            {
                break;
            }
        }

        return at;
    }

    private static void Accumulate(
        IReadOnlyList<Scenario> rows, double[] logs, double[] weights, int[][] active, int[][] quantityOf, double[] at, double delta, double[] normal, double[] gradient)
    {
        Span<double> logQuantities = stackalloc double[Rates.Count];
        Span<double> slopes = stackalloc double[Rates.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            Sum(active[i], quantityOf[i], at, logQuantities);
            double value = At(rows[i], logQuantities);
            for (int q = 0; q < Rates.Count; q++)
            {
                double kept = logQuantities[q];
                logQuantities[q] = kept + 1e-3;
                slopes[q] = (At(rows[i], logQuantities) - value) / 1e-3;
                logQuantities[q] = kept;
            }

            double residual = logs[i] - value;
            double weight = weights[i] / (1 + residual / delta * (residual / delta));
            for (int a = 0; a < active[i].Length; a++)
            {
                double slope = slopes[quantityOf[i][a]];
                if (slope == 0)
                {
                    continue;
                }

                gradient[active[i][a]] += weight * slope * residual;
                int row = active[i][a] * at.Length;
                for (int b = 0; b < active[i].Length; b++)
                {
                    normal[row + active[i][b]] += weight * slope * slopes[quantityOf[i][b]];
                }
            }
        }
    }

    private static double Loss(
        IReadOnlyList<Scenario> rows, double[] logs, double[] weights, int[][] active, int[][] quantityOf, double[] priors, double[] at, double delta)
    {
        Span<double> logQuantities = stackalloc double[Rates.Count];
        double loss = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            Sum(active[i], quantityOf[i], at, logQuantities);
            double r = (logs[i] - At(rows[i], logQuantities)) / delta;
            loss += weights[i] * delta * delta * 0.5 * Math.Log(1 + r * r);
        }

        for (int p = 0; p < at.Length; p++)
        {
            loss += 0.5 * at[p] * at[p] / (priors[p] * priors[p]);
        }

        return loss;
    }

    private static void Sum(int[] active, int[] quantityOf, double[] at, Span<double> into)
    {
        for (int q = 0; q < Rates.Count; q++)
        {
            into[q] = PhysicsTerms.Mean((Quantity)q);
        }

        for (int a = 0; a < active.Length; a++)
        {
            into[quantityOf[a]] += at[active[a]];
        }
    }

    private static double At(Scenario s, ReadOnlySpan<double> logQuantities)
    {
        Span<double> quantities = stackalloc double[Rates.Count];
        for (int q = 0; q < Rates.Count; q++)
        {
            quantities[q] = Math.Exp(logQuantities[q]);
        }

        return Physics.LogFigure(s, quantities);
    }
}
