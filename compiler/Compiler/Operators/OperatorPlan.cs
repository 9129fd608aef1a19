using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Operators;

/// <summary>Operators that follow one another on one device.</summary>
/// <param name="First">First operator's number.</param>
/// <param name="Last">Last operator's number.</param>
/// <param name="Device">Index of the device.</param>
/// <param name="Start">When the first starts.</param>
/// <param name="End">When the last ends.</param>
/// <param name="Resident">Weights and kept keys and values.</param>
internal sealed record OperatorRun(int First, int Last, int Device, Seconds Start, Seconds End, Bytes Resident);

/// <summary>What one device does in the plan, and what it would take alone.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The catalogue's name.</param>
/// <param name="Operators">Operators placed on it.</param>
/// <param name="Busy">Time that it computes.</param>
/// <param name="Used">Bytes that stay on it.</param>
/// <param name="Room">Bytes that may.</param>
/// <param name="Alone">One inference on this device alone; null where it cannot.</param>
/// <param name="WhyNotAlone">Why it cannot; empty where it can.</param>
internal sealed record OperatorDevice(string Name, string Kind, int Operators, Seconds Busy, Bytes Used, Bytes Room, Seconds? Alone, string WhyNotAlone);

/// <summary>Where a model's operators run.</summary>
internal sealed record OperatorPlan
{
    /// <summary>The model's operators.</summary>
    public required OperatorGraph Graph { get; init; }

    /// <summary>The fleet's name.</summary>
    public required string Fleet { get; init; }

    /// <summary>What was promised.</summary>
    public required Objective Objective { get; init; }

    /// <summary>By operator: index of its device.</summary>
    public required ImmutableArray<int> DeviceOf { get; init; }

    /// <summary>By operator: what it takes there.</summary>
    public required ImmutableArray<OperatorTime> Times { get; init; }

    /// <summary>By device.</summary>
    public required ImmutableArray<OperatorDevice> Devices { get; init; }

    /// <summary>In the order in which operators run.</summary>
    public required ImmutableArray<OperatorRun> Runs { get; init; }

    /// <summary>Transfers between devices.</summary>
    public required int Transfers { get; init; }

    /// <summary>Bytes that they move.</summary>
    public required Bytes Moved { get; init; }

    /// <summary>What they take, one after the other.</summary>
    public required Seconds Moving { get; init; }

    /// <summary>One inference, with the 90 % interval that follows when all operators are as quick or as slow as theirs.</summary>
    public required Interval Time { get; init; }

    /// <summary>Time that 95 of 100 inferences stay within: <see cref="Time"/> times the noise of repetitions.</summary>
    public required Interval P95 { get; init; }

    /// <summary>No placement on these devices is quicker than this, at the likely times.</summary>
    public required Seconds Bound { get; init; }

    /// <summary>Devices and operators that were left out, with why.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>How much quicker another placement could be, as a share of this one's time.</summary>
    public double Gap => Time.Likely > 0 ? Math.Max(0, 1 - Bound.Value / Time.Likely) : 0;

    /// <summary>The limits that are not kept: percentile, limit, what is reached.</summary>
    public ImmutableArray<(int Percentile, Seconds Limit, Seconds Reached)> Missed =>
        [.. Objective.LatencyLimits.Select(l => (l.Key, new Seconds(l.Value), At(l.Key))).Where(m => m.Item3.Value > m.Item2.Value)];

    /// <summary>The time at a percentile: the median's at 50, above it the one with noise.</summary>
    public Seconds At(int percentile) => new(percentile == 50 ? Time.Likely : P95.Likely);
}
