using System.Collections.Immutable;
using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Parameters of a law for many groups of measurements, each drawn to the mean of its kin (same vendor, architecture, number format, software)
/// as far as its own rows leave a parameter open: penalised robust least squares in log space within groups, ridge regression of the groups'
/// parameters on kinships between them, in turn. A group that was never measured has its kin's mean.
/// </summary>
internal sealed class KinFit
{
    private const int Rounds = 5;

    // Error of the law itself beside that of the measurement, as a standard deviation of logarithms; residuals beyond it weigh less.
    private const double LawError = 0.08;

    private static readonly RobustOptions Search = new() { Delta = 1.5, Iterations = 8, Tolerance = 1e-4 };

    private readonly ImmutableArray<double> _centre;
    private readonly Dictionary<string, double[]> _effects;
    private readonly Dictionary<string, double[]> _groups;

    public KinFit(ImmutableArray<double> centre, Dictionary<string, double[]> effects, Dictionary<string, double[]> groups) =>
        (_centre, _effects, _groups) = (centre, effects, groups);

    /// <summary>Deviation of every kinship from the mean of wider ones.</summary>
    public IReadOnlyDictionary<string, double[]> Effects => _effects;

    /// <summary>Parameters of every measured group.</summary>
    public IReadOnlyDictionary<string, double[]> Groups => _groups;

    /// <summary>Parameters of a group: its own where it was measured, else the mean of its kin.</summary>
    public double[] Of(string group, IEnumerable<string> kin) => _groups.TryGetValue(group, out double[]? own) ? own : Mean(kin);

    /// <summary>The mean of what is known of some kinships.</summary>
    public double[] Mean(IEnumerable<string> kin)
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

    /// <summary>Fits. The same calls in any order give the same parameters, rounded as tables hold them.</summary>
    public static KinFit Learn(KernelTraits traits, IReadOnlyList<MeasuredCall> calls, CancellationToken token)
    {
        MeasuredCall[][] groups = [.. calls.GroupBy(c => c.Call.Group, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.ToArray())];
        string[][] kin = [.. groups.Select(g => g[0].Call.Kin.ToArray())];
        var fit = new KinFit(traits.Centre, new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        var deviations = new double[groups.Length][];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < groups.Length; i++)
            {
                RobustFit own = FitGroup(groups[i], fit.Mean(kin[i]), traits.Own, token);
                fit._groups[groups[i][0].Call.Group] = [.. own.Parameters];
                deviations[i] = [.. own.Deviations];
            }

            fit.Regress(traits, groups, kin, deviations, token);
        }

        foreach (double[] parameters in fit._groups.Values.Concat(fit._effects.Values))
        {
            for (int j = 0; j < parameters.Length; j++)
            {
                parameters[j] = Math.Round(parameters[j], 4);
            }
        }

        return fit;
    }

    private static RobustFit FitGroup(MeasuredCall[] calls, double[] mean, ImmutableArray<double> own, CancellationToken token)
    {
        double[] Residuals(double[] parameters)
        {
            var residuals = new double[calls.Length];
            for (int i = 0; i < calls.Length; i++)
            {
                double error = calls[i].LogSeconds - Math.Log(calls[i].Call.Seconds(parameters));
                residuals[i] = error / Math.Sqrt(LawError * LawError + calls[i].Grain * calls[i].Grain);
            }

            return residuals;
        }

        return RobustLeastSquares.Fit(Residuals, [.. mean.Select((m, j) => new ParameterPrior(m, own[j]))], null, Search, token);
    }

    // A group's own estimate without its prior has precision 1/posterior variance − 1/prior variance; on top of its error comes the spread between groups.
    private void Regress(KernelTraits traits, MeasuredCall[][] groups, string[][] kin, double[][] deviations, CancellationToken token)
    {
        for (int j = 0; j < traits.Centre.Length; j++)
        {
            double prior = traits.Own[j] * traits.Own[j];
            var values = new double[groups.Length];
            var weights = new double[groups.Length];
            for (int i = 0; i < groups.Length; i++)
            {
                double posterior = Math.Max(deviations[i][j] * deviations[i][j], 1e-9);
                values[i] = _groups[groups[i][0].Call.Group][j] - traits.Centre[j];
                weights[i] = 1 / (1 / Math.Max(1 / posterior - 1 / prior, 1e-6) + prior);
            }

            double penalty = 1 / (traits.Spread[j] * traits.Spread[j]);
            foreach ((string name, double effect) in Ridge.Fit(kin, values, weights, _ => penalty, token: token).Effects)
            {
                if (!_effects.TryGetValue(name, out double[]? effects))
                {
                    _effects.Add(name, effects = new double[traits.Centre.Length]);
                }

                effects[j] = effect;
            }
        }
    }
}
