namespace Orchestrator.CostModels.Operators;

/// <summary>The parts of an attention kernel's time, each in microseconds at the device's own peaks, for <see cref="TimeLaw"/>.</summary>
internal static class AttentionLaw
{
    /// <summary>How sharply the parts of a prefill hide behind the longest one.</summary>
    public const double PrefillPower = 1.3;

    /// <summary>The same for a decode.</summary>
    public const double DecodePower = 1.5;

    /// <summary>Query rows of a tile: what a matrix unit takes at once in a prefill.</summary>
    public const double TileRows = 128;

    /// <summary>Query rows that a decode's matrix product is padded to.</summary>
    public const double PaddedRows = 16;

    // A call that is repeated finds its keys and values in the last-level cache when they fit; around this many times the cache half of them.
    private const double HalfCached = 1.3;
    private const double CacheSharpness = 6;

    /// <summary>The parts of a call on a device.</summary>
    public static double[] Parts(AttentionShape shape, OperatorDevice device) =>
        shape.Prefill ? Prefill(shape, device) : Decode(shape, device);

    private static double[] Prefill(AttentionShape shape, OperatorDevice device)
    {
        double perFlop = 1e6 / device.Peak;
        double perByte = 1e6 / device.Bandwidth;
        double tileWaste = 4 * shape.Batch * shape.Heads * shape.HeadDim * shape.NewTokens * TileRows;
        double chain = 4 * shape.Length * TileRows * shape.HeadDim * device.Units;
        return
        [
            1, // launch
            shape.Flops * perFlop,
            tileWaste * perFlop, // the diagonal's masked halves and each tile's start
            chain * perFlop, // the longest tile on one multiprocessor
            4 * shape.CausalPairs * shape.Heads * 64 * perFlop, // exponentials: per pair, whatever the head's size
            (shape.QueryBytes + shape.KvBytes) * perByte,
        ];
    }

    private static double[] Decode(AttentionShape shape, OperatorDevice device)
    {
        double perFlop = 1e6 / device.Peak;
        double perByte = 1e6 / device.Bandwidth;
        double padded = 4 * shape.Batch * shape.KvHeads * Math.Max(shape.GroupSize, PaddedRows) * shape.HeadDim * shape.Length;
        double fromMemory = 1 / (1 + Math.Pow(HalfCached * device.Cache / shape.KvBytes, CacheSharpness));
        return
        [
            1, // launch
            shape.KvBytes * fromMemory * perByte,
            shape.KvBytes * (1 - fromMemory) * perByte,
            padded * perFlop,
            Math.Sqrt(shape.Length) / 64, // one piece after the other, the more the longer although split-KV adds pieces
            shape.QueryBytes * perByte,
            shape.Batch * shape.KvHeads / device.Units, // one block's start-up per sequence and head, in waves
            shape.KvBytes * perByte * (1 - shape.Occupancy(device.Units)),
        ];
    }
}
