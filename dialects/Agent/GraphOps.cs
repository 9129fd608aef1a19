using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>
/// A workflow: named inputs, steps, and one value at the end.
/// <code>"agent.graph"() &lt;{result_type = !agent.text, sym_name = "echo"}&gt; ({ … "agent.yield"(%0) : (!agent.text) -> () }) : () -> ()</code>
/// </summary>
[Op("agent.graph", Traits = OpTraits.Symbol | OpTraits.SingleBlock | OpTraits.IsolatedFromAbove)]
public sealed partial class GraphOp : Operation
{
    /// <summary>The symbol.</summary>
    [Attr("sym_name")] public partial string SymName { get; set; }

    /// <summary>Type of what the workflow gives.</summary>
    [Attr] public partial IRType ResultType { get; set; }

    /// <summary>The steps.</summary>
    [Region(Arguments = 0)] public partial Region Body { get; }

    /// <summary>The inputs, in order.</summary>
    public IEnumerable<InputOp> Inputs => Body.First?.Operations.OfType<InputOp>() ?? [];

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        Rules.Yields(context, this, Body, "the body", ResultType);
        var names = new Dictionary<string, InputOp>(StringComparer.Ordinal);
        foreach (InputOp input in Inputs)
        {
            if (input.GetAttr<StringAttr>("name")?.Value is { } name && !names.TryAdd(name, input))
            {
                context.Diagnostics.Add(Diagnostic.Error(IRCodes.OpRule, $"the workflow has two inputs called '{name}'", input.Span, "give one of them another name")
                    .WithNote("the first is here", names[name].Span));
            }
        }
    }
}

/// <summary>
/// A value that whoever starts the workflow gives.
/// <code>%0 = "agent.input"() &lt;{name = "question"}&gt; : () -> !agent.text</code>
/// </summary>
[Op("agent.input")]
public sealed partial class InputOp : Operation
{
    /// <summary>The input's name.</summary>
    [Attr("name")] public partial string InputName { get; set; }

    /// <summary>The value when none is given.</summary>
    [Attr] public partial Attr? Default { get; set; }

    /// <summary>What was given.</summary>
    [Result] public partial OpResult Given { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (ParentOp is not GraphOp)
        {
            context.Error(this, IRCodes.OpRule, "stands outside the body of a workflow", "move it to the body of an agent.graph");
        }
    }
}

/// <summary>
/// Ends a region and says what it gives.
/// <code>"agent.yield"(%0) : (!agent.text) -> ()</code>
/// </summary>
[Op("agent.yield", Traits = OpTraits.Terminator, Effects = Effect.None)]
public sealed partial class YieldOp : Operation
{
    /// <summary>What the region gives.</summary>
    [Operand] public partial OperandList Values { get; }
}

/// <summary>
/// A promise about the workflow or the block around it.
/// <code>"agent.promise"() &lt;{kind = "latency", limit_us = 4000000 : i64, percentile = 95 : i64}&gt; : () -> ()</code>
/// </summary>
[Op("agent.promise")]
public sealed partial class PromiseOp : Operation
{
    private static readonly string[] Kinds = ["latency", "first_token", "rate", "budget", "region", "quality"];

    /// <summary>latency, first_token, rate, budget, region or quality.</summary>
    [Attr] public partial string Kind { get; set; }

    /// <summary>50, 95 or 99: how many of a hundred runs keep it.</summary>
    [Attr] public partial long? Percentile { get; set; }

    /// <summary>The longest time, in microseconds.</summary>
    [Attr("limit_us")] public partial long? LimitUs { get; set; }

    /// <summary>Runs per second.</summary>
    [Attr] public partial double? PerSecond { get; set; }

    /// <summary>The most a run may cost, in micro-dollars.</summary>
    [Attr("limit_microusd")] public partial long? LimitMicrousd { get; set; }

    /// <summary>The name of a region (text), or the least quality (a number).</summary>
    [Attr] public partial Attr? Value { get; set; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        Rules.AtLeast(context, this, "limit_us", LimitUs, 1);
        Rules.AtLeast(context, this, "limit_microusd", LimitMicrousd, 1);
        if (Percentile is not (null or 50 or 95 or 99))
        {
            context.Error(this, IRCodes.OpRule, $"has percentile = {Percentile}", "write 50, 95 or 99");
        }

        if (!Rules.OneOf(context, this, "kind", Kind, Kinds))
        {
            return;
        }

        (string attribute, bool given) = Kind switch
        {
            "latency" or "first_token" => ("limit_us", LimitUs is not null),
            "rate" => ("per_second", PerSecond is > 0 && double.IsFinite(PerSecond.Value)),
            "budget" => ("limit_microusd", LimitMicrousd is not null),
            "region" => ("value", Value is StringAttr),
            _ => ("value", Value is FloatAttr),
        };
        if (!given)
        {
            context.Error(this, IRCodes.WrongAttribute, $"promises {Kind} without a usable '{attribute}'", $"add {attribute} with what is promised");
        }
    }
}
