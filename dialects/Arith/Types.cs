using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>What the operations of <c>arith</c> ask about types: each works on numbers and, element by element, on vectors and tensors of them.</summary>
internal static class Types
{
    /// <summary>The type of an element of a vector or tensor, else the type itself.</summary>
    public static IRType ElementOf(IRType type) => type is ShapedType { Kind: not ShapedKind.MemRef } shaped ? shaped.Element : type;

    public static bool IsIntegerLike(IRType type) => ElementOf(type) is IndexType or IntegerType { Signedness: Signedness.Signless };

    public static bool IsFixedWidthIntegerLike(IRType type) => ElementOf(type) is IntegerType { Signedness: Signedness.Signless };

    public static bool IsBoolLike(IRType type) => ElementOf(type) is IntegerType { Signedness: Signedness.Signless, Width: 1 };

    public static bool IsIndexLike(IRType type) => ElementOf(type) is IndexType;

    public static bool IsFloatLike(IRType type) => ElementOf(type) is FloatType;

    public static int FloatWidth(IRType type) => ElementOf(type) is FloatType f ? FloatNumbers.Width(f) : -1;

    /// <summary>Whether both have the same shape, or none has one.</summary>
    public static bool SameShape(IRType a, IRType b)
    {
        ShapedType? x = a as ShapedType;
        ShapedType? y = b as ShapedType;
        if (x is null || y is null)
        {
            return x is null && y is null;
        }

        return x.Kind == y.Kind && Compatible(x, y);
    }

    // An unknown dimension goes with every other, and so does an unknown rank.
    private static bool Compatible(ShapedType x, ShapedType y)
    {
        if (x.Shape.IsDefault || y.Shape.IsDefault)
        {
            return true;
        }

        if (x.Shape.Length != y.Shape.Length)
        {
            return false;
        }

        for (int i = 0; i < x.Shape.Length; i++)
        {
            if (x.Shape[i] != y.Shape[i] && x.Shape[i] != ShapedType.Dynamic && y.Shape[i] != ShapedType.Dynamic)
            {
                return false;
            }
        }

        return true;
    }
}
