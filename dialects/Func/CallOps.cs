using Orchestrator.IR;

namespace Orchestrator.Dialects.Func;

/// <summary>
/// Calls a function by its name.
/// <code>%1 = "func.call"(%0) &lt;{callee = @f}&gt; : (i32) -&gt; i32</code>
/// </summary>
[Op("func.call", Effects = Effect.Unknown)]
public sealed partial class CallOp : Operation, ICallOp
{
    /// <summary>The function.</summary>
    [Attr] public partial SymbolRefAttr Callee { get; set; }

    /// <summary>A dictionary for each argument.</summary>
    [Attr("arg_attrs")] public partial ArrayAttr? ArgAttrs { get; set; }

    /// <summary>A dictionary for each result.</summary>
    [Attr("res_attrs")] public partial ArrayAttr? ResAttrs { get; set; }

    /// <summary>Whether it must stay a call.</summary>
    [Attr("no_inline")] public partial bool NoInline { get; set; }

    /// <summary>What the function is given.</summary>
    [Operand] public partial OperandList Arguments { get; }

    /// <summary>What it gives.</summary>
    [Result] public partial IReadOnlyList<OpResult> Given { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!Callee.Nested.IsEmpty)
        {
            context.Error(this, IRCodes.WrongAttribute, $"calls {Callee}", "name a function of this module");
        }
        else if (context.Resolve<FuncOp>(this, Callee, "function") is { TypeOfFunction.Type: FunctionType type })
        {
            CallRules.Fits(context, this, Callee.ToString(), type, Arguments, Results);
        }

        CallRules.Dictionaries(context, this, "arg_attrs", ArgAttrs, OperandCount);
        CallRules.Dictionaries(context, this, "res_attrs", ResAttrs, Results.Count);
    }
}

/// <summary>
/// Calls a function that is a value.
/// <code>%2 = "func.call_indirect"(%0, %1) : ((i32) -&gt; i32, i32) -&gt; i32</code>
/// </summary>
[Op("func.call_indirect", Effects = Effect.Unknown)]
public sealed partial class CallIndirectOp : Operation
{
    /// <summary>A dictionary for each argument.</summary>
    [Attr("arg_attrs")] public partial ArrayAttr? ArgAttrs { get; set; }

    /// <summary>A dictionary for each result.</summary>
    [Attr("res_attrs")] public partial ArrayAttr? ResAttrs { get; set; }

    /// <summary>The function.</summary>
    [Operand<FunctionType>] public partial Value Callee { get; set; }

    /// <summary>What the function is given.</summary>
    [Operand] public partial OperandList Arguments { get; }

    /// <summary>What it gives.</summary>
    [Result] public partial IReadOnlyList<OpResult> Given { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        CallRules.Fits(context, this, "the function", (FunctionType)Callee.Type, Arguments, Results);
        CallRules.Dictionaries(context, this, "arg_attrs", ArgAttrs, Arguments.Count);
        CallRules.Dictionaries(context, this, "res_attrs", ResAttrs, Results.Count);
    }
}

/// <summary>
/// A function as a value.
/// <code>%0 = "func.constant"() &lt;{value = @f}&gt; : () -&gt; ((i32) -&gt; i32)</code>
/// </summary>
[Op("func.constant", Traits = OpTraits.Constant, Effects = Effect.None)]
public sealed partial class ConstantOp : Operation
{
    /// <summary>The function.</summary>
    [Attr] public partial SymbolRefAttr Value { get; set; }

    /// <summary>The function.</summary>
    [Result] public partial OpResult Function { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!Value.Nested.IsEmpty)
        {
            context.Error(this, IRCodes.WrongAttribute, $"names {Value}", "name a function of this module");
        }
        else if (context.Resolve<FuncOp>(this, Value, "function") is { } function && !ReferenceEquals(function.TypeOfFunction.Type, Function.Type))
        {
            context.Error(this, FuncCodes.Signature, $"gives {Value} as {Function.Type}, but it is declared as {function.TypeOfFunction.Type}", "make the types agree");
        }
    }
}

/// <summary>The checks that functions and calls share.</summary>
internal static class CallRules
{
    /// <summary>What is handed over and received has the function's types.</summary>
    public static void Fits(VerifyContext context, Operation op, string whom, FunctionType type, OperandList arguments, IReadOnlyList<OpResult> results)
    {
        if (arguments.Count != type.Inputs.Length)
        {
            context.Error(op, FuncCodes.Signature, $"hands {arguments.Count} arguments to {whom}, which takes {type.Inputs.Length}", "hand over what the function's type says");
            return;
        }

        for (int i = 0; i < arguments.Count; i++)
        {
            if (!ReferenceEquals(arguments[i].Type, type.Inputs[i]))
            {
                context.Error(op, FuncCodes.Signature, $"hands {arguments[i].Type} to {whom} as argument {i}, which takes {type.Inputs[i]}", "make the types agree");
            }
        }

        if (results.Count != type.Results.Length)
        {
            context.Error(op, FuncCodes.Signature, $"takes {results.Count} results from {whom}, which gives {type.Results.Length}", "take what the function's type says");
            return;
        }

        for (int i = 0; i < results.Count; i++)
        {
            if (!ReferenceEquals(results[i].Type, type.Results[i]))
            {
                context.Error(op, FuncCodes.Signature, $"takes {results[i].Type} from {whom} as result {i}, which gives {type.Results[i]}", "make the types agree");
            }
        }
    }

    /// <summary>A list of as many dictionaries as there are arguments or results.</summary>
    public static void Dictionaries(VerifyContext context, Operation op, string name, ArrayAttr? list, int count)
    {
        if (list is null)
        {
            return;
        }

        if (list.Elements.Length != count)
        {
            context.Error(op, IRCodes.WrongCount, $"has {list.Elements.Length} dictionaries in '{name}' for {count}", "give one for each, {} where there is nothing to say");
        }

        foreach (Attr element in list.Elements)
        {
            if (element is not DictionaryAttr)
            {
                context.Error(op, IRCodes.WrongAttribute, $"has {element} in '{name}'", "make every element a dictionary such as {}");
            }
        }
    }
}
