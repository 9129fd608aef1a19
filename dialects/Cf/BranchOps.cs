using Orchestrator.IR;

namespace Orchestrator.Dialects.Cf;

/// <summary>
/// Goes to a block.
/// <code>"cf.br"(%0)[^bb1] : (i32) -&gt; ()</code>
/// </summary>
[Op("cf.br", Traits = OpTraits.Terminator, Effects = Effect.None)]
public sealed partial class BranchOp : Operation, IBranchOp
{
    /// <summary>What the block is given.</summary>
    [Operand] public partial OperandList Arguments { get; }

    /// <summary>The block.</summary>
    public Block Target => Successors[0];

    /// <inheritdoc/>
    public OperandList SuccessorOperands(int index) => Operands;

    /// <inheritdoc/>
    public int? TakenSuccessor(ReadOnlySpan<Attr?> constants) => 0;

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context) => Branches.Verify(context, this, this, 1);

    internal static BranchOp Create(OpBuilder builder, Block target, IReadOnlyList<Value> arguments) =>
        (BranchOp)builder.Create(OpName, [.. arguments], successors: [target]);
}

/// <summary>
/// Goes to one of two blocks, by a bit.
/// <code>"cf.cond_br"(%0, %1)[^bb1, ^bb2] &lt;{operandSegmentSizes = array&lt;i32: 1, 1, 0&gt;}&gt; : (i1, i32) -&gt; ()</code>
/// </summary>
[Op("cf.cond_br", Traits = OpTraits.Terminator, Effects = Effect.None)]
public sealed partial class CondBranchOp : Operation, IBranchOp
{
    /// <summary>How many operands are the condition (1), for the first block and for the second.</summary>
    [Attr(Segments.Name)] public partial DenseArrayAttr SegmentSizes { get; set; }

    /// <summary>How likely each block is, two i32, as a share of their sum.</summary>
    [Attr("branch_weights")] public partial DenseArrayAttr? BranchWeights { get; set; }

    /// <summary>Whether to go to the first block.</summary>
    [Operand] public partial Value Condition { get; set; }

    /// <summary>What the blocks are given, the first one's before the second one's.</summary>
    [Operand] public partial OperandList Arguments { get; }

    /// <inheritdoc/>
    public OperandList SuccessorOperands(int index) => Segments.Of(this, SegmentSizes, index + 1);

    /// <inheritdoc/>
    public int? TakenSuccessor(ReadOnlySpan<Attr?> constants) => constants.Length > 0 && constants[0] is IntegerAttr known ? known.Bool ? 0 : 1 : null;

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!ReferenceEquals(Condition.Type, Context.I1))
        {
            context.Error(this, IRCodes.WrongType, $"branches on {Condition.Type}", "branch on an i1");
        }
        else if (Segments.Verify(context, this, Segments.Name, SegmentSizes, 3, OperandCount) && Segments.Size(SegmentSizes, 0) == 1)
        {
            Branches.Verify(context, this, this, 2);
        }

        if (BranchWeights is { } weights && (weights.Values.Length is not (0 or 2) || weights.Element is not IntegerType { Width: 32 }))
        {
            context.Error(this, IRCodes.WrongAttribute, $"has branch_weights = {weights}", "give two i32 weights");
        }
    }

    internal static CondBranchOp Create(OpBuilder builder, Value condition, Block first, ReadOnlySpan<Value> firstArguments, Block second, ReadOnlySpan<Value> secondArguments, Attr? weights)
    {
        NamedAttr sizes = new(Segments.Name, Segments.Make(builder.Context, 1, firstArguments.Length, secondArguments.Length));
        return (CondBranchOp)builder.Create(OpName, [condition, .. firstArguments, .. secondArguments],
            attributes: weights is null ? [sizes] : [sizes, new NamedAttr("branch_weights", weights)], successors: [first, second]);
    }
}

/// <summary>What the branches share.</summary>
internal static class Branches
{
    /// <summary>There are <paramref name="count"/> successors, and each is given what it takes.</summary>
    public static void Verify(VerifyContext context, Operation op, IBranchOp branch, int count)
    {
        if (op.Successors.Count != count)
        {
            context.Error(op, IRCodes.WrongCount, $"has {op.Successors.Count} successors, but takes {count}", $"name {count} blocks");
            return;
        }

        for (int i = 0; i < count; i++)
        {
            OperandList given = branch.SuccessorOperands(i);
            IReadOnlyList<BlockArgument> taken = op.Successors[i].Arguments;
            if (given.Count != taken.Count)
            {
                context.Error(op, CfCodes.SuccessorOperands, $"hands {given.Count} values to successor {i}, which takes {taken.Count}", "hand over one value for each argument of the block");
                continue;
            }

            for (int k = 0; k < given.Count; k++)
            {
                if (!ReferenceEquals(given[k].Type, taken[k].Type))
                {
                    context.Error(op, CfCodes.SuccessorOperands, $"hands {given[k].Type} to successor {i} as argument {k}, which is {taken[k].Type}", "make the types agree");
                }
            }
        }
    }
}
