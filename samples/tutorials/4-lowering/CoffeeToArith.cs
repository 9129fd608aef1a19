using Orchestrator.Dialects.Arith;
using Orchestrator.IR;

namespace Tutorials;

/// <summary>Expresses coffee as arithmetic on millilitres.</summary>
[Pass("coffee-to-arith", Summary = "Express coffee as arithmetic on millilitres")]
public sealed partial class CoffeeToArith : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        ConversionTarget target = new ConversionTarget().AllowDialects("arith").Forbid(BrewOp.OpName, PourOp.OpName);
        DialectConversion.Run(root, target, [new BrewToConstant(), new PourToSum()], context.Diagnostics);
    }
}

/// <summary>A gram of beans gives 15 millilitres of coffee, or 2 of espresso.</summary>
internal sealed class BrewToConstant : ConversionPattern<BrewOp>
{
    protected override bool Convert(BrewOp op, IReadOnlyList<Value> operands, ConversionRewriter rewriter)
    {
        int millilitres = op.Grams * (op.Grind == Grind.Fine ? 2 : 15);
        rewriter.ReplaceWith(op, b => ConstantOp.Create(b, b.Context.Int(millilitres, op.Coffee.Type), op.Coffee.Type));
        return true;
    }
}

/// <summary>Milk is added.</summary>
internal sealed class PourToSum : ConversionPattern<PourOp>
{
    protected override bool Convert(PourOp op, IReadOnlyList<Value> operands, ConversionRewriter rewriter)
    {
        if (op.Milk < 0)
        {
            return rewriter.Refuse("milk cannot be taken out of a cup");
        }

        rewriter.ReplaceWith(op, b =>
        {
            ConstantOp milk = ConstantOp.Create(b, b.Context.Int(op.Milk, op.Filled.Type), op.Filled.Type);
            return AddIOp.Create(b, operands[0], milk.Known, op.Filled.Type);
        });
        return true;
    }
}
