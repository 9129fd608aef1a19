using System.Numerics;
using Orchestrator.IR;

namespace Orchestrator.Tests.Dialects.Upstream;

/// <summary>
/// Runs functions of <c>arith</c>, <c>scf</c>, <c>cf</c> and <c>func</c> on integers, by the words of their definitions and sharing nothing with the folds.
/// Values are their bits as unsigned numbers.
/// </summary>
internal sealed class Evaluator(Operation module)
{
    private const int StepsMax = 200_000;

    private readonly Dictionary<string, Operation> _functions = module.Walk().Where(o => o.Name.Text == "func.func").ToDictionary(o => o.SymbolName!, o => o); // A function has a name.
    private int _steps;

    /// <summary>The program does what has no meaning, such as dividing by zero.</summary>
    public sealed class Undefined(string why) : Exception(why);

    /// <summary>The program runs too long.</summary>
    public sealed class TooLong : Exception;

    /// <summary>What the watching operations saw, in order.</summary>
    public List<BigInteger> Watched { get; } = [];

    public BigInteger[] Run(string function, BigInteger[] arguments)
    {
        var values = new Dictionary<Value, BigInteger>();
        return RunRegion(_functions[function].Regions[0], arguments, values).Values;
    }

    private (Operation End, BigInteger[] Values) RunRegion(Region region, BigInteger[] arguments, Dictionary<Value, BigInteger> values)
    {
        Block block = region.First!; // A function that is called has a body.
        while (true)
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                values[block.Arguments[i]] = arguments[i];
            }

            for (Operation? op = block.First; op is not null && !ReferenceEquals(op, block.Last); op = op.Next)
            {
                Step(op, values);
            }

            Operation end = block.Last!; // Blocks are verified to end.
            if (end.Successors.Count == 0)
            {
                return (end, Operands(end, values));
            }

            (block, arguments) = Follow(end, values);
        }
    }

    private (Block To, BigInteger[] Arguments) Follow(Operation end, Dictionary<Value, BigInteger> values)
    {
        Count();
        int[] sizes = Numbers(end, "operandSegmentSizes");
        BigInteger[] operands = Operands(end, values);
        switch (end.Name.Text)
        {
            case "cf.br":
                return (end.Successors[0], operands);
            case "cf.cond_br":
                return operands[0].IsOne ? (end.Successors[0], operands[1..(1 + sizes[1])]) : (end.Successors[1], operands[(1 + sizes[1])..]);
            case "cf.switch":
                int[] cases = Numbers(end, "case_operand_segments");
                string[] numbers = end.GetAttr("case_values")?.ToString().Split('<')[1].Split('>')[0].Trim('[', ']').Split(',') ?? [];
                int start = 1 + sizes[1];
                for (int i = 0; i < cases.Length; i++)
                {
                    var number = BigInteger.Parse(numbers.Length == 1 ? numbers[0] : numbers[i], System.Globalization.CultureInfo.InvariantCulture);
                    if (Wrap(number, WidthOf(end.GetOperand(0).Type)) == operands[0])
                    {
                        return (end.Successors[i + 1], operands[start..(start + cases[i])]);
                    }

                    start += cases[i];
                }

                return (end.Successors[0], operands[1..(1 + sizes[1])]);
            default:
                throw new InvalidOperationException($"{end.Name} is not known");
        }
    }

    private void Step(Operation op, Dictionary<Value, BigInteger> values)
    {
        Count();
        BigInteger[] operands = Operands(op, values);
        BigInteger[] results = op.Name.Text switch
        {
            "test.watch" => Watch(operands),
            "func.call" => Run(((SymbolRefAttr)op.GetAttr("callee")!).Root, operands), // Verified.
            "scf.if" => operands[0].IsOne || !op.Regions[1].IsEmpty ? RunRegion(op.Regions[operands[0].IsOne ? 0 : 1], [], values).Values : [],
            "scf.index_switch" => RunRegion(op.Regions[1 + Array.IndexOf(Cases(op), operands[0])], [], values).Values,
            "scf.execute_region" => RunRegion(op.Regions[0], [], values).Values,
            "scf.for" => For(op, operands, values),
            "scf.while" => While(op, operands, values),
            _ => ArithmeticEvaluator.Compute(op, operands),
        };
        for (int i = 0; i < results.Length; i++)
        {
            values[op.Results[i]] = results[i];
        }
    }

    private BigInteger[] Watch(BigInteger[] operands)
    {
        Watched.AddRange(operands);
        return [];
    }

    private BigInteger[] For(Operation op, BigInteger[] operands, Dictionary<Value, BigInteger> values)
    {
        int width = WidthOf(op.GetOperand(0).Type);
        (BigInteger at, BigInteger end, BigInteger step) = (Signed(operands[0], width), Signed(operands[1], width), Signed(operands[2], width));
        BigInteger[] carried = operands[3..];
        if (step.Sign <= 0)
        {
            throw new Undefined("a step that is not positive");
        }

        for (; at < end; at += step)
        {
            carried = RunRegion(op.Regions[0], [Wrap(at, width), .. carried], values).Values;
        }

        return carried;
    }

    private BigInteger[] While(Operation op, BigInteger[] operands, Dictionary<Value, BigInteger> values)
    {
        while (true)
        {
            BigInteger[] decision = RunRegion(op.Regions[0], operands, values).Values;
            if (!decision[0].IsOne)
            {
                return decision[1..];
            }

            operands = RunRegion(op.Regions[1], decision[1..], values).Values;
        }
    }

    private void Count()
    {
        if (++_steps > StepsMax)
        {
            throw new TooLong();
        }
    }

    private static BigInteger[] Cases(Operation op) => [.. ((DenseArrayAttr)op.GetAttr("cases")!).Values.Select(v => Wrap(((IntegerAttr)v).BigValue, 64))]; // Verified.

    private static int[] Numbers(Operation op, string name) => op.GetAttr(name) is DenseArrayAttr list ? [.. list.Values.Select(v => (int)((IntegerAttr)v).BigValue)] : [];

    private static BigInteger[] Operands(Operation op, Dictionary<Value, BigInteger> values) => [.. op.Operands.Select(o => values[o])];

    public static int WidthOf(IRType type) => type is IntegerType integer ? integer.Width : 64;

    public static BigInteger Wrap(BigInteger value, int width) => value & ((BigInteger.One << width) - 1);

    public static BigInteger Signed(BigInteger value, int width) => (value >> (width - 1)).IsOne ? value - (BigInteger.One << width) : value;
}
