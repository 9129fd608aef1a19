using System.Threading.Channels;

namespace Orchestrator.Runtime;

/// <summary>What happened to a step.</summary>
public enum RunEventKind
{
    /// <summary>A leaf or control step started.</summary>
    Started,

    /// <summary>It has its value.</summary>
    Finished,

    /// <summary>It failed; the text says why. What holds it may still fall back.</summary>
    Failed,

    /// <summary>It is tried again; the text says why.</summary>
    Retried,

    /// <summary>A piece of its text came.</summary>
    Piece,

    /// <summary>Something a person should know; no step.</summary>
    Note,
}

/// <summary>Something that happened in a run.</summary>
/// <param name="Kind">What.</param>
/// <param name="Step">Step id, or -1.</param>
/// <param name="Name">The step's name, or empty.</param>
/// <param name="At">Time since the start of the run.</param>
/// <param name="Text">The piece, the reason or the note; else empty.</param>
public readonly record struct RunEvent(RunEventKind Kind, int Step, string Name, TimeSpan At, string Text);

/// <summary>
/// A bounded stream of events: a slow reader loses the oldest ones and is told how many, and never slows the run. Ends when the run ends.
/// </summary>
public sealed class RunEvents
{
    private readonly Channel<RunEvent> _channel;
    private long _dropped;

    /// <summary>With room for <paramref name="capacity"/> events that nobody has read yet (at least 1).</summary>
    public RunEvents(int capacity = 4096) => _channel = Channel.CreateBounded<RunEvent>(
        new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        _ => Interlocked.Increment(ref _dropped));

    /// <summary>How many events were lost so far.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>The events in order; completes with the run.</summary>
    public IAsyncEnumerable<RunEvent> ReadAllAsync(CancellationToken cancellationToken = default) => _channel.Reader.ReadAllAsync(cancellationToken);

    internal void Write(in RunEvent happened) => _channel.Writer.TryWrite(happened);

    internal void End() => _channel.Writer.TryComplete();
}
