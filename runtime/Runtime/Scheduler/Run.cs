using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>One run of a workflow. Everything here happens on its loop, except where targets report pieces.</summary>
internal sealed partial class Run
{
    private const int NoteLimit = 100;

    private readonly GraphProgram _program;
    private readonly ImmutableDictionary<string, Datum> _inputs;
    private readonly RunServices _services;
    private readonly TargetEnvironment _environment;
    private readonly EngineOptions _options;
    private readonly EventLoop _loop;
    private readonly TimeProvider _clock;
    private readonly LeafGate _gate;
    private readonly TaskRecorder _recorder;
    private readonly List<string> _notes = [];
    private readonly (ITarget? Target, string Why)?[] _targets;
    private Scope? _root;
    private Exception? _bug;
    private long _start;
    private long _steps;
    private long _firstPiece = -1;

    public Run(
        GraphProgram program, ImmutableDictionary<string, Datum> inputs, RunServices services, TargetEnvironment environment, EngineOptions options, EventLoop loop)
    {
        (_program, _inputs, _services, _environment, _options, _loop) = (program, inputs, services, environment, options, loop);
        _clock = environment.Clock;
        _gate = new LeafGate(options.MaxConcurrency);
        _recorder = new TaskRecorder(program.Graph);
        _targets = new (ITarget?, string)?[program.Steps.Length];
    }

    /// <summary>Runs to the end; nothing of the run is left when this returns.</summary>
    public async ValueTask<RunResult> ExecuteAsync(CancellationToken cancellationToken)
    {
        _start = _clock.GetTimestamp();
        using var root = new Scope(cancellationToken, _options.Deadline, _clock);
        _root = root;
        Datum? value = null;
        StepFailedException? failure = null;
        try
        {
            value = await new Frame(this, _program.Root, null, root).ExecuteAsync();
        }
        catch (OperationCanceledException) when (root.Failure is not null)
        {
            failure = root.Failure;
        }
        catch (OperationCanceledException) when (root.IsExpired)
        {
            failure = Faults.At("ORC5005", null, $"the run did not finish within {new Seconds(_options.Deadline?.TotalSeconds ?? 0)}", "allow more time, or give slow calls a 'within' and a fallback");
        }
        catch (OperationCanceledException) when (_bug is not null)
        {
        }
        finally
        {
            _options.Events?.End();
        }

        if (_bug is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_bug);
        }

        return new RunResult
        {
            Value = value,
            Failure = failure?.Diagnostic,
            Elapsed = _clock.GetElapsedTime(_start),
            FirstPiece = _firstPiece >= 0 ? _clock.GetElapsedTime(_start, _firstPiece) : null,
            Steps = _steps,
            Tasks = _recorder.ToMeasures(),
            Tokens = _recorder.Tokens,
            Notes = [.. _notes],
        };
    }

    /// <summary>Counts a step; false when the run has executed as many as it may.</summary>
    public bool TryBegin(StepPlan step, Scope scope)
    {
        if (_steps >= _options.MaxSteps)
        {
            (_root ?? scope).Fail(Faults.At("ORC5004", step.Step, FormattableString.Invariant($"the run executed {_options.MaxSteps} steps and would go on"), "bound the loops and maps that hold it"));
            return false;
        }

        _steps++;
        return true;
    }

    /// <summary>The value of a step that only computes, or null after telling its scope why there is none.</summary>
    public Datum? Evaluate(StepPlan step, Frame frame)
    {
        try
        {
            return Compute(step, frame);
        }
        catch (StepFailedException failure)
        {
            Tell(RunEventKind.Failed, step, failure.Message);
            frame.Scope.Fail(failure);
        }
        catch (Exception bug)
        {
            Fault(bug);
        }

        return null;
    }

    /// <summary>Executes a step that takes time; the frame hears of its end.</summary>
    public void Execute(StepPlan step, Frame frame) => _ = ExecuteAsync(step, frame);

    private async Task ExecuteAsync(StepPlan step, Frame frame)
    {
        Datum? value = null;
        try
        {
            Tell(RunEventKind.Started, step, "");
            value = await WithOptionsAsync(step, frame);
            Tell(RunEventKind.Finished, step, "");
        }
        catch (StepFailedException failure)
        {
            Tell(RunEventKind.Failed, step, failure.Message);
            frame.Scope.Fail(failure);
        }
        catch (OperationCanceledException) when (frame.Scope.IsCancelled)
        {
            // Stopped from outside; whoever stopped it knows why.
        }
        catch (Exception bug)
        {
            Fault(bug);
        }

        if (value is not null)
        {
            frame.Finish(step, value);
        }
        else
        {
            frame.Abandon();
        }
    }

    private Datum Compute(StepPlan plan, Frame frame)
    {
        Step step = plan.Step;
        switch (step.Kind)
        {
            case StepKind.Constant:
                return plan.Constant ?? Datum.None;
            case StepKind.Input:
                return _inputs.GetValueOrDefault(plan.Name) ?? throw Faults.At("ORC5002", step, $"input '{plan.Name}' is not given", "give it");
            case StepKind.Field:
                return ValueSteps.Field(step, plan.Name, frame.Read(plan.Operands[0]));
        }

        Datum[] values = ReadOperands(plan, frame);
        switch (step.Kind)
        {
            case StepKind.Template:
                return ValueSteps.Template(step, plan.Texts, values, _options.MaxValueBytes);
            case StepKind.List:
                return new ListDatum(System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(values));
            case StepKind.Record when plan.Texts.Length == values.Length:
                return new RecordDatum([.. values.Select((v, i) => KeyValuePair.Create(plan.Texts[i], v))]);
            case StepKind.Operator when plan.Name == "available":
                return new BoolDatum(IsAvailable(StepDecoder.Text(step, "symbol")));
            case StepKind.Operator:
                Datum result = Operators.Apply(step, plan.Name, values);
                return plan.Name is "add" or "join" ? Bounded(step, result) : result;
            default:
                throw Faults.At("ORC5003", step, "the step lacks a part", "compile the workflow again: its plan is damaged");
        }
    }

    private static Datum[] ReadOperands(StepPlan plan, Frame frame)
    {
        var values = new Datum[plan.Operands.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = frame.Read(plan.Operands[i]);
        }

        return values;
    }

    private bool IsAvailable(string symbol)
    {
        symbol = symbol.TrimStart('@');
        StepPlan? user = _program.Steps.FirstOrDefault(s => s.Service?.Symbol == symbol);
        bool available = user is not null && FindTarget(user, out _) is not null;
        if (!available && user is not null)
        {
            FindTarget(user, out string why);
            Note($"'{symbol}' is not available: {why}");
        }

        return available;
    }

    private Datum Bounded(Step step, Datum value) =>
        ValueSteps.SizeOf(value, _options.MaxValueBytes) > _options.MaxValueBytes ? throw ValueSteps.TooLarge(step, _options.MaxValueBytes) : value;

    private void Fault(Exception bug)
    {
        _bug ??= bug;
        _root?.Cancel();
    }

    private void Note(string note)
    {
        if (_notes.Count < NoteLimit && !_notes.Contains(note))
        {
            _notes.Add(note);
            _options.Events?.Write(new RunEvent(RunEventKind.Note, -1, "", _clock.GetElapsedTime(_start), note));
        }
    }

    private void Tell(RunEventKind kind, StepPlan step, string text) =>
        _options.Events?.Write(new RunEvent(kind, step.Step.Id, step.Step.Name, _clock.GetElapsedTime(_start), text));
}
