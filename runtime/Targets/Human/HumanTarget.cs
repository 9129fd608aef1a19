using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Targets.Human;

/// <summary>
/// People as an executor: questions wait in a queue until the desk, or anybody through <see cref="TryAnswer"/>, answers, or until the engine's time is up.
/// </summary>
/// <param name="desk">Asked for every question in turn; null leaves questions in the queue.</param>
[Target("human")]
public sealed class HumanTarget(IHumanDesk? desk = null) : ITarget
{
    private const int Attempts = 3;
    private const int QueueLimit = 10_000;

    private readonly ConcurrentDictionary<long, (HumanQuestion Question, TaskCompletionSource<string?> Answer)> _pending = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _last;

    /// <summary>Questions without an answer, oldest first.</summary>
    public ImmutableArray<HumanQuestion> Pending => [.. _pending.Values.Select(p => p.Question).OrderBy(q => q.Id)];

    /// <summary>Answers a question; false when it is not waiting any more. An answer that does not fit makes the question come back with the problem.</summary>
    public bool TryAnswer(long id, string answer) => _pending.TryGetValue(id, out (HumanQuestion Question, TaskCompletionSource<string?> Answer) waiting) && waiting.Answer.TrySetResult(answer);

    /// <inheritdoc/>
    public string? WhyUnavailable(Declaration service, TargetEnvironment environment) => null;

    /// <inheritdoc/>
    public async ValueTask<StepResult> ExecuteAsync(StepRequest request, CancellationToken cancellationToken)
    {
        DatumType type = DatumType.Parse(request.Step.Type);
        string prompt = request.Operands.IsEmpty ? "" : request.Operands[0].ToText();
        string problem = "";
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            var question = new HumanQuestion(Interlocked.Increment(ref _last), request.Step.Name, prompt, request.Step.Type, request.Environment.Clock.GetUtcNow(), problem);
            string? answer = await AskAsync(question, request, cancellationToken).ConfigureAwait(false);
            if (answer is null)
            {
                throw Faults.At("ORC5501", request.Step, "nobody was there to answer", "run it where a person can answer, or give a fallback: within … else …");
            }

            if (HumanAnswer.Read(answer, type, out problem) is { } value)
            {
                return new StepResult(value);
            }
        }

        throw Faults.At("ORC5502", request.Step, $"the answer does not fit {request.Step.Type}: {problem}", "answer in JSON, or in lines of name=value");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return default;
    }

    private async Task<string?> AskAsync(HumanQuestion question, StepRequest request, CancellationToken cancellationToken)
    {
        if (_pending.Count >= QueueLimit)
        {
            throw Faults.At("ORC5503", request.Step, "too many questions wait for an answer", "answer some, or ask fewer");
        }

        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[question.Id] = (question, answer);
        try
        {
            if (desk is null)
            {
                return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task<string?> atDesk = AskDeskAsync(desk, question, stop.Token);
            Task<string?> first = await Task.WhenAny(atDesk, answer.Task).ConfigureAwait(false);
            if (first != atDesk)
            {
                await stop.CancelAsync().ConfigureAwait(false);
                await ((Task)atDesk).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return await first.ConfigureAwait(false);
        }
        finally
        {
            _pending.TryRemove(question.Id, out _);
        }
    }

    private async Task<string?> AskDeskAsync(IHumanDesk at, HumanQuestion question, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await at.AskAsync(question, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
