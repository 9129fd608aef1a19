namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Times of collectives by algorithm under the alpha-beta model: a message of b bytes between two ranks takes <c>alpha + b / bandwidth</c>
/// (Thakur, Rabenseifner, Gropp, "Optimization of collective communication operations in MPICH", 2005). Latencies and times are in the caller's
/// unit of time, bandwidths in bytes per that unit and one direction. All functions are for at least 2 ranks unless they say otherwise; one rank
/// costs nothing.
/// </summary>
public static class CollectiveAlgorithms
{
    /// <summary>Share of the buffer that every rank sends in a ring or pairwise exchange: <c>(n-1)/n</c>, twice that for an all-reduce.</summary>
    public static double RingShare(CollectiveKind kind, double ranks) => kind switch
    {
        CollectiveKind.AllReduce => 2 * (ranks - 1) / ranks,
        CollectiveKind.AllGather or CollectiveKind.ReduceScatter or CollectiveKind.AllToAll => (ranks - 1) / ranks,
        _ => 1,
    };

    /// <summary>Steps of a ring, one after the other: <c>2(n-1)</c> for an all-reduce, one for a send, <c>n-1</c> otherwise.</summary>
    public static double RingSteps(CollectiveKind kind, double ranks) => kind switch
    {
        CollectiveKind.AllReduce => 2 * (ranks - 1),
        CollectiveKind.SendReceive => 1,
        _ => ranks - 1,
    };

    /// <summary>Ring: <c>steps * alpha + share * bytes / bandwidth</c>, the least bytes per link that there can be.</summary>
    public static double Ring(CollectiveKind kind, double ranks, double bytes, double latency, double bandwidth) => ranks <= 1
        ? 0
        : (RingSteps(kind, ranks) * latency) + (RingShare(kind, ranks) * bytes / bandwidth);

    /// <summary>
    /// Binary tree, reduce up and broadcast down: <c>2 ceil(log2 n) (alpha + bytes / bandwidth)</c> for an all-reduce, half for a broadcast or a
    /// reduce. Pieces of the buffer may follow each other (pipelining): <paramref name="pieces"/> of them cost one step's latency each but the
    /// bytes only once per direction, <c>2 (depth + pieces - 1) (alpha + bytes / pieces / bandwidth)</c>.
    /// </summary>
    public static double Tree(CollectiveKind kind, double ranks, double bytes, double latency, double bandwidth, double pieces = 1)
    {
        double ways = kind is CollectiveKind.Broadcast or CollectiveKind.Reduce ? 1 : 2;
        return ranks <= 1 ? 0 : ways * (TreeDepth(ranks) + pieces - 1) * (latency + (bytes / pieces / bandwidth));
    }

    /// <summary>Levels of a binary tree over the ranks: <c>ceil(log2 n)</c>.</summary>
    public static double TreeDepth(double ranks) => Math.Ceiling(Math.Log2(ranks));

    /// <summary>Star: all ranks send to one, which adds and sends back; the centre's link carries <c>n-1</c> buffers each way.</summary>
    public static double Star(double ranks, double bytes, double latency, double bandwidth) =>
        ranks <= 1 ? 0 : 2 * (latency + ((ranks - 1) * bytes / bandwidth));

    /// <summary>
    /// One-shot direct all-reduce: every rank reads every other's whole buffer and adds by itself. One step, <c>(n-1) * bytes</c> into every rank:
    /// fastest for small buffers on a switch.
    /// </summary>
    public static double OneShot(double ranks, double bytes, double latency, double bandwidth) =>
        ranks <= 1 ? 0 : latency + ((ranks - 1) * bytes / bandwidth);

    /// <summary>Two-shot direct all-reduce: a direct reduce-scatter, then a direct all-gather; two steps, <c>2(n-1)/n</c> of the bytes.</summary>
    public static double TwoShot(double ranks, double bytes, double latency, double bandwidth) =>
        ranks <= 1 ? 0 : (2 * latency) + (RingShare(CollectiveKind.AllReduce, ranks) * bytes / bandwidth);

    /// <summary>Buffer above which two-shot is faster than one-shot: where <c>(n-1)(n-2)/n * bytes / bandwidth = alpha</c>; never for 2 ranks.</summary>
    public static double TwoShotFrom(double ranks, double latency, double bandwidth) => ranks <= 2
        ? double.PositiveInfinity
        : latency * bandwidth * ranks / ((ranks - 1) * (ranks - 2));

    /// <summary>Pairwise all-to-all: <c>n-1</c> exchanges of <c>bytes/n</c> one after the other.</summary>
    public static double Pairwise(double ranks, double bytes, double latency, double bandwidth) =>
        ranks <= 1 ? 0 : (ranks - 1) * (latency + (bytes / ranks / bandwidth));

    /// <summary>Direct all-to-all: all exchanges at once over a switch, one latency.</summary>
    public static double Direct(double ranks, double bytes, double latency, double bandwidth) =>
        ranks <= 1 ? 0 : latency + (RingShare(CollectiveKind.AllToAll, ranks) * bytes / bandwidth);

    /// <summary>Recursive halving and doubling (Rabenseifner): <c>2 log2 n * alpha + 2(n-1)/n * bytes / bandwidth</c> for powers of two.</summary>
    public static double HalvingDoubling(double ranks, double bytes, double latency, double bandwidth) =>
        ranks <= 1 ? 0 : (2 * TreeDepth(ranks) * latency) + (RingShare(CollectiveKind.AllReduce, ranks) * bytes / bandwidth);

