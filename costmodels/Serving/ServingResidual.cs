using System.Collections.Immutable;
using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Serving;

/// <summary>
/// What physics leaves over, as slowness (positive where a row is slower than physics says), kriged: effects of sources, devices, models, engines and
/// their pairs, constant or smooth in load and sizes. An effect is shared by all rows that share its labels.
/// </summary>
internal static class ServingResidual
{
    /// <summary>Standard deviation of what no effect explains, also between repeats.</summary>
    public const double Noise = 0.06;

    /// <summary>
    /// Share of the deviations of a residual that is left to kriging: the physics of a fit has taken part of each effect already. At 1, 0.6 and 0.4 the median
    /// error of held-out pairs was 23, 22 and 20 % in the first token and the same in throughput (three splits by pair).
    /// </summary>
    public const double Trust = 0.4;

    /// <summary>Rows, and whole groups of rows, that are far off lose weight, so that what is odd about a few does not spread.</summary>
    public static KrigingOptions Options { get; } = new()
    {
        Rounds = 5,
        Threshold = 1.5,
        GroupThreshold = 1,
        HeavyTerms = [.. Enumerable.Range(0, Kernel().Terms.Length).Where(t => Kernel().Terms[t].Factors.IsEmpty)],
    };

    /// <summary>The covariance. The deviations are means of what the residuals of held-out pairs were best explained by.</summary>
    public static ProductKernel Kernel(double scale = Trust)
    {
        ImmutableArray<string> f = ServingFeatures.FeatureNames;
        ImmutableArray<string> l = ServingFeatures.LabelNames;
        KernelTerm Term(string name, double deviation, string labels, params (string Feature, double Length)[] factors) => new(
            name, deviation * scale, [.. labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(x => l.IndexOf(x))],
            [.. factors.Select(x => new SmoothFactor(f.IndexOf(x.Feature), x.Length))]);
        (string, double)[] load = [("batch", 2), ("input", 2), ("output", 2)];
        return new ProductKernel(
        [
            Term("group", 0.12, "group"),
            Term("source", 0.10, "source"),
            Term("source phase", 0.15, "source phase"),
            Term("device", 0.08, "device phase"),
            Term("source device", 0.12, "source device phase"),
            Term("source device engine", 0.10, "source device engine phase"),
            Term("model", 0.08, "model phase"),
            Term("source model", 0.10, "source model phase"),
            Term("source kin", 0.06, "source kin phase"),
            Term("engine family", 0.08, "engine family phase"),
            Term("source format", 0.10, "source format engine phase"),
            Term("habit", 0.15, "source habit phase"),
            Term("era", 0.10, "era phase"),
            Term("load", 0.15, "phase load", load),
            Term("source load", 0.15, "source phase engine load", load),
            Term("source habit load", 0.15, "source phase habit load", load),
            Term("device load", 0.12, "source device engine phase", load),
            Term("model load", 0.10, "source model phase", load),
            Term("pair load", 0.12, "source pair phase engine", load),
            Term("spread", 0.10, "source phase engine", ("tensor", 1.5), ("batch", 3)),
            Term("device spread", 0.12, "source device engine phase", ("tensor", 1), ("devices", 1)),
            Term("sizes", 0.10, "source phase engine", ("parameters", 2), ("active", 2)),
            Term("balance", 0.12, "phase load", ("memory over arithmetic", 2), ("overhead share", 0.3), ("prompt share", 0.3), ("cache share", 0.4)),
            Term("twin model", 0.15, "source device engine phase", ("batch", 2), ("input", 2), ("output", 2), ("tensor", 1), ("devices", 1), ("parameters", 1.5), ("active", 1.5)),
            Term("twin device", 0.12, "source model engine phase", ("batch", 2), ("input", 2), ("output", 2), ("tensor", 1), ("devices", 1), ("bandwidth", 0.7), ("peak", 0.7)),
            Term("chunk", 0.10, "source device phase engine", ("chunk", 1.5), ("input", 2)),
        ]);
    }

    /// <summary>Slowness: the logarithm of measured time over predicted.</summary>
    public static double Slowness(Scenario s, double logMeasured, double logFigure) => (ServingFeatures.IsRate(s) ? -1 : 1) * (logMeasured - logFigure);
}
