using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Orchestrator.IR;

/// <summary>One place where a value is used: operand <paramref name="Index"/> of <paramref name="Owner"/>.</summary>
public readonly record struct Use(Operation Owner, int Index);

/// <summary>
/// What an operation computes or a block is given. Its uses form a doubly linked list whose links live in the operand slots
/// of the users, so adding and removing a use takes constant time however many uses there are.
/// </summary>
public abstract class Value
{
    internal Operation? FirstUser;
    internal int FirstUserIndex;

    private protected Value(IRType type) => Type = type;

    /// <summary>What kind of thing the value is. Changing it is up to whoever keeps the users valid.</summary>
    public IRType Type { get; set; }

    /// <summary>The operation that computes this, or null for a block argument.</summary>
    public abstract Operation? DefiningOp { get; }

    /// <summary>The block in which the value is defined, or null when that is detached.</summary>
    public abstract Block? ParentBlock { get; }

    /// <summary>Where the value was written, for diagnostics.</summary>
    public abstract Diagnostics.SourceSpan Span { get; }

    /// <summary>The constant that this is when its operation has <see cref="OpTraits.Constant"/>, else null.</summary>
    public Attr? ConstantValue => DefiningOp is { } op && op.Has(OpTraits.Constant) ? op.GetAttr("value") : null;

    /// <summary>Whether anything uses the value.</summary>
    public bool HasUses => FirstUser is not null;

    /// <summary>Whether exactly one operand uses the value.</summary>
    public bool HasOneUse => FirstUser is not null && FirstUser.Slot(FirstUserIndex).NextUser is null;

    /// <summary>The uses, latest first. The list may be changed while it is read only at the use just returned.</summary>
    public UseList Uses => new(this);

    /// <summary>Makes every user use <paramref name="replacement"/> instead; takes time in proportion to the uses.</summary>
    public void ReplaceAllUsesWith(Value replacement)
    {
        if (ReferenceEquals(this, replacement))
        {
            return;
        }

        while (FirstUser is { } user)
        {
            user.SetOperand(FirstUserIndex, replacement);
        }
    }
}

/// <summary>A result of an operation.</summary>
public sealed class OpResult : Value
{
    internal OpResult(Operation owner, int index, IRType type) : base(type) => (Owner, Index) = (owner, index);

    /// <summary>The operation that computes it.</summary>
    public Operation Owner { get; }

    /// <summary>Which of its results, from 0.</summary>
    public int Index { get; }

    /// <inheritdoc/>
    public override Operation DefiningOp => Owner;

    /// <inheritdoc/>
    public override Block? ParentBlock => Owner.Block;

    /// <inheritdoc/>
    public override Diagnostics.SourceSpan Span => Owner.Span;
}

/// <summary>A value that a block is given each time it is entered.</summary>
public sealed class BlockArgument : Value
{
    internal BlockArgument(Block owner, int index, IRType type) : base(type) => (Owner, Index) = (owner, index);

    /// <summary>The block.</summary>
    public Block Owner { get; }

    /// <summary>Which of its arguments, from 0.</summary>
    public int Index { get; internal set; }

    /// <summary>The location that was written, or null.</summary>
    public LocationAttr? Location { get; set; }

    // As in Operation: the number while printing.
    internal int Scratch;

    /// <summary>Where it was written.</summary>
    public Diagnostics.SourceSpan WrittenAt { get; set; }

    /// <inheritdoc/>
    public override Operation? DefiningOp => null;

    /// <inheritdoc/>
    public override Block ParentBlock => Owner;

    /// <inheritdoc/>
    public override Diagnostics.SourceSpan Span => WrittenAt;
}

/// <summary>Stands for a value that the text uses before it defines it; gone when parsing ends.</summary>
internal sealed class ForwardValue(IRType type, Diagnostics.SourceSpan span) : Value(type)
{
    public override Operation? DefiningOp => null;

    public override Block? ParentBlock => null;

    public override Diagnostics.SourceSpan Span => span;
}

// One operand and its links in the use list of its value. A neighbour is (operation, operand index), not an object of its own:
// 40 bytes a use and nothing for the collector to trace besides the operations that live anyway.
internal struct OperandSlot
{
    public Value Value;
    public Operation? NextUser;
    public Operation? PreviousUser;
    public int NextIndex;
    public int PreviousIndex;
}

[InlineArray(Count)]
internal struct InlineSlots
{
    public const int Count = 2;

    private OperandSlot _first;
}

/// <summary>Counts accesses to operand slots in debug builds, so that a test can hold use-list edits to constant work.</summary>
internal static class SlotAccess
{
    [ThreadStatic]
    private static long _count;

    public static long Count => _count;

    [Conditional("DEBUG")]
    public static void Note() => _count++;
}
