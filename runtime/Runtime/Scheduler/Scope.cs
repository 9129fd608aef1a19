namespace Orchestrator.Runtime;

/// <summary>
/// Steps that stop together: the whole run, a branch of a race, the body of a try, one attempt with a time limit. The first failure inside is kept and
/// stops the rest; whoever opened the scope decides what the failure means once everything inside has ended.
/// </summary>
internal sealed class Scope : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly ITimer? _timer;
    private volatile bool _expired;

    public Scope(CancellationToken outside, TimeSpan? limit = null, TimeProvider? clock = null)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(outside);
        Token = _source.Token;
        if (limit is { } time && clock is not null)
        {
            _timer = clock.CreateTimer(static s => ((Scope)s!).Expire(), this, time, Timeout.InfiniteTimeSpan);
        }
    }

    public CancellationToken Token { get; }

    public bool IsCancelled => Token.IsCancellationRequested;

    /// <summary>Whether the time limit was reached.</summary>
    public bool IsExpired => _expired;

    /// <summary>The first failure inside; null while all is well and when only the outside stopped it.</summary>
    public StepFailedException? Failure { get; private set; }

    public void Fail(StepFailedException failure)
    {
        if (!IsCancelled)
        {
            Failure ??= failure;
        }

        Cancel();
    }

    // Continuations that asked for no context run here and now, so that a driven loop sees all that follows from stopping.
    public void Cancel() => EventLoop.WithoutLoop(static s => s.Cancel(), _source);

    public void Dispose()
    {
        _timer?.Dispose();
        _source.Dispose();
    }

    private void Expire()
    {
        _expired = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended while the timer fired.
        }
    }
}

/// <summary>How a part that may fail ended.</summary>
internal readonly record struct Outcome(Datum? Value, StepFailedException? Failure);
