namespace Orchestrator.CostModels.Operators;

/// <summary>What a collective does.</summary>
public enum CollectiveKind
{
    /// <summary>Every rank ends with the sum of all buffers.</summary>
    AllReduce,

    /// <summary>Every rank ends with the pieces of all ranks; the size is that of the gathered buffer.</summary>
    AllGather,

    /// <summary>Every rank ends with its piece of the sum; the size is that of the input buffer.</summary>
    ReduceScatter,

    /// <summary>Every rank sends another piece of its buffer to every rank.</summary>
    AllToAll,

    /// <summary>One rank's buffer ends on all ranks.</summary>
    Broadcast,

    /// <summary>The sum of all buffers ends on one rank.</summary>
    Reduce,

    /// <summary>One rank sends its buffer to another.</summary>
    SendReceive,
}

/// <summary>One collective: what it does, on how many ranks, with how many bytes.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Ranks">Devices that take part, at least 2.</param>
/// <param name="Nodes">Chassis that they are spread over, at least 1.</param>
/// <param name="Bytes">The full buffer, above 0: gathered size of an all-gather, input of a reduce-scatter.</param>
public readonly record struct CollectiveShape(CollectiveKind Kind, double Ranks, double Nodes, double Bytes);
