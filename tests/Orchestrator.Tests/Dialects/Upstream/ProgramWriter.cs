using System.Globalization;
using System.Text;

namespace Orchestrator.Tests.Dialects.Upstream;

/// <summary>Writes random modules of <c>func</c>, <c>arith</c>, <c>scf</c> and <c>cf</c> in generic form: always valid, always ending, equal for equal seeds.</summary>
internal sealed class ProgramWriter
{
    private static readonly string[] Types = ["i1", "i8", "i32", "i64", "index"];
    private static readonly string[] Sums = ["addi", "subi", "muli"];
    private static readonly string[] Plain = ["andi", "ori", "xori", "maxsi", "maxui", "minsi", "minui"];
    private static readonly string[] Divisions = ["divui", "ceildivui", "remui", "divsi", "ceildivsi", "floordivsi", "remsi"];

    private readonly StringBuilder _text = new();
    private readonly Random _random;
    private readonly List<(string Name, string[] Inputs, string Output)> _functions = [];
    private readonly Stack<string> _open = new();
    private int _next;
    private int _budget;

    private ProgramWriter(int seed) => _random = new Random(seed);

    /// <summary>Values that may be used at a place.</summary>
    private sealed class Scope(Scope? outer)
    {
        private readonly List<(string Name, string Type)> _values = [];

        public void Add(string name, string type) => _values.Add((name, type));

        /// <summary>The values of a type, the latest first.</summary>
        public List<string> OfType(string type)
        {
            var found = new List<string>();
            for (Scope? at = this; at is not null; at = at.Outer)
            {
                found.AddRange(at._values.Where(v => v.Type == type).Select(v => v.Name).Reverse());
            }

            return found;
        }

        private Scope? Outer { get; } = outer;
    }

    /// <summary>A module of so many functions called f0, f1 and so on.</summary>
    public static string Write(int seed, int functions)
    {
        var writer = new ProgramWriter(seed);
        writer._text.Append("\"builtin.module\"() ({\n");
        for (int i = 0; i < functions; i++)
        {
            writer.Function($"f{i}");
        }

        return writer._text.Append("}) : () -> ()\n").ToString();
    }

    private void Function(string name)
    {
        string[] inputs = [.. Enumerable.Range(0, 2 + _random.Next(4)).Select(_ => Pick(Types))];
        string output = Pick(Types);
        _budget = 8 + _random.Next(40);
        var scope = new Scope(null);
        string[] arguments = [.. inputs.Select(t => Declare(scope, t))];
        _text.Append(CultureInfo.InvariantCulture, $"  \"func.func\"() <{{function_type = ({string.Join(", ", inputs)}) -> {output}, sym_name = \"{name}\"}}> ({{\n  ^bb0(");
        _text.AppendJoin(", ", arguments.Zip(inputs, (a, t) => $"{a}: {t}")).Append("):\n");
        Body(scope, 3);
        Watch(scope);
        if (_random.Next(3) == 0)
        {
            Blocks(scope, output);
        }
        else
        {
            Line($"\"func.return\"({Use(scope, output)}) : ({output}) -> ()");
        }

        _text.Append("  }) : () -> ()\n");
        _functions.Add((name, inputs, output));
    }

    // Something sees the latest values of every type, so that most of what is computed matters.
    private void Watch(Scope scope)
    {
        foreach (string type in Types)
        {
            foreach (string value in scope.OfType(type).Take(3))
            {
                Line($"\"test.watch\"({value}) : ({type}) -> ()");
            }
        }
    }

    // Blocks that pass control forwards only, each with one argument of the function's result type.
    private void Blocks(Scope entry, string type)
    {
        int count = 2 + _random.Next(4);
        Branch(entry, type, 0, count);
        for (int i = 1; i <= count; i++)
        {
            // A block may use what the entry defined, which is on every way to it.
            var scope = new Scope(entry);
            string argument = Declare(scope, type);
            _text.Append(CultureInfo.InvariantCulture, $"  ^bb{i}({argument}: {type}):\n");
            _budget = Math.Max(_budget, _random.Next(6));
            if (_random.Next(3) > 0)
            {
                Body(scope, 1);
            }

            if (i == count)
            {
                Line($"\"func.return\"({Use(scope, type)}) : ({type}) -> ()");
            }
            else
            {
                Branch(scope, type, i, count);
            }
        }
    }

