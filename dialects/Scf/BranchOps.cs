using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>
/// One of two regions, by a bit; the second one may be missing when there are no results.
/// <code>%1 = "scf.if"(%0) ({ "scf.yield"(%a) : (i32) -&gt; () }, { "scf.yield"(%b) : (i32) -&gt; () }) : (i1) -&gt; i32</code>
/// </summary>
[Op("scf.if", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class IfOp : Operation, IRegionBranchOp
{
    /// <summary>Which region.</summary>
    [Operand] public partial Value Condition { get; set; }

    /// <summary>What is done when the bit is set.</summary>
    [Region(Arguments = 0)] public partial Region Then { get; }

    /// <summary>What is done when it is not; may be empty.</summary>
    [Region(Arguments = 0)] public partial Region Else { get; }

    /// <summary>What the region yields.</summary>
    [Result] public partial IReadOnlyList<OpResult> Given { get; }

    /// <inheritdoc/>
    public override bool IsSpeculatable => ScfRules.InsidesAreSpeculatable(this);

    /// <inheritdoc/>
    public IReadOnlyList<RegionSuccessor> SuccessorsFrom(Region? from, ReadOnlySpan<Attr?> constants)
    {
        var past = new RegionSuccessor(null, Results);
        if (from is not null)
        {
            return [past];
        }

        var then = new RegionSuccessor(Then, []);
        RegionSuccessor other = Else.IsEmpty ? past : new RegionSuccessor(Else, []);
        return constants.Length > 0 && constants[0] is IntegerAttr known ? [known.Bool ? then : other] : [then, other];
    }

    /// <inheritdoc/>
    public OperandList EntryOperands(Region? region) => Operands.Slice(0, 0);

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!ReferenceEquals(Condition.Type, Context.I1))
        {
            context.Error(this, IRCodes.WrongType, $"chooses by {Condition.Type}", "choose by an i1");
        }

        if (!ScfRules.OneBlock(context, this, Then))
        {
            return;
        }

        if (Results.Count > 0 && Else.IsEmpty)
        {
            context.Error(this, ScfCodes.Ending, "gives results but has no region for the other case", "add an else region that yields them");
        }

        ScfRules.YieldsResults(context, this, Then);
        ScfRules.YieldsResults(context, this, Else);
    }
}

/// <summary>
/// One of several regions, by a number: the first is for all numbers without a case.
/// <code>"scf.index_switch"(%0) &lt;{cases = array&lt;i64: 2&gt;}&gt; ({ "scf.yield"() : () -&gt; () }, { "scf.yield"() : () -&gt; () }) : (index) -&gt; ()</code>
/// </summary>
[Op("scf.index_switch", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class IndexSwitchOp : Operation, IRegionBranchOp
{
    /// <summary>Which region.</summary>
    [Operand<IndexType>] public partial Value Number { get; set; }

    /// <summary>The numbers of the regions from the second on, i64, all different.</summary>
    [Attr] public partial DenseArrayAttr Cases { get; set; }

    /// <summary>The region for all other numbers, then one a case.</summary>
    [Region(Arguments = 0)] public partial IReadOnlyList<Region> Choices { get; }

    /// <summary>What the region yields.</summary>
    [Result] public partial IReadOnlyList<OpResult> Given { get; }

    /// <inheritdoc/>
    public override bool IsSpeculatable => ScfRules.InsidesAreSpeculatable(this);

    /// <summary>The region that is entered for <paramref name="number"/>.</summary>
    public Region ChoiceFor(IntegerAttr number)
    {
        for (int i = 0; i < Cases.Values.Length; i++)
        {
            if (((IntegerAttr)Cases.Values[i]).BigValue == number.BigValue)
            {
                return Regions[i + 1];
            }
        }

        return Regions[0];
    }

    /// <inheritdoc/>
    public IReadOnlyList<RegionSuccessor> SuccessorsFrom(Region? from, ReadOnlySpan<Attr?> constants)
    {
        if (from is not null)
        {
            return [new RegionSuccessor(null, Results)];
        }

        if (constants.Length > 0 && constants[0] is IntegerAttr known)
        {
            return [new RegionSuccessor(ChoiceFor(known), [])];
        }

        var all = new RegionSuccessor[Regions.Count];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = new RegionSuccessor(Regions[i], []);
        }

        return all;
    }

    /// <inheritdoc/>
    public OperandList EntryOperands(Region? region) => Operands.Slice(0, 0);

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (Cases.Values.Length != Regions.Count - 1 || Cases.Element is not IntegerType { Width: 64 })
        {
            context.Error(this, ScfCodes.Cases, $"has cases {Cases} for {Regions.Count} regions", "give one i64 for each region after the first");
            return;
        }

        var seen = new HashSet<Attr>(ReferenceEqualityComparer.Instance);
        foreach (Attr value in Cases.Values)
        {
            if (!seen.Add(value))
            {
                context.Error(this, ScfCodes.Cases, $"has the case {((IntegerAttr)value).Value} twice", "remove one of them");
            }
        }

        foreach (Region region in Regions)
        {
            _ = ScfRules.OneBlock(context, this, region) && ScfRules.YieldsResults(context, this, region);
        }
    }
}

/// <summary>
/// Executes its region once; it may have several blocks.
/// <code>%0 = "scf.execute_region"() ({ "scf.yield"(%a) : (i32) -&gt; () }) : () -&gt; i32</code>
/// </summary>
[Op("scf.execute_region", Effects = Effect.OfRegions)]
public sealed partial class ExecuteRegionOp : Operation, IRegionBranchOp
{
    /// <summary>Whether the region must stay one of its own.</summary>
    [Attr("no_inline")] public partial bool NoInline { get; set; }

    /// <summary>What is done.</summary>
    [Region(Arguments = 0)] public partial Region Body { get; }

    /// <summary>What the region yields.</summary>
    [Result] public partial IReadOnlyList<OpResult> Given { get; }

    /// <inheritdoc/>
    public override bool IsSpeculatable => ScfRules.InsidesAreSpeculatable(this);

    /// <inheritdoc/>
    public IReadOnlyList<RegionSuccessor> SuccessorsFrom(Region? from, ReadOnlySpan<Attr?> constants) =>
        [from is null ? new RegionSuccessor(Body, []) : new RegionSuccessor(null, Results)];

    /// <inheritdoc/>
    public OperandList EntryOperands(Region? region) => Operands;

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (Body.IsEmpty)
        {
            context.Error(this, IRCodes.WrongCount, "has an empty region", "give it a block");
            return;
        }

        ScfRules.YieldsResults(context, this, Body);
    }
}

/// <summary>
/// Ends a region of <c>scf</c> and hands values to whoever comes next.
/// <code>"scf.yield"(%0) : (i32) -&gt; ()</code>
/// </summary>
[Op("scf.yield", Traits = OpTraits.Terminator | OpTraits.ReturnLike, Effects = Effect.None)]
public sealed partial class YieldOp : Operation
{
    /// <summary>What is handed over.</summary>
    [Operand] public partial OperandList Values { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (ParentOp is not (IfOp or ForOp or WhileOp or IndexSwitchOp or ExecuteRegionOp))
        {
            context.Error(this, IRCodes.OpRule, "stands in no region that yields", "move it to the end of an scf.if, scf.for, scf.while, scf.index_switch or scf.execute_region");
        }
    }
}
