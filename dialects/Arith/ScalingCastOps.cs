using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// A narrow floating-point number times its scale, in a wider type.
/// <code>%2 = "arith.scaling_extf"(%0, %1) : (f8E5M2, f8E8M0FNU) -&gt; f32</code>
/// </summary>
[Op("arith.scaling_extf", Effects = Effect.None)]
public sealed partial class ScalingExtFOp : Operation
{
    /// <summary>The number.</summary>
    [Operand] public partial Value Number { get; set; }

    /// <summary>Its scale; what counts is the exponent.</summary>
    [Operand] public partial Value Scale { get; set; }

    /// <summary>Which rules need not be kept.</summary>
    [Attr("fastmath")] public partial FastMathFlags? FastMath { get; set; }

    /// <summary>The scaled number.</summary>
    [Result] public partial OpResult Scaled { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!Types.IsFloatLike(Number.Type) || !Types.IsFloatLike(Scale.Type) || Types.FloatWidth(Scaled.Type) <= Types.FloatWidth(Number.Type)
            || !Types.SameShape(Number.Type, Scaled.Type) || !Types.SameShape(Scale.Type, Scaled.Type))
        {
            context.Error(this, ArithCodes.Cast, $"cannot make {Scaled.Type} of {Number.Type} with scale {Scale.Type}", "widen a floating-point number with a scale of the same shape");
        }
    }
}

/// <summary>
/// A floating-point number divided by its scale, in a narrower type.
/// <code>%2 = "arith.scaling_truncf"(%0, %1) : (f32, f8E8M0FNU) -&gt; f8E5M2</code>
/// </summary>
[Op("arith.scaling_truncf", Effects = Effect.None)]
public sealed partial class ScalingTruncFOp : Operation
{
    /// <summary>The number.</summary>
    [Operand] public partial Value Number { get; set; }

    /// <summary>Its scale; what counts is the exponent.</summary>
    [Operand] public partial Value Scale { get; set; }

    /// <summary>As that of <see cref="TruncFOp"/>.</summary>
    [Attr("roundingmode")] public partial IntegerAttr? RoundingMode { get; set; }

    /// <summary>Which rules need not be kept.</summary>
    [Attr("fastmath")] public partial FastMathFlags? FastMath { get; set; }

    /// <summary>The scaled number.</summary>
    [Result] public partial OpResult Scaled { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!Types.IsFloatLike(Scale.Type) || !Types.IsFloatLike(Scaled.Type) || Types.FloatWidth(Scaled.Type) >= Types.FloatWidth(Number.Type)
            || !Types.SameShape(Number.Type, Scaled.Type) || !Types.SameShape(Scale.Type, Scaled.Type))
        {
            context.Error(this, ArithCodes.Cast, $"cannot make {Scaled.Type} of {Number.Type} with scale {Scale.Type}", "narrow a floating-point number with a scale of the same shape");
        }
    }
}
