using System.Runtime.CompilerServices;

namespace Orchestrator.Runtime;

/// <summary>Awaiting this goes on on the thread pool, or simply goes on.</summary>
internal readonly struct PoolSwitch(bool leaves) : ICriticalNotifyCompletion
{
    public bool IsCompleted => !leaves;

    public PoolSwitch GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) =>
        ThreadPool.UnsafeQueueUserWorkItem(static go => go(), continuation, preferLocal: false);
}
