using System.Numerics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// To a wider floating-point type; nothing is lost.
/// <code>%1 = "arith.extf"(%0) : (f32) -&gt; f64</code>
/// </summary>
[Op("arith.extf", Effects = Effect.None)]
public sealed partial class ExtFOp : CastOperation
{
    /// <summary>Which rules need not be kept.</summary>
    [Attr("fastmath")] public partial FastMathFlags? FastMath { get; set; }

    private protected override string Remedy => "widen a floating-point number";

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        if (In.DefiningOp is TruncFOp inner && ReferenceEquals(inner.In.Type, Out.Type) && MayContract(FastMath) && MayContract(inner.FastMath))
        {
            return GiveValue(inner.In, results);
        }

        return FloatNumbers.TryGet(constants[0], out double number) ? GiveConstant(Constants.Of(number, Out.Type), results) : FoldOutcome.None;
    }

    private protected override bool Accepts(IRType from, IRType to) => Types.FloatWidth(from) > 0 && Types.FloatWidth(to) > Types.FloatWidth(from);

    private static bool MayContract(FastMathFlags? flags) => flags is not null && (flags.Bits & FastMathFlags.Contract) != 0;
}

/// <summary>
/// To a narrower floating-point type, rounded; to the nearest, halves to even, unless <c>roundingmode</c> says otherwise.
/// <code>%1 = "arith.truncf"(%0) : (f32) -&gt; f16</code>
/// </summary>
[Op("arith.truncf", Effects = Effect.None)]
public sealed partial class TruncFOp : CastOperation
{
    /// <summary>0 to nearest with halves to even, 1 downward, 2 upward, 3 toward zero, 4 to nearest with halves away from zero; an <c>i32</c>.</summary>
    [Attr("roundingmode")] public partial IntegerAttr? RoundingMode { get; set; }

    /// <summary>Which rules need not be kept.</summary>
    [Attr("fastmath")] public partial FastMathFlags? FastMath { get; set; }

    private protected override string Remedy => "narrow a floating-point number";

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        if (In.DefiningOp is ExtFOp inner && ReferenceEquals(inner.In.Type, Out.Type))
        {
            return GiveValue(inner.In, results);
        }

        return RoundingMode is null or { BigValue.IsZero: true } && FloatNumbers.TryGet(constants[0], out double number)
            ? GiveConstant(Constants.Of(number, Out.Type), results)
            : FoldOutcome.None;
    }

    private protected override bool Accepts(IRType from, IRType to) => Types.FloatWidth(to) > 0 && Types.FloatWidth(from) > Types.FloatWidth(to);
}

/// <summary>
/// From a signed integer to the nearest floating-point number.
/// <code>%1 = "arith.sitofp"(%0) : (i32) -&gt; f32</code>
/// </summary>
[Op("arith.sitofp", Effects = Effect.None)]
public sealed partial class SIToFPOp : CastOperation
{
    private protected override string Remedy => "cast a signless integer to a floating-point type";

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results) => FixedInt.TryGet(constants[0], out FixedInt number)
        ? GiveConstant(FloatCasts.FromInteger(number.Signed, Out.Type), results)
        : FoldOutcome.None;

    private protected override bool Accepts(IRType from, IRType to) => Types.IsFixedWidthIntegerLike(from) && Types.IsFloatLike(to);
}

/// <summary>
/// From an unsigned integer to the nearest floating-point number.
/// <code>%1 = "arith.uitofp"(%0) : (i32) -&gt; f32</code>
/// </summary>
[Op("arith.uitofp", Effects = Effect.None)]
public sealed partial class UIToFPOp : CastOperation
{
    private protected override string Remedy => "cast a signless integer to a floating-point type";

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results) => FixedInt.TryGet(constants[0], out FixedInt number)
        ? GiveConstant(FloatCasts.FromInteger(number.Unsigned, Out.Type), results)
        : FoldOutcome.None;

    private protected override bool Accepts(IRType from, IRType to) => Types.IsFixedWidthIntegerLike(from) && Types.IsFloatLike(to);
}

/// <summary>
/// To a signed integer, cut off towards zero; undefined when it does not fit.
/// <code>%1 = "arith.fptosi"(%0) : (f32) -&gt; i32</code>
/// </summary>
[Op("arith.fptosi", Effects = Effect.None)]
public sealed partial class FPToSIOp : CastOperation
{
    private protected override string Remedy => "cast a floating-point number to a signless integer";

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results) => FloatNumbers.TryGet(constants[0], out double number)
        ? GiveConstant(FloatCasts.ToInteger(number, Out.Type, signed: true), results)
        : FoldOutcome.None;

    private protected override bool Accepts(IRType from, IRType to) => Types.IsFloatLike(from) && Types.IsFixedWidthIntegerLike(to);
}

