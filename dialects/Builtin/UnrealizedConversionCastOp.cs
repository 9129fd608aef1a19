using Orchestrator.IR;

namespace Orchestrator.Dialects.Builtin;

/// <summary>
/// Stands between values of one type system and uses of another until a later conversion takes it away; it has no meaning of its own.
/// <code>%1 = "builtin.unrealized_conversion_cast"(%0) : (i64) -&gt; index</code>
/// </summary>
[Op("builtin.unrealized_conversion_cast", Effects = Effect.None, Syntax = typeof(CastSyntax))]
public sealed partial class UnrealizedConversionCastOp : Operation
{
    /// <summary>The values as they are.</summary>
    [Operand] public partial OperandList Inputs { get; }

    /// <summary>The same as others see them; at least one.</summary>
    [Result] public partial IReadOnlyList<OpResult> Outputs { get; }

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        // A cast to the same types is nothing, and so is one back to where another one came from.
        OperandList source = Operands;
        if (!SameTypes(source))
        {
            if (OperandCount == 0 || GetOperand(0).DefiningOp is not UnrealizedConversionCastOp before || before.Results.Count != OperandCount)
            {
                return FoldOutcome.None;
            }

            for (int i = 0; i < OperandCount; i++)
            {
                if (!ReferenceEquals(GetOperand(i), before.Results[i]))
                {
                    return FoldOutcome.None;
                }
            }

            source = before.Operands;
            if (!SameTypes(source))
            {
                return FoldOutcome.None;
            }
        }

        for (int i = 0; i < results.Length; i++)
        {
            results[i] = FoldResult.Of(source[i]);
        }

        return FoldOutcome.Results;
    }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (Results.Count == 0)
        {
            context.Error(this, IRCodes.WrongCount, "gives no result", "give it at least one, or remove it");
        }
    }

    private bool SameTypes(OperandList source)
    {
        if (source.Count != Results.Count)
        {
            return false;
        }

        for (int i = 0; i < source.Count; i++)
        {
            if (!ReferenceEquals(source[i].Type, Results[i].Type))
            {
                return false;
            }
        }

        return true;
    }
}

// '%a, %b : types to types {…}', which the parser reads by itself, as mlir-opt prints it.
internal sealed class CastSyntax : OpSyntax
{
    public override bool CanPrint(Operation op) => base.CanPrint(op) && op.Results.Count > 0;

    public override void Parse(OpReader reader) => throw new InvalidOperationException("the parser reads casts itself");

    public override void Print(Operation op, OpWriter writer)
    {
        writer.Operands(op, " ");
        for (int i = 0; i < op.OperandCount; i++)
        {
            writer.Write(i == 0 ? " : " : ", ").Write(op.GetOperand(i).Type);
        }

        for (int i = 0; i < op.Results.Count; i++)
        {
            writer.Write(i == 0 ? " to " : ", ").Write(op.Results[i].Type);
        }

        writer.Attributes(op, []);
    }
}
