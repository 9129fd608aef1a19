namespace Orchestrator.IR;

/// <summary>
/// Builds affine expressions and simplifies them on the way, as MLIR does: constants fold and go to the right, symbols go right of
/// dimensions, products and quotients of constants merge, <c>x - x floordiv c * c</c> is <c>x mod c</c>.
/// </summary>
public static class AffineRules
{
    /// <summary>A constant.</summary>
    public static AffineExpr Constant(Context context, long value) => context.Intern(new AffineExpr(context, AffineKind.Constant, value));

    /// <summary>The dimension at <paramref name="position"/>.</summary>
    public static AffineExpr Dim(Context context, int position) => context.Intern(new AffineExpr(context, AffineKind.Dim, position));

    /// <summary>The symbol at <paramref name="position"/>.</summary>
    public static AffineExpr Symbol(Context context, int position) => context.Intern(new AffineExpr(context, AffineKind.Symbol, position));

    /// <summary>The sum.</summary>
    public static AffineExpr Add(AffineExpr left, AffineExpr right) => SimplifyAdd(left, right) ?? Make(AffineKind.Add, left, right);

    /// <summary>The difference, a sum with a product by -1.</summary>
    public static AffineExpr Subtract(AffineExpr left, AffineExpr right) => Add(left, Negate(right));

    /// <summary>The product with -1.</summary>
    public static AffineExpr Negate(AffineExpr expr) => Mul(expr, Constant(expr.Context, -1));

    /// <summary>The product.</summary>
    public static AffineExpr Mul(AffineExpr left, AffineExpr right) => SimplifyMul(left, right) ?? Make(AffineKind.Mul, left, right);

    /// <summary>The remainder.</summary>
    public static AffineExpr Mod(AffineExpr left, AffineExpr right) => SimplifyMod(left, right) ?? Make(AffineKind.Mod, left, right);

    /// <summary>The quotient, rounded down.</summary>
    public static AffineExpr FloorDiv(AffineExpr left, AffineExpr right) => SimplifyFloorDiv(left, right) ?? Make(AffineKind.FloorDiv, left, right);

    /// <summary>The quotient, rounded up.</summary>
    public static AffineExpr CeilDiv(AffineExpr left, AffineExpr right) => SimplifyCeilDiv(left, right) ?? Make(AffineKind.CeilDiv, left, right);

    private static AffineExpr Make(AffineKind kind, AffineExpr left, AffineExpr right) => left.Context.Intern(new AffineExpr(left.Context, kind, left, right));

    private static AffineExpr? SimplifyAdd(AffineExpr left, AffineExpr right)
    {
        Context context = left.Context;
        if (left.IsConstant && right.IsConstant)
        {
            Int128 sum = (Int128)left.Value + right.Value;
            return sum == (long)sum ? Constant(context, (long)sum) : null;
        }

        if (left.IsConstant || (left.IsSymbolicOrConstant && !right.IsSymbolicOrConstant) || AreOutOfOrder(left, right))
        {
            return Add(right, left);
        }

        if (right.IsConstant && right.Value == 0)
        {
            return left;
        }

        if (right.IsConstant && left is { Kind: AffineKind.Add, Left: { } inner, ConstantRight: { } addend })
        {
            return Add(inner, Constant(context, unchecked(addend + right.Value)));
        }

        (AffineExpr first, long firstFactor) = Factor(left);
        (AffineExpr second, long secondFactor) = Factor(right);
        if (ReferenceEquals(first, second))
        {
            return Mul(first, Constant(context, unchecked(firstFactor + secondFactor)));
        }

        if (left is { Kind: AffineKind.Add, Left: { } before, Right: { IsConstant: true } last })
        {
            return Add(Add(before, right), last);
        }

        return FindMod(left, right);
    }

    // Two dimensions, or two symbols, stand in the order of their positions.
    private static bool AreOutOfOrder(AffineExpr left, AffineExpr right) =>
        left.Kind == right.Kind && (left.Kind is AffineKind.Dim or AffineKind.Symbol) && left.Value > right.Value;

    // c × expr, with c = 1 when there is no factor.
    private static (AffineExpr Expr, long Factor) Factor(AffineExpr expr) =>
        expr is { Kind: AffineKind.Mul, Left: { } inner, ConstantRight: { } factor } ? (inner, factor) : (expr, 1);

