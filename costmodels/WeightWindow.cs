namespace Orchestrator.CostModels;

/// <summary>
/// Weights that are loaded in turn while earlier ones compute: a window of a few blocks in memory, one loader, one reader (sliding window of
/// TPI-LLM, arXiv 2410.00531; prefetch of experts during attention of SmallThinker, arXiv 2507.20984).
/// </summary>
public static class WeightWindow
{
    /// <summary>Whether loads hide behind the work that runs meanwhile: work takes at least as long as the bytes.</summary>
    /// <param name="workSeconds">Seconds of the work beside which the load runs.</param>
    /// <param name="bytes">Bytes that are missing.</param>
    /// <param name="bandwidth">Bytes per second of the storage.</param>
    public static bool Hides(double workSeconds, double bytes, double bandwidth) => workSeconds >= bytes / bandwidth;

    /// <summary>
    /// Seconds that the reader waits for blocks after the window first filled, played block by block: the loader starts a block when the one before
    /// is loaded and a place in the window is free; the reader frees the place when it has used the block.
    /// </summary>
    /// <param name="blocks">Blocks in all.</param>
    /// <param name="window">Blocks in memory, at least 2.</param>
    /// <param name="workSeconds">Seconds that a block is used.</param>
    /// <param name="loadSeconds">Seconds that a block loads.</param>
    public static double Stalled(int blocks, int window, double workSeconds, double loadSeconds)
    {
        double[] used = new double[blocks];
        double loaded = 0;
        double reader = window * loadSeconds;
        double stalled = 0;
        for (int block = 0; block < blocks; block++)
        {
            double place = block < window ? 0 : used[block - window];
            loaded = Math.Max(loaded, place) + loadSeconds;
            double start = Math.Max(reader, loaded);
            stalled += start - reader;
            used[block] = reader = start + workSeconds;
        }

        return stalled;
    }
}
