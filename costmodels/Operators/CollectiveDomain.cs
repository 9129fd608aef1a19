namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Collectives for <see cref="LawModel{TContext, TShape}"/>: launch, steps, tree levels and bytes over the link, with what protocol switches add to
/// them left to the residuals. The constants were found by leaving out sizes, ranks and devices of all tables at once.
/// </summary>
internal sealed class CollectiveDomain : ILawDomain<CollectiveContext, CollectiveShape>
{
    /// <summary>How sharply the parts hide behind the longest one: pipelining hides little of a collective's latency.</summary>
    public const double Power = 1.2;

    private const double SameFamily = 0.8;
    private const double OtherFamily = 0.3;
    private const double OtherLibrary = 0.6;
    private const double OtherVersion = 0.95;
    private const double OtherSource = 0.8;

    // How many doublings of a size it takes until residuals lose most of what they share.
    private const double BytesLength = 4;
    private const double RanksLength = 2;
    private const double NodesLength = 2;

    // A network of 1e9 byte/s stands for one that no table names; the fit takes up the difference.
    private const double NetworkBandwidth = 1e9;

    /// <summary>The one domain: it has no state.</summary>
    public static CollectiveDomain Default { get; } = new();

    /// <inheritdoc/>
    public double Shared => 0.2;

    /// <inheritdoc/>
    public double Own => 0.2;

    /// <inheritdoc/>
    public double Noise => 0.05;

    /// <summary>Networks between chassis and links within one are worlds apart, and so are what libraries do over them.</summary>
    public string PhaseOf(CollectiveContext context) => context.Spread ? "network" : "chassis";

    /// <inheritdoc/>
    public string DeviceOf(CollectiveContext context) => context.Machine;

    /// <inheritdoc/>
    public string FamilyOf(CollectiveContext context) => context.Device.Known ? context.Device.Family : "";

    /// <inheritdoc/>
    public bool Same(CollectiveContext asked, CollectiveContext measured) =>
        measured.Kind == asked.Kind && measured.Spread == asked.Spread && (asked.Library.Length == 0 || measured.Library == asked.Library)
            && measured.Machine == asked.Machine;

    /// <inheritdoc/>
    public double Likeness(CollectiveContext a, CollectiveContext b)
    {
        double like = a.Machine == b.Machine ? 1 : a.Device.Family == b.Device.Family ? SameFamily : OtherFamily;
        like *= a.LibraryName != b.LibraryName ? OtherLibrary : a.Library != b.Library ? OtherVersion : 1;
        like *= a.Source != b.Source ? OtherSource : 1;
        return like * KindLikeness(a.Kind, b.Kind);
    }

    /// <inheritdoc/>
    public double PowerOf(CollectiveContext context) => Power;

    /// <inheritdoc/>
    public double[] Parts(CollectiveContext context, CollectiveShape shape)
    {
        double wire = CollectiveAlgorithms.RingShare(shape.Kind, shape.Ranks) * shape.Bytes * 1e6 / context.Device.Link;
        double network = shape.Nodes > 1 ? CollectiveAlgorithms.RingShare(shape.Kind, shape.Ranks) * shape.Bytes * 1e6 / NetworkBandwidth : 0;
        return
        [
            1, // launch
            CollectiveAlgorithms.RingSteps(shape.Kind, shape.Ranks),
            CollectiveAlgorithms.TreeDepth(shape.Ranks),
            wire,
            wire * (shape.Ranks - 2), // more than two boards share bridges and sockets where no switch joins them
            Math.Sqrt(wire), // pieces of a pipeline, whose best number grows with the root of the buffer
            shape.Nodes > 1 ? shape.Nodes : 0,
            network,
            Math.Sqrt(network),
        ];
    }

    /// <inheritdoc/>
    public double[] Place(CollectiveContext context, CollectiveShape shape) =>
        [Math.Log2(shape.Bytes) / BytesLength, Math.Log2(shape.Ranks) / RanksLength, Math.Log2(shape.Nodes) / NodesLength];

    /// <summary>10 us of launch, 2 us a step, 70 % of the link: between the NVLink and the PCIe tables of NCCL.</summary>
    public TimeLaw Unmeasured(CollectiveContext context) => TimeLaw.Of(Power, 10, 2, 0, 1.4, 0, 0, 50, 1.4, 0);

    private static double KindLikeness(CollectiveKind a, CollectiveKind b)
    {
        if (a == b)
        {
            return 1;
        }

        bool halves = (a is CollectiveKind.AllGather or CollectiveKind.ReduceScatter) && (b is CollectiveKind.AllGather or CollectiveKind.ReduceScatter);
        bool exchange = a is CollectiveKind.AllToAll or CollectiveKind.SendReceive || b is CollectiveKind.AllToAll or CollectiveKind.SendReceive;
        return halves ? 0.95 : exchange ? 0.6 : 0.8;
    }
}
