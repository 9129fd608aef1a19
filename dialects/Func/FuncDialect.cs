using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Func;

/// <summary>Functions and calls, with MLIR's names and meaning.</summary>
[Dialect("func")]
public sealed partial class FuncDialect : Dialect
{
    /// <inheritdoc/>
    public override IReadOnlyList<RewritePattern> Simplifications { get; } = [new CallKnownFunction()];

    /// <inheritdoc/>
    public override bool MayInline(Operation call, Operation callable) => call is CallOp { NoInline: false } && callable is FuncOp { NoInline: false };

    /// <inheritdoc/>
    public override Operation? MaterializeConstant(OpBuilder builder, Attr value, IRType type, SourceSpan span) =>
        value is SymbolRefAttr { Nested.IsEmpty: true } symbol && type is FunctionType ? ConstantOp.Create(builder, symbol, type, span) : null;
}

/// <summary>Stable codes of the diagnostics about <c>func</c>.</summary>
public static class FuncCodes
{
    /// <summary>The arguments of the entry block are not the inputs of the function's type.</summary>
    public const string EntryArguments = "ORC2110";

    /// <summary>What is returned or called is not what the function's type says.</summary>
    public const string Signature = "ORC2111";

    /// <summary>A function whose attributes contradict each other.</summary>
    public const string Declaration = "ORC2112";
}

/// <summary>A call of a value that is a known function becomes a plain call.</summary>
internal sealed class CallKnownFunction : RewritePattern<CallIndirectOp>
{
    protected override bool Apply(CallIndirectOp op, Rewriter rewriter)
    {
        if (op.Callee.DefiningOp is not ConstantOp { Value: { } callee })
        {
            return false;
        }

        var types = new IRType[op.Results.Count];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = op.Results[i].Type;
        }

        CallOp call = rewriter.Insert(op, b => CallOp.Create(b, callee, op.Arguments, types,
            argAttrs: op.GetAttr<ArrayAttr>("arg_attrs"), resAttrs: op.GetAttr<ArrayAttr>("res_attrs"), span: op.Span));
        rewriter.Replace(op, [.. call.Results]);
        return true;
    }
}
