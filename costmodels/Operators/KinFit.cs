namespace Orchestrator.CostModels.Operators;

/// <summary>Rows that share the parameters of a physical model.</summary>
/// <param name="Key">Unique name of the group.</param>
/// <param name="Kin">What it shares with other groups, widest first: <c>all</c>, <c>vendor:NVIDIA</c>, <c>family:hopper</c>.</param>
/// <param name="LogTimes">Measured, natural logarithm of seconds.</param>
/// <param name="Noise">Standard deviation of each measured logarithm that is not the model's fault.</param>
/// <param name="Model">Fills predicted logarithms in the same order for given parameters.</param>
public sealed record KinGroup(string Key, IReadOnlyList<string> Kin, double[] LogTimes, double[] Noise, KinModel Model);

/// <summary>Predicted logarithms of time for given parameters.</summary>
public delegate void KinModel(ReadOnlySpan<double> parameters, Span<double> logTimes);

/// <summary>
/// Parameters of a physical model for many groups of measurements, each drawn to the mean of its kin (same vendor, architecture, number
/// format, software) as far as its own rows leave a parameter open: penalised robust least squares in log space within groups, ridge
/// regression of the groups' parameters on kinships between them, in turn. A group that was never measured has its kin's mean.
/// </summary>
public sealed class KinFit
{
    private const int Rounds = 6;
    private const int Steps = 8;
    private const int Sweeps = 60;
    private const double Huber = 1.5;

    private readonly Dictionary<string, double[]> _effects;
    private readonly Dictionary<string, double[]> _groups;
    private readonly double[] _centre;

    private KinFit(double[] centre, Dictionary<string, double[]> effects, Dictionary<string, double[]> groups) =>
        (_centre, _effects, _groups) = (centre, effects, groups);

    /// <summary>Deviation of every kinship from the mean of wider ones.</summary>
    public IReadOnlyDictionary<string, double[]> Effects => _effects;

    /// <summary>Parameters of every measured group.</summary>
    public IReadOnlyDictionary<string, double[]> Groups => _groups;

    /// <summary>A fit from its parts, as tables hold it.</summary>
    public static KinFit From(double[] centre, Dictionary<string, double[]> effects, Dictionary<string, double[]> groups) => new(centre, effects, groups);

    /// <summary>Parameters of a group: its own where it was measured, else the mean of its kin.</summary>
    public double[] Of(string key, IReadOnlyList<string> kin) => _groups.TryGetValue(key, out double[]? own) ? own : Mean(kin);

    /// <summary>The mean of what is known of some kinships.</summary>
    public double[] Mean(IReadOnlyList<string> kin)
    {
        double[] mean = [.. _centre];
        foreach (string name in kin)
        {
            if (_effects.TryGetValue(name, out double[]? effect))
            {
                for (int j = 0; j < mean.Length; j++)
                {
                    mean[j] += effect[j];
                }
            }
        }

        return mean;
    }

    /// <summary>Fits.</summary>
    /// <param name="groups">Measured groups.</param>
    /// <param name="centre">What the parameters are before any measurement.</param>
    /// <param name="spread">How far kinships deviate from wider ones, standard deviation by parameter.</param>
    /// <param name="own">How far a group deviates from its kin, by parameter.</param>
    /// <param name="token">Stops the work.</param>
    public static KinFit Learn(IReadOnlyList<KinGroup> groups, double[] centre, double[] spread, double[] own, CancellationToken token)
    {
        var effects = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (string name in groups.SelectMany(g => g.Kin).Distinct(StringComparer.Ordinal))
        {
            effects[name] = new double[centre.Length];
        }

        var fitted = groups.ToDictionary(g => g.Key, _ => (double[])[.. centre], StringComparer.Ordinal);
        var fit = new KinFit(centre, effects, fitted);
        for (int round = 0; round < Rounds; round++)
        {
            var precision = new double[groups.Count][];
            for (int i = 0; i < groups.Count; i++)
            {
                token.ThrowIfCancellationRequested();
                double[] mean = fit.Mean(groups[i].Kin);
                double[] start = round == 0 ? mean : fitted[groups[i].Key];
                (fitted[groups[i].Key], precision[i]) = GroupFit(groups[i], mean, own, start);
            }

            fit.Regress(groups, precision, spread, own);
        }

        return fit;
    }

