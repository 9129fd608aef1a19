namespace Orchestrator.Runtime;

/// <summary>Bounds how many leaf steps of a run execute at the same time; first come, first served. Used on the loop only.</summary>
internal sealed class LeafGate(int free)
{
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _free = free;

    /// <summary>Waits for a slot.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        if (_free > 0)
        {
            _free--;
            return;
        }

        var turn = new TaskCompletionSource();
        _waiting.Enqueue(turn);
        await using CancellationTokenRegistration _ = cancellationToken.UnsafeRegister(static (s, token) => ((TaskCompletionSource)s!).TrySetCanceled(token), turn);
        await turn.Task;
    }

    /// <summary>Gives a slot back, or on to the next that still wants it.</summary>
    public void Leave()
    {
        while (_waiting.TryDequeue(out TaskCompletionSource? next))
        {
            if (next.TrySetResult())
            {
                return;
            }
        }

        _free++;
    }
}
