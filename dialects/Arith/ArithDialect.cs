using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>Arithmetic on integers and floating-point numbers, alone or in vectors and tensors, with MLIR's names and meaning.</summary>
[Dialect("arith")]
public sealed partial class ArithDialect : Dialect
{
    /// <inheritdoc/>
    public override IReadOnlyList<RewritePattern> Simplifications { get; } =
    [
        new MergeSumOfSum(),
        new MergeDifferenceOfSum(),
        new CancelInDifference(),
        new SubtractInsteadOfNegating(),
        new MergeProducts(),
        new DropCarry(),
        new DropUpperHalf(),
        new ExtendedProductWithOne(),
        new WidenAfterwards(),
        new InvertComparison(),
        new CompareBeforeWidening(),
        new SkipNestedSelect(),
        new SwapSelect(),
        new SelectBit(),
        new WidenByZerosOnce(),
        new WidenLess(),
        new ShiftInZeros(),
        new MergeBitcasts(),
        new MergeIndexCasts(),
        new CancelSigns(),
        new RoundIntegerOnce(),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> AttrNames => ["overflow", "fastmath"];

    /// <inheritdoc/>
    public override Attr? ParseAttr(IRParser parser, string mnemonic) => mnemonic switch
    {
        "overflow" => OverflowFlags.Parse(parser),
        "fastmath" => FastMathFlags.Parse(parser),
        _ => null,
    };

    /// <inheritdoc/>
    public override Operation? MaterializeConstant(OpBuilder builder, Attr value, IRType type, SourceSpan span) =>
        ReferenceEquals(Constants.TypeOf(value), type) ? ConstantOp.Create(builder, value, type, span) : null;
}
