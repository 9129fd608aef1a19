namespace Orchestrator.Plan;

/// <summary>A quantity that is not known exactly: low and high bound a 90 % interval around the likely value.</summary>
/// <param name="Low">Not above <paramref name="Likely"/>.</param>
/// <param name="Likely">The best single value.</param>
/// <param name="High">Not below <paramref name="Likely"/>.</param>
public readonly record struct Interval(double Low, double Likely, double High)
{
    /// <summary>A value known exactly.</summary>
    public static Interval Exactly(double value) => new(value, value, value);

    /// <summary>A value off by at most a factor either way; <paramref name="factor"/> is at least 1.</summary>
    public static Interval Within(double value, double factor) => new(value / factor, value, value * factor);

    /// <summary>Sum, taking the bounds together (conservative: errors need not cancel).</summary>
    public static Interval operator +(Interval a, Interval b) => new(a.Low + b.Low, a.Likely + b.Likely, a.High + b.High);

    /// <summary>Scaled by a factor that is not negative.</summary>
    public static Interval operator *(Interval a, double factor) => new(a.Low * factor, a.Likely * factor, a.High * factor);
}

/// <summary>What one execution of a task takes on one device in one configuration.</summary>
/// <param name="P50">Median time in seconds.</param>
/// <param name="P95">Time in seconds that 95 of 100 executions stay within, queueing included.</param>
/// <param name="Busy">Seconds of one replica that an execution occupies: what throughput is computed from.</param>
/// <param name="Memory">Bytes that must stay resident (weights, KV, index).</param>
/// <param name="Model">The cost model that answered, such as <c>roofline</c>, <c>measured</c>, <c>declared</c>.</param>
/// <param name="Source">Where its numbers come from, for people.</param>
public sealed record Estimate(Interval P50, Interval P95, Interval Busy, Bytes Memory, string Model, string Source)
{
    /// <summary>Share of the time, 0..1, after which a consumer of the stream can begin: the first sentence of a text, the first chunk of speech.</summary>
    public double FirstShare { get; init; } = 1;

    /// <summary>What runs on the machine taught: its times are the model's alone times this; null where they taught nothing.</summary>
    public double? Correction { get; init; }

    /// <summary>Whether anything supports the times. Where nothing does, likely is not a number, low is 0 and high is infinite.</summary>
    public bool IsKnown => double.IsFinite(P50.Likely);

    /// <summary>No support for any time; <paramref name="source"/> says what is missing.</summary>
    public static Estimate Unknown(Bytes memory, string source)
    {
        var nothing = new Interval(0, double.NaN, double.PositiveInfinity);
        return new Estimate(nothing, nothing, nothing, memory, "unknown", source);
    }
}
