using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>
/// Runs its body for every number from the lower bound to before the upper bound, and hands values from round to round.
/// <code>%1 = "scf.for"(%lb, %ub, %step, %0) ({ ^bb0(%i: index, %x: i32): "scf.yield"(%x) : (i32) -&gt; () }) : (index, index, index, i32) -&gt; i32</code>
/// </summary>
[Op("scf.for", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class ForOp : Operation, IRegionBranchOp, ILoopOp
{
    /// <summary>The first number.</summary>
    [Operand] public partial Value LowerBound { get; set; }

    /// <summary>The number at which it stops.</summary>
    [Operand] public partial Value UpperBound { get; set; }

    /// <summary>From number to number; more than 0.</summary>
    [Operand] public partial Value Step { get; set; }

    /// <summary>What the first round is handed.</summary>
    [Operand] public partial OperandList Initial { get; }

    /// <summary>Whether numbers are compared as unsigned ones.</summary>
    [Attr("unsignedCmp")] public partial bool UnsignedCompare { get; set; }

    /// <summary>A round; its arguments are the number and what it is handed.</summary>
    [Region] public partial Region Body { get; }

    /// <summary>What the last round hands over, or the initial values when there is no round.</summary>
    [Result] public partial IReadOnlyList<OpResult> Final { get; }

    /// <summary>The number of the round.</summary>
    public BlockArgument Number => Body.First!.Arguments[0]; // The verifier asks for it.

    /// <inheritdoc/>
    public IReadOnlyList<Region> LoopRegions => [Body];

    /// <inheritdoc/>
    public override bool IsSpeculatable => ScfRules.InsidesAreSpeculatable(this);

    /// <inheritdoc/>
    public IReadOnlyList<RegionSuccessor> SuccessorsFrom(Region? from, ReadOnlySpan<Attr?> constants)
    {
        var past = new RegionSuccessor(null, Results);
        var body = new RegionSuccessor(Body, Body.First?.Arguments ?? []);
        return from is null && Trips.Count(this) is { } known ? [known.IsZero ? past : body] : [body, past];
    }

    /// <inheritdoc/>
    public OperandList EntryOperands(Region? region) => Initial;

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        IRType type = LowerBound.Type;
        if (type is not (IndexType or IntegerType { Signedness: Signedness.Signless }) || !ReferenceEquals(type, UpperBound.Type) || !ReferenceEquals(type, Step.Type))
        {
            context.Error(this, ScfCodes.Bounds, $"counts from {type} to {UpperBound.Type} by {Step.Type}", "use one signless integer type, or index, for all three");
            return;
        }

        if (Step.ConstantValue is IntegerAttr { BigValue.Sign: <= 0 } && !UnsignedCompare)
        {
            context.Error(this, ScfCodes.Bounds, "has a step that is not positive", "count upwards");
        }

        if (!ScfRules.OneBlock(context, this, Body))
        {
            return;
        }

        IReadOnlyList<BlockArgument> arguments = Body.First!.Arguments; // There is one block.
        if (arguments.Count == 0 || !ReferenceEquals(arguments[0].Type, type))
        {
            context.Error(this, ScfCodes.BodyArguments, $"does not hand its number, a {type}, to the body", $"make the body's first argument a {type}");
            return;
        }

        if (ScfRules.Agree(context, this, Initial, arguments, "hands the body", "its argument", skip: 1)
            && ScfRules.Agree(context, this, Initial, Results, "starts with", "the result"))
        {
            ScfRules.YieldsResults(context, this, Body);
        }
    }
}
