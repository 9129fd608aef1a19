using System.Collections.Immutable;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>
/// One of two values, depending on a condition; only that one is computed.
/// <code>%1 = "agent.if"(%0) ({ "agent.yield"(%a) : (!agent.text) -> () }, { "agent.yield"(%b) : (!agent.text) -> () }) : (i1) -> !agent.text</code>
/// </summary>
[Op("agent.if", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class IfOp : Operation
{
    /// <summary>The condition, <c>i1</c>.</summary>
    [Operand] public partial Value Condition { get; set; }

    /// <summary>How often it holds, 0 to 1.</summary>
    [Attr] public partial double? Probability { get; set; }

    /// <summary>Computed when it holds.</summary>
    [Region(Arguments = 0)] public partial Region Then { get; }

    /// <summary>Computed when it does not.</summary>
    [Region(Arguments = 0)] public partial Region Else { get; }

    /// <summary>The value.</summary>
    [Result] public partial OpResult Chosen { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        Rules.Fits(context, this, "the condition", Condition.Type, Context.I1);
        Rules.Probability(context, this, "probability", Probability);
        Rules.Yields(context, this, Then, "the first branch", Chosen.Type);
        Rules.Yields(context, this, Else, "the second branch", Chosen.Type);
    }
}

/// <summary>
/// One of several values, depending on which pattern a subject is equal to.
/// <code>%1 = "agent.match"(%0) &lt;{patterns = ["billing"]}&gt; ({ … }, { … }) : (!agent.text) -> !agent.text</code>
/// </summary>
[Op("agent.match", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class MatchOp : Operation
{
    /// <summary>What is compared.</summary>
    [Operand] public partial Value Subject { get; set; }

    /// <summary>The patterns, in order; the last region is for everything else.</summary>
    [Attr] public partial ArrayAttr Patterns { get; set; }

    /// <summary>How often each region is taken, 0 to 1 each.</summary>
    [Attr] public partial ImmutableArray<double>? Probabilities { get; set; }

    /// <summary>One region a pattern, and one for everything else.</summary>
    [Region(Arguments = 0)] public partial IReadOnlyList<Region> Cases { get; }

    /// <summary>The value.</summary>
    [Result] public partial OpResult Chosen { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        int patterns = Patterns.Elements.Length;
        if (Cases.Count != patterns + 1)
        {
            context.Error(this, IRCodes.WrongCount, $"has {patterns} patterns and {Cases.Count} regions", $"give it {patterns + 1} regions; the last is for everything else");
        }

        if (Patterns.Elements.Distinct().Count() != patterns)
        {
            context.Error(this, IRCodes.OpRule, "has a pattern twice", "remove the second, which nothing reaches");
        }

        if (Probabilities is { } all)
        {
            if (all.Length != Cases.Count)
            {
                context.Error(this, IRCodes.WrongCount, $"has {all.Length} probabilities for {Cases.Count} regions", "give one for each region");
            }
            else if (all.Any(p => p is not (>= 0 and <= 1)) || Math.Abs(all.Sum() - 1) > 1e-6)
            {
                context.Error(this, IRCodes.OpRule, "has probabilities that do not add up to 1", "write numbers from 0 to 1 whose sum is 1");
            }
        }

        for (int i = 0; i < Cases.Count; i++)
        {
            Rules.Yields(context, this, Cases[i], $"case {i}", Chosen.Type);
        }
    }
}

/// <summary>
/// A value, or another one when computing the first fails.
/// <code>%0 = "agent.try"() ({ … }, { … }) : () -> !agent.text</code>
/// </summary>
[Op("agent.try", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class TryOp : Operation
{
    /// <summary>How often the first fails, 0 to 1.</summary>
    [Attr] public partial double? Probability { get; set; }

    /// <summary>Tried first.</summary>
    [Region(Arguments = 0)] public partial Region Body { get; }

    /// <summary>Computed when that fails.</summary>
    [Region(Arguments = 0)] public partial Region Else { get; }

    /// <summary>The value.</summary>
    [Result] public partial OpResult Chosen { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        Rules.Probability(context, this, "probability", Probability);
        Rules.Yields(context, this, Body, "the body", Chosen.Type);
        Rules.Yields(context, this, Else, "the other part", Chosen.Type);
    }
}

/// <summary>
/// Asks a person.
/// <code>%1 = "agent.human"(%0) &lt;{timeout_us = 60000000 : i64}&gt; ({ "agent.yield"(%d) : (!agent.text) -> () }) : (!agent.text) -> !agent.text</code>
/// </summary>
[Op("agent.human", Traits = OpTraits.SingleBlock, Effects = Effect.Writes)]
public sealed partial class HumanOp : CallOperation
{
    /// <summary>The question.</summary>
    [Operand] public partial Value Prompt { get; set; }

    /// <summary>The type of the answer; text when absent.</summary>
    [Attr] public partial IRType? As { get; set; }

    /// <summary>The texts of which the answer must be one.</summary>
    [Attr] public partial ImmutableArray<string>? Choices { get; set; }

    /// <summary>How long to wait, in microseconds, 1 or more.</summary>
    [Attr("timeout_us")] public partial long? TimeoutUs { get; set; }

    /// <summary>The answer when nobody gives one in time.</summary>
    [Region(Arguments = 0)] public partial Region? Else { get; }

    /// <summary>The answer.</summary>
    [Result] public partial OpResult Answer { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        base.Verify(context);
        Rules.AtLeast(context, this, "timeout_us", TimeoutUs, 1);
        Rules.Fits(context, this, "the answer", As ?? TextType.Get(Context), Answer.Type);
        if (Else is { IsEmpty: false } other)
        {
            Rules.Yields(context, this, other, "the answer in nobody's stead", Answer.Type);
            if (TimeoutUs is null && WithinUs is null)
            {
                context.Error(this, IRCodes.WrongAttribute, "has an answer for when nobody answers in time, but no time", "add timeout_us");
            }
        }
    }
}
