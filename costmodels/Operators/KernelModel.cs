using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Operators;

/// <summary>What an answer rests on, from near to far.</summary>
internal enum KernelSupport
{
    /// <summary>Calls of the same device, variant and software.</summary>
    Group,

    /// <summary>Calls of the same variant and software on devices of the same architecture.</summary>
    Kernel,

    /// <summary>Calls on the device with other software or in another variant.</summary>
    Device,

    /// <summary>Calls on devices of the same architecture.</summary>
    Family,

    /// <summary>Calls on other devices; the datasheet scales them.</summary>
    Other,
}

/// <summary>
/// Times of a kind of operator: the law with parameters drawn to kin (<see cref="KinFit"/>), times what residuals of the nearest measured calls
/// say (<see cref="LocalKriging"/>), inside an interval from errors on left-out shapes, groups and devices (<see cref="ConformalIntervals"/>).
/// </summary>
internal sealed class KernelModel
{
    private const int Nearest = 48;

    private readonly KernelTraits _traits;
    private readonly Dictionary<string, (LocalKriging Kriging, PointTable Points)> _residuals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Group, int Calls)> _planned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);
    private readonly HashSet<string> _kernels = new(StringComparer.Ordinal);
    private readonly HashSet<string> _devices = new(StringComparer.Ordinal);
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);

    /// <summary>A model from its parts.</summary>
    public KernelModel(KernelTraits traits, ImmutableArray<MeasuredCall> calls, KinFit kin)
    {
        (_traits, Calls, Kin) = (traits, calls, kin);
        foreach (IGrouping<string, MeasuredCall> group in calls.GroupBy(c => c.Call.Group, StringComparer.Ordinal))
        {
            KernelCall first = group.First().Call;
            int count = group.Count() + (first.Source == "aic" ? 1_000_000 : 0); // kernels of serving engines stand before those of tuners and papers
            string planned = PlannedKey(first);
            if (!_planned.TryGetValue(planned, out (string, int Calls) best) || count > best.Calls)
            {
                _planned[planned] = (group.Key, count);
            }

            _origins.TryAdd(OriginKey(first), group.Key);
            _kernels.Add(first.Kernel);
            _devices.Add(first.Device.Kind);
            _families.Add(first.Device.Family);
        }

        foreach (IGrouping<string, MeasuredCall> pool in calls.GroupBy(c => c.Call.Class, StringComparer.Ordinal))
        {
            var points = new PointTable(traits.Features, KernelCall.LabelNames);
            foreach (MeasuredCall call in pool)
            {
                points.Add(call.Call.Place, call.Call.Labels);
            }

            double[] values = [.. pool.Select(c => c.LogSeconds - Math.Log(c.Call.Seconds(kin.Of(c.Call.Group, c.Call.Kin))))];
            double[] noise = [.. pool.Select(c => traits.Noise * traits.Noise + c.Grain * c.Grain)];
            _residuals[pool.Key] = (new LocalKriging(Kernel(traits), points, values, noise), points);
        }
    }

    /// <summary>What was measured.</summary>
    public ImmutableArray<MeasuredCall> Calls { get; }

    /// <summary>The law's parameters.</summary>
    public KinFit Kin { get; }

    /// <summary>Fits a model; see <see cref="KinFit.Learn"/>.</summary>
    public static KernelModel Learn(KernelTraits traits, IReadOnlyList<MeasuredCall> calls, CancellationToken token) =>
        new(traits, [.. calls], KinFit.Learn(traits, calls, token));

    /// <summary>Natural logarithm of seconds, the standard deviation that kriging gives it, what it rests on and the measured group that stands for the call.</summary>
    public KernelAnswer Answer(KernelCall call, double grain = 0)
    {
        string group = GroupFor(call);
        double[] parameters = Kin.Of(group, call.Kin);
        double log = Math.Log(call.Seconds(parameters));
        KernelSupport support = Kin.Groups.ContainsKey(group) ? KernelSupport.Group
            : call.Kernel.Length > 0 && _kernels.Contains(call.Kernel) ? KernelSupport.Kernel
            : _devices.Contains(call.Device.Kind) ? KernelSupport.Device
            : call.Device.Family.Length > 0 && _families.Contains(call.Device.Family) ? KernelSupport.Family
            : KernelSupport.Other;
        double variance = _traits.Deviations.Sum(d => d * d);
        if (_residuals.TryGetValue(call.Class, out (LocalKriging Kriging, PointTable Points) pool))
        {
            string[] labels = call.Labels;
            labels[^1] = group;
            KrigingEstimate estimate = pool.Kriging.Predict(call.Place, pool.Points.Ids(labels), Nearest, 1);
            (log, variance) = (log + estimate.Mean, estimate.Variance);
        }

        return new KernelAnswer(log, Math.Sqrt(variance + _traits.Noise * _traits.Noise + grain * grain), support, group);
    }

    // The group itself; one of the same library in another version; for a planned call, the best measured one of the device and variant.
    private string GroupFor(KernelCall call)
    {
        string group = call.Group;
        return Kin.Groups.ContainsKey(group) ? group
            : _origins.TryGetValue(OriginKey(call), out string? origin) ? origin
            : call.Source.Length == 0 && _planned.TryGetValue(PlannedKey(call), out (string Group, int) planned) ? planned.Group
            : group;
    }

    private static string OriginKey(KernelCall call) => string.Join('|', call.Source, call.Device.Kind, call.Variant, call.Origin);

    private static string PlannedKey(KernelCall call) => call.Device.Kind + "|" + call.Variant;

    private static ProductKernel Kernel(KernelTraits traits)
    {
        ImmutableArray<SmoothFactor> factors = [.. traits.Lengths.Select((l, i) => new SmoothFactor(i, l))];
        return new ProductKernel(
            [.. KernelCall.LabelNames.Select((name, i) => new KernelTerm(name, traits.Deviations[i], [i], factors, KernelShape.Matern32))]);
    }
}

/// <summary>An answer before it has an interval.</summary>
/// <param name="Log">Natural logarithm of the likely time in seconds.</param>
/// <param name="Deviation">What kriging leaves, as a standard deviation of that logarithm.</param>
/// <param name="Support">What it rests on.</param>
/// <param name="Group">The measured group that stands for the call; its own where none was measured.</param>
internal readonly record struct KernelAnswer(double Log, double Deviation, KernelSupport Support, string Group)
{
    /// <summary>Groups for intervals, narrowest first.</summary>
    public ImmutableArray<string> Levels => Support == KernelSupport.Group
        ? [string.Create(CultureInfo.InvariantCulture, $"{Support}:{Group}"), $"{Support}", "all"]
        : [$"{Support}", "all"];
}
