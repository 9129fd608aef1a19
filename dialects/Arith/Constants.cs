using System.Numerics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>Constants between attributes and numbers, and values known to be constant.</summary>
internal static class Constants
{
    /// <summary>The number that <paramref name="attr"/> is, or that every element of it is; null for anything else.</summary>
    public static Attr? SplatOf(Attr? attr) => attr switch
    {
        IntegerAttr or FloatAttr => attr,
        DenseElementsAttr { IsSplat: true } elements => FirstOf(elements),
        _ => null,
    };

    /// <summary>The type of a constant's value, or null for what is no number.</summary>
    public static IRType? TypeOf(Attr value) => value switch
    {
        IntegerAttr integer => integer.Type,
        FloatAttr number => number.Type,
        DenseElementsAttr elements => elements.Type,
        DenseResourceElementsAttr elements => elements.Type,
        SparseElementsAttr elements => elements.Type,
        _ => null,
    };

    /// <summary>A constant of <paramref name="type"/>, in every element if it has several, or null where such types have none.</summary>
    public static Attr? Of(in FixedInt value, IRType type) => type switch
    {
        IntegerType or IndexType => value.ToAttr(type),
        ShapedType { Element: IntegerType or IndexType } shaped => Splat(shaped, value.Unsigned, value.Width),
        _ => null,
    };

    /// <summary>A constant of <paramref name="type"/>, in every element if it has several, or null where such types have none.</summary>
    public static Attr? Of(double value, IRType type) => type switch
    {
        FloatType number => type.Context.Double(value, number),
        ShapedType { Element: FloatType element } shaped when FloatNumbers.BitsOf(value, element) is { } bits => Splat(shaped, bits, FloatNumbers.Width(element)),
        _ => null,
    };

    /// <summary>The result that is the constant; false where such types have none.</summary>
    public static bool Give(in FixedInt value, IRType type, out FoldResult result)
    {
        Attr? attr = Of(value, type);
        result = attr is null ? default : FoldResult.Of(attr);
        return attr is not null;
    }

    /// <summary>The result that is the constant; false where such types have none.</summary>
    public static bool Give(long value, IRType type, out FoldResult result)
    {
        result = default;
        int width = FixedInt.WidthOf(type);
        return width >= 0 && Give(FixedInt.Of(width, value), type, out result);
    }

    /// <summary>The number that <paramref name="value"/> is known to be.</summary>
    public static bool TryGetInt(Value value, out FixedInt number) => FixedInt.TryGet(value.ConstantValue, out number);

    public static bool IsInt(Attr? attr, long number) => FixedInt.TryGet(attr, out FixedInt value) && value.Same(FixedInt.Of(value.Width, number));

    public static bool IsInt(Value value, long number) => value.DefiningOp is not null && IsInt(value.ConstantValue, number);

    /// <summary>Puts a constant before <paramref name="before"/>; its type is an integer, <c>index</c> or a float.</summary>
    public static Value Insert(Rewriter rewriter, Operation before, Attr value, IRType type) =>
        rewriter.Insert(before, b => ConstantOp.Create(b, value, type)).Known;

    /// <summary>Puts a constant integer before <paramref name="before"/>.</summary>
    public static Value Insert(Rewriter rewriter, Operation before, long value, IRType type) =>
        Insert(rewriter, before, rewriter.Context.Int(value, type), type);

    private static Attr? FirstOf(DenseElementsAttr elements) => elements.Type.Element switch
    {
        IntegerType or IndexType => elements.Context.Int(new BigInteger(elements.Data.AsSpan(), isUnsigned: true), elements.Type.Element),
        FloatType number => elements.Context.FloatBits(new BigInteger(elements.Data.AsSpan(), isUnsigned: true), number),
        _ => null,
    };

    private static DenseElementsAttr? Splat(ShapedType type, BigInteger bits, int width)
    {
        if (type.Kind == ShapedKind.MemRef || !type.HasStaticShape || type.ElementCount == 0 || width == 0)
        {
            return null;
        }

        byte[] data = new byte[(width + 7) / 8];
        bits.TryWriteBytes(data, out _, isUnsigned: true);
        if (width == 1)
        {
            data[0] = (byte)(bits.IsZero ? 0 : 255);
        }

        return type.Context.Elements(type, data, isSplat: true);
    }
}
