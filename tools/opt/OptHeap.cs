namespace Orchestrator.Cli.Opt;

/// <summary>
/// IR lives until the program ends, so collecting while it is made finds nothing and costs a third of the time. For inputs of up to some
/// hundred megabytes the memory that they need is asked for in advance, and nothing is collected until it is used up.
/// </summary>
internal static class OptHeap
{
    // Bytes of objects that a byte of text becomes, passes and printing included; measured on generated modules.
    private const long BytesPerByte = 10;
    private const long Least = 64L << 20;

    /// <summary>Puts collections off for an input of <paramref name="bytes"/>; where the memory is not to be had, they come as usual.</summary>
    public static void PutOffCollections(long bytes)
    {
        long wanted = Math.Min(Least + BytesPerByte * bytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);
        try
        {
            GC.TryStartNoGCRegion(wanted);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or InvalidOperationException)
        {
            // More than this machine's collector takes in advance, or another run in this process has done it.
        }
    }
}
