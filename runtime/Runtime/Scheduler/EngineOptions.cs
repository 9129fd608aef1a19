namespace Orchestrator.Runtime;

/// <summary>Limits and listeners of one run. Reaching a limit is an error of the run, never a hang.</summary>
public sealed record EngineOptions
{
    /// <summary>Most time for the whole run; null for no limit.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Leaf steps executing at the same time, people not counted; at least 1.</summary>
    public int MaxConcurrency { get; init; } = 64;

    /// <summary>Elements of one map worked on at the same time; at least 1.</summary>
    public int MapDegree { get; init; } = 64;

    /// <summary>Steps that one run may execute, rounds and elements counted each.</summary>
    public long MaxSteps { get; init; } = 10_000_000;

    /// <summary>Elements that a map, gather or best-of may have when the workflow gives no bound of its own.</summary>
    public int MaxItems { get; init; } = 100_000;

    /// <summary>Bytes that one value may take.</summary>
    public long MaxValueBytes { get; init; } = 256L << 20;

    /// <summary>Nobody is there to answer: questions to people get their fallback at once.</summary>
    public bool NoHumans { get; init; }

    /// <summary>Receives the events of the run, or null.</summary>
    public RunEvents? Events { get; init; }

    /// <summary>Receives the pieces of the workflow's value as they come, in order and complete, when the value is the text of one model call.</summary>
    public Action<string>? OnPiece { get; init; }
}
