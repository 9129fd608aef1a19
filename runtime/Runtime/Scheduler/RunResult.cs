using System.Collections.Immutable;
using Orchestrator.Diagnostics;

namespace Orchestrator.Runtime;

/// <summary>What a run gave.</summary>
public sealed record RunResult
{
    /// <summary>The workflow's value; null when the run failed.</summary>
    public Datum? Value { get; init; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public Diagnostic? Failure { get; init; }

    /// <summary>Time from start to end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Time from start to the first piece of the value; null when nothing streamed.</summary>
    public TimeSpan? FirstPiece { get; init; }

    /// <summary>Steps executed.</summary>
    public long Steps { get; init; }

    /// <summary>What each task took, by task id.</summary>
    public ImmutableArray<TaskMeasure> Tasks { get; init; } = [];

    /// <summary>Tokens read and written by models, where counted.</summary>
    public (long In, long Out) Tokens { get; init; }

    /// <summary>Things a person should know, each once.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

/// <summary>Executions of one task in one run.</summary>
/// <param name="Executions">How often it was executed to an end.</param>
/// <param name="Total">Time of all of them together, waiting for a free slot not counted.</param>
/// <param name="LastMs">Milliseconds of the last ones, oldest first, at most 64.</param>
public sealed record TaskMeasure(int Executions, TimeSpan Total, ImmutableArray<double> LastMs);
