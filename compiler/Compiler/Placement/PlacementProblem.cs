namespace Orchestrator.Compiler.Placing;

/// <summary>A pool that could be chosen.</summary>
/// <param name="Tasks">Tasks covered, ascending.</param>
/// <param name="Device">The device that it takes.</param>
/// <param name="Use">Devices taken, in units of <see cref="PlacementProblem.WholeDevice"/>.</param>
/// <param name="Cost">Charges beside the price of whole devices.</param>
/// <param name="Durations">Microseconds by position in <paramref name="Tasks"/>, then by column.</param>
internal sealed record PlacementCandidate(int[] Tasks, int Device, long Use, long Cost, long[][] Durations);

/// <summary>A device class.</summary>
/// <param name="Count">Whole devices to be had.</param>
/// <param name="Cost">What each whole device in use costs.</param>
internal sealed record PlacementDevice(long Count, long Cost);

/// <summary>
/// Data from one task to another. What moving it takes depends on the pair of candidates, which fall into classes at either end; inside one
/// candidate it takes nothing.
/// </summary>
/// <param name="From">Producer.</param>
/// <param name="To">Consumer.</param>
/// <param name="FromClass">Class by candidate, -1 where it does not cover the producer.</param>
/// <param name="ToClass">Class by candidate, -1 where it does not cover the consumer.</param>
/// <param name="Moves">By class of producer, then of consumer; null where data cannot be moved.</param>
internal sealed record PlacementEdge(int From, int To, int[] FromClass, int[] ToClass, Move?[][] Moves);

/// <summary>What moving the data of an edge takes.</summary>
/// <param name="Cost">Money, in the unit of the objective.</param>
/// <param name="Time">Microseconds.</param>
internal sealed record Move(long Cost, long Time);

/// <summary>An upper limit on a latency.</summary>
/// <param name="Name">For people: <c>first token p95</c>.</param>
/// <param name="Root">The node that is limited.</param>
/// <param name="Limit">Microseconds.</param>
/// <param name="OverrunCost">Price of a microsecond above it, or null when it must hold.</param>
internal sealed record PlacementLimit(string Name, int Root, long Limit, long? OverrunCost);

/// <summary>
/// Cover every task exactly once by candidates, within the devices to be had and the latency limits, at the least cost. Integers throughout:
/// microseconds, and money in a unit that the maker chooses so that no sum overflows.
/// </summary>
internal sealed record PlacementProblem
{
    /// <summary>Use of one whole device.</summary>
    public const long WholeDevice = 1_000_000;

    /// <summary>Number of tasks.</summary>
    public required int TaskCount { get; init; }

    /// <summary>By id.</summary>
    public required PlacementCandidate[] Candidates { get; init; }

    /// <summary>By index.</summary>
    public required PlacementDevice[] Devices { get; init; }

    /// <summary>By index.</summary>
    public required PlacementEdge[] Edges { get; init; }

    /// <summary>Latencies.</summary>
    public required LatencyProgram Latency { get; init; }

    /// <summary>What must hold.</summary>
    public PlacementLimit[] Limits { get; init; } = [];

    /// <summary>Most that the plan may cost, or null.</summary>
    public long? CostLimit { get; init; }

    /// <summary>Among plans of equal cost the one with the smallest value of this node is taken; -1 for any.</summary>
    public int TieBreak { get; init; } = -1;

    /// <summary>Value of this node is minimised instead of money; -1 for money.</summary>
    public int MinimiseNode { get; init; } = -1;
}

/// <summary>What a choice of candidates comes to.</summary>
/// <param name="Chosen">Candidates, ascending.</param>
/// <param name="Cost">Money without overrun.</param>
/// <param name="Overrun">Price of missed soft limits.</param>
/// <param name="Values">Value of every latency node in microseconds.</param>
/// <param name="Violation">How far hard constraints are missed; 0 when all hold.</param>
internal sealed record PlacementValue(int[] Chosen, long Cost, long Overrun, double[] Values, double Violation)
{
    /// <summary>What is minimised.</summary>
    public long Objective => Cost + Overrun;
}
