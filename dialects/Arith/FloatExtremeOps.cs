using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// The greater number; not a number if one is none; -0 is below +0.
/// <code>%2 = "arith.maximumf"(%0, %1) &lt;{fastmath = #arith.fastmath&lt;none&gt;}&gt; : (f32, f32) -&gt; f32</code>
/// </summary>
[Op("arith.maximumf", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class MaximumFOp : FloatOperation
{
    private protected override bool Simplify(double? rhs, out FoldResult result)
    {
        if (ReferenceEquals(Lhs, Rhs))
        {
            return Give(Lhs, out result);
        }

        return rhs is { } b && double.IsNegativeInfinity(b) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override double Compute(double a, double b) => FloatNumbers.Settle(Math.Max(a, b), a, b);
}

/// <summary>
/// The smaller number; not a number if one is none; -0 is below +0.
/// <code>%2 = "arith.minimumf"(%0, %1) &lt;{fastmath = #arith.fastmath&lt;none&gt;}&gt; : (f32, f32) -&gt; f32</code>
/// </summary>
[Op("arith.minimumf", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class MinimumFOp : FloatOperation
{
    private protected override bool Simplify(double? rhs, out FoldResult result)
    {
        if (ReferenceEquals(Lhs, Rhs))
        {
            return Give(Lhs, out result);
        }

        return rhs is { } b && double.IsPositiveInfinity(b) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override double Compute(double a, double b) => FloatNumbers.Settle(Math.Min(a, b), a, b);
}

/// <summary>
/// The greater number, the other one if one is none.
/// <code>%2 = "arith.maxnumf"(%0, %1) &lt;{fastmath = #arith.fastmath&lt;none&gt;}&gt; : (f32, f32) -&gt; f32</code>
/// </summary>
[Op("arith.maxnumf", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class MaxNumFOp : FloatOperation
{
    private protected override bool Simplify(double? rhs, out FoldResult result)
    {
        if (ReferenceEquals(Lhs, Rhs))
        {
            return Give(Lhs, out result);
        }

        return rhs is { } b && double.IsNaN(b) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override double Compute(double a, double b) => double.IsNaN(a) ? FloatNumbers.Settle(b, b, b) : double.IsNaN(b) ? a : Math.Max(a, b);
}

/// <summary>
/// The smaller number, the other one if one is none.
/// <code>%2 = "arith.minnumf"(%0, %1) &lt;{fastmath = #arith.fastmath&lt;none&gt;}&gt; : (f32, f32) -&gt; f32</code>
/// </summary>
[Op("arith.minnumf", Traits = OpTraits.Commutative | OpTraits.SameOperandsAndResultType, Effects = Effect.None)]
public sealed partial class MinNumFOp : FloatOperation
{
    private protected override bool Simplify(double? rhs, out FoldResult result)
    {
        if (ReferenceEquals(Lhs, Rhs))
        {
            return Give(Lhs, out result);
        }

        return rhs is { } b && double.IsNaN(b) ? Give(Lhs, out result) : Nothing(out result);
    }

    private protected override double Compute(double a, double b) => double.IsNaN(a) ? FloatNumbers.Settle(b, b, b) : double.IsNaN(b) ? a : Math.Min(a, b);
}
