using Orchestrator.CostModels.Operators;

namespace Orchestrator.Cli.Papers;

/// <summary>Low-bandwidth partitioning on Frontier: bytes of a level and the gain of three levels.</summary>
[Paper("frontier-partitioning")]
internal sealed class FrontierPartitioning : IPaper
{
    private const double Devices = 384;
    private const double Node = 8;
    private const double Pair = 2;
    private const double Bytes = 2 * 20e9;

    // Bytes a second of a die to its twin, to the others of a node, and its share of the node's network: 4 x 25 GB/s over 8 dies.
    private const double Network = 100e9 / Node;
    private static readonly double Twin = Known.Device("MI250X GCD").ScaleUpBandwidth?.Value ?? double.NaN;
    private const double InNode = 50e9;
    private const double Latency = 5e-6;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        double flat = CollectiveAlgorithms.Ring(CollectiveKind.AllReduce, Devices, Bytes, Latency, Network);
        double two = CollectiveAlgorithms.Hierarchical(Devices, Node, Bytes, Latency, InNode, Latency, Network);
        double three = CollectiveAlgorithms.Ring(CollectiveKind.ReduceScatter, Pair, Bytes, Latency, Twin)
            + CollectiveAlgorithms.Hierarchical(Devices / Pair, Node / Pair, Bytes / Pair, Latency, InNode, Latency, Network)
            + CollectiveAlgorithms.Ring(CollectiveKind.AllGather, Pair, Bytes, Latency, Twin);
        // With links inside a node that cost nothing, what is left of the time is bytes over the slowest link.
        double slowest = CollectiveAlgorithms.Hierarchical(Devices, Node, Bytes, 0, double.PositiveInfinity, 0, Network)
            / CollectiveAlgorithms.Ring(CollectiveKind.AllReduce, Devices, Bytes, 0, Network);
        const string links = "40 GB over 384 dies, all-reduce, 200 GB/s in a pair, 50 GB/s a link in a node, 12.5 GB/s of network a die";
        return
        [
            NumberClaim.Exactly("Groups of 8 send over the slowest link, of the flat bytes", Origin.Derived, 12.5, "%", 100 * CollectiveAlgorithms.SlowestLinkBytes(1, Node), 0, "one over the group"),
            NumberClaim.Exactly("Groups of 2 send over links outside of the pair, of the flat bytes", Origin.Derived, 50, "%", 100 * CollectiveAlgorithms.SlowestLinkBytes(1, Pair), 0, "one over the group"),
            NumberClaim.Within(0.02, "The same out of the time of an all-reduce by levels, groups of 8", Origin.Derived, 12.5, "%", 100 * slowest, "time over the network alone against a flat ring, 384 dies: the ring's (n - 1)/n counts"),
            new OrderClaim("More levels take less time", Origin.Summary, "flat > two levels > three levels", "s", [("flat", flat), ("node", two), ("pair and node", three)]) { How = links },
            NumberClaim.Exactly("The gains agree: ZeRO++ over ZeRO-3 and three levels over ZeRO++ give both together", Origin.Derived, 139.8, "%", 100 * (1.405 * 1.707 - 1), 0.1, "1.405 x 1.707, both of a summary"),
            NumberClaim.Exactly("The gains agree: both together over ZeRO++ alone give three levels over ZeRO++", Origin.Derived, 1.71, "x", (1 + 1.398) / 1.405, 0.01, "(1 + 1.398) / 1.405; the abstract has 1.71x"),
            new UnreachedClaim("Arithmetic a device over ZeRO++, 20B on 384 dies", Origin.Abstract, "1.71x", "it was measured on 384 dies, and the share of time that is communication is not known here")
            {
                Beside = $"an all-reduce alone {Claim.WithUnit(Math.Round(two / three, 2), "x")} from two to three levels, {Claim.WithUnit(Math.Round(flat / three, 2), "x")} from flat",
            },
            new UnreachedClaim("Scaling efficiency to 384 dies", Origin.Abstract, "0.94", "it was measured on 384 dies, which are not here"),
        ];
    }
}
