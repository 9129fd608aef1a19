namespace Orchestrator.CostModels.Operators;

/// <summary>A place for bytes: how many fit, how fast they come and what one operation costs besides.</summary>
/// <param name="Name">As people call it: <c>HBM</c>, <c>host memory</c>, <c>NVMe</c>.</param>
/// <param name="Capacity">Bytes.</param>
/// <param name="Bandwidth">Bytes per second towards the device, above 0.</param>
/// <param name="OperationSeconds">Fixed cost of one transfer, at least 0.</param>
public sealed record MemoryTier(string Name, double Capacity, double Bandwidth, double OperationSeconds = 0)
{
    /// <summary>
    /// Seconds to bring bytes in: <c>n * t0 + bytes / bandwidth</c> (FastSwitch, arXiv 2411.18424). Small blocks cost operations, so grouping
    /// <c>g</c> neighbours into one transfer divides the first part by g.
    /// </summary>
    /// <param name="bytes">Bytes in all.</param>
    /// <param name="operations">Transfers that they come in, at least 1.</param>
    public double Seconds(double bytes, double operations = 1) => (operations * OperationSeconds) + (bytes / Bandwidth);

    /// <summary>
    /// How many times faster this tier brings bytes in than another, by bandwidth: a model switch from 1 TB/s of node memory against PCIe of 64 and
    /// 32 GB/s is 15.6 and 31.2 times faster (SN40L, arXiv 2405.07518).
    /// </summary>
    public double FasterThan(MemoryTier other) => Bandwidth / other.Bandwidth;

    /// <summary>How many times more this tier holds than another: 12 TB against 640 GB is 18.75 (SN40L, arXiv 2405.07518).</summary>
    public double LargerThan(MemoryTier other) => Capacity / other.Capacity;

    /// <summary>
    /// Seconds of a step that reads bytes spread over tiers, tiers at the same time: the slowest decides. Each entry is the bytes that lie in the tier.
    /// </summary>
    public static double Parallel(IEnumerable<(MemoryTier Tier, double Bytes)> parts) => parts.Select(p => p.Tier.Seconds(p.Bytes)).DefaultIfEmpty(0).Max();

    /// <summary>Seconds of a step that reads bytes spread over tiers one after the other, as through one link.</summary>
    public static double Serial(IEnumerable<(MemoryTier Tier, double Bytes)> parts) => parts.Sum(p => p.Tier.Seconds(p.Bytes));

    /// <summary>
    /// Where bytes lie when tiers are filled in order, fastest first. What does not fit anywhere is left over.
    /// </summary>
    public static (IReadOnlyList<double> Bytes, double Left) Fill(IReadOnlyList<MemoryTier> tiers, double bytes)
    {
        double[] placed = new double[tiers.Count];
        for (int i = 0; i < tiers.Count; i++)
        {
            placed[i] = Math.Min(bytes, tiers[i].Capacity);
            bytes -= placed[i];
        }

        return (placed, bytes);
    }

    /// <summary>Expected seconds of a use with a cache in front: hits cost nothing, misses the transfer.</summary>
    /// <param name="bytes">Bytes of what is used, such as an expert.</param>
    /// <param name="missRate">Share of uses that miss, 0 to 1.</param>
    public double ExpectedSwitch(double bytes, double missRate) => missRate * Seconds(bytes);

    /// <summary>
    /// Efficiency of compute that is fed over a link without overlap: <c>ait * bw / (ait * bw + peak)</c> (ZeRO-Infinity, arXiv 2104.07857, section 4.2).
    /// </summary>
    /// <param name="intensity">Arithmetic intensity in operations per byte: sequence * batch for parameters and gradients, a quarter of it for
    /// optimiser states, 24 * width * checkpoint interval for activations.</param>
    /// <param name="bandwidth">Bytes per second.</param>
    /// <param name="peak">Operations per second without any transfer.</param>
    public static double Efficiency(double intensity, double bandwidth, double peak) => intensity * bandwidth / ((intensity * bandwidth) + peak);

    /// <summary>Bandwidth that an efficiency needs: the inverse of <see cref="Efficiency"/>.</summary>
    public static double BandwidthFor(double efficiency, double intensity, double peak) => efficiency * peak / (intensity * (1 - efficiency));

    /// <summary>Bytes of model states under mixed-precision Adam: <c>240 L h^2</c>, 20 per parameter of <c>12 L h^2</c> (ZeRO-Infinity, section 3).</summary>
    public static double ModelStateBytes(double layers, double width) => 240 * layers * width * width;

    /// <summary>Aggregate bandwidth when every one of n devices pulls its own slice over its own link and gathers the rest: n links, not one.</summary>
    public static double Aggregate(double linkBandwidth, double devices) => linkBandwidth * devices;
}
