using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>
/// Runs its body once for every combination of numbers, each on a thread of its own, and lets the threads write into shared tensors at the end.
/// <code>"scf.forall"(%n) &lt;{operandSegmentSizes = array&lt;i32: 0, 1, 0, 0&gt;, staticLowerBound = array&lt;i64: 0&gt;, staticStep = array&lt;i64: 1&gt;,
/// staticUpperBound = array&lt;i64: -9223372036854775808&gt;}&gt; ({ ^bb0(%i: index): "scf.forall.in_parallel"() ({ ^bb0: }) : () -&gt; () }) : (index) -&gt; ()</code>
/// </summary>
[Op("scf.forall", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class ForallOp : Operation, ILoopOp
{
    /// <summary>How many operands are lower bounds, upper bounds, steps and shared tensors.</summary>
    [Attr(Segments.Name)] public partial DenseArrayAttr SegmentSizes { get; set; }

    /// <summary>The first numbers; the least i64 where an operand says it.</summary>
    [Attr("staticLowerBound")] public partial DenseArrayAttr StaticLowerBound { get; set; }

    /// <summary>The numbers at which it stops; the least i64 where an operand says it.</summary>
    [Attr("staticUpperBound")] public partial DenseArrayAttr StaticUpperBound { get; set; }

    /// <summary>From number to number; the least i64 where an operand says it.</summary>
    [Attr("staticStep")] public partial DenseArrayAttr StaticStep { get; set; }

    /// <summary>To which kind of thread each dimension is mapped, if that is decided.</summary>
    [Attr("mapping")] public partial ArrayAttr? Mapping { get; set; }

    /// <summary>Bounds, steps and shared tensors.</summary>
    [Operand] public partial OperandList All { get; }

    /// <summary>What a thread does; its arguments are the numbers and the shared tensors.</summary>
    [Region] public partial Region Body { get; }

    /// <summary>The shared tensors at the end.</summary>
    [Result] public partial IReadOnlyList<OpResult> Final { get; }

    /// <summary>The tensors that the threads share.</summary>
    public OperandList Shared => Segments.Of(this, SegmentSizes, 3);

    /// <summary>Number of numbers that a thread is given.</summary>
    public int Rank => StaticLowerBound.Values.Length;

    /// <inheritdoc/>
    public IReadOnlyList<Region> LoopRegions => [Body];

    /// <inheritdoc/>
    public override bool IsSpeculatable => false;

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!Segments.Verify(context, this, Segments.Name, SegmentSizes, 4, OperandCount) || !ScfRules.OneBlock(context, this, Body))
        {
            return;
        }

        if (StaticUpperBound.Values.Length != Rank || StaticStep.Values.Length != Rank
            || !Fits(StaticLowerBound, 0) || !Fits(StaticUpperBound, 1) || !Fits(StaticStep, 2))
        {
            context.Error(this, ScfCodes.Bounds, $"has bounds {StaticLowerBound} to {StaticUpperBound} by {StaticStep} with operands {SegmentSizes}", "give as many of each, with an operand where the least i64 stands");
            return;
        }

        Block body = Body.First!; // There is one block.
        for (int i = 0; i < body.Arguments.Count && i < Rank; i++)
        {
            if (!ReferenceEquals(body.Arguments[i].Type, Context.Index))
            {
                context.Error(this, ScfCodes.BodyArguments, $"hands an index to argument {i} of the body, which is {body.Arguments[i].Type}", "make it index");
                return;
            }
        }

        if (Mapping is { } mapping && mapping.Elements.Length != 0 && mapping.Elements.Length != Rank)
        {
            context.Error(this, IRCodes.WrongCount, $"maps {mapping.Elements.Length} of {Rank} dimensions", "map all of them or none");
        }

        if (ScfRules.Ends<InParallelOp>(context, this, body) is not null
            && ScfRules.Agree(context, this, Shared, body.Arguments, "hands the body", "its argument", skip: Rank))
        {
            ScfRules.Agree(context, this, Shared, Results, "shares", "the result");
        }
    }

    // Every number is an i64, and as many of them stand for operands as the group has.
    private bool Fits(DenseArrayAttr numbers, int group)
    {
        int dynamic = 0;
        foreach (Attr number in numbers.Values)
        {
            dynamic += number is IntegerAttr integer && integer.BigValue == long.MinValue ? 1 : 0;
        }

        return numbers.Element is IntegerType { Width: 64 } && dynamic == Segments.Size(SegmentSizes, group);
    }
}

/// <summary>
/// Ends the body of <c>scf.forall</c>; inside stands what is written into the shared tensors.
/// <code>"scf.forall.in_parallel"() ({ ^bb0: }) : () -&gt; ()</code>
/// </summary>
[Op("scf.forall.in_parallel", Traits = OpTraits.Terminator | OpTraits.SingleBlock | OpTraits.NoTerminator, Effects = Effect.Writes)]
public sealed partial class InParallelOp : Operation
{
    /// <summary>What is written.</summary>
    [Region(Arguments = 0)] public partial Region Writes { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (ParentOp is not ForallOp)
        {
            context.Error(this, IRCodes.OpRule, "stands outside a loop", "move it to the end of an scf.forall");
        }
        else
        {
            ScfRules.OneBlock(context, this, Writes);
        }
    }
}
