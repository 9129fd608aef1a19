using System.Collections.Immutable;

namespace Orchestrator.CostModels.Operators;

/// <summary>One execution of an operator's kernel as the law of its kind sees it.</summary>
public abstract class KernelCall
{
    /// <summary>Who measured; empty for a planned call.</summary>
    public required string Source { get; init; }

    /// <summary>The device's datasheet.</summary>
    public required Accelerator Device { get; init; }

    /// <summary>Library and version that the kernel is from; empty when not stated.</summary>
    public required string Software { get; init; }

    /// <summary>Number format, or the operation where formats do not matter.</summary>
    public abstract string Variant { get; }

    /// <summary>Variants with alike kernels, which learn from each other.</summary>
    public abstract string Class { get; }

    /// <summary>False when a name in the call is not known and a common one stands in for it.</summary>
    public abstract bool Understood { get; }

    /// <summary>The sizes that decide how fast a kernel is apart from <see cref="Size"/>: what is left out together.</summary>
    public abstract string Shape { get; }

    /// <summary>The sizes that a model fixes, such as those of the weights, as text without commas.</summary>
    public abstract string Fixed { get; }

    /// <summary>The size that varies from step to step: tokens.</summary>
    public abstract double Size { get; }

    /// <summary>Coordinates for kriging, about one unit for a doubling.</summary>
    public abstract double[] Place { get; }

    /// <summary>Seconds under the parameters of the kind's law.</summary>
    public abstract double Seconds(ReadOnlySpan<double> parameters);

    /// <summary>Kernel library without its version or tuning file: kernels of one library are alike on kin devices.</summary>
    public string Origin => Source is "aic" or "aiter" && Software.IndexOf(' ', StringComparison.Ordinal) is > 0 and int space ? Software[..space] : Source;

    /// <summary>Calls that share device, variant and software, and therefore parameters.</summary>
    public string Group => string.Join('|', Source, Device.Kind, Variant, Software);

    /// <summary>What the group shares with others, widest first.</summary>
    public ImmutableArray<string> Kin =>
    [
        "all",
        "class:" + Class,
        "vendor:" + Device.Vendor,
        "family:" + Device.Family,
        "origin:" + Origin,
        "family class:" + Device.Family + " " + Class,
        "origin class:" + Origin + " " + Class,
        "device:" + Device.Kind,
        "kernel:" + Kernel,
    ];

    /// <summary>Labels for kriging: class, family and class, kernel, device and class, group; empty where unknown.</summary>
    public string[] Labels => [Class, Device.Family.Length == 0 ? "" : Device.Family + "|" + Class, Kernel, Device.Kind + "|" + Class, Group];

    /// <summary>Names of <see cref="Labels"/>.</summary>
    public static ImmutableArray<string> LabelNames { get; } = ["class", "family", "kernel", "device", "group"];

    // The same library runs the same kernels on devices of an architecture, whatever their memory and clock.
    internal string Kernel => Device.Family.Length == 0 ? "" : string.Join(' ', Device.Family, Variant, Software.Length > 0 ? Software : Source);
}

/// <summary>A measured call.</summary>
/// <param name="Call">What ran.</param>
/// <param name="Microseconds">Its time, above 0.</param>
/// <param name="Grain">Standard deviation of the logarithm of the time that comes from the step of the profiler's clock.</param>
public sealed record MeasuredCall(KernelCall Call, double Microseconds, double Grain)
{
    /// <summary>Natural logarithm of seconds.</summary>
    public double LogSeconds => Math.Log(Microseconds * 1e-6);
}

/// <summary>What a kind of operator knows before any measurement.</summary>
/// <param name="Parameters">Names of the law's parameters.</param>
/// <param name="Centre">The parameters of a middling kernel.</param>
/// <param name="Spread">How far kinships deviate from wider ones, standard deviation by parameter.</param>
/// <param name="Own">How far a group deviates from its kin, by parameter.</param>
/// <param name="Features">Names of <see cref="KernelCall.Place"/>.</param>
/// <param name="Lengths">Distances over which residuals change.</param>
/// <param name="Deviations">Standard deviation of log residuals by <see cref="KernelCall.LabelNames"/>.</param>
/// <param name="Noise">Standard deviation of one measurement against its repetition.</param>
public sealed record KernelTraits(
    ImmutableArray<string> Parameters, ImmutableArray<double> Centre, ImmutableArray<double> Spread, ImmutableArray<double> Own,
    ImmutableArray<string> Features, ImmutableArray<double> Lengths, ImmutableArray<double> Deviations, double Noise);
