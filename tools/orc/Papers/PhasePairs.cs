using Orchestrator.CostModels;
using Orchestrator.CostModels.Operators;
using Orchestrator.Plan;

namespace Orchestrator.Cli.Papers;

/// <summary>
/// What a request costs when one kind of device reads prompts and another writes answers, each as many as keep pace: a plain roofline and ring
/// all-reduces, searched over tensor parallelism and batch for the least dollars, without calibration and, unless one is given, without a limit on
/// latency. The efficiencies are assumed; the paper prints none.
/// </summary>
/// <param name="Model">A model of the catalogue.</param>
/// <param name="Precision"><c>fp8</c> or <c>fp16</c>, of weights and cache.</param>
/// <param name="TokensIn">Tokens of a prompt.</param>
/// <param name="TokensOut">Tokens of an answer.</param>
/// <param name="WithPurchase">Whether an hour counts its share of the purchase beside power and interest.</param>
internal sealed record PhasePairs(string Model, string Precision, double TokensIn, double TokensOut, bool WithPurchase = true)
{
    private const double ArithmeticShare = 0.5;
    private const double BandwidthShare = 0.7;
    private const double UsableMemory = 0.9;
    private const double Years = 4;
    private const double Interest = 0.08;
    private const double UsdPerKilowattHour = 0.40;
    private static readonly int[] Degrees = [1, 2, 4, 8];

    private readonly ModelCard _card = Known.Model(Model);

    /// <summary>Latency of one hop of an all-reduce, seconds.</summary>
    public double HopSeconds { get; init; } = 3e-6;

    /// <summary>The longest that a token may take to be written, seconds; infinite without a limit.</summary>
    public double TokenSecondsMax { get; init; } = double.PositiveInfinity;

    /// <summary>How much cheaper a pair's request is than one that H100 reads and writes.</summary>
    public double Over(string reader, string writer) => (Read("H100") + Write("H100")) / (Read(reader) + Write(writer));

    /// <summary>The least US dollars of reading a prompt on a kind of device.</summary>
    public double Read(string kind) => Cheapest(kind, TokensIn, ReadSeconds);

    /// <summary>The least US dollars of writing an answer on a kind of device.</summary>
    public double Write(string kind) => Cheapest(kind, TokensIn + TokensOut, WriteSeconds);

    /// <summary>Seconds to write a token for one request over some devices.</summary>
    public double TokenSeconds(string kind, int degree) => WriteSeconds(Known.Device(kind), degree, 1) / TokensOut;

    /// <summary>Gbit/s at which the cache of one prompt leaves the device that read it, when it leaves while it is read.</summary>
    public double Egress(string kind) => 8 * TokensIn * _card.KvBytesPerToken(Precision) / ReadSeconds(Known.Device(kind), 1, 1) / 1e9;

    /// <summary>US dollars of an hour of a device at the paper's price, power as the vendor says.</summary>
    public double PerHour(string kind)
    {
        double price = Paper.Price(kind);
        double watts = Paper.Watts(kind);
        return WithPurchase
            ? Tco.PerHour(price, Years, Interest, watts, UsdPerKilowattHour).Value
            : Tco.OperatingPerHour(price, Years, Interest, watts, UsdPerKilowattHour);
    }

    private double Cheapest(string kind, double context, Func<Device, int, double, double> seconds)
    {
        Device device = Known.Device(kind);
        double best = double.PositiveInfinity;
        foreach (int degree in Degrees)
        {
            double free = UsableMemory * (device.Memory?.Value ?? 0) - _card.WeightBytes(Precision) / degree;
            double fitting = Math.Floor(free / (context * CachePerToken(degree)));
            for (double batch = 1; batch <= fitting; batch = batch < fitting ? Math.Min(2 * batch, fitting) : fitting + 1)
            {
                best = Math.Min(best, Money.PerRequest(PerHour(kind), degree, seconds(device, degree, batch), batch));
            }
        }

        return best;
    }

    private double ReadSeconds(Device device, int degree, double batch)
    {
        double operations = batch * TokensIn * (_card.LinearFlopsPerToken + _card.AttentionFlops(TokensIn / 2));
        return Step(device, degree, operations, _card.WeightBytes(Precision) / degree, batch * TokensIn);
    }

    private double WriteSeconds(Device device, int degree, double batch)
    {
        double context = TokensIn + TokensOut / 2;
        double operations = batch * (_card.LinearFlopsPerToken + _card.AttentionFlops(context));
        double step = Step(device, degree, operations, _card.WeightBytes(Precision) / degree + batch * context * CachePerToken(degree), batch);
        return step <= TokenSecondsMax ? TokensOut * step : double.PositiveInfinity;
    }

    private double CachePerToken(int degree) => _card.KvBytesPerToken(Precision) / Math.Min(degree, _card.KvHeads ?? 1);

    // Two all-reduces of the hidden state a layer, which travels in 16 bits.
    private double Step(Device device, int degree, double operations, double bytes, double tokens)
    {
        double arithmetic = operations / (degree * Known.Peak(device.Kind, Precision) * ArithmeticShare);
        double memory = bytes / (Known.Bandwidth(device.Kind) * BandwidthShare);
        double reduce = CollectiveAlgorithms.Ring(CollectiveKind.AllReduce, degree, 2 * tokens * (_card.Width ?? 0), HopSeconds, device.ScaleUpBandwidth?.Value ?? 0);
        return Math.Max(arithmetic, memory) + 2 * (_card.Layers ?? 0) * reduce;
    }

    /// <summary>What the paper's table says of a device, which is one kind in both catalogues.</summary>
    internal static class Paper
    {
        /// <summary>US dollars that one sells for.</summary>
        public static double Price(string kind) => Money.Purchase("paper", kind)?.Value ?? throw new InvalidDataException("no price of " + kind);

        /// <summary>Watts at full load.</summary>
        public static double Watts(string kind) => Known.Figure(kind, "tdp_w");
    }
}