    private void Branch(Scope scope, string type, int from, int count)
    {
        int To() => from + 1 + _random.Next(count - from);
        switch (_random.Next(4))
        {
            case 0:
                Line($"\"cf.br\"({Use(scope, type)})[^bb{To()}] : ({type}) -> ()");
                break;
            case 1:
                string flag = Use(scope, "i32");
                (string a, string b, string c) = (Use(scope, type), Use(scope, type), Use(scope, type));
                Line($"\"cf.switch\"({flag}, {a}, {b}, {c})[^bb{To()}, ^bb{To()}, ^bb{To()}] <{{case_operand_segments = array<i32: 1, 1>, "
                    + $"case_values = dense<[{_random.Next(3)}, {3 + _random.Next(3)}]> : vector<2xi32>, operandSegmentSizes = array<i32: 1, 1, 2>}}> : (i32, {type}, {type}, {type}) -> ()");
                break;
            default:
                string condition = Use(scope, "i1");
                (string x, string y) = (Use(scope, type), Use(scope, type));
                Line($"\"cf.cond_br\"({condition}, {x}, {y})[^bb{To()}, ^bb{To()}] <{{operandSegmentSizes = array<i32: 1, 1, 1>}}> : (i1, {type}, {type}) -> ()");
                break;
        }
    }

    private void Body(Scope scope, int depth)
    {
        int count = 1 + _random.Next(depth == 3 ? 24 : 7);
        for (int i = 0; i < count && _budget > 0; i++)
        {
            _budget--;
            switch (_random.Next(20))
            {
                case 0 or 1 when depth > 0:
                    If(scope, depth);
                    break;
                case 2 when depth > 0:
                    For(scope, depth);
                    break;
                case 3 when depth > 0:
                    While(scope, depth);
                    break;
                case 4 when depth > 0:
                    Switch(scope, depth);
                    break;
                case 5 when _random.Next(2) == 0:
                    string watched = Pick(Types);
                    Line($"\"test.watch\"({Use(scope, watched)}) : ({watched}) -> ()");
                    break;
                case 6 when _functions.Count > 0:
                    Call(scope);
                    break;
                default:
                    Arithmetic(scope);
                    break;
            }
        }
    }

    private void Arithmetic(Scope scope)
    {
        string type = Pick(Types);
        switch (_random.Next(10))
        {
            case 0:
                Define(scope, "i1", $"\"arith.cmpi\"({Use(scope, type)}, {Use(scope, type)}) <{{predicate = {_random.Next(10)} : i64}}> : ({type}, {type}) -> i1");
                break;
            case 1:
                Define(scope, type, $"\"arith.select\"({Use(scope, "i1")}, {Use(scope, type)}, {Use(scope, type)}) : (i1, {type}, {type}) -> {type}");
                break;
            case 2:
                Cast(scope);
                break;
            case 3 when type != "i1":
                string amount = Constant(scope, type, _random.Next(type == "i8" ? 8 : 32));
                string shift = Pick(["shli", "shrui", "shrsi"]);
                Define(scope, type, $"\"arith.{shift}\"({Use(scope, type)}, {amount}) : ({type}, {type}) -> {type}");
                break;
            case 4:
                Extended(scope, type);
                break;
            case 5:
                Divide(scope, type);
                break;
            case < 8:
                Define(scope, type, $"\"arith.{Pick(Sums)}\"({Use(scope, type)}, {Use(scope, type)}) : ({type}, {type}) -> {type}");
                break;
            default:
                Define(scope, type, $"\"arith.{Pick(Plain)}\"({Use(scope, type)}, {Use(scope, type)}) : ({type}, {type}) -> {type}");
                break;
        }
    }

    // Mostly by what cannot be zero, because a program that divides by zero has no meaning to compare.
    private void Divide(Scope scope, string type)
    {
        string divisor = Use(scope, type);
        if (_random.Next(20) > 0)
        {
            string one = Constant(scope, type, 1);
            divisor = Define(scope, type, $"\"arith.ori\"({divisor}, {one}) : ({type}, {type}) -> {type}");
        }

        // The only divisor of an i1 that is not zero is -1 to those that read signs, and then no quotient fits.
        string op = type == "i1" ? Divisions[_random.Next(3)] : Pick(Divisions);
        Define(scope, type, $"\"arith.{op}\"({Use(scope, type)}, {divisor}) : ({type}, {type}) -> {type}");
    }

