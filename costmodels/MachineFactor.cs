using System.Collections.Immutable;
using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>
/// What runs on a device kind taught about a cost model: by which factor its times of a piece of work are off there, and how much of its interval is
/// left. In logarithms an error is the sum of what the device, the service's phase, the size and chance contribute; each is normal with the share of
/// the model's variance below, and the factor is its best linear prediction from the errors seen (kriging with nugget), so it is shrunk by how few
/// and how far they are. The variance itself is learned with an inverse-gamma prior, so errors that disagree widen the interval and errors that agree
/// narrow it; the 90 % bounds are then Student's t. Deterministic: the same errors give the same factor.
/// </summary>
/// <param name="Scale">Measured time over the model's, above 0.</param>
/// <param name="Spread">The interval's half-width in logarithms over the model's own, above 0: 0.5 turns a factor of 4 either way into 2.</param>
/// <param name="Runs">Errors that it rests on.</param>
public sealed record MachineFactor(double Scale, double Spread, int Runs)
{
    /// <summary>Errors that are kept for a device kind and a model.</summary>
    public const int Kept = 64;

    // Shares of a model's error, an assumption: half is the machine's (its clocks, its drivers), the rest is the work's.
    private const double DeviceShare = 0.5;
    private const double PhaseShare = 0.3;
    private const double SizeShare = 0.15;
    private const double ChanceShare = 0.05;

    // The model's interval counts as much as this many errors when the variance is learned. An assumption.
    private const double PriorWeight = 8;
    private const double WidestSpread = 3;

    private static readonly ImmutableArray<double> Student95 = [.. Enumerable.Range(0, Kept + 1).Select(n => StudentT.InvCDF(0, 1, PriorWeight + n, 0.95))];

    /// <summary>The factor of a piece of work; null when the model was never compared with a run on the device kind.</summary>
    public static MachineFactor? Learned(Calibration calibration, string deviceKind, string model, string service, string phase, string size)
    {
        CalibrationRatio[] seen = [.. calibration.Ratios.Where(r => r.DeviceKind == deviceKind && r.Model == model).TakeLast(Kept)];
        if (seen.Length == 0)
        {
            return null;
        }

        var asked = new CalibrationRatio(deviceKind, model, service, phase, size, 1);
        Vector<double> errors = Vector<double>.Build.Dense(seen.Length, i => Math.Log(seen[i].Ratio));
        Vector<double> shared = Vector<double>.Build.Dense(seen.Length, i => Shared(seen[i], asked));
        var factored = Matrix<double>.Build.Dense(seen.Length, seen.Length, (i, j) => Shared(seen[i], seen[j]) + (i == j ? ChanceShare : 0)).Cholesky();
        Vector<double> weights = factored.Solve(shared);
        return new MachineFactor(Math.Exp(weights * errors), 1, seen.Length)
        {
            Misfit = errors * factored.Solve(errors),
            Left = Math.Max(ChanceShare, 1 - weights * shared),
        };
    }

    // Sum of squared errors in units of what they share, and the share of the model's variance that is not explained.
    private double Misfit { get; init; }

    private double Left { get; init; } = 1;

    /// <summary>The same factor for a model whose interval reaches <paramref name="factor"/> (at least 1) either way.</summary>
    public MachineFactor For(double factor)
    {
        double deviation = Math.Log(factor) / Student95[0];
        double variance = deviation > 0 ? (PriorWeight + Misfit / (deviation * deviation)) / (PriorWeight + Runs) : 0;
        double spread = Student95[Math.Min(Runs, Kept)] / Student95[0] * Math.Sqrt(variance * Left);
        return this with { Spread = deviation > 0 ? Math.Min(WidestSpread, spread) : 1 };
    }

    /// <summary>An estimate of the model as the machine's runs correct it.</summary>
    public Estimate Correct(Estimate estimate)
    {
        if (!estimate.IsKnown || !(estimate.P50.Likely > 0 && estimate.P50.Low > 0))
        {
            return estimate;
        }

        MachineFactor factor = For(Math.Sqrt(estimate.P50.High / estimate.P50.Low));
        return estimate with
        {
            P50 = factor.Correct(estimate.P50),
            P95 = factor.Correct(estimate.P95),
            Busy = factor.Correct(estimate.Busy),
            Correction = factor.Scale,
            Source = estimate.Source + factor.Text(),
        };
    }

    /// <summary>What is said of it behind a source: <c>, × 1.3 by 4 tasks run here</c>.</summary>
    public string Text() => string.Create(CultureInfo.InvariantCulture, $", × {Scale:0.##} by {Runs} task{(Runs == 1 ? "" : "s")} run on such a device");

    private Interval Correct(Interval time)
    {
        double likely = time.Likely * Scale;
        return time.Likely > 0 && time.Low > 0
            ? new Interval(likely * Math.Pow(time.Low / time.Likely, Spread), likely, likely * Math.Pow(time.High / time.Likely, Spread))
            : time * Scale;
    }

    private static double Shared(CalibrationRatio a, CalibrationRatio b)
    {
        bool phase = a.Service == b.Service && a.Phase == b.Phase;
        return DeviceShare + (phase ? PhaseShare : 0) + (phase && a.Size == b.Size ? SizeShare : 0);
    }
}