    // x + (x floordiv q) * -q is x mod q, also when x is the last part of a sum.
    private static AffineExpr? FindMod(AffineExpr left, AffineExpr right)
    {
        if (right is not { Left: { } product, Right: { } factor })
        {
            return null;
        }

        if (factor is { IsConstant: true, Value: -1 } && product is { Kind: AffineKind.Mul, Left: { } quotient, Right: { } by })
        {
            if (quotient.Kind != AffineKind.FloorDiv)
            {
                return null;
            }

            if (ReferenceEquals(quotient.Right, by) && ReferenceEquals(left, quotient.Left))
            {
                return Mod(left, by);
            }
        }

        if (right.Kind != AffineKind.Mul || product is not { Kind: AffineKind.FloorDiv, Left: { } divided, Right: { } divisor })
        {
            return null;
        }

        if (divisor is { IsConstant: true, Value: > 0 } && ReferenceEquals(left, divided) && ReferenceEquals(divisor, Negate(factor)))
        {
            return Mod(left, divisor);
        }

        return left is { Kind: AffineKind.Add, Left: { } rest, Right: { } last } && SimplifyAdd(last, right) is { } simpler ? Add(rest, simpler) : null;
    }

    private static AffineExpr? SimplifyMul(AffineExpr left, AffineExpr right)
    {
        Context context = left.Context;
        if (left.IsConstant && right.IsConstant)
        {
            Int128 product = (Int128)left.Value * right.Value;
            return product == (long)product ? Constant(context, (long)product) : null;
        }

        if (!left.IsSymbolicOrConstant && !right.IsSymbolicOrConstant)
        {
            return null;
        }

        if (!right.IsSymbolicOrConstant || left.IsConstant || AreOutOfOrder(left, right))
        {
            return Mul(right, left);
        }

        if (right is { IsConstant: true, Value: 0 or 1 })
        {
            return right.Value == 1 ? left : right;
        }

        if (left is not { Kind: AffineKind.Mul, Left: { } inner, Right: { IsConstant: true } factor })
        {
            return null;
        }

        return right.IsConstant ? Mul(inner, Constant(context, unchecked(factor.Value * right.Value))) : Mul(Mul(inner, right), factor);
    }

    private static AffineExpr? SimplifyFloorDiv(AffineExpr left, AffineExpr right)
    {
        if (!right.IsConstant || right.Value == 0)
        {
            return null;
        }

        if (SimplifyQuotient(left, right, up: false) is { } quotient)
        {
            return quotient;
        }

        if (left is { Kind: AffineKind.Add, Left: { } first, Right: { } second } && (Divides(right.Value, first) || Divides(right.Value, second)))
        {
            return Add(FloorDiv(first, right), FloorDiv(second, right));
        }

        return null;
    }

    private static AffineExpr? SimplifyCeilDiv(AffineExpr left, AffineExpr right) =>
        right.IsConstant && right.Value != 0 ? SimplifyQuotient(left, right, up: true) : null;

    private static AffineExpr? SimplifyQuotient(AffineExpr left, AffineExpr right, bool up)
    {
        if (left.IsConstant)
        {
            bool overflows = left.Value == long.MinValue && right.Value == -1;
            return overflows ? null : Constant(left.Context, Divide(left.Value, right.Value, up));
        }

        if (right.Value == 1)
        {
            return left;
        }

        bool exact = left is { Kind: AffineKind.Mul, ConstantRight: { } factor } && Remainder(factor, right.Value) == 0;
        return exact && left is { Left: { } inner, ConstantRight: { } multiple }
            ? Mul(inner, Constant(left.Context, right.Value == -1 ? unchecked(-multiple) : multiple / right.Value))
            : null;
    }

    private static AffineExpr? SimplifyMod(AffineExpr left, AffineExpr right)
    {
        if (!right.IsConstant || right.Value < 1)
        {
            return null;
        }

        if (left.IsConstant)
        {
            long rest = left.Value % right.Value;
            return Constant(left.Context, rest < 0 ? rest + right.Value : rest);
        }

        if (Divides(right.Value, left))
        {
            return Constant(left.Context, 0);
        }

        if (left is { Kind: AffineKind.Add, Left: { } first, Right: { } second })
        {
            return Divides(right.Value, first) ? Mod(second, right) : Divides(right.Value, second) ? Mod(first, right) : null;
        }

        bool multiple = left is { Kind: AffineKind.Mod, ConstantRight: >= 1 and var inner } && inner % right.Value == 0;
        return multiple && left.Left is { } expr ? Mod(expr, right) : null;
    }

    private static bool Divides(long divisor, AffineExpr expr) => Remainder(expr.LargestKnownDivisor, divisor) == 0;

    private static long Remainder(long value, long divisor) => divisor == -1 ? 0 : value % divisor;

    private static long Divide(long a, long b, bool up)
    {
        long quotient = a / b;
        bool exact = a % b == 0;
        bool positive = a < 0 == b < 0;
        return exact || positive != up ? quotient : quotient + (up ? 1 : -1);
    }
}
