namespace Orchestrator.Runtime;

/// <summary>
/// One execution of a region. Invariants: all of it happens on the run's loop; a slot is null until its value is there; a step becomes ready once, when what
/// it waits for (<c>_waits</c>) is done; the frame ends when nothing in it runs and everything is done or the scope was cancelled.
/// </summary>
internal sealed class Frame
{
    private readonly Run _run;
    private readonly Datum?[] _values;
    private readonly int[] _waits;
    private readonly int[] _ready;
    private readonly TaskCompletionSource _end = new();
    private List<(Frame Frame, int Local)>?[]? _readers;
    private CancellationTokenRegistration _wake;
    private int _readyHead;
    private int _readyTail;
    private int _left;
    private int _running;
    private bool _draining;
    private bool _ended;

    public Frame(Run run, RegionPlan plan, Frame? outer, Scope scope)
    {
        _run = run;
        Plan = plan;
        Outer = outer;
        Scope = scope;
        _values = new Datum?[plan.Slots];
        _waits = [.. plan.Waits];
        _ready = new int[plan.Steps.Length];
        _left = plan.Steps.Length;
    }

    public RegionPlan Plan { get; }

    public Frame? Outer { get; }

    public Scope Scope { get; }

    public void SetArgument(int index, Datum value) => _values[index] = value;

    /// <summary>A value that is known to be there.</summary>
    public Datum Read(ValueRef value) => At(value.Hops)._values[value.Slot] ?? throw new InvalidOperationException("a step ran before its operands");

    /// <summary>Executes the region to its end; cancelled when its scope is.</summary>
    public async ValueTask<Datum> ExecuteAsync()
    {
        Start();
        await _end.Task;
        if (_left > 0)
        {
            Scope.Token.ThrowIfCancellationRequested();
            throw new InvalidOperationException("a region stands still: its steps wait for each other");
        }

        return Plan.Yield.Length switch
        {
            0 => Datum.None,
            1 => Read(Plan.Yield[0]),
            _ => new ListDatum([.. Plan.Yield.Select(Read)]),
        };
    }

    /// <summary>A step that was running has its value.</summary>
    public void Finish(StepPlan step, Datum value)
    {
        _running--;
        Define(step, value);
        Drain();
    }

    /// <summary>A step that was running has none; the scope was told why.</summary>
    public void Abandon()
    {
        _running--;
        Drain();
    }

    private Frame At(int hops)
    {
        Frame frame = this;
        for (; hops > 0; hops--)
        {
            frame = frame.Outer ?? throw new InvalidOperationException("a value is outside of everything");
        }

        return frame;
    }

    private void Start()
    {
        bool waitsOutside = false;
        foreach (OuterRead read in Plan.OuterReads)
        {
            Frame holder = At(read.Value.Hops);
            if (holder._values[read.Value.Slot] is null)
            {
                waitsOutside = true;
                holder._readers ??= new List<(Frame, int)>?[holder._values.Length];
                (holder._readers[read.Value.Slot] ??= []).Add((this, read.Local));
                if (read.Local == OuterRead.Yield)
                {
                    _left++;
                }
                else
                {
                    _waits[read.Local]++;
                }
            }
        }

        if (waitsOutside)
        {
            // Nothing of this frame may be running when the scope is cancelled; it must end all the same.
            EventLoop? loop = EventLoop.Running;
            _wake = Scope.Token.UnsafeRegister(s => loop?.Post(static f => ((Frame)f!).Drain(), s), this);
        }

        for (int local = 0; local < _waits.Length; local++)
        {
            if (_waits[local] == 0)
            {
                _ready[_readyTail++] = local;
            }
        }

        Drain();
    }

    private void Drain()
    {
        if (_draining || _ended)
        {
            return;
        }

        _draining = true;
        while (_readyHead < _readyTail && !Scope.IsCancelled)
        {
            StepPlan step = Plan.Steps[_ready[_readyHead++]];
            if (!_run.TryBegin(step, Scope))
            {
                break;
            }

            if (step.IsValue)
            {
                if (_run.Evaluate(step, this) is { } value)
                {
                    Define(step, value);
                }
            }
            else
            {
                _running++;
                _run.Execute(step, this);
            }
        }

        _draining = false;
        if (_running == 0 && (_left == 0 || Scope.IsCancelled || (_readyHead == _readyTail && !HasOutsideWaits)))
        {
            _ended = true;
            _wake.Dispose();
            _end.TrySetResult();
        }
    }

    private bool HasOutsideWaits => _wake != default;

    private void Define(StepPlan step, Datum value)
    {
        _values[step.ResultSlot] = value;
        _left--;
        foreach (int dependent in step.Dependents)
        {
            if (--_waits[dependent] == 0)
            {
                _ready[_readyTail++] = dependent;
            }
        }

        if (_readers?[step.ResultSlot] is { } readers)
        {
            _readers[step.ResultSlot] = null;
            foreach ((Frame frame, int local) in readers)
            {
                frame.OuterValueCame(local);
            }
        }
    }

    private void OuterValueCame(int local)
    {
        if (_ended)
        {
            return;
        }

        if (local == OuterRead.Yield)
        {
            _left--;
        }
        else if (--_waits[local] == 0)
        {
            _ready[_readyTail++] = local;
        }

        Drain();
    }
}
