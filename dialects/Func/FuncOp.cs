using Orchestrator.IR;

namespace Orchestrator.Dialects.Func;

/// <summary>
/// A function; without a body it is declared here and defined elsewhere.
/// <code>"func.func"() &lt;{function_type = (i32) -&gt; i32, sym_name = "f"}&gt; ({ ^bb0(%a: i32): "func.return"(%a) : (i32) -&gt; () }) : () -&gt; ()</code>
/// </summary>
[Op("func.func", Traits = OpTraits.IsolatedFromAbove | OpTraits.Symbol, Effects = Effect.Writes)]
public sealed partial class FuncOp : Operation, ICallableOp
{
    /// <summary>The name by which it is called.</summary>
    [Attr("sym_name")] public partial string SymName { get; set; }

    /// <summary>What goes in and comes out.</summary>
    [Attr("function_type")] public partial TypeAttr TypeOfFunction { get; set; }

    /// <summary><c>public</c> (the default), <c>private</c> or <c>nested</c>: who may refer to it.</summary>
    [Attr("sym_visibility")] public partial string? SymVisibility { get; set; }

    /// <summary>A dictionary for each argument.</summary>
    [Attr("arg_attrs")] public partial ArrayAttr? ArgAttrs { get; set; }

    /// <summary>A dictionary for each result.</summary>
    [Attr("res_attrs")] public partial ArrayAttr? ResAttrs { get; set; }

    /// <summary>Whether calls of it must stay calls.</summary>
    [Attr("no_inline")] public partial bool NoInline { get; set; }

    /// <summary>What it does; empty when that is elsewhere.</summary>
    [Region] public partial Region Body { get; }

    /// <summary>What goes in and comes out.</summary>
    public FunctionType Signature => (FunctionType)TypeOfFunction.Type;

    /// <inheritdoc/>
    public Region? CallableRegion => Body.IsEmpty ? null : Body;

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (TypeOfFunction.Type is not FunctionType type)
        {
            context.Error(this, FuncCodes.Declaration, $"has the type {TypeOfFunction.Type}", "make function_type a function type such as (i32) -> i32");
            return;
        }

        if (SymVisibility is not (null or "public" or "private" or "nested"))
        {
            context.Error(this, FuncCodes.Declaration, $"has the visibility '{SymVisibility}'", "make it public, private or nested");
        }

        CallRules.Dictionaries(context, this, "arg_attrs", ArgAttrs, type.Inputs.Length);
        CallRules.Dictionaries(context, this, "res_attrs", ResAttrs, type.Results.Length);
        if (Body.First is not { } entry)
        {
            if (SymVisibility is null or "public")
            {
                context.Error(this, FuncCodes.Declaration, "is declared without a body but is public", "add sym_visibility = \"private\", or a body");
            }

            return;
        }

        if (entry.Arguments.Count != type.Inputs.Length)
        {
            context.Error(this, FuncCodes.EntryArguments, $"takes {type.Inputs.Length} arguments, but its entry block has {entry.Arguments.Count}", "give the block the arguments of the function");
            return;
        }

        for (int i = 0; i < type.Inputs.Length; i++)
        {
            if (!ReferenceEquals(entry.Arguments[i].Type, type.Inputs[i]))
            {
                context.Error(this, FuncCodes.EntryArguments, $"takes {type.Inputs[i]} as argument {i}, but its entry block has {entry.Arguments[i].Type}", "make the types agree");
            }
        }
    }
}

/// <summary>
/// Ends a function and gives its results.
/// <code>"func.return"(%0) : (i32) -&gt; ()</code>
/// </summary>
[Op("func.return", Traits = OpTraits.Terminator | OpTraits.ReturnLike, Effects = Effect.None)]
public sealed partial class ReturnOp : Operation
{
    /// <summary>The results of the function.</summary>
    [Operand] public partial OperandList Values { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (ParentOp is not FuncOp function)
        {
            context.Error(this, IRCodes.OpRule, "stands outside a function", "move it to the end of a func.func");
            return;
        }

        if (function.TypeOfFunction.Type is not FunctionType type)
        {
            return;
        }

        if (type.Results.Length != OperandCount)
        {
            context.Error(this, FuncCodes.Signature, $"returns {OperandCount} values, but @{function.SymName} gives {type.Results.Length}", "return as many as the function's type says");
            return;
        }

        for (int i = 0; i < OperandCount; i++)
        {
            if (!ReferenceEquals(type.Results[i], GetOperand(i).Type))
            {
                context.Error(this, FuncCodes.Signature, $"returns {GetOperand(i).Type} as result {i}, but @{function.SymName} gives {type.Results[i]}", "make the types agree");
            }
        }
    }
}