    private void Regress(IReadOnlyList<KinGroup> groups, double[][] precision, double[] spread, double[] own)
    {
        for (int j = 0; j < _centre.Length; j++)
        {
            double[] left = [.. groups.Select(g => _groups[g.Key][j] - Mean(g.Kin)[j])];
            double[] weight = [.. groups.Select((_, i) => 1 / (1 / Math.Max(precision[i][j], 1e-6) + own[j] * own[j]))];
            ILookup<string, int> members = groups.SelectMany((g, i) => g.Kin.Select(k => (k, i))).ToLookup(p => p.k, p => p.i, StringComparer.Ordinal);
            for (int sweep = 0; sweep < Sweeps; sweep++)
            {
                foreach (IGrouping<string, int> kin in members)
                {
                    double[] effect = _effects[kin.Key];
                    double top = 0;
                    double bottom = 1 / (spread[j] * spread[j]);
                    foreach (int i in kin)
                    {
                        top += weight[i] * (left[i] + effect[j]);
                        bottom += weight[i];
                    }

                    double moved = top / bottom - effect[j];
                    effect[j] += moved;
                    foreach (int i in kin)
                    {
                        left[i] -= moved;
                    }
                }
            }
        }
    }

    // Levenberg-Marquardt on Huber-weighted residuals with a Gaussian prior around the kin's mean. Precision: diagonal of the data's part of the normal matrix.
    private static (double[] Parameters, double[] Precision) GroupFit(KinGroup group, double[] mean, double[] own, double[] start)
    {
        int count = mean.Length;
        int rows = group.LogTimes.Length;
        double[] at = [.. start];
        var predicted = new double[rows];
        var shifted = new double[count][];
        for (int j = 0; j < count; j++)
        {
            shifted[j] = new double[rows];
        }

        double[] precision = new double[count];
        double damping = 1e-3;
        double loss = Loss(group, at, mean, own, predicted);
        for (int step = 0; step < Steps; step++)
        {
            const double Nudge = 1e-3;
            for (int j = 0; j < count; j++)
            {
                at[j] += Nudge;
                group.Model(at, shifted[j]);
                at[j] -= Nudge;
            }

            (double[,] normal, double[] right) = Normal(group, predicted, shifted, Nudge);
            for (int j = 0; j < count; j++)
            {
                precision[j] = normal[j, j];
                normal[j, j] += 1 / (own[j] * own[j]);
                right[j] += (mean[j] - at[j]) / (own[j] * own[j]);
            }

            bool better = false;
            for (int attempt = 0; attempt < 5 && !better; attempt++)
            {
                double[] move = Solve(normal, right, damping);
                double[] next = [.. at.Select((a, j) => a + Math.Clamp(move[j], -0.7, 0.7))];
                var trial = new double[rows];
                double nextLoss = Loss(group, next, mean, own, trial);
                better = nextLoss < loss;
                damping = better ? damping / 5 : damping * 8;
                if (better)
                {
                    (at, loss, predicted) = (next, nextLoss, trial);
                }
            }

            if (!better)
            {
                break;
            }
        }

        return (at, precision);
    }

    private static (double[,] Normal, double[] Right) Normal(KinGroup group, double[] predicted, double[][] shifted, double nudge)
    {
        int count = shifted.Length;
        var normal = new double[count, count];
        var right = new double[count];
        var slope = new double[count];
        for (int i = 0; i < predicted.Length; i++)
        {
            double error = group.LogTimes[i] - predicted[i];
            double weight = Math.Min(1, Huber * group.Noise[i] / Math.Max(Math.Abs(error), 1e-12)) / (group.Noise[i] * group.Noise[i]);
            for (int j = 0; j < count; j++)
            {
                slope[j] = (shifted[j][i] - predicted[i]) / nudge;
            }

            for (int j = 0; j < count; j++)
            {
                right[j] += weight * slope[j] * error;
                for (int l = 0; l < count; l++)
                {
                    normal[j, l] += weight * slope[j] * slope[l];
                }
            }
        }

        return (normal, right);
    }

    private static double Loss(KinGroup group, double[] at, double[] mean, double[] own, double[] predicted)
    {
        group.Model(at, predicted);
        double loss = 0;
        for (int i = 0; i < predicted.Length; i++)
        {
            double z = Math.Abs(group.LogTimes[i] - predicted[i]) / group.Noise[i];
            loss += z <= Huber ? z * z / 2 : Huber * (z - Huber / 2);
        }

        for (int j = 0; j < at.Length; j++)
        {
            double z = (at[j] - mean[j]) / own[j];
            loss += z * z / 2;
        }

        return double.IsFinite(loss) ? loss : double.MaxValue;
    }

    private static double[] Solve(double[,] normal, double[] right, double damping)
    {
        int count = right.Length;
        var a = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(normal);
        for (int j = 0; j < count; j++)
        {
            a[j, j] *= 1 + damping;
        }

        return a.Cholesky().Solve(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(right)).ToArray();
    }
}
