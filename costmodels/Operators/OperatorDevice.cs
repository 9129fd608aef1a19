using Orchestrator.Plan;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// What the laws of attention and of collectives need to know about a device. Their families are wider than those of <see cref="Accelerator"/> and
/// their middling device another, and the measured tables are fitted with both.
/// </summary>
/// <param name="Name">The catalogue's name, or the name asked for where the catalogue has none.</param>
/// <param name="Known">False when every figure is that of a middling accelerator.</param>
/// <param name="Family">Devices whose kernels behave alike: <c>hopper</c>, <c>blackwell</c>, <c>npu</c>.</param>
/// <param name="Peak">Dense 16-bit floating-point operations per second.</param>
/// <param name="Bandwidth">Memory bytes per second.</param>
/// <param name="Link">Bytes per second to the other devices of its scale-up domain, one direction.</param>
/// <param name="Units">Multiprocessors, compute units or cores.</param>
/// <param name="Cache">Bytes of the last-level cache.</param>
internal sealed record OperatorDevice(
    string Name, bool Known, string Family, double Peak, double Bandwidth, double Link, double Units, double Cache)
{
    private const double MiddlePeak = 300e12;
    private const double MiddleUnits = 100;
    private const double MiddleCache = 40e6;

    private static readonly (string Part, string Family)[] Families =
    [
        ("GB200", "blackwell"), ("GB300", "blackwell"), ("B200", "blackwell"), ("B300", "blackwell"), ("H100", "hopper"), ("H200", "hopper"),
        ("H800", "hopper"), ("H20", "hopper"), ("GH200", "hopper"), ("RTX PRO", "card"), ("RTX 50", "card"), ("L40", "card"), ("L4", "card"),
        ("RTX 40", "card"), ("RTX 6000", "card"), ("A100", "ampere"), ("A30", "ampere"), ("A40", "ampere"), ("A10", "ampere"),
        ("RTX A", "ampere"), ("RTX 30", "ampere"), ("V100", "volta"), ("T4", "volta"), ("Ascend", "ascend"), ("Arc", "arc"),
    ];

    /// <summary>A device by the name of a measured table: the catalogue's name, with or without maker, memory size or notes in brackets.</summary>
    public static OperatorDevice Of(string hardware)
    {
        Device? device = Catalogue.Default.MatchDevice(hardware);
        string family = Families.FirstOrDefault(f => hardware.Contains(f.Part, StringComparison.OrdinalIgnoreCase)).Family ?? "other";
        if (device is null)
        {
            // 300 TFLOPS, 1.5 TB/s, 100 GB/s, 100 units and 40 MB: near the geometric middle of the catalogue's data-centre accelerators.
            return new OperatorDevice(hardware.Trim(), false, family, MiddlePeak, 1.5e12, 100e9, MiddleUnits, MiddleCache);
        }

        double peak = PeakOf(device);
        return new OperatorDevice(
            device.Kind, true, family, peak, device.Bandwidth?.Value ?? peak / 200, device.ScaleUpBandwidth?.Value ?? 32e9,
            Figure(device, "units") ?? MiddleUnits, Figure(device, "cache_bytes") ?? MiddleCache);
    }

    private static double PeakOf(Device device)
    {
        foreach ((string format, double factor) in new[] { ("bf16", 1.0), ("fp16", 1), ("fp8", 0.5), ("int8", 0.5), ("fp4", 0.25), ("fp32", 1) })
        {
            if (device.Peak.TryGetValue(format, out Sourced? peak))
            {
                return peak.Value * factor;
            }
        }

        return MiddlePeak;
    }

    private static double? Figure(Device device, string name) => device.Figures.TryGetValue(name, out Sourced? value) ? value.Value : null;
}
