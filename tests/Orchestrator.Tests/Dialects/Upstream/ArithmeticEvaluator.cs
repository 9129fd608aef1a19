using System.Numerics;
using Orchestrator.IR;

namespace Orchestrator.Tests.Dialects.Upstream;

/// <summary>What one operation of <c>arith</c> computes on integers.</summary>
internal static class ArithmeticEvaluator
{
    public static BigInteger[] Compute(Operation op, BigInteger[] operands)
    {
        string name = op.Name.Text["arith.".Length..];
        int width = Evaluator.WidthOf(op.Results[0].Type);
        if (op.OperandCount == 0)
        {
            return [Evaluator.Wrap(((IntegerAttr)op.GetAttr("value")!).BigValue, width)]; // Constants have a value.
        }

        int from = Evaluator.WidthOf(op.GetOperand(0).Type);
        BigInteger a = operands[0];
        BigInteger b = operands.Length > 1 ? operands[1] : 0;
        (BigInteger sa, BigInteger sb) = (Evaluator.Signed(a, from), operands.Length > 1 && op.Name.Text != "arith.select" ? Evaluator.Signed(b, from) : 0);
        switch (name)
        {
            case "select":
                return [a.IsOne ? b : operands[2]];
            case "cmpi":
                return [Holds((int)((IntegerAttr)op.GetAttr("predicate")!).BigValue, a, b, sa, sb) ? 1 : 0]; // Verified.
            case "addui_extended":
                return [Evaluator.Wrap(a + b, width), (a + b) >> width];
            case "mului_extended":
                return [Evaluator.Wrap(a * b, width), (a * b) >> width];
            case "mulsi_extended":
                return [Evaluator.Wrap(sa * sb, width), Evaluator.Wrap((sa * sb) >> width, width)];
            default:
                return [Evaluator.Wrap(Simple(name, a, b, sa, sb, from), width)];
        }
    }

    private static BigInteger Simple(string name, BigInteger a, BigInteger b, BigInteger sa, BigInteger sb, int width) => name switch
    {
        "addi" => a + b,
        "subi" => a - b,
        "muli" => a * b,
        "andi" => a & b,
        "ori" => a | b,
        "xori" => a ^ b,
        "maxsi" => BigInteger.Max(sa, sb),
        "maxui" => BigInteger.Max(a, b),
        "minsi" => BigInteger.Min(sa, sb),
        "minui" => BigInteger.Min(a, b),
        "extui" or "trunci" or "index_castui" => a,
        "extsi" or "index_cast" => sa,
        "shli" => a << Amount(b, width),
        "shrui" => a >> Amount(b, width),
        "shrsi" => sa >> Amount(b, width),
        "divui" => a / NotZero(b),
        "remui" => a % NotZero(b),
        "ceildivui" => (a + NotZero(b) - 1) / b,
        "divsi" => BigInteger.Divide(sa, NotZero(sb, sa, width)),
        "remsi" => BigInteger.Remainder(sa, NotZero(sb)),
        "floordivsi" => Floor(sa, NotZero(sb, sa, width)),
        "ceildivsi" => -Floor(-sa, NotZero(sb, sa, width)),
        _ => throw new InvalidOperationException($"{name} is not known"),
    };

    private static bool Holds(int predicate, BigInteger a, BigInteger b, BigInteger sa, BigInteger sb) => predicate switch
    {
        0 => a == b,
        1 => a != b,
        2 => sa < sb,
        3 => sa <= sb,
        4 => sa > sb,
        5 => sa >= sb,
        6 => a < b,
        7 => a <= b,
        8 => a > b,
        _ => a >= b,
    };

    private static int Amount(BigInteger bits, int width) => bits < width ? (int)bits : throw new Evaluator.Undefined("a shift by the width or more");

    private static BigInteger NotZero(BigInteger divisor) => divisor.IsZero ? throw new Evaluator.Undefined("a division by zero") : divisor;

    private static BigInteger NotZero(BigInteger divisor, BigInteger dividend, int width) =>
        divisor == -1 && dividend == -(BigInteger.One << (width - 1)) ? throw new Evaluator.Undefined("a quotient that does not fit") : NotZero(divisor);

    private static BigInteger Floor(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out BigInteger rest);
        return rest.IsZero || rest.Sign == b.Sign ? quotient : quotient - 1;
    }
}
