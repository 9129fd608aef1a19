using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>Stable codes of the diagnostics about <c>arith</c>.</summary>
public static class ArithCodes
{
    /// <summary>Operands and results that must have one type have several.</summary>
    public const string TypesDiffer = "ORC2100";

    /// <summary>A type that the operation does not compute with.</summary>
    public const string NotItsNumbers = "ORC2101";

    /// <summary>A cast between types that it does not connect.</summary>
    public const string Cast = "ORC2102";

    /// <summary>A constant whose value does not have its type.</summary>
    public const string ConstantType = "ORC2103";

    /// <summary>A predicate that there is not.</summary>
    public const string Predicate = "ORC2104";
}

/// <summary>The checks that the operations of <c>arith</c> share. Each reports and gives false when something is wrong.</summary>
internal static class TypeRules
{
    /// <summary>All operands and results have <paramref name="type"/>.</summary>
    public static bool Same(VerifyContext context, Operation op, IRType type)
    {
        for (int i = 0; i < op.OperandCount + op.Results.Count; i++)
        {
            IRType found = i < op.OperandCount ? op.GetOperand(i).Type : op.Results[i - op.OperandCount].Type;
            if (!ReferenceEquals(found, type))
            {
                return context.Error(op, ArithCodes.TypesDiffer, $"takes one type for all operands and results, found {type} and {found}", "cast one of them");
            }
        }

        return true;
    }

    public static bool Integer(VerifyContext context, Operation op, IRType type) => Types.IsIntegerLike(type)
        || context.Error(op, ArithCodes.NotItsNumbers, $"takes signless integers or indices, found {type}", "use a type such as i32, index or vector<4xi32>");

    public static bool FixedWidth(VerifyContext context, Operation op, IRType type) => Types.IsFixedWidthIntegerLike(type)
        || context.Error(op, ArithCodes.NotItsNumbers, $"takes signless integers, found {type}", "use a type such as i32 or vector<4xi32>");

    public static bool Float(VerifyContext context, Operation op, IRType type) => Types.IsFloatLike(type)
        || context.Error(op, ArithCodes.NotItsNumbers, $"takes floating-point numbers, found {type}", "use a type such as f32 or vector<4xf32>");

    /// <summary>The result of a comparison: bits in the shape of what is compared.</summary>
    public static bool Bits(VerifyContext context, Operation op, IRType compared, IRType result) =>
        (Types.IsBoolLike(result) && Types.SameShape(compared, result))
        || context.Error(op, ArithCodes.TypesDiffer, $"gives i1 in the shape of {compared}, found {result}", "make the result i1, or a vector or tensor of i1 of the same shape");

    /// <summary>A number of <paramref name="count"/> kinds of comparison.</summary>
    public static bool Predicate(VerifyContext context, Operation op, IntegerAttr predicate, int count) =>
        (ReferenceEquals(predicate.Type, op.Context.I64) && predicate.BigValue.Sign >= 0 && predicate.BigValue < count)
        || context.Error(op, ArithCodes.Predicate, $"has no predicate {predicate}", $"give predicate as 0 to {count - 1} : i64");
}