/// <summary>
/// To an unsigned integer, cut off towards zero; undefined when it does not fit.
/// <code>%1 = "arith.fptoui"(%0) : (f32) -&gt; i32</code>
/// </summary>
[Op("arith.fptoui", Effects = Effect.None)]
public sealed partial class FPToUIOp : CastOperation
{
    private protected override string Remedy => "cast a floating-point number to a signless integer";

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results) => FloatNumbers.TryGet(constants[0], out double number)
        ? GiveConstant(FloatCasts.ToInteger(number, Out.Type, signed: false), results)
        : FoldOutcome.None;

    private protected override bool Accepts(IRType from, IRType to) => Types.IsFloatLike(from) && Types.IsFixedWidthIntegerLike(to);
}

/// <summary>
/// The same bits read as another type of the same width.
/// <code>%1 = "arith.bitcast"(%0) : (f32) -&gt; i32</code>
/// </summary>
[Op("arith.bitcast", Effects = Effect.None)]
public sealed partial class BitcastOp : CastOperation
{
    private protected override string Remedy => "cast between signless integers and floats of one width";

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        if (ReferenceEquals(In.Type, Out.Type))
        {
            return GiveValue(In, results);
        }

        return GiveConstant(FloatCasts.SameBits(constants[0], Out.Type), results);
    }

    private protected override bool Accepts(IRType from, IRType to) => WidthOf(from) > 0 && WidthOf(from) == WidthOf(to);

    private static int WidthOf(IRType type) => Types.IsFixedWidthIntegerLike(type) ? FixedInt.WidthOf(type) : Types.FloatWidth(type);
}

/// <summary>Numbers as they pass between floats, integers and bits; null where folding keeps away.</summary>
internal static class FloatCasts
{
    // Up to here every integer is a double, so that rounding to a narrower type rounds once.
    private const long ExactMax = 1L << 53;

    public static Attr? FromInteger(BigInteger number, IRType type)
    {
        if (BigInteger.Abs(number) <= ExactMax)
        {
            return Types.ElementOf(type) is FloatType { Name: "f64" or "f32" or "f16" or "bf16" } ? Constants.Of((double)(long)number, type) : null;
        }

        // The processor rounds a 64-bit integer once.
        return Types.ElementOf(type) is not FloatType { Name: "f64" or "f32" } target ? null
            : number >= long.MinValue && number <= long.MaxValue ? Constants.Of(target.Name == "f32" ? (float)(long)number : (double)(long)number, type)
            : number.Sign > 0 && number <= ulong.MaxValue ? Constants.Of(target.Name == "f32" ? (float)(ulong)number : (double)(ulong)number, type)
            : null;
    }

    public static Attr? ToInteger(double number, IRType type, bool signed)
    {
        int width = FixedInt.WidthOf(type);
        if (!double.IsFinite(number) || width <= 0)
        {
            return null;
        }

        var whole = new BigInteger(Math.Truncate(number));
        BigInteger min = signed ? -(BigInteger.One << (width - 1)) : 0;
        BigInteger max = (BigInteger.One << (signed ? width - 1 : width)) - 1;
        return whole >= min && whole <= max ? Constants.Of(FixedInt.Of(width, whole), type) : null;
    }

    public static Attr? SameBits(Attr? constant, IRType type)
    {
        if (FixedInt.TryGet(constant, out FixedInt bits))
        {
            return type is FloatType { Name: "f64" or "f32" or "f16" or "bf16" } target ? type.Context.FloatBits(bits.Unsigned, target) : Constants.Of(bits, type);
        }

        if (Constants.SplatOf(constant) is not FloatAttr { Bits: null } number || double.IsNaN(number.Value) || type is not IntegerType)
        {
            return null;
        }

        return number.Type.Name switch
        {
            "f64" => Constants.Of(FixedInt.Of(64, BitConverter.DoubleToInt64Bits(number.Value)), type),
            "f32" => Constants.Of(FixedInt.Of(32, BitConverter.SingleToInt32Bits((float)number.Value)), type),
            "f16" => Constants.Of(FixedInt.Of(16, BitConverter.HalfToInt16Bits((Half)number.Value)), type),
            "bf16" => Constants.Of(FixedInt.Of(16, BitConverter.SingleToInt32Bits((float)number.Value) >> 16), type),
            _ => null,
        };
    }
}
