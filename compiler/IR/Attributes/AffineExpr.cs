namespace Orchestrator.IR;

/// <summary>What an <see cref="AffineExpr"/> is.</summary>
public enum AffineKind
{
    /// <summary>Sum of both sides.</summary>
    Add,

    /// <summary>Product of both sides.</summary>
    Mul,

    /// <summary>Remainder, never negative.</summary>
    Mod,

    /// <summary>Quotient rounded down.</summary>
    FloorDiv,

    /// <summary>Quotient rounded up.</summary>
    CeilDiv,

    /// <summary>A number.</summary>
    Constant,

    /// <summary>A dimension, <c>d0</c>.</summary>
    Dim,

    /// <summary>A symbol, <c>s0</c>.</summary>
    Symbol,
}

/// <summary>
/// An integer expression over dimensions and symbols. It is simplified while it is built, by the rules of <see cref="AffineRules"/>, so that
/// equal texts of MLIR give equal objects.
/// </summary>
public sealed class AffineExpr : Interned
{
    /// <summary>How deep expressions may nest; a sum of n parts nests n deep. What would nest deeper is not built.</summary>
    public const int DepthMax = 2_000;

    internal AffineExpr(Context context, AffineKind kind, long value) : base(context)
    {
        (Kind, Value) = (kind, value);
        IsSymbolicOrConstant = kind != AffineKind.Dim;
        LargestKnownDivisor = kind == AffineKind.Constant ? Magnitude(value) : 1;
    }

    internal AffineExpr(Context context, AffineKind kind, AffineExpr left, AffineExpr right) : base(context)
    {
        (Kind, Left, Right) = (kind, left, right);
        Depth = 1 + Math.Max(left.Depth, right.Depth);
        IsSymbolicOrConstant = left.IsSymbolicOrConstant && right.IsSymbolicOrConstant;
        LargestKnownDivisor = DivisorOf(kind, left, right);
    }

    /// <summary>What it is.</summary>
    public AffineKind Kind { get; }

    /// <summary>The number, or the position of the dimension or symbol.</summary>
    public long Value { get; }

    /// <summary>The left side of an operation.</summary>
    public AffineExpr? Left { get; }

    /// <summary>The right side of an operation.</summary>
    public AffineExpr? Right { get; }

    /// <summary>Whether no dimension is in it.</summary>
    public bool IsSymbolicOrConstant { get; }

    /// <summary>A number that divides every value of the expression; 0 for the constant 0.</summary>
    public long LargestKnownDivisor { get; }

    internal int Depth { get; } = 1;

    internal bool IsConstant => Kind == AffineKind.Constant;

    // The right side of a product, quotient or sum with a constant, which is always on the right; else null.
    internal long? ConstantRight => Right is { Kind: AffineKind.Constant } constant ? constant.Value : null;

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Kind, Value, Left, Right);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is AffineExpr o && o.Kind == Kind && o.Value == Value
        && ReferenceEquals(o.Left, Left) && ReferenceEquals(o.Right, Right);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer) => AffineText.Write(writer, this);

    // As unsigned numbers wrap: the smallest long stays as it is.
    private static long Magnitude(long value) => value < 0 ? unchecked(-value) : value;

    private static long DivisorOf(AffineKind kind, AffineExpr left, AffineExpr right)
    {
        switch (kind)
        {
            case AffineKind.Mul:
                return unchecked(left.LargestKnownDivisor * right.LargestKnownDivisor);
            case AffineKind.Add or AffineKind.Mod:
                return Gcd(left.LargestKnownDivisor, right.LargestKnownDivisor);
            default:
                bool divides = right is { Kind: AffineKind.Constant, Value: not (0 or -1) } && left.LargestKnownDivisor % right.Value == 0;
                return divides ? Magnitude(left.LargestKnownDivisor / right.Value) : 1;
        }
    }

    private static long Gcd(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, b == -1 ? 0 : a % b);
        }

        return Magnitude(a);
    }
}
