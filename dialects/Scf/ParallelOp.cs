using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>
/// Runs its body for every combination of numbers, in any order or at the same time, and reduces what the rounds give.
/// <code>"scf.parallel"(%lb, %ub, %step) &lt;{operandSegmentSizes = array&lt;i32: 1, 1, 1, 0&gt;}&gt; ({ ^bb0(%i: index): "scf.reduce"() : () -&gt; () }) : (index, index, index) -&gt; ()</code>
/// </summary>
[Op("scf.parallel", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class ParallelOp : Operation, ILoopOp
{
    /// <summary>How many operands are lower bounds, upper bounds, steps and initial values.</summary>
    [Attr(Segments.Name)] public partial DenseArrayAttr SegmentSizes { get; set; }

    /// <summary>Bounds, steps and initial values.</summary>
    [Operand] public partial OperandList All { get; }

    /// <summary>A round; its arguments are the numbers.</summary>
    [Region] public partial Region Body { get; }

    /// <summary>One for each initial value.</summary>
    [Result] public partial IReadOnlyList<OpResult> Reduced { get; }

    /// <summary>The first numbers.</summary>
    public OperandList LowerBounds => Segments.Of(this, SegmentSizes, 0);

    /// <summary>The numbers at which it stops.</summary>
    public OperandList UpperBounds => Segments.Of(this, SegmentSizes, 1);

    /// <summary>From number to number.</summary>
    public OperandList Steps => Segments.Of(this, SegmentSizes, 2);

    /// <summary>The values that are reduced into.</summary>
    public OperandList Initial => Segments.Of(this, SegmentSizes, 3);

    /// <inheritdoc/>
    public IReadOnlyList<Region> LoopRegions => [Body];

    /// <inheritdoc/>
    public override bool IsSpeculatable => ScfRules.InsidesAreSpeculatable(this);

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!Segments.Verify(context, this, Segments.Name, SegmentSizes, 4, OperandCount) || !ScfRules.OneBlock(context, this, Body))
        {
            return;
        }

        // As in MLIR, the steps say how many dimensions there are; other numbers of bounds are let pass and make no difference here.
        int dimensions = Steps.Count;
        if (dimensions == 0)
        {
            context.Error(this, ScfCodes.Bounds, "has no step", "give a lower bound, an upper bound and a step for each dimension");
            return;
        }

        foreach (Value step in Steps)
        {
            if (step.ConstantValue is IntegerAttr { BigValue.Sign: <= 0 })
            {
                context.Error(this, ScfCodes.Bounds, "has a step that is not positive", "count upwards");
            }
        }

        Block body = Body.First!; // There is one block.
        if (body.Arguments.Count != dimensions)
        {
            context.Error(this, ScfCodes.BodyArguments, $"hands {dimensions} numbers to a body with {body.Arguments.Count} arguments", "give the body one argument for each dimension");
            return;
        }

        for (int i = 0; i < OperandCount - Initial.Count; i++)
        {
            if (!ReferenceEquals(GetOperand(i).Type, Context.Index))
            {
                context.Error(this, ScfCodes.Bounds, $"counts with {GetOperand(i).Type}", "count with index");
                return;
            }
        }

        if (ScfRules.Ends<ReduceOp>(context, this, body) is { } reduce
            && ScfRules.Agree(context, this, Initial, Results, "starts with", "the result"))
        {
            ScfRules.Agree(context, reduce, reduce.Operands, Results, "reduces", "the result");
        }
    }
}

/// <summary>
/// Ends a round of <c>scf.parallel</c>: each operand is combined with what the other rounds gave, by the region of the same number.
/// <code>"scf.reduce"(%0) ({ ^bb0(%a: i32, %b: i32): "scf.reduce.return"(%a) : (i32) -&gt; () }) : (i32) -&gt; ()</code>
/// </summary>
[Op("scf.reduce", Traits = OpTraits.Terminator, Effects = Effect.OfRegions)]
public sealed partial class ReduceOp : Operation
{
    /// <summary>What the round gives.</summary>
    [Operand] public partial OperandList Values { get; }

    /// <summary>One for each operand: combines two values.</summary>
    [Region(Arguments = 2)] public partial IReadOnlyList<Region> Reductions { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (ParentOp is not ParallelOp)
        {
            context.Error(this, IRCodes.OpRule, "stands outside a loop", "move it to the end of an scf.parallel");
            return;
        }

        if (Regions.Count != OperandCount)
        {
            context.Error(this, IRCodes.WrongCount, $"has {Regions.Count} regions for {OperandCount} values", "give one region for each value");
            return;
        }

        for (int i = 0; i < OperandCount; i++)
        {
            IRType type = GetOperand(i).Type;
            if (!ScfRules.OneBlock(context, this, Regions[i]) || ScfRules.Ends<ReduceReturnOp>(context, this, Regions[i].First) is not { } end)
            {
                return;
            }

            IReadOnlyList<BlockArgument> arguments = Regions[i].First!.Arguments; // There is one block.
            if (!ReferenceEquals(arguments[0].Type, type) || !ReferenceEquals(arguments[1].Type, type) || !ReferenceEquals(end.Combined.Type, type))
            {
                context.Error(end, ScfCodes.Carried, $"combines {arguments[0].Type} and {arguments[1].Type} to {end.Combined.Type}, but value {i} is {type}", "use one type");
            }
        }
    }
}

/// <summary>
/// Ends a region of <c>scf.reduce</c> and gives the combination of its arguments.
/// <code>"scf.reduce.return"(%0) : (i32) -&gt; ()</code>
/// </summary>
[Op("scf.reduce.return", Traits = OpTraits.Terminator, Effects = Effect.None)]
public sealed partial class ReduceReturnOp : Operation
{
    /// <summary>The combination.</summary>
    [Operand] public partial Value Combined { get; set; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (ParentOp is not ReduceOp)
        {
            context.Error(this, IRCodes.OpRule, "stands outside a reduction", "move it to the end of a region of scf.reduce");
        }
    }
}
