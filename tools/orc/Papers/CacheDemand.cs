using System.Globalization;
using Orchestrator.CostModels;
using Orchestrator.CostModels.Operators;

namespace Orchestrator.Cli.Papers;

/// <summary>What the cache of one prompt asks of links: a first token in 250 ms, a next in 20 ms, one device on each side.</summary>
/// <param name="KibPerToken">KiB of keys and values a token.</param>
/// <param name="ShortGb">GB at 4,096 tokens.</param>
/// <param name="ShortOut">Gbit/s out of the reader at 4,096 tokens.</param>
/// <param name="LongGb">GB at 32,768 tokens.</param>
/// <param name="LongOut">Gbit/s out of the reader at 32,768 tokens.</param>
/// <param name="LongIn">Gbit/s into the writer at 32,768 tokens.</param>
/// <param name="Writers">Writers whose links of 400 Gbit/s take that in together.</param>
internal sealed record CacheDemand(double KibPerToken, double ShortGb, double ShortOut, double LongGb, double LongOut, double LongIn, double Writers)
{
    private const double FirstTokenSeconds = 0.25;
    private const double NextTokenSeconds = 0.02;

    /// <summary>Of a model with its cache in a number format.</summary>
    public static CacheDemand Of(ModelCard model, string format)
    {
        double Bytes(double tokens) => KvTransfer.CacheBytes(
            model.Layers ?? 0, model.Width ?? 0, model.KvHeads ?? 0, model.Heads ?? 1, tokens, 1, ModelCard.BytesOf(format));
        (double few, double many) = (Bytes(4096), Bytes(32768));
        return new CacheDemand(
            Bytes(1) / 1024, few / 1e9, Gbit(KvTransfer.EgressPeak(few, FirstTokenSeconds, 1)), many / 1e9, Gbit(KvTransfer.EgressPeak(many, FirstTokenSeconds, 1)),
            Gbit(KvTransfer.IngressPeak(many, NextTokenSeconds, 1)), KvTransfer.DecodeDevices(many, NextTokenSeconds, 50e9));
    }

    /// <summary>How many of these figures are not the printed ones to the last printed digit (ingress: to one unit, some were rounded twice).</summary>
    public int Beyond(CacheDemand printed) => new[]
    {
        (KibPerToken, printed.KibPerToken, 0), (ShortGb, printed.ShortGb, 0.0005), (ShortOut, printed.ShortOut, 0.05), (LongGb, printed.LongGb, printed.LongGb > 10 ? 0.005 : 0.0005),
        (LongOut, printed.LongOut, 0.5), (LongIn, printed.LongIn, 1), (Writers, printed.Writers, 0.05),
    }.Count(f => Math.Abs(f.Item1 - f.Item2) > f.Item3 + 1e-9);

    private static double Gbit(double bytes) => 8 * bytes / 1e9;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{KibPerToken:0.#} KiB a token, {ShortGb:0.###} GB and {ShortOut:0.0} Gbit/s at 4K, {LongGb:0.###} GB, {LongOut:0.#} Gbit/s out and {LongIn:#,0.#} in at 32K, {Writers:0.0} writers");
}
