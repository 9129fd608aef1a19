using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Targets.Simulated;

/// <summary>What a simulated execution gives.</summary>
/// <param name="After">Time until it answers, on the environment's clock; not negative.</param>
/// <param name="Value">The value.</param>
public sealed record SimulatedAnswer(TimeSpan After, Datum Value)
{
    /// <summary>Fails with this instead of giving the value.</summary>
    public StepFailedException? Failure { get; init; }

    /// <summary>Times of phases to report.</summary>
    public System.Collections.Immutable.ImmutableArray<PhaseTime> Phases { get; init; } = [];
}

/// <summary>Stands in for any executor: answers what it is told, after the time that it is told, on whatever clock the run has.</summary>
/// <param name="answer">Says what an execution gives; called once for each.</param>
[Target("simulated")]
public sealed class SimulatedTarget(Func<StepRequest, SimulatedAnswer> answer) : ITarget
{
    private int _executing;
    private int _most;
    private int _cancelled;

    /// <summary>Executions that are under way.</summary>
    public int Executing => Volatile.Read(ref _executing);

    /// <summary>Most executions that were under way at the same time.</summary>
    public int MostExecuting => Volatile.Read(ref _most);

    /// <summary>Executions that were cancelled.</summary>
    public int Cancelled => Volatile.Read(ref _cancelled);

    /// <inheritdoc/>
    public string? WhyUnavailable(Declaration service, TargetEnvironment environment) => null;

    /// <inheritdoc/>
    public async ValueTask<StepResult> ExecuteAsync(StepRequest request, CancellationToken cancellationToken)
    {
        SimulatedAnswer given = answer(request);
        int now = Interlocked.Increment(ref _executing);
        for (int most = MostExecuting; now > most && Interlocked.CompareExchange(ref _most, now, most) != most; most = MostExecuting)
        {
        }

        try
        {
            if (given.After > TimeSpan.Zero)
            {
                await Task.Delay(given.After, request.Environment.Clock, cancellationToken).ConfigureAwait(EventLoop.Running is not null);
            }

            return given.Failure is null ? new StepResult(given.Value) { Phases = given.Phases } : throw given.Failure;
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _executing);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;
}
