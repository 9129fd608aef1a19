using System.Globalization;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>
/// The value of its region for every item of a list, all at once unless <c>in_order</c> is given.
/// <code>%1 = "agent.map"(%0) &lt;{at_most = 200 : i64}&gt; ({ ^bb0(%x: !agent.text): … }) : (!agent.list&lt;!agent.text&gt;) -> !agent.list&lt;!agent.text&gt;</code>
/// </summary>
[Op("agent.map", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class MapOp : Operation
{
    /// <summary>The list.</summary>
    [Operand] public partial Value Items { get; set; }

    /// <summary>One after the other.</summary>
    [Attr] public partial bool InOrder { get; set; }

    /// <summary>How many items at most, 1 or more.</summary>
    [Attr] public partial long? AtMost { get; set; }

    /// <summary>Expected number of items, 0 or more.</summary>
    [Attr] public partial double? Expect { get; set; }

    /// <summary>Computed for each item, its argument.</summary>
    [Region] public partial Region Body { get; }

    /// <summary>The values, in the order of the items.</summary>
    [Result] public partial OpResult Values { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        Rules.AtLeast(context, this, "at_most", AtMost, 1);
        Rules.NotNegative(context, this, "expect", Expect);
        Each.Verify(context, this, Items, Body, Values);
    }
}

/// <summary>
/// The first <c>k</c> values of its region over <c>n</c> items.
/// <code>%1 = "agent.gather"(%0) &lt;{deadline_us = 2000000 : i64, k = 3 : i64, n = 5 : i64}&gt; ({ ^bb0(%x: !agent.text): … }) : (!agent.list&lt;!agent.text&gt;) -> !agent.list&lt;!agent.text&gt;</code>
/// </summary>
[Op("agent.gather", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class GatherOp : Operation
{
    /// <summary>The list.</summary>
    [Operand] public partial Value Items { get; set; }

    /// <summary>How many are enough, 1 to <c>n</c>.</summary>
    [Attr("k")] public partial long Enough { get; set; }

    /// <summary>How many are started, 1 or more.</summary>
    [Attr("n")] public partial long Started { get; set; }

    /// <summary>When waiting ends, in microseconds, 1 or more.</summary>
    [Attr("deadline_us")] public partial long? DeadlineUs { get; set; }

    /// <summary>Computed for each item, its argument.</summary>
    [Region] public partial Region Body { get; }

    /// <summary>The values that came.</summary>
    [Result] public partial OpResult Values { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        Rules.AtLeast(context, this, "k", Enough, 1);
        Rules.AtLeast(context, this, "n", Started, 1);
        Rules.AtLeast(context, this, "deadline_us", DeadlineUs, 1);
        if (Enough > Started)
        {
            context.Error(this, IRCodes.OpRule, string.Create(CultureInfo.InvariantCulture, $"waits for {Enough} of {Started}"), "make k no larger than n");
        }

        Each.Verify(context, this, Items, Body, Values);
    }
}

internal static class Each
{
    public static void Verify(VerifyContext context, Operation op, Value items, Region body, OpResult values)
    {
        if (items.Type is not (ListType or JsonType))
        {
            context.Error(op, IRCodes.WrongType, $"takes a list, found {items.Type}", "give it a list");
            return;
        }

        IRType item = items.Type is ListType list ? list.Element : items.Type;
        Rules.Argument(context, op, body, "the body", item);
        if (values.Type is ListType result)
        {
            Rules.Yields(context, op, body, "the body", result.Element);
        }
        else if (values.Type is not JsonType)
        {
            context.Error(op, IRCodes.WrongType, $"gives {values.Type}", "give it a list type");
        }
    }
}

/// <summary>
/// Repeats a round on a value until a condition holds: the value then, else the last one.
/// <code>%1 = "agent.loop"(%0) &lt;{at_most = 4 : i64}&gt; ({ ^bb0(%t: !agent.text): … "agent.until"(%c) ({ … }) : (i1) -> () }) : (!agent.text) -> !agent.text</code>
/// </summary>
[Op("agent.loop", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class LoopOp : Operation
{
    /// <summary>The value before the first round.</summary>
    [Operand] public partial Value Initial { get; set; }

    /// <summary>How many rounds at most, 1 or more.</summary>
    [Attr] public partial long AtMost { get; set; }

    /// <summary>Expected number of rounds, 0 or more.</summary>
    [Attr] public partial double? Expect { get; set; }

    /// <summary>A round; its argument is the value.</summary>
    [Region] public partial Region Body { get; }

    /// <summary>The value at the end.</summary>
    [Result] public partial OpResult Final { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        Rules.AtLeast(context, this, "at_most", AtMost, 1);
        Rules.NotNegative(context, this, "expect", Expect);
        Rules.Fits(context, this, "the first value", Initial.Type, Final.Type);
        Rules.Argument(context, this, Body, "the body", Final.Type);
        if (Body.First?.Last is not UntilOp)
        {
            context.Error(Body.First?.Last ?? this, IRCodes.Terminator, "does not end a round of 'agent.loop'", "end it with agent.until");
        }
    }
}

/// <summary>
/// Ends the loop when its condition holds; otherwise its region finishes the round.
/// <code>"agent.until"(%c) ({ … "agent.yield"(%next) : (!agent.text) -> () }) : (i1) -> ()</code>
/// </summary>
[Op("agent.until", Traits = OpTraits.Terminator | OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class UntilOp : Operation
{
    /// <summary>Whether the value is good enough, <c>i1</c>.</summary>
    [Operand] public partial Value Condition { get; set; }

    /// <summary>The rest of the round, which gives the next value.</summary>
    [Region(Arguments = 0)] public partial Region Rest { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        Rules.Fits(context, this, "the condition", Condition.Type, Context.I1);
        if (ParentOp is not LoopOp { Results.Count: 1 } loop)
        {
            context.Error(this, IRCodes.OpRule, "stands outside a loop", "move it to the end of an agent.loop");
            return;
        }

        Rules.Yields(context, this, Rest, "the rest of the round", loop.Final.Type);
    }
}