    private void Extended(Scope scope, string type)
    {
        string result = $"%{_next++}";

        // mlir-opt turns the upper half of a signed product of an index with 1 into a cast that it refuses itself.
        string op = type == "index" ? Pick(["addui_extended", "mului_extended"]) : Pick(["addui_extended", "mulsi_extended", "mului_extended"]);
        string second = op == "addui_extended" ? "i1" : type;
        Line($"{result}:2 = \"arith.{op}\"({Use(scope, type)}, {Use(scope, type)}) : ({type}, {type}) -> ({type}, {second})");
        scope.Add(result + "#0", type);
        scope.Add(result + "#1", second);
    }

    private void Cast(Scope scope)
    {
        (string op, string from, string to) = Pick<(string, string, string)>(
        [
            ("extui", "i1", "i8"), ("extui", "i1", "i32"), ("extsi", "i1", "i32"), ("extui", "i8", "i32"), ("extsi", "i8", "i32"), ("extsi", "i32", "i64"),
            ("extui", "i32", "i64"), ("trunci", "i64", "i32"), ("trunci", "i32", "i8"), ("trunci", "i32", "i1"), ("trunci", "i64", "i8"),
            ("index_cast", "i32", "index"), ("index_castui", "i8", "index"), ("index_cast", "index", "i64"), ("index_castui", "index", "i64"),
        ]);
        Define(scope, to, $"\"arith.{op}\"({Use(scope, from)}) : ({from}) -> {to}");
    }

    private void Call(Scope scope)
    {
        (string name, string[] inputs, string output) = _functions[_random.Next(_functions.Count)];
        string operands = string.Join(", ", inputs.Select(t => Use(scope, t)));
        Define(scope, output, $"\"func.call\"({operands}) <{{callee = @{name}}}> : ({string.Join(", ", inputs)}) -> {output}");
    }

