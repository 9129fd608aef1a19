using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.Targets.Probe;

/// <summary>One measured figure.</summary>
/// <param name="Name">As fleets name it: <c>fp32</c>, <c>memory_bandwidth</c>, <c>hop_s</c> …</param>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Unit"><c>s</c>, <c>B/s</c> or <c>FLOP/s</c>.</param>
/// <param name="Source">How it was measured, on how many repeats, when.</param>
public sealed record ProbeFigure(string Name, double Value, string Unit, string Source)
{
    /// <summary>For people: <c>fp32  224 GFLOP/s</c>.</summary>
    public override string ToString() => $"{Name}  {(Unit == "s" ? new Seconds(Value).ToString() : Quantity.Prefixed(Value, Unit))}";
}

/// <summary>What was found out about this machine.</summary>
/// <param name="Processor">The processor's name, <c>unknown processor</c> where the system does not say.</param>
/// <param name="Cores">Processors that this process may use.</param>
/// <param name="MemoryBytes">Memory, the container's limit counted.</param>
/// <param name="Figures">Measured; a figure that could not be measured is absent.</param>
/// <param name="Llvm">LLVM's version, or null when it is not here.</param>
/// <param name="OnnxRuntime">ONNX Runtime's version, or null when it does not load.</param>
/// <param name="Node">Node's version, or null when it is not here.</param>
/// <param name="Notes">Why something is absent, one line each.</param>
/// <param name="When">When it was measured.</param>
public sealed record ProbeReport(
    string Processor,
    int Cores,
    long MemoryBytes,
    ImmutableArray<ProbeFigure> Figures,
    string? Llvm,
    string? OnnxRuntime,
    string? Node,
    ImmutableArray<string> Notes,
    DateTimeOffset When)
{
    /// <summary>The figure of a name, or null.</summary>
    public ProbeFigure? this[string name] => Figures.FirstOrDefault(f => f.Name == name);

    /// <summary>A fleet of this one machine, one device of kind <c>cpu</c> at the place <c>here</c>, that costs nothing.</summary>
    /// <param name="name">The fleet's name.</param>
    public Fleet ToFleet(string name = "this-machine")
    {
        string date = When.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        ImmutableSortedDictionary<string, Sourced> peak = ImmutableSortedDictionary<string, Sourced>.Empty;
        ImmutableSortedDictionary<string, Sourced> figures = ImmutableSortedDictionary<string, Sourced>.Empty;
        foreach (ProbeFigure figure in Figures)
        {
            var sourced = new Sourced(figure.Value, figure.Source);
            (peak, figures) = figure.Name == "fp32" ? (peak.Add("fp32", sourced), figures) : (peak, figures.Add(figure.Name, sourced));
        }

        string[] runs = ["kernel", "encoder", "process", "http", "mcp", .. OnnxRuntime is null ? Array.Empty<string>() : ["onnx"]];
        var device = new Device
        {
            Name = "cpu",
            Kind = Processor,
            Tier = "cpu",
            Count = 1,
            Place = "here",
            Runs = [.. runs],
            Memory = new Sourced(MemoryBytes, $"/proc/meminfo and the container's limit, {date}"),
            Bandwidth = this["memory_bandwidth"] is { } bandwidth ? new Sourced(bandwidth.Value, bandwidth.Source) : null,
            Peak = peak,
            Figures = figures,
            PricePerHour = new Sourced(0, "a machine in hand: its price is not counted"),
        };
        return new Fleet(name, [device], []);
    }
}
