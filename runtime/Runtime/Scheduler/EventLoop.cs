namespace Orchestrator.Runtime;

/// <summary>
/// The queue of a run and the one loop that acts on it: everything the engine decides happens here, one thing at a time, so that no state
/// of a run needs a lock. Targets work elsewhere (on the thread pool) and their answers come back through the queue.
/// A driven loop is pumped by its owner instead and executes targets in place; with a <see cref="VirtualClock"/> that makes a run a simulation.
/// </summary>
public sealed class EventLoop : SynchronizationContext, IThreadPoolWorkItem
{
    // Long enough to pay for the switch, short enough that many runs share two cores fairly.
    private const int EventsPerTurn = 256;

    private readonly Lock _gate = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _events = new();
    private bool _pumping;

    /// <summary>A loop that pumps itself on the thread pool, or one that its owner drives through <see cref="RunPending"/>.</summary>
    public EventLoop(bool driven = false) => IsDriven = driven;

    /// <summary>Whether the owner pumps; targets then execute inside the loop.</summary>
    public bool IsDriven { get; }

    /// <summary>The loop that the caller is running on, or null.</summary>
    public static EventLoop? Running => SynchronizationContext.Current as EventLoop;

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _events.Enqueue((d, state));
            if (_pumping || IsDriven)
            {
                return;
            }

            _pumping = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("nothing waits for the loop");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Acts on everything queued, in order; false when there was nothing.</summary>
    public bool RunPending()
    {
        bool any = false;
        while (TryTake(out (SendOrPostCallback Callback, object? State) next))
        {
            any = true;
            Act(next);
        }

        return any;
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        for (int i = 0; i < EventsPerTurn; i++)
        {
            (SendOrPostCallback Callback, object? State) next;
            lock (_gate)
            {
                if (!_events.TryDequeue(out next))
                {
                    _pumping = false;
                    return;
                }
            }

            Act(next);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Where a target starts to work: the thread pool, or in place on a driven loop.</summary>
    internal PoolSwitch LeaveLoop() => new(!IsDriven);

    private bool TryTake(out (SendOrPostCallback Callback, object? State) next)
    {
        lock (_gate)
        {
            return _events.TryDequeue(out next);
        }
    }

    private void Act((SendOrPostCallback Callback, object? State) next)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SetSynchronizationContext(this);
        try
        {
            next.Callback(next.State);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs something with no loop current, so that continuations that asked for no context run at once and not on the thread pool.</summary>
    internal static void WithoutLoop<T>(Action<T> action, T state)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SetSynchronizationContext(null);
        try
        {
            action(state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