    private void If(Scope scope, int depth)
    {
        string[] types = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(Types))];
        string condition = Use(scope, "i1");
        string results = Results(types.Length);
        Line($"{results}\"scf.if\"({condition}) ({{");
        Region(scope, depth, types);
        _text.Append("    }, {\n");
        if (types.Length > 0 || _random.Next(2) == 0)
        {
            Region(scope, depth, types);
        }

        Line($"}}) : (i1) -> ({string.Join(", ", types)})");
        AddResults(scope, types);
    }

    private void Switch(Scope scope, int depth)
    {
        string[] types = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(Types))];
        string number = Use(scope, "index");
        Line($"{Results(types.Length)}\"scf.index_switch\"({number}) <{{cases = array<i64: 0, {1 + _random.Next(5)}>}}> ({{");
        for (int i = 0; i < 3; i++)
        {
            Region(scope, depth, types);
            _text.Append(i < 2 ? "    }, {\n" : "");
        }

        Line($"}}) : (index) -> ({string.Join(", ", types)})");
        AddResults(scope, types);
    }

    private void For(Scope scope, int depth)
    {
        string[] types = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(Types))];
        string lower = Constant(scope, "index", _random.Next(3));
        string upper = Constant(scope, "index", _random.Next(5));
        if (_random.Next(2) == 0)
        {
            // A bound that is not known, but small.
            string mask = Constant(scope, "index", 3);
            upper = Define(scope, "index", $"\"arith.andi\"({Use(scope, "index")}, {mask}) : (index, index) -> index");
        }

        string step = Constant(scope, "index", 1 + _random.Next(3));
        string[] initial = [.. types.Select(t => Use(scope, t))];
        Line($"{Results(types.Length)}\"scf.for\"({string.Join(", ", [lower, upper, step, .. initial])}) ({{");
        var inner = new Scope(scope);
        string number = Declare(inner, "index");
        string[] arguments = [.. types.Select(t => Declare(inner, t))];
        _text.Append("    ^bb0(").AppendJoin(", ", [$"{number}: index", .. arguments.Zip(types, (a, t) => $"{a}: {t}")]).Append("):\n");
        Region(inner, depth, types, arguments);
        Line($"}}) : ({string.Join(", ", ["index", "index", "index", .. types])}) -> ({string.Join(", ", types)})");
        AddResults(scope, types);
    }

    // Counts an i32 down from a few to nothing, so that it ends; what else it carries is free.
    private void While(Scope scope, int depth)
    {
        string type = Pick(Types);
        string start = Constant(scope, "i32", _random.Next(4));
        string initial = Use(scope, type);
        Line($"{Results(2)}\"scf.while\"({start}, {initial}) ({{");
        var before = new Scope(scope);
        (string count, string carried) = (Declare(before, "i32"), Declare(before, type));
        _text.Append(CultureInfo.InvariantCulture, $"    ^bb0({count}: i32, {carried}: {type}):\n");
        string zero = Constant(before, "i32", 0);
        string more = Define(before, "i1", $"\"arith.cmpi\"({count}, {zero}) <{{predicate = 4 : i64}}> : (i32, i32) -> i1");
        string handed = _random.Next(2) == 0 ? carried : Use(before, type);
        Line($"\"scf.condition\"({more}, {count}, {handed}) : (i1, i32, {type}) -> ()");
        _text.Append("    }, {\n");
        var after = new Scope(scope);
        (string left, string given) = (Declare(after, "i32"), Declare(after, type));
        _text.Append(CultureInfo.InvariantCulture, $"    ^bb0({left}: i32, {given}: {type}):\n");
        Body(after, depth - 1);
        string one = Constant(after, "i32", 1);
        string next = Define(after, "i32", $"\"arith.subi\"({left}, {one}) : (i32, i32) -> i32");
        string yielded = _random.Next(2) == 0 ? given : Use(after, type);
        Line($"\"scf.yield\"({next}, {yielded}) : (i32, {type}) -> ()");
        Line($"}}) : (i32, {type}) -> (i32, {type})");
        AddResults(scope, ["i32", type]);
    }

    private void Region(Scope outer, int depth, string[] types, string[]? mayYield = null)
    {
        var scope = new Scope(outer);
        if (_random.Next(4) > 0)
        {
            Body(scope, depth - 1);
        }

        string[] values = [.. types.Select((t, i) => mayYield is not null && _random.Next(4) == 0 ? mayYield[i] : Use(scope, t))];
        Line($"\"scf.yield\"({string.Join(", ", values)}) : ({string.Join(", ", types)}) -> ()");
    }

    // The names of the results of an operation with regions; they may be used when it is complete.
    private string Results(int count)
    {
        string name = $"%{_next++}";
        _open.Push(name);
        return count == 0 ? "" : $"{name}:{count} = ";
    }

    private void AddResults(Scope scope, string[] types)
    {
        string name = _open.Pop();
        for (int i = 0; i < types.Length; i++)
        {
            scope.Add($"{name}#{i}", types[i]);
        }
    }

    private string Use(Scope scope, string type)
    {
        List<string> known = scope.OfType(type);
        if (known.Count == 0 || _random.Next(6) == 0)
        {
            long[] edges = type == "i1" ? [0, 1] : type == "i8" ? [0, 1, -1, 2, 127, -128] : [0, 1, -1, 2, 3, 7, int.MaxValue, int.MinValue];
            return Constant(scope, type, edges[_random.Next(edges.Length)]);
        }

        // What was defined last is used more often, so that chains grow.
        return known[_random.Next(2) == 0 ? _random.Next(Math.Min(4, known.Count)) : _random.Next(known.Count)];
    }

    private string Constant(Scope scope, string type, long value) => Define(scope, type, type == "i1"
        ? $"\"arith.constant\"() <{{value = {(value == 0 ? "false" : "true")}}}> : () -> i1"
        : $"\"arith.constant\"() <{{value = {value} : {type}}}> : () -> {type}");

    private string Define(Scope scope, string type, string operation)
    {
        string name = $"%{_next++}";
        Line($"{name} = {operation}");
        scope.Add(name, type);
        return name;
    }

    private string Declare(Scope scope, string type)
    {
        string name = $"%{_next++}";
        scope.Add(name, type);
        return name;
    }

    private void Line(string text) => _text.Append("    ").Append(text).Append('\n');

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
