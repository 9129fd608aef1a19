namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Moving keys and values from the devices that made them (prefill) to those that go on (decode). Equations 1 to 3 of arXiv 2507.19635:
/// the cache of a prompt and the bandwidth that hides its transfer behind the first token (out) or the next one (in).
/// </summary>
public static class KvTransfer
{
    /// <summary>
    /// Equation 3: bytes of keys and values of a prompt, <c>2 * layers * d_model * (n_kv / n_heads) * tokens * batch * element</c>.
    /// </summary>
    /// <param name="layers">Layers of the model.</param>
    /// <param name="width">Model width, d_model.</param>
    /// <param name="kvHeads">Key and value heads.</param>
    /// <param name="heads">Query heads.</param>
    /// <param name="tokens">Prompt tokens.</param>
    /// <param name="batch">Prompts at once.</param>
    /// <param name="elementBytes">2 for 16 bits, 1 for fp8.</param>
    public static double CacheBytes(double layers, double width, double kvHeads, double heads, double tokens, double batch, double elementBytes) =>
        2 * layers * width * (kvHeads / heads) * tokens * batch * elementBytes;

    /// <summary>Equation 1: bytes per second out of each prefill device, <c>KV / (TTFT * N)</c>, so that the cache has left when the first token is there.</summary>
    /// <param name="cacheBytes">Bytes of the cache.</param>
    /// <param name="firstTokenSeconds">Time to first token.</param>
    /// <param name="devices">Prefill devices, at least 1.</param>
    public static double EgressPeak(double cacheBytes, double firstTokenSeconds, double devices) => cacheBytes / (firstTokenSeconds * devices);

    /// <summary>Equation 2: bytes per second into each decode device, <c>KV / (TBT * N)</c>, so that the second token is not late.</summary>
    /// <param name="cacheBytes">Bytes of the cache.</param>
    /// <param name="betweenTokensSeconds">Time between tokens.</param>
    /// <param name="devices">Decode devices, at least 1.</param>
    public static double IngressPeak(double cacheBytes, double betweenTokensSeconds, double devices) => cacheBytes / (betweenTokensSeconds * devices);

    /// <summary>Decode devices whose links of <paramref name="linkBytesPerSecond"/> together take the cache in within one time between tokens.</summary>
    public static double DecodeDevices(double cacheBytes, double betweenTokensSeconds, double linkBytesPerSecond) =>
        cacheBytes / betweenTokensSeconds / linkBytesPerSecond;

    /// <summary>
    /// What a transfer adds to the second token when layers leave as soon as they are computed: all of it but what the prefill hides, and at least
    /// the last layer's share.
    /// </summary>
    /// <param name="cacheBytes">Bytes of the cache.</param>
    /// <param name="linkBytesPerSecond">Of the link.</param>
    /// <param name="latencySeconds">Of one message.</param>
    /// <param name="prefillSeconds">What the prefill takes.</param>
    /// <param name="layers">Layers that are sent one by one; 1 sends all at the end.</param>
    public static double ExposedSeconds(double cacheBytes, double linkBytesPerSecond, double latencySeconds, double prefillSeconds, double layers = 1)
    {
        double send = cacheBytes / linkBytesPerSecond;
        double hidden = prefillSeconds * (layers - 1) / layers;
        return latencySeconds + Math.Max(send / layers, send - hidden);
    }

    /// <summary>
    /// A transfer as measured: <c>latency + bytes / bandwidth</c> with the bandwidth growing towards its peak as the size passes
    /// <paramref name="halfBytes"/>, the size at which half of the peak is seen (Hockney's n-half). The two are one line:
    /// <c>(halfBytes + bytes) / peak</c>.
    /// </summary>
    public static double Seconds(double bytes, double peakBytesPerSecond, double halfBytes) => (halfBytes + bytes) / peakBytesPerSecond;
}
