using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>Leaf steps: targets, attempts, time limits, people and memories.</summary>
internal sealed partial class Run
{
    /// <summary>The code of a target's failure when there is nobody who could answer.</summary>
    public const string NobodyThere = "ORC5501";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestAskedPause = TimeSpan.FromSeconds(30);
    private static readonly Declaration Person = new("human", "human", "", "", ImmutableSortedDictionary<string, System.Text.Json.JsonElement>.Empty);

    private ValueTask<Datum> WithOptionsAsync(StepPlan step, Frame frame) =>
        step.Within is null && step.Retry == 0 ? OnceAsync(step, frame, frame.Scope) : RetryAsync(step, frame);

    private async ValueTask<Datum> RetryAsync(StepPlan step, Frame frame)
    {
        using var limit = new Scope(frame.Scope.Token, step.Within, _clock);
        try
        {
            for (int attempt = 0; ; attempt++)
            {
                Outcome outcome = await AttemptAsync(scope => OnceAsync(step, frame, scope), limit.Token);
                if (outcome.Value is { } value)
                {
                    return value;
                }

                StepFailedException failure = outcome.Failure!; // There is a failure where there is no value.
                if (attempt >= step.Retry || !failure.IsTransient)
                {
                    throw failure;
                }

                Tell(RunEventKind.Retried, step, failure.Message);
                await Task.Delay(Pause(attempt, failure.RetryAfter), _clock, limit.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsExpired && !frame.Scope.IsCancelled)
        {
            throw Expired(step, step.Within, "within");
        }
    }

    private static TimeSpan Pause(int attempt, TimeSpan? asked)
    {
        TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(attempt, 10));
        pause = pause > LongestPause ? LongestPause : pause;
        return asked is not { } longer || longer <= pause ? pause : longer > LongestAskedPause ? LongestAskedPause : longer;
    }

    private static StepFailedException Expired(StepPlan step, TimeSpan? limit, string option) => Faults.At("ORC5006", step.Step,
        $"there was no answer within {new Seconds(limit?.TotalSeconds ?? 0)}", $"raise its '{option}', or give it a fallback: try {{ … }} else {{ … }}", transient: true);

    /// <summary>Runs a part in a scope of its own; a failure inside is its outcome. Throws only when stopped from outside, or for bugs.</summary>
    private static async ValueTask<Outcome> AttemptAsync(Func<Scope, ValueTask<Datum>> part, CancellationToken outside)
    {
        using var scope = new Scope(outside);
        try
        {
            return new Outcome(await part(scope), null);
        }
        catch (StepFailedException failure) when (!outside.IsCancellationRequested)
        {
            return new Outcome(null, failure);
        }
        catch (OperationCanceledException) when (scope.Failure is not null && !outside.IsCancellationRequested)
        {
            return new Outcome(null, scope.Failure);
        }
    }

    private ValueTask<Datum> OnceAsync(StepPlan step, Frame frame, Scope scope) => step.Step.Kind switch
    {
        StepKind.Recall => RecallAsync(step, frame, scope),
        StepKind.Remember => RememberAsync(step, frame, scope),
        StepKind.Human => HumanAsync(step, frame, scope),
        StepKind.Call or StepKind.Tool or StepKind.Lookup or StepKind.Embed or StepKind.Transcribe or StepKind.Speak => LeafAsync(step, frame, scope),
        _ => ControlAsync(step, frame, scope),
    };

    private async ValueTask<Datum> LeafAsync(StepPlan step, Frame frame, Scope scope)
    {
        ITarget target = FindTarget(step, out string why) ?? throw Faults.At("ORC5007", step.Step,
            $"'{step.Service?.Symbol ?? step.Executor}' is not available: {why}", "make it available, or test available(…) and give an alternative");
        await _gate.EnterAsync(scope.Token);
        try
        {
            return await AskAsync(step, frame, scope, target, step.Timeout, "timeout");
        }
        finally
        {
            _gate.Leave();
        }
    }

    private async ValueTask<Datum> AskAsync(StepPlan step, Frame frame, Scope scope, ITarget target, TimeSpan? timeout, string option)
    {
        var request = new StepRequest(step.Step, step.Service, [.. ReadOperands(step, frame)], _environment) { OnPiece = Listener(step) };
        using Scope? limit = timeout is null ? null : new Scope(scope.Token, timeout, _clock);
        CancellationToken token = limit?.Token ?? scope.Token;
        long start = _clock.GetTimestamp();
        StepResult result;
        try
        {
            result = await CallAsync(target, request, token);
        }
        catch (OperationCanceledException) when (limit is { IsExpired: true } && !scope.IsCancelled)
        {
            throw Expired(step, timeout, option);
        }
        catch (OperationCanceledException e) when (!token.IsCancellationRequested)
        {
            throw Faults.At("ORC5008", step.Step, $"'{step.Service?.Symbol}' gave up: {e.Message}", "try again; 'retry 2' after the call does it for you", transient: true);
        }

        _recorder.Record(step.Tasks, _clock.GetElapsedTime(start), result);
        if (result.Note is { } note)
        {
            Note(note);
        }

        Datum value = step.Type.Fit(result.Value, out string problem) ?? throw Faults.At("ORC5009", step.Step,
            $"the result of '{step.Service?.Symbol ?? "the person"}' is not of its type {step.Step.Type}: {problem}", "correct what it gives, or the type that is declared for it", transient: true);
        return Bounded(step.Step, value);
    }

    private async Task<StepResult> CallAsync(ITarget target, StepRequest request, CancellationToken cancellationToken)
    {
        await _loop.LeaveLoop();
        cancellationToken.ThrowIfCancellationRequested();
        return await target.ExecuteAsync(request, cancellationToken).ConfigureAwait(_loop.IsDriven);
    }

    private ITarget? FindTarget(StepPlan step, out string why)
    {
        if (_targets[step.Step.Id] is not { } found)
        {
            Declaration? service = step.Service ?? (step.Step.Kind == StepKind.Human ? Person : null);
            why = "the plan does not declare it";
            ITarget? target = service is null ? null : _services.Targets.Find(step.Executor, service, _environment, out why);
            _targets[step.Step.Id] = found = (target, why);
        }

        why = found.Why;
        return found.Target;
    }

    // Called by targets on their own threads; pieces of one call come one after the other.
    private Action<string>? Listener(StepPlan step)
    {
        if (_options.Events is null && !step.Streams)
        {
            return null;
        }

        return piece =>
        {
            Tell(RunEventKind.Piece, step, piece);
            if (step.Streams)
            {
                Interlocked.CompareExchange(ref _firstPiece, _clock.GetTimestamp(), -1);
                _options.OnPiece?.Invoke(piece);
            }
        };
    }

    private async ValueTask<Datum> RecallAsync(StepPlan step, Frame frame, Scope scope)
    {
        Datum? found = await _services.Memory.RecallAsync(step.Step.Service ?? "", frame.Read(step.Operands[0]).ToText(), scope.Token);
        return found ?? Datum.None;
    }

    private async ValueTask<Datum> RememberAsync(StepPlan step, Frame frame, Scope scope)
    {
        Datum value = frame.Read(step.Operands[1]);
        return await _services.Memory.RememberAsync(step.Step.Service ?? "", frame.Read(step.Operands[0]).ToText(), value, scope.Token)
            ? value
            : throw Faults.At("ORC5016", step.Step, $"the memory '{step.Step.Service}' is full", "remember less, or under fewer keys");
    }

    // A person is not bounded by the gate: questions wait, they do not work.
    private async ValueTask<Datum> HumanAsync(StepPlan step, Frame frame, Scope scope)
    {
        StepFailedException unanswered;
        if (_options.NoHumans)
        {
            unanswered = Faults.At(NobodyThere, step.Step, "nobody was there to answer", "run it where a person can answer, or give a fallback: within … else …");
        }
        else
        {
            ITarget target = FindTarget(step, out string why) ?? throw Faults.At("ORC5007", step.Step, $"no person can be asked: {why}", "run it where a person can answer");
            try
            {
                return await AskAsync(step, frame, scope, target, step.Deadline, "within");
            }
            catch (StepFailedException failure) when (failure.Diagnostic.Code is NobodyThere or "ORC5006")
            {
                unanswered = failure;
            }
        }

        if (step.Regions.Length == 0)
        {
            throw unanswered;
        }

        Note(unanswered.Diagnostic.Code == NobodyThere
            ? $"'{step.Step.Name}': nobody was there to answer; the fallback was used"
            : $"'{step.Step.Name}': nobody answered in time; the fallback was used");
        return await RegionAsync(step.Regions[0], frame, scope);
    }
}
