namespace Orchestrator.IR;

/// <summary>
/// A stack of operations, each in it at most once. An operation finds its place in its scratch field; a place counts only when the
/// stack agrees, so the field needs no clearing. What is taken out of the middle leaves a hole.
/// </summary>
internal sealed class WorkList
{
    private Operation?[] _items = new Operation?[256];
    private int _count;

    /// <summary>Number of places, holes among them.</summary>
    public int Count => _count;

    /// <summary>The operation at a place, or null for a hole.</summary>
    public Operation? this[int index] => _items[index];

    public void Clear()
    {
        Array.Clear(_items, 0, _count);
        _count = 0;
    }

    public bool Contains(Operation op) => (uint)op.Scratch < (uint)_count && ReferenceEquals(_items[op.Scratch], op);

    public void Push(Operation op)
    {
        if (Contains(op))
        {
            return;
        }

        if (_count == _items.Length)
        {
            Array.Resize(ref _items, 2 * _count);
        }

        op.Scratch = _count;
        _items[_count++] = op;
    }

    public void Remove(Operation op)
    {
        if (Contains(op))
        {
            _items[op.Scratch] = null;
        }
    }

    /// <summary>The operation on top, which leaves; null when there is none.</summary>
    public Operation? Pop()
    {
        while (_count > 0)
        {
            Operation? op = _items[--_count];
            _items[_count] = null;
            if (op is not null)
            {
                return op;
            }
        }

        return null;
    }

    /// <summary>Turns the stack upside down, without its holes.</summary>
    public void Reverse()
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_items[i] is { } op)
            {
                _items[kept++] = op;
            }
        }

        Array.Clear(_items, kept, _count - kept);
        _count = kept;
        Array.Reverse(_items, 0, _count);
        for (int i = 0; i < _count; i++)
        {
            _items[i]!.Scratch = i; // The holes are gone.
        }
    }
}
