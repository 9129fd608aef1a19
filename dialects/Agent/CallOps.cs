using System.Collections.Immutable;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>
/// Asks one model for one reply, which depends on the operands alone.
/// <code>%1 = "agent.call"(%0) &lt;{max_tokens = 300 : i64, model = @writer}&gt; : (!agent.text) -> !agent.text</code>
/// </summary>
[Op("agent.call", Effects = Effect.Calls)]
public sealed partial class CallOp : CallOperation
{
    /// <summary>What is asked.</summary>
    [Operand] public partial Value Prompt { get; set; }

    /// <summary>Images, audio and other things that go with it.</summary>
    [Operand] public partial OperandList More { get; }

    /// <summary>The model.</summary>
    [Attr] public partial SymbolRefAttr Model { get; set; }

    /// <summary>The longest reply, in tokens, 1 or more.</summary>
    [Attr] public partial long? MaxTokens { get; set; }

    /// <summary>The type of a structured reply; text when absent.</summary>
    [Attr] public partial IRType? As { get; set; }

    /// <summary>The texts of which the reply must be one.</summary>
    [Attr] public partial ImmutableArray<string>? Choices { get; set; }

    /// <summary>0 for the same reply every time; the model's own default when absent.</summary>
    [Attr] public partial double? Temperature { get; set; }

    /// <summary>Expected prompt, in tokens.</summary>
    [Attr] public partial long? ExpectIn { get; set; }

    /// <summary>Expected reply, in tokens.</summary>
    [Attr] public partial long? ExpectOut { get; set; }

    /// <summary>The reply.</summary>
    [Result] public partial OpResult Reply { get; }

    /// <inheritdoc/>
    public override Effect EffectsIn(SymbolTables symbols) => Temperature is 0 ? Effect.None : Effect.Calls;

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        base.Verify(context);
        context.Resolve<DeclareModelOp>(this, Model, "model");
        Rules.AtLeast(context, this, "max_tokens", MaxTokens, 1);
        Rules.AtLeast(context, this, "expect_in", ExpectIn, 0);
        Rules.AtLeast(context, this, "expect_out", ExpectOut, 0);
        Rules.NotNegative(context, this, "temperature", Temperature);
        Rules.Fits(context, this, "the reply", As ?? TextType.Get(Context), Reply.Type);
    }
}

/// <summary>
/// Uses a tool.
/// <code>%1 = "agent.tool"(%0) &lt;{arg_names = ["q"], tool = @find}&gt; : (!agent.text) -> !agent.json</code>
/// </summary>
[Op("agent.tool")]
public sealed partial class ToolOp : CallOperation
{
    /// <summary>The arguments.</summary>
    [Operand] public partial OperandList Arguments { get; }

    /// <summary>The tool.</summary>
    [Attr] public partial SymbolRefAttr Tool { get; set; }

    /// <summary>The parameter that each argument is for.</summary>
    [Attr] public partial ImmutableArray<string> ArgNames { get; set; }

    /// <summary>What the tool gives.</summary>
    [Result] public partial OpResult? Answer { get; }

    /// <inheritdoc/>
    public override Effect EffectsIn(SymbolTables symbols) =>
        symbols.Lookup(this, Tool) is DeclareToolOp { EffectKind: "pure" } ? Effect.None : Effect.Writes;

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        base.Verify(context);
        if (context.Resolve<DeclareToolOp>(this, Tool, "tool") is not { } tool || tool.GetAttr<ArrayAttr>("param_names")?.AsStrings() is not { } names
            || tool.GetAttr<ArrayAttr>("param_types")?.AsTypes() is not { } types || names.Length != types.Length)
        {
            return;
        }

        VerifyArguments(context, ArgNames, Tool.ToString(), names, types, static _ => false);
        if (Answer is { } answer && tool.ResultType is { } result)
        {
            Rules.Fits(context, this, "the answer", result, answer.Type);
        }
    }
}

/// <summary>
/// Searches an index.
/// <code>%1 = "agent.lookup"(%0) &lt;{index = @kb, top = 8 : i64}&gt; : (!agent.text) -> !agent.list&lt;!agent.text&gt;</code>
/// </summary>
[Op("agent.lookup", Effects = Effect.Reads)]
public sealed partial class LookupOp : CallOperation
{
    /// <summary>What is looked for.</summary>
    [Operand] public partial Value Query { get; set; }

    /// <summary>The index.</summary>
    [Attr] public partial SymbolRefAttr Index { get; set; }

    /// <summary>How many are wanted, 1 or more.</summary>
    [Attr] public partial long? Top { get; set; }

    /// <summary>What was found, best first.</summary>
    [Result] public partial OpResult Found { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        base.Verify(context);
        context.Resolve<DeclareIndexOp>(this, Index, "index");
        Rules.AtLeast(context, this, "top", Top, 1);
    }
}

/// <summary>
/// Calls another workflow.
/// <code>%1 = "agent.invoke"(%0) &lt;{arg_names = ["question"], graph = @support}&gt; : (!agent.text) -> !agent.text</code>
/// </summary>
[Op("agent.invoke")]
public sealed partial class InvokeOp : CallOperation
{
    /// <summary>The inputs.</summary>
    [Operand] public partial OperandList Arguments { get; }

    /// <summary>The workflow.</summary>
    [Attr] public partial SymbolRefAttr Graph { get; set; }

    /// <summary>The input that each argument is for.</summary>
    [Attr] public partial ImmutableArray<string> ArgNames { get; set; }

    /// <summary>What the workflow gives.</summary>
    [Result] public partial OpResult Answer { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        base.Verify(context);
        if (context.Resolve<GraphOp>(this, Graph, "workflow") is not { Regions.Count: 1 } graph)
        {
            return;
        }

        if (graph.Encloses(this))
        {
            context.Error(this, IRCodes.OpRule, $"calls {Graph}, in which it stands", "use agent.loop for repetition; it has a bound");
            return;
        }

        InputOp[] inputs = [.. graph.Inputs.Where(i => i.GetAttr("name") is StringAttr && i.Results.Count == 1)];
        VerifyArguments(context, ArgNames, Graph.ToString(), [.. inputs.Select(i => i.InputName)], [.. inputs.Select(i => i.Given.Type)],
            i => inputs[i].Default is not null);
        if (graph.GetAttr<TypeAttr>("result_type") is { } result)
        {
            Rules.Fits(context, this, "the answer", result.Type, Answer.Type);
        }
    }
}
