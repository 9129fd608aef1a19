using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>
/// Runs the first region, then the second as long as the condition at the end of the first holds.
/// <code>%1 = "scf.while"(%0) ({ ^bb0(%x: i32): "scf.condition"(%c, %x) : (i1, i32) -&gt; () }, { ^bb0(%y: i32): "scf.yield"(%y) : (i32) -&gt; () }) : (i32) -&gt; i32</code>
/// </summary>
[Op("scf.while", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class WhileOp : Operation, IRegionBranchOp, ILoopOp
{
    /// <summary>What the first region is handed first.</summary>
    [Operand] public partial OperandList Initial { get; }

    /// <summary>Decides whether there is another round.</summary>
    [Region] public partial Region Before { get; }

    /// <summary>A round; hands values to the first region.</summary>
    [Region] public partial Region After { get; }

    /// <summary>What the condition hands over at the end.</summary>
    [Result] public partial IReadOnlyList<OpResult> Final { get; }

    /// <summary>The end of the first region.</summary>
    public ConditionOp Decision => (ConditionOp)Before.First!.Last!; // The verifier asks for it.

    /// <summary>The end of the second region.</summary>
    public YieldOp Yield => (YieldOp)After.First!.Last!; // The verifier asks for it.

    /// <inheritdoc/>
    public IReadOnlyList<Region> LoopRegions => [Before, After];

    /// <inheritdoc/>
    public override bool IsSpeculatable => false;

    /// <inheritdoc/>
    public IReadOnlyList<RegionSuccessor> SuccessorsFrom(Region? from, ReadOnlySpan<Attr?> constants)
    {
        if (!ReferenceEquals(from, Before))
        {
            return [new RegionSuccessor(Before, Before.First?.Arguments ?? [])];
        }

        var past = new RegionSuccessor(null, Results);
        var after = new RegionSuccessor(After, After.First?.Arguments ?? []);
        return Decision.Condition.ConstantValue is IntegerAttr known ? [known.Bool ? after : past] : [after, past];
    }

    /// <inheritdoc/>
    public OperandList EntryOperands(Region? region) => Initial;

    /// <inheritdoc/>
    public OperandList PassedOperands(Operation terminator, Region from, Region? to) => ReferenceEquals(from, Before) ? terminator.Operands.From(1) : terminator.Operands;

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!ScfRules.OneBlock(context, this, Before) || !ScfRules.OneBlock(context, this, After))
        {
            return;
        }

        (Block before, Block after) = (Before.First!, After.First!); // Both have one block.
        if (ScfRules.Ends<ConditionOp>(context, this, before) is { } decision
            && ScfRules.Ends<YieldOp>(context, this, after) is { } yield)
        {
            _ = ScfRules.Agree(context, this, Initial, before.Arguments, "hands its first region", "the argument")
                && ScfRules.Agree(context, decision, decision.Arguments, after.Arguments, "hands on", "the argument of the second region")
                && ScfRules.Agree(context, decision, decision.Arguments, Results, "hands on", "the result")
                && ScfRules.Agree(context, yield, yield.Operands, before.Arguments, "yields", "the argument of the first region");
        }
    }
}

/// <summary>
/// Ends the first region of <c>scf.while</c>: another round when the bit is set.
/// <code>"scf.condition"(%c, %0) : (i1, i32) -&gt; ()</code>
/// </summary>
[Op("scf.condition", Traits = OpTraits.Terminator, Effects = Effect.None)]
public sealed partial class ConditionOp : Operation
{
    /// <summary>Whether there is another round.</summary>
    [Operand] public partial Value Condition { get; set; }

    /// <summary>What the round, or whoever comes after the loop, is handed.</summary>
    [Operand] public partial OperandList Arguments { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (ParentOp is not WhileOp)
        {
            context.Error(this, IRCodes.OpRule, "stands outside a loop", "move it to the end of the first region of an scf.while");
        }
        else if (!ReferenceEquals(Condition.Type, Context.I1))
        {
            context.Error(this, IRCodes.WrongType, $"decides by {Condition.Type}", "decide by an i1");
        }
    }
}
