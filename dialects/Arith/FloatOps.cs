using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// The sum, rounded.
/// <code>%2 = "arith.addf"(%0, %1) &lt;{fastmath = #arith.fastmath&lt;none&gt;}&gt; : (f32, f32) -&gt; f32</code>
/// </summary>
[Op("arith.addf", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class AddFOp : FloatOperation
{
    private protected override bool Simplify(double? rhs, out FoldResult result)
    {
        return rhs is { } b && FloatNumbers.IsNegativeZero(b) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override double Compute(double a, double b) => FloatNumbers.Settle(a + b, a, b);
}

/// <summary>
/// The difference, rounded.
/// <code>%2 = "arith.subf"(%0, %1) &lt;{fastmath = #arith.fastmath&lt;none&gt;}&gt; : (f32, f32) -&gt; f32</code>
/// </summary>
[Op("arith.subf", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class SubFOp : FloatOperation
{
    private protected override bool Simplify(double? rhs, out FoldResult result)
    {
        return rhs is { } b && FloatNumbers.IsPositiveZero(b) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override double Compute(double a, double b) => FloatNumbers.Settle(a - b, a, b);
}

/// <summary>
/// The product, rounded.
/// <code>%2 = "arith.mulf"(%0, %1) &lt;{fastmath = #arith.fastmath&lt;none&gt;}&gt; : (f32, f32) -&gt; f32</code>
/// </summary>
[Op("arith.mulf", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class MulFOp : FloatOperation
{
    private protected override bool Simplify(double? rhs, out FoldResult result)
    {
        if (rhs == 1)
        {
            return Give(Lhs, out result);
        }

        const int Needed = FastMathFlags.NoNaNs | FastMathFlags.NoSignedZeros;
        return rhs == 0 && (FastMath.Bits & Needed) == Needed ? Give(Rhs, out result) : Nothing(out result);
    }

    private protected override double Compute(double a, double b) => FloatNumbers.Settle(a * b, a, b);
}

/// <summary>
/// The quotient, rounded.
/// <code>%2 = "arith.divf"(%0, %1) &lt;{fastmath = #arith.fastmath&lt;none&gt;}&gt; : (f32, f32) -&gt; f32</code>
/// </summary>
[Op("arith.divf", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class DivFOp : FloatOperation
{
    private protected override bool Simplify(double? rhs, out FoldResult result)
    {
        return rhs == 1 ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override double Compute(double a, double b) => FloatNumbers.Settle(a / b, a, b);
}

/// <summary>
/// The remainder of the quotient cut off towards zero, with the sign of the dividend.
/// <code>%2 = "arith.remf"(%0, %1) &lt;{fastmath = #arith.fastmath&lt;none&gt;}&gt; : (f32, f32) -&gt; f32</code>
/// </summary>
[Op("arith.remf", Traits = OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class RemFOp : FloatOperation
{
    private protected override double Compute(double a, double b) => FloatNumbers.Settle(a % b, a, b);
}
