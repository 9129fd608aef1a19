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
        if (_operandCount >= InlineSlots.Count && _operandCount - InlineSlots.Count == (_extras ??= new Extras()).MoreSlots.Length)
        {
            Array.Resize(ref _extras.MoreSlots, Math.Max(2, 2 * _extras.MoreSlots.Length));
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
        Slot(_operandCount) = default;
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
            Slot(i) = default;
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
