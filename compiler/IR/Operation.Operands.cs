namespace Orchestrator.IR;

public abstract partial class Operation
{
    /// <summary>Operand <paramref name="index"/>.</summary>
    public Value GetOperand(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_operandCount, nameof(index));
        return Slot(index).Value;
    }

    /// <summary>Replaces operand <paramref name="index"/>; constant time.</summary>
    public void SetOperand(int index, Value value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_operandCount, nameof(index));
        Unlink(index);
        Link(index, value);
    }

    /// <summary>Adds an operand at the end; constant time on average.</summary>
    public void AppendOperand(Value value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (_operandCount == _operands.Length)
        {
            Array.Resize(ref _operands, Math.Max(2, 2 * _operandCount));
        }

        _operandCount++;
        Link(_operandCount - 1, value);
    }

    /// <summary>Removes operand <paramref name="index"/>; takes time in proportion to the operands after it.</summary>
    public void RemoveOperand(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_operandCount, nameof(index));
        Unlink(index);
        for (int i = index + 1; i < _operandCount; i++)
        {
            Value moved = Slot(i).Value;
            Unlink(i);
            Link(i - 1, moved);
        }

        _operandCount--;
        _operands[_operandCount] = default;
    }

    /// <summary>Replaces all operands.</summary>
    public void SetOperands(ReadOnlySpan<Value> values)
    {
        Value[] kept = values.ToArray();
        DropOperands();
        foreach (Value value in kept)
        {
            AppendOperand(value);
        }
    }

    /// <summary>Removes all operands, so that their values no longer have a use here.</summary>
    public void DropOperands()
    {
        for (int i = _operandCount - 1; i >= 0; i--)
        {
            Unlink(i);
            _operands[i] = default;
        }

        _operandCount = 0;
    }

    private void Link(int index, Value value)
    {
        ref OperandSlot slot = ref Slot(index);
        slot = new OperandSlot { Value = value, NextUser = value.FirstUser, NextIndex = value.FirstUserIndex };
        if (value.FirstUser is { } next)
        {
            ref OperandSlot nextSlot = ref next.Slot(value.FirstUserIndex);
            nextSlot.PreviousUser = this;
            nextSlot.PreviousIndex = index;
        }

        value.FirstUser = this;
        value.FirstUserIndex = index;
    }

    private void Unlink(int index)
    {
        OperandSlot slot = Slot(index);
        if (slot.NextUser is { } next)
        {
            ref OperandSlot nextSlot = ref next.Slot(slot.NextIndex);
            nextSlot.PreviousUser = slot.PreviousUser;
            nextSlot.PreviousIndex = slot.PreviousIndex;
        }

        if (slot.PreviousUser is { } previous)
        {
            ref OperandSlot previousSlot = ref previous.Slot(slot.PreviousIndex);
            previousSlot.NextUser = slot.NextUser;
            previousSlot.NextIndex = slot.NextIndex;
        }
        else
        {
            slot.Value.FirstUser = slot.NextUser;
            slot.Value.FirstUserIndex = slot.NextIndex;
        }
    }
}

/// <summary>A run of operands of one operation; reading goes to the operation, so it follows later changes.</summary>
public readonly struct OperandList : IReadOnlyList<Value>, IEquatable<OperandList>
{
    private readonly Operation _owner;
    private readonly int _start;

    internal OperandList(Operation owner, int start, int count) => (_owner, _start, Count) = (owner, start, count);

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public Value this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _owner.GetOperand(_start + index);
        }
    }

    /// <summary>So many operands from <paramref name="start"/> on, fewer when there are not as many.</summary>
    public OperandList Slice(int start, int count) =>
        new(_owner, _start + start, Math.Max(0, Math.Min(count, Count - start)));

    /// <summary>The operands from <paramref name="start"/> on.</summary>
    public OperandList From(int start) => new(_owner, _start + start, Math.Max(0, Count - start));

    /// <inheritdoc/>
    public IEnumerator<Value> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(OperandList other) => ReferenceEquals(_owner, other._owner) && _start == other._start && Count == other.Count;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OperandList other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_owner, _start, Count);

    /// <summary>Whether both are the same run of the same operation.</summary>
    public static bool operator ==(OperandList left, OperandList right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(OperandList left, OperandList right) => !left.Equals(right);
}
