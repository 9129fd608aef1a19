using System.Numerics;

namespace Orchestrator.IR.Testing;

/// <summary>A sum, difference or function of numbers and numeric variables, kept in the order in which a stack machine computes it.</summary>
internal sealed class NumericExpression(IReadOnlyList<NumericExpression.Step> steps)
{
    /// <summary>One step: push a number, push a variable, or replace the two uppermost by what the operator makes of them.</summary>
    internal readonly record struct Step(BigInteger? Number, string? Variable, string? Operator);

    /// <summary>The functions with two operands that an expression may call.</summary>
    public static readonly IReadOnlyList<string> Functions = ["add", "div", "max", "min", "mul", "sub"];

    /// <summary>The variables in it, in order.</summary>
    public IEnumerable<string> Variables => steps.Select(s => s.Variable).OfType<string>();

    /// <summary>The value, or null with the reason when a variable is not set or a division is by zero.</summary>
    public BigInteger? Evaluate(CheckVariables variables, out string? problem)
    {
        problem = null;
        var stack = new Stack<BigInteger>();
        foreach (Step step in steps)
        {
            if (step.Number is { } number)
            {
                stack.Push(number);
            }
            else if (step.Variable is { } name)
            {
                if (!variables.Numbers.TryGetValue(name, out BigInteger value))
                {
                    problem = $"undefined variable: {name}";
                    return null;
                }

                stack.Push(value);
            }
            else
            {
                BigInteger right = stack.Pop();
                BigInteger left = stack.Pop();
                if (step.Operator == "div" && right.IsZero)
                {
                    problem = "division by zero";
                    return null;
                }

                stack.Push(Apply(step.Operator, left, right));
            }
        }

        return stack.Pop();
    }

    private static BigInteger Apply(string? op, BigInteger left, BigInteger right) => op switch
    {
        "+" or "add" => left + right,
        "-" or "sub" => left - right,
        "mul" => left * right,
        "div" => left / right,
        "max" => BigInteger.Max(left, right),
        _ => BigInteger.Min(left, right),
    };
}
