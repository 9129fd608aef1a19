namespace Orchestrator.IR;

/// <summary>An operation that passes control to blocks of its region and hands them values.</summary>
public interface IBranchOp
{
    /// <summary>The operands that become the arguments of successor <paramref name="index"/>, in order.</summary>
    OperandList SuccessorOperands(int index);

    /// <summary>Which successor is taken when the operands are these constants (null: unknown), or null when that cannot be said.</summary>
    int? TakenSuccessor(ReadOnlySpan<Attr?> constants);

    /// <summary>
    /// Takes operand <paramref name="index"/> of those handed to <paramref name="successor"/> away; false, and nothing changes, when the operation
    /// cannot say how. This one does it where the operands of all successors stand at the end in the order of the successors, and
    /// <c>operandSegmentSizes</c>, if there is one, has a number for each successor at its end.
    /// </summary>
    bool TryRemoveSuccessorOperand(int successor, int index) => BranchOperands.TryRemove(this, successor, index);
}

/// <summary>Where control can go from a point: into <paramref name="Region"/>, or behind the operation when that is null.</summary>
/// <param name="Region">The region entered, or null for the operation's own end.</param>
/// <param name="Inputs">What receives values there: arguments of the entry block, or results of the operation. Aligned with the end of
/// what is passed when both differ in number by leading values that the operation makes itself, such as an induction variable.</param>
public readonly record struct RegionSuccessor(Region? Region, IReadOnlyList<Value> Inputs);

/// <summary>An operation that passes control into its regions, between them and out again.</summary>
public interface IRegionBranchOp
{
    /// <summary>
    /// Where control can go from <paramref name="from"/> (null: from before the operation, whose operands are these constants where not null).
    /// </summary>
    IReadOnlyList<RegionSuccessor> SuccessorsFrom(Region? from, ReadOnlySpan<Attr?> constants);

    /// <summary>The operands handed over when control goes from before the operation into <paramref name="region"/>, or past it when null.</summary>
    OperandList EntryOperands(Region? region);

    /// <summary>The operands of a terminator of <paramref name="from"/> handed over when control goes to <paramref name="to"/>.</summary>
    OperandList PassedOperands(Operation terminator, Region from, Region? to) => terminator.Operands;
}

/// <summary>An operation that calls another by its symbol.</summary>
public interface ICallOp
{
    /// <summary>Whom it calls.</summary>
    SymbolRefAttr Callee { get; }

    /// <summary>What it hands over.</summary>
    OperandList Arguments { get; }
}

/// <summary>An operation that can be called.</summary>
public interface ICallableOp
{
    /// <summary>What runs when it is called, or null when that is elsewhere.</summary>
    Region? CallableRegion { get; }
}

/// <summary>An operation that runs regions again and again.</summary>
public interface ILoopOp
{
    /// <summary>The regions that run more than once.</summary>
    IReadOnlyList<Region> LoopRegions { get; }
}
