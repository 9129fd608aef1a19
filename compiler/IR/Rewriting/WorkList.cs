namespace Orchestrator.IR;

/// <summary>
/// What a driver still has to look at: seeds, which are taken in their order, and operations that were added later, which are taken first
/// and latest first. Each operation is in it at most once.
/// </summary>
/// <remarks>
/// An operation finds its place in its scratch field: n for seed n, ~n for place n of the stack. A place counts only when the list agrees,
/// so the field needs no clearing, and printing, which uses it too, does no harm. What is taken out of the middle leaves a hole.
/// </remarks>
internal sealed class WorkList
{
    private Operation?[] _seeds = new Operation?[256];
    private Operation?[] _stack = new Operation?[64];
    private int _seedCount;
    private int _next;
    private int _stackCount;

    /// <summary>Number of places that are still to come, holes among them.</summary>
    public int Count => _seedCount - _next + _stackCount;

    /// <summary>Number of seeds that were put in.</summary>
    public int SeedCount => _seedCount;

    public void Clear()
    {
        Array.Clear(_seeds, 0, _seedCount);
        Array.Clear(_stack, 0, _stackCount);
        (_seedCount, _next, _stackCount) = (0, 0, 0);
    }

    public bool Contains(Operation op)
    {
        int place = op.Scratch;
        return place >= 0
            ? place < _seedCount && ReferenceEquals(_seeds[place], op)
            : ~place < _stackCount && ReferenceEquals(_stack[~place], op);
    }

    /// <summary>Makes room for so many seeds, so that none of it is copied.</summary>
    public void Reserve(int seeds)
    {
        if (_seeds.Length < seeds)
        {
            _seeds = new Operation?[seeds];
        }
    }

    /// <summary>Adds at the end of the seeds.</summary>
    public void Seed(Operation op)
    {
        if (Contains(op))
        {
            return;
        }

        if (_seedCount == _seeds.Length)
        {
            Array.Resize(ref _seeds, 2 * _seedCount);
        }

        op.Scratch = _seedCount;
        _seeds[_seedCount++] = op;
    }

    /// <summary>Puts on top; nothing happens when the operation waits already.</summary>
    public void Push(Operation op)
    {
        if (Contains(op))
        {
            return;
        }

        if (_stackCount == _stack.Length)
        {
            Array.Resize(ref _stack, 2 * _stackCount);
        }

        op.Scratch = ~_stackCount;
        _stack[_stackCount++] = op;
    }

    public void Remove(Operation op)
    {
        if (!Contains(op))
        {
            return;
        }

        if (op.Scratch >= 0)
        {
            _seeds[op.Scratch] = null;
        }
        else
        {
            _stack[~op.Scratch] = null;
        }
    }

    /// <summary>The next operation, which leaves; null when there is none.</summary>
    public Operation? Pop()
    {
        while (_stackCount > 0)
        {
            Operation? op = _stack[--_stackCount];
            _stack[_stackCount] = null;
            if (op is not null)
            {
                return op;
            }
        }

        while (_next < _seedCount)
        {
            Operation? op = _seeds[_next];
            _seeds[_next++] = null;
            if (op is not null)
            {
                return op;
            }
        }

        return null;
    }

    /// <summary>Turns the seeds around.</summary>
    public void ReverseSeeds()
    {
        Array.Reverse(_seeds, 0, _seedCount);
        for (int i = 0; i < _seedCount; i++)
        {
            if (_seeds[i] is { } op)
            {
                op.Scratch = i;
            }
        }
    }
}
