namespace Orchestrator.Runtime;

/// <summary>Parts that run against each other until enough have a value, no more can, or time is up; then the rest is stopped and awaited.</summary>
internal sealed class Contest(int size, int wanted, CancellationToken outside) : IDisposable
{
    private readonly Scope _scope = new(outside);
    private readonly TaskCompletionSource _decided = new();
    private readonly List<Task> _entries = new(size);
    private int _ended;

    public CancellationToken Token => _scope.Token;

    /// <summary>In the order in which they came.</summary>
    public List<(int Index, Datum Value)> Winners { get; } = [];

    public StepFailedException? FirstFailure { get; private set; }

    /// <summary>Whether entering more would be in vain.</summary>
    public bool IsDecided => _decided.Task.IsCompleted;

    /// <summary>Whether time was up before it was decided.</summary>
    public bool IsLate { get; private set; }

    public void Enter(ValueTask<Outcome> part) => _entries.Add(FollowAsync(_entries.Count, part));

    /// <summary>Waits for the decision, stops the rest, and waits for that too. Throws when stopped from outside, and what a bug threw.</summary>
    public async ValueTask DecideAsync(TimeSpan? deadline, TimeProvider clock)
    {
        if (deadline is { } time && !_decided.Task.IsCompleted)
        {
            Task late = Task.Delay(time, clock, Token);
            IsLate = await Task.WhenAny(_decided.Task, late) == late && !Token.IsCancellationRequested;
        }
        else
        {
            await _decided.Task;
        }

        _scope.Cancel();
        await Task.WhenAll(_entries);
        outside.ThrowIfCancellationRequested();
    }

    public void Dispose() => _scope.Dispose();

    private async Task FollowAsync(int index, ValueTask<Outcome> part)
    {
        try
        {
            Outcome outcome = await part;
            if (outcome.Value is { } value)
            {
                Winners.Add((index, value));
            }
            else
            {
                FirstFailure ??= outcome.Failure;
            }
        }
        catch (OperationCanceledException) when (Token.IsCancellationRequested)
        {
            // Stopped because it was decided, or from outside.
        }
        finally
        {
            _ended++;
            if (_ended == size || Winners.Count >= wanted || (wanted < size && Winners.Count + size - _ended < wanted))
            {
                _decided.TrySetResult();
            }
        }
    }
}