    /// <summary>A message: <c>alpha + bytes / bandwidth</c>.</summary>
    public static double Send(double bytes, double latency, double bandwidth) => latency + (bytes / bandwidth);

    /// <summary>
    /// Hierarchical all-reduce: reduce-scatter within each group of <paramref name="group"/> ranks, all-reduce of the pieces between the groups over
    /// the slow link (each rank its own piece, <c>bytes / group</c>), all-gather within the groups.
    /// </summary>
    public static double Hierarchical(
        double ranks, double group, double bytes, double fastLatency, double fastBandwidth, double slowLatency, double slowBandwidth) =>
        Ring(CollectiveKind.ReduceScatter, group, bytes, fastLatency, fastBandwidth)
        + Ring(CollectiveKind.AllReduce, ranks / group, bytes / group, slowLatency, slowBandwidth)
        + Ring(CollectiveKind.AllGather, group, bytes, fastLatency, fastBandwidth);

    /// <summary>
    /// Bytes per rank over the slowest link when a partition of three levels keeps groups of <paramref name="group"/> ranks together, against a flat
    /// one (arXiv 2501.04266): <c>1/g</c> of the flat traffic.
    /// </summary>
    public static double SlowestLinkBytes(double flatBytes, double group) => flatBytes / group;

    /// <summary>
    /// Link latencies of an all-reduce that tensor-parallel edge devices pay when the latency of a link dominates (arXiv 2410.00531, section 3.1): every
    /// message crosses <paramref name="linksPerMessage"/> links on its way through routers and switches. A ring has <c>2(n-1)</c> messages one after the
    /// other, a tree of depth d has <c>2d</c>, a star 2. With 4 links per message, 8 devices give 56, 16 and 8.
    /// </summary>
    public static double LatencyHops(CollectiveTopology topology, int ranks, int linksPerMessage = 4, int treeDepth = 2) => ranks <= 1 ? 0 : linksPerMessage * topology switch
    {
        CollectiveTopology.Ring => RingSteps(CollectiveKind.AllReduce, ranks),
        CollectiveTopology.Tree => 2 * treeDepth,
        _ => 2,
    };

    /// <summary>
    /// All-reduce time of a tensor-parallel model of <paramref name="layers"/> layers, two all-reduces each (arXiv 2410.00531):
    /// <c>2L (data + link + barrier + aggregation)</c>.
    /// </summary>
    public static double TensorParallel(double layers, double data, double link, double barrier, double aggregation) =>
        2 * layers * (data + link + barrier + aggregation);

    /// <summary>The fastest of ring, tree and star for an all-reduce: latency favours the star, bytes favour the ring.</summary>
    public static (CollectiveTopology Topology, double Time) Fastest(double ranks, double bytes, double latency, double bandwidth)
    {
        double ring = Ring(CollectiveKind.AllReduce, ranks, bytes, latency, bandwidth);
        double tree = Tree(CollectiveKind.AllReduce, ranks, bytes, latency, bandwidth);
        double star = Star(ranks, bytes, latency, bandwidth);
        return star <= tree && star <= ring ? (CollectiveTopology.Star, star)
            : tree <= ring ? (CollectiveTopology.Tree, tree) : (CollectiveTopology.Ring, ring);
    }
}

/// <summary>Who sends to whom.</summary>
public enum CollectiveTopology
{
    /// <summary>Everyone to the next.</summary>
    Ring,

    /// <summary>Children to parents and back.</summary>
    Tree,

    /// <summary>Everyone to one and back.</summary>
    Star,
}

/// <summary>A wire protocol: what a message pays in latency and keeps of the bandwidth.</summary>
/// <param name="Name">As NCCL calls it.</param>
/// <param name="LatencyShare">Of the latency of a step in the plain protocol.</param>
/// <param name="BandwidthShare">Of the link.</param>
public sealed record CollectiveProtocol(string Name, double LatencyShare, double BandwidthShare)
{
    /// <summary>
    /// The protocols of NCCL: LL sends 4 bytes of flag with 4 of data (half of the link), LL128 8 with 120 (15/16), Simple synchronises with memory
    /// fences. Bandwidth shares are the formats'; latency shares are the base latencies of NCCL's tuning tables for a ring over NVLink
    /// (0.6, 1.9 and 3.4 us: NCCL src/graph/tuning.cc, hwLat, recalled, not fetched).
    /// </summary>
    public static IReadOnlyList<CollectiveProtocol> Nccl { get; } =
        [new("LL", 0.6 / 3.4, 0.5), new("LL128", 1.9 / 3.4, 15.0 / 16), new("Simple", 1, 1)];

    /// <summary>The fastest protocol of a ring: LL for small buffers, Simple for large ones.</summary>
    public static (CollectiveProtocol Protocol, double Time) Fastest(CollectiveKind kind, double ranks, double bytes, double latency, double bandwidth) =>
        Nccl.Select(p => (p, CollectiveAlgorithms.Ring(kind, ranks, bytes, latency * p.LatencyShare, bandwidth * p.BandwidthShare)))
            .MinBy(p => p.Item2);
}
