namespace Orchestrator.Runtime;

/// <summary>A clock that stands still until <see cref="FireNext"/>: time passes from timer to timer, in the order of their due times, then of their making.</summary>
public sealed class VirtualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(VirtualTimer Timer, int Version), (long Due, long Order)> _timers = new();
    private readonly DateTimeOffset _start;
    private long _now;
    private long _order;

    /// <summary>Starts at a fixed date, or at the one given.</summary>
    public VirtualClock(DateTimeOffset? start = null) => _start = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _now));

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _now);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the next timer and fires it; false when none is set.</summary>
    public bool FireNext()
    {
        while (true)
        {
            VirtualTimer timer;
            lock (_gate)
            {
                if (!_timers.TryDequeue(out (VirtualTimer Timer, int Version) next, out (long Due, long Order) at))
                {
                    return false;
                }

                if (next.Version != next.Timer.Version)
                {
                    continue; // Changed or disposed since it was set.
                }

                Interlocked.Exchange(ref _now, Math.Max(_now, at.Due));
                timer = next.Timer;
                timer.SetAgain();
            }

            EventLoop.WithoutLoop(static t => t.Callback(t.State), timer);
            return true;
        }
    }

    /// <summary>
    /// Runs <paramref name="body"/> to its end on a driven loop, moving the clock whenever nothing else is left to do: a whole run, or many, in no real time
    /// and with the same order of events every time.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing is left that could happen and the body has not ended.</exception>
    public T Run<T>(Func<ValueTask<T>> body)
    {
        var loop = new EventLoop(driven: true);
        Task<T>? task = null;
        loop.Post(_ => task = body().AsTask(), null);
        do
        {
            if (!loop.RunPending() && !FireNext())
            {
                throw new InvalidOperationException("the simulation stands still: nothing is left that could happen");
            }
        }
        while (task is not { IsCompleted: true });
        return task.GetAwaiter().GetResult();
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public TimerCallback Callback => callback;

        public object? State => state;

        public int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Version++;
                _period = period;
                Set(dueTime);
                return true;
            }
        }

        public void SetAgain()
        {
            if (_period > TimeSpan.Zero)
            {
                Set(_period);
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                Version++;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Set(TimeSpan dueTime)
        {
            if (dueTime >= TimeSpan.Zero)
            {
                clock._timers.Enqueue((this, Version), (clock._now + dueTime.Ticks, clock._order++));
            }
        }
    }
}
