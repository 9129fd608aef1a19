namespace Orchestrator.IR;

// Affine expressions as MLIR writes them: a product with -1 as a minus sign, a sum with something negative as a difference, parentheses
// around every operation inside a product or quotient. The depth of an expression is bounded, so it may be followed by recursion.
internal static class AffineText
{
    public static void Write(AsmWriter writer, AffineExpr expr) => Write(writer, expr, inProduct: false);

    private static void Write(AsmWriter writer, AffineExpr expr, bool inProduct)
    {
        switch (expr.Kind)
        {
            case AffineKind.Constant:
                writer.Write(expr.Value);
                return;
            case AffineKind.Dim or AffineKind.Symbol:
                writer.Write(expr.Kind == AffineKind.Dim ? 'd' : 's').Write(expr.Value);
                return;
        }

        (AffineExpr left, AffineExpr right) = (expr.Left!, expr.Right!); // Every other kind is an operation with two sides.
        writer.Write(inProduct ? "(" : "");
        if (expr.Kind == AffineKind.Add)
        {
            Write(writer, left, inProduct: false);
            WriteAddend(writer, right);
        }
        else if (expr.Kind == AffineKind.Mul && expr.ConstantRight == -1)
        {
            writer.Write('-');
            Write(writer, left, inProduct: true);
        }
        else
        {
            Write(writer, left, inProduct: true);
            writer.Write(expr.Kind switch { AffineKind.Mul => " * ", AffineKind.Mod => " mod ", AffineKind.FloorDiv => " floordiv ", _ => " ceildiv " });
            Write(writer, right, inProduct: true);
        }

        writer.Write(inProduct ? ")" : "");
    }

    // A sign and what is added.
    private static void WriteAddend(AsmWriter writer, AffineExpr right)
    {
        if (right.Kind == AffineKind.Mul && right.ConstantRight is < 0 and var factor)
        {
            AffineExpr product = right.Left!; // A product has two sides.
            writer.Write(" - ");
            Write(writer, product, inProduct: factor < -1 || product.Kind == AffineKind.Add);
            if (factor < -1)
            {
                writer.Write(" * ").Write(unchecked(-factor));
            }
        }
        else if (right is { IsConstant: true, Value: < 0 })
        {
            writer.Write(" - ").Write(unchecked(-right.Value));
        }
        else
        {
            writer.Write(" + ");
            Write(writer, right, inProduct: false);
        }
    }
}
