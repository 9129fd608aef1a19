using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// To a wider integer, filled with zeros.
/// <code>%1 = "arith.extui"(%0) : (i32) -&gt; i64</code>
/// </summary>
[Op("arith.extui", Effects = Effect.None)]
public sealed partial class ExtUIOp : CastOperation
{
    private protected override string Remedy => "widen a signless integer";

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        if (In.DefiningOp is ExtUIOp inner)
        {
            In = inner.In;
            return FoldOutcome.InPlace;
        }

        return FixedInt.TryGet(constants[0], out FixedInt number)
            ? GiveConstant(Constants.Of(number.ResizeUnsigned(FixedInt.WidthOf(Out.Type)), Out.Type), results)
            : FoldOutcome.None;
    }

    private protected override bool Accepts(IRType from, IRType to) => CastRules.Widens(from, to);
}

/// <summary>
/// To a wider integer, filled with the top bit.
/// <code>%1 = "arith.extsi"(%0) : (i32) -&gt; i64</code>
/// </summary>
[Op("arith.extsi", Effects = Effect.None)]
public sealed partial class ExtSIOp : CastOperation
{
    private protected override string Remedy => "widen a signless integer";

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        if (In.DefiningOp is ExtSIOp inner)
        {
            In = inner.In;
            return FoldOutcome.InPlace;
        }

        return FixedInt.TryGet(constants[0], out FixedInt number)
            ? GiveConstant(Constants.Of(number.ResizeSigned(FixedInt.WidthOf(Out.Type)), Out.Type), results)
            : FoldOutcome.None;
    }

    private protected override bool Accepts(IRType from, IRType to) => CastRules.Widens(from, to);
}

/// <summary>
/// To a narrower integer; the upper bits are dropped.
/// <code>%1 = "arith.trunci"(%0) &lt;{overflowFlags = #arith.overflow&lt;none&gt;}&gt; : (i64) -&gt; i32</code>
/// </summary>
[Op("arith.trunci", Effects = Effect.None)]
public sealed partial class TruncIOp : CastOperation
{
    /// <summary>Which overflows the author rules out; none unless said.</summary>
    [Attr("overflowFlags", Default = OverflowFlags.NoneText)] public partial OverflowFlags Overflow { get; set; }

    private protected override string Remedy => "narrow a signless integer";

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        if (FixedInt.TryGet(constants[0], out FixedInt number))
        {
            return GiveConstant(Constants.Of(number.ResizeUnsigned(FixedInt.WidthOf(Out.Type)), Out.Type), results);
        }

        if (In.DefiningOp is (ExtUIOp or ExtSIOp) and CastOperation wider)
        {
            if (ReferenceEquals(wider.In.Type, Out.Type))
            {
                return GiveValue(wider.In, results);
            }

            if (FixedInt.WidthOf(wider.In.Type) <= FixedInt.WidthOf(Out.Type))
            {
                return FoldOutcome.None;
            }

            In = wider.In;
            return FoldOutcome.InPlace;
        }

        if (In.DefiningOp is TruncIOp inner)
        {
            // What both rule out holds for both steps in one.
            Overflow = OverflowFlags.Get(Context, Overflow.Bits & inner.Overflow.Bits);
            In = inner.In;
            return FoldOutcome.InPlace;
        }

        return FoldOutcome.None;
    }

    private protected override bool Accepts(IRType from, IRType to) => CastRules.Widens(to, from);
}

/// <summary>
/// Between an integer and <c>index</c>, as signed numbers.
/// <code>%1 = "arith.index_cast"(%0) : (i32) -&gt; index</code>
/// </summary>
[Op("arith.index_cast", Effects = Effect.None)]
public sealed partial class IndexCastOp : CastOperation
{
    private protected override string Remedy => "cast between a signless integer and index";

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results) => FixedInt.TryGet(constants[0], out FixedInt number)
        ? GiveConstant(Constants.Of(number.ResizeSigned(FixedInt.WidthOf(Out.Type)), Out.Type), results)
        : FoldOutcome.None;

    private protected override bool Accepts(IRType from, IRType to) => CastRules.IsIndexCast(from, to);
}

/// <summary>
/// Between an integer and <c>index</c>, as unsigned numbers.
/// <code>%1 = "arith.index_castui"(%0) : (i32) -&gt; index</code>
/// </summary>
[Op("arith.index_castui", Effects = Effect.None)]
public sealed partial class IndexCastUIOp : CastOperation
{
    private protected override string Remedy => "cast between a signless integer and index";

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results) => FixedInt.TryGet(constants[0], out FixedInt number)
        ? GiveConstant(Constants.Of(number.ResizeUnsigned(FixedInt.WidthOf(Out.Type)), Out.Type), results)
        : FoldOutcome.None;

    private protected override bool Accepts(IRType from, IRType to) => CastRules.IsIndexCast(from, to);
}

/// <summary>Which types casts connect.</summary>
internal static class CastRules
{
    /// <summary>Whether <paramref name="to"/> has more bits than <paramref name="from"/>, both being signless integers.</summary>
    public static bool Widens(IRType from, IRType to) =>
        Types.IsFixedWidthIntegerLike(from) && Types.IsFixedWidthIntegerLike(to) && FixedInt.WidthOf(to) > FixedInt.WidthOf(from);

    public static bool IsIndexCast(IRType from, IRType to) =>
        Types.IsIntegerLike(from) && Types.IsIntegerLike(to) && Types.IsIndexLike(from) != Types.IsIndexLike(to);
}
