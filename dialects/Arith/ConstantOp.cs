using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>
/// A number, or a vector or tensor of numbers, known when the program is compiled.
/// <code>%0 = "arith.constant"() &lt;{value = 1 : i32}&gt; : () -&gt; i32</code>
/// </summary>
[Op("arith.constant", Traits = OpTraits.Constant, Effects = Effect.None)]
public sealed partial class ConstantOp : Operation
{
    /// <summary>The number, with its type.</summary>
    [Attr] public partial Attr Value { get; set; }

    /// <summary>The number.</summary>
    [Result] public partial OpResult Known { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        IRType? type = Constants.TypeOf(Value);
        if (type is null)
        {
            context.Error(this, ArithCodes.ConstantType, $"has the value {Value}", "give it an integer, a float, or elements of a vector or tensor");
        }
        else if (!ReferenceEquals(type, Known.Type))
        {
            context.Error(this, ArithCodes.ConstantType, $"gives {Value} as {Known.Type}", "make the value and the result have one type");
        }
        else if (Known.Type is IntegerType { Signedness: not Signedness.Signless })
        {
            context.Error(this, ArithCodes.ConstantType, $"gives a {Known.Type}", "use a signless integer such as i32");
        }
        else if (Known.Type is ShapedType { Kind: ShapedKind.MemRef })
        {
            context.Error(this, ArithCodes.ConstantType, $"gives a {Known.Type}", "use a vector or tensor");
        }
    }
}
