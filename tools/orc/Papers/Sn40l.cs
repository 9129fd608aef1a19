using Orchestrator.CostModels.Operators;

namespace Orchestrator.Cli.Papers;

/// <summary>SN40L: switching experts and footprint are bytes over bandwidth and capacity; fusion raises operations per byte.</summary>
[Paper("sn40l")]
internal sealed class Sn40l : IPaper
{
    private const double ExpertBytes = 13.5e9;

    // A node: 8 sockets with 1.5 TiB of DDR; the rival node 8 accelerators with 80 GB, switching over PCIe 5 or 4.
    private static readonly MemoryTier NodeDdr = new("node DDR", 12e12, 1e12);
    private static readonly MemoryTier Pcie5 = new("PCIe 5", 640e9, 64e9);
    private static readonly MemoryTier Pcie4 = new("PCIe 4", 640e9, 32e9);

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        double slow = Pcie5.Seconds(ExpertBytes) / NodeDdr.Seconds(ExpertBytes);
        double slower = Pcie4.Seconds(ExpertBytes) / NodeDdr.Seconds(ExpertBytes);
        return
        [
            NumberClaim.Exactly("Bringing a 7B expert from DDR takes bytes over the node's 1 TB/s", Origin.Derived, 13.5, "ms",
                1e3 * NodeDdr.Seconds(ExpertBytes), 0.1, "13.5 GB at 1 TB/s"),
            NumberClaim.Within(0.02, "Switching experts is faster than over PCIe 5", Origin.Derived, 15.6, "x", slow, "13.5 GB at 64 GB/s over 13.5 GB at 1 TB/s; the abstract says 15x"),
            NumberClaim.Within(0.02, "Switching experts is faster than over PCIe 4", Origin.Abstract, 31, "x", slower, "13.5 GB at 32 GB/s over 13.5 GB at 1 TB/s"),
            NumberClaim.Within(0.02, "A node holds more experts than one with accelerator memory only, so the footprint is smaller", Origin.Abstract, 19, "x",
                NodeDdr.LargerThan(Pcie5), "12 TB of DDR over 8 x 80 GB of HBM"),
            new OrderClaim("Fusing more of a chain of operations raises operations per byte", Origin.Text,
                "410.4 > 102.6 > 39.5 operations a byte (Monarch FFT: fused, partly, unfused)", "ops/byte",
                [("fused", Intensity(Steps)), ("partly", Intensity(2)), ("unfused", Intensity(1))])
            {
                How = $"{Steps} products of 4096 x 64 by 64 x 64 in 16 bits in a row, kernels of {Steps}, 2 and 1; the FFT's own shapes are not known here",
            },
            new UnreachedClaim("Fused kernels are faster than unfused ones", Origin.Abstract, "2x to 13x", "it was measured on the chip, which is not here"),
            new UnreachedClaim("The composition of experts is faster than on DGX H100 and DGX A100", Origin.Abstract, "3.7x and 6.6x",
                "it was measured on the three machines, which are not here"),
        ];
    }

    private const int Steps = 4;

    // Operations per byte of the chain when each kernel does so many steps: rows in and out once per kernel, every matrix once.
    private static double Intensity(int stepsPerKernel)
    {
        const double rows = 4096;
        const double size = 64;
        const double element = 2;
        double operations = Steps * 2 * rows * size * size;
        double bytes = Steps / stepsPerKernel * 2 * rows * size * element + Steps * size * size * element;
        return operations / bytes;
    }
}
