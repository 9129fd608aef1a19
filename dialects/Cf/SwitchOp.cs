using Orchestrator.IR;

namespace Orchestrator.Dialects.Cf;

/// <summary>
/// Goes to the block of the case that the flag equals, else to the first block.
/// <code>"cf.switch"(%0)[^bb1, ^bb2] &lt;{case_operand_segments = array&lt;i32: 0&gt;, case_values = dense&lt;42&gt; : vector&lt;1xi32&gt;, operandSegmentSizes = array&lt;i32: 1, 0, 0&gt;}&gt; : (i32) -&gt; ()</code>
/// </summary>
[Op("cf.switch", Traits = OpTraits.Terminator, Effects = Effect.None)]
public sealed partial class SwitchOp : Operation, IBranchOp
{
    /// <summary>The values of the cases, in order, as a vector of the flag's type; absent when there is no case.</summary>
    [Attr("case_values")] public partial Attr? CaseValues { get; set; }

    /// <summary>How many of the last group of operands belong to each case.</summary>
    [Attr("case_operand_segments")] public partial DenseArrayAttr CaseSizes { get; set; }

    /// <summary>How many operands are the flag (1), for the first block and for all cases together.</summary>
    [Attr(Segments.Name)] public partial DenseArrayAttr SegmentSizes { get; set; }

    /// <summary>What decides.</summary>
    [Operand] public partial Value Flag { get; set; }

    /// <summary>What the blocks are given.</summary>
    [Operand] public partial OperandList Arguments { get; }

    /// <summary>Number of cases beside the first block.</summary>
    public int CaseCount => Successors.Count - 1;

    /// <inheritdoc/>
    public OperandList SuccessorOperands(int index) => index == 0
        ? Segments.Of(this, SegmentSizes, 1)
        : Segments.Slice(Segments.Of(this, SegmentSizes, 2), CaseSizes, index - 1);

    /// <inheritdoc/>
    public bool TryRemoveSuccessorOperand(int successor, int index)
    {
        int start = 1;
        for (int i = 0; i < successor; i++)
        {
            start += SuccessorOperands(i).Count;
        }

        int group = successor == 0 ? 1 : 2;
        RemoveOperand(start + index);
        SegmentSizes = Segments.Make(Context, 1, Segments.Size(SegmentSizes, 1) - (2 - group), Segments.Size(SegmentSizes, 2) - (group - 1));
        if (successor > 0)
        {
            var sizes = new int[CaseCount];
            for (int i = 0; i < sizes.Length; i++)
            {
                sizes[i] = Segments.Size(CaseSizes, i) - (i == successor - 1 ? 1 : 0);
            }

            CaseSizes = Segments.Make(Context, sizes);
        }

        return true;
    }

    /// <inheritdoc/>
    public int? TakenSuccessor(ReadOnlySpan<Attr?> constants)
    {
        if (constants.Length == 0 || constants[0] is not IntegerAttr flag || SwitchCases.Read(CaseValues) is not { } values)
        {
            return null;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] == flag.BigValue)
            {
                return i + 1;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (Flag.Type is not IntegerType { Signedness: Signedness.Signless } || Successors.Count == 0)
        {
            context.Error(this, CfCodes.Cases, $"switches on {Flag.Type} to {Successors.Count} blocks", "switch on a signless integer to one block or more");
            return;
        }

        if (!SwitchCases.Fit(CaseValues, Flag.Type, CaseCount))
        {
            context.Error(this, CfCodes.Cases, $"has {CaseCount} cases, but case_values = {CaseValues?.ToString() ?? "nothing"}", $"give one {Flag.Type} for each case");
        }
        else if (Segments.Verify(context, this, Segments.Name, SegmentSizes, 3, OperandCount)
            && Segments.Verify(context, this, "case_operand_segments", CaseSizes, CaseCount, Segments.Size(SegmentSizes, 2)))
        {
            Branches.Verify(context, this, this, Successors.Count);
        }
    }
}

/// <summary>
/// Stops the program when the condition does not hold.
/// <code>"cf.assert"(%0) &lt;{msg = "out of range"}&gt; : (i1) -&gt; ()</code>
/// </summary>
[Op("cf.assert", Effects = Effect.Writes)]
public sealed partial class AssertOp : Operation
{
    /// <summary>What must hold.</summary>
    [Operand] public partial Value Condition { get; set; }

    /// <summary>What is said otherwise.</summary>
    [Attr("msg")] public partial string Message { get; set; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!ReferenceEquals(Condition.Type, Context.I1))
        {
            context.Error(this, IRCodes.WrongType, $"asserts {Condition.Type}", "assert an i1");
        }
    }
}
