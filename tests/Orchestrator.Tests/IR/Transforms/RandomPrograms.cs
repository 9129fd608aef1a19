using System.Globalization;
using System.Text;

namespace Orchestrator.Tests.IR.Transforms;

/// <summary>Functions of arithmetic with choices, loops and branches, full of repetition; a pure function of the seed.</summary>
internal sealed class RandomPrograms(int seed)
{
    private static readonly string[] Ops = ["addi", "subi", "muli", "andi", "ori", "xori"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private int _next;

    public string Module()
    {
        _text.Append("\"builtin.module\"() ({\n");
        for (int f = 0; f < 3; f++)
        {
            Function(f);
        }

        return _text.Append("}) : () -> ()\n").ToString();
    }

    private void Function(int index)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\"func.func\"() <{{function_type = (i32, i32, i1) -> i32, sym_name = \"f{index}\"}}> ({{\n^bb0(%a: i32, %b: i32, %c: i1):\n");
        _next = 0;
        List<string> values = ["%a", "%b"];
        Body(values, 12, 2);
        if (_random.Next(2) == 0)
        {
            // A diamond: what is computed before is seen in all of its blocks, what is computed in one only there.
            _text.Append("\"cf.cond_br\"(%c)[^l, ^r] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()\n^l:\n");
            List<string> left = [.. values];
            Body(left, 6, 1);
            _text.Append(CultureInfo.InvariantCulture, $"\"cf.br\"({left[^1]})[^m] : (i32) -> ()\n^r:\n");
            List<string> right = [.. values];
            Body(right, 6, 1);
            _text.Append(CultureInfo.InvariantCulture, $"\"cf.br\"({right[^1]})[^m] : (i32) -> ()\n^m(%m: i32):\n");
            values.Add("%m");
            Body(values, 8, 1);
        }

        _text.Append(CultureInfo.InvariantCulture, $"\"func.return\"({values[^1]}) : (i32) -> ()\n}}) : () -> ()\n");
    }

    private void Body(List<string> values, int count, int depth)
    {
        for (int i = 0; i < count; i++)
        {
            int kind = _random.Next(10);
            if (kind == 0)
            {
                Add(values, string.Create(CultureInfo.InvariantCulture, $"\"arith.constant\"() <{{value = {_random.Next(3)} : i32}}> : () -> i32"));
            }
            else if (kind == 1 && depth > 0)
            {
                If(values, depth);
            }
            else if (kind == 2)
            {
                Add(values, string.Create(CultureInfo.InvariantCulture, $"\"test.unknown\"({Pick(values)}) : (i32) -> i32"));
            }
            else
            {
                string op = Ops[_random.Next(Ops.Length)];
                string flags = op is "addi" or "subi" or "muli" ? " <{overflowFlags = #arith.overflow<none>}>" : "";
                Add(values, $"\"arith.{op}\"({Pick(values)}, {Pick(values)}){flags} : (i32, i32) -> i32");
            }
        }
    }

    private void If(List<string> values, int depth)
    {
        string name = "%v" + (_next++).ToString(CultureInfo.InvariantCulture);
        _text.Append(CultureInfo.InvariantCulture, $"{name} = \"scf.if\"(%c) ({{\n");
        int size = 1 + _random.Next(4);
        for (int branch = 0; branch < 2; branch++)
        {
            List<string> inner = [.. values];
            Body(inner, size, depth - 1);
            _text.Append(CultureInfo.InvariantCulture, $"\"scf.yield\"({inner[^1]}) : (i32) -> ()\n{(branch == 0 ? "}, {" : "})")}\n");
        }

        _text.Append(" : (i1) -> i32\n");
        values.Add(name);
    }

    private void Add(List<string> values, string op)
    {
        string name = "%v" + (_next++).ToString(CultureInfo.InvariantCulture);
        _text.Append(CultureInfo.InvariantCulture, $"{name} = {op}\n");
        values.Add(name);
    }

    // Few values are drawn from, so that computations repeat.
    private string Pick(List<string> values) => values[_random.Next(Math.Max(0, values.Count - 4), values.Count)];
}
