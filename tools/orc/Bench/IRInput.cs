using System.Globalization;

namespace Orchestrator.Cli.Bench;

/// <summary>What a generated module is made of.</summary>
internal enum IRProfile
{
    /// <summary>Functions of arithmetic with nested ifs and loops, with work for CSE and canonicalization.</summary>
    Arith,

    /// <summary>The same shape in a dialect that nobody declares, rich in attributes.</summary>
    Opaque,

    /// <summary>One function of one block.</summary>
    Flat,
}

/// <summary>
/// Writes modules in generic form that grow with the number of operations asked for and depend on nothing else: about a third of the binary
/// operations repeat an earlier one, some are identities, a tenth are constants, and an accumulator keeps most values alive.
/// </summary>
internal sealed class IRInput
{
    private const int FunctionOps = 1000;
    private const int Repeat = 30;
    private const int Depth = 4;
    private const long Mask31 = (1L << 31) - 1;

    private static readonly string[] Binary = ["addi", "subi", "muli", "andi", "ori", "xori"];

    private readonly TextWriter _text;
    private readonly IRProfile _profile;
    private readonly bool _opaque;
    private ulong _random;
    private int _ops;
    private int _value;

    private IRInput(TextWriter text, IRProfile profile, ulong seed)
    {
        _text = text;
        (_profile, _opaque) = (profile, profile == IRProfile.Opaque);
        _random = unchecked(seed * 2862933555777941757 + 3037000493);
    }

    private string Type => _opaque ? "!agt.tok<i32>" : "i32";

    /// <summary>Writes a module with about <paramref name="ops"/> operations, at least 20.</summary>
    public static void Write(TextWriter text, IRProfile profile, int ops, ulong seed = 1) => new IRInput(text, profile, seed).Module(ops);

    private void Module(int ops)
    {
        _ops = 1;
        Line("", "\"builtin.module\"() ({");
        for (int i = 0; _ops < ops - 8; i++)
        {
            int room = ops - _ops - 2;
            Function(i, _profile == IRProfile.Flat ? room : Math.Min(room, FunctionOps));
        }

        Line("", "}) : () -> ()");
    }

    private void Function(int number, int budget)
    {
        _value = 0;
        _ops++;
        Line("  ", _opaque
            ? $"\"agt.fn\"() <{{sym_name = \"f{number}\", kind = #agt.kind<pure>, sig = ({Type}, {Type}, {Type}, {Type}) -> {Type}}}> ({{"
            : $"\"func.func\"() <{{function_type = (i32, i32, i32, i32) -> i32, sym_name = \"f{number}\"}}> ({{");
        Line("  ", $"^bb0(%a0: {Type}, %a1: {Type}, %a2: {Type}, %a3: {Type}):");
        if (_profile == IRProfile.Arith)
        {
            foreach ((string name, int value) in new[] { ("%lb", 0), ("%ub", 16), ("%st", 1) })
            {
                Line("    ", $"{name} = \"arith.constant\"() <{{value = {value} : index}}> : () -> index");
                _ops++;
            }
        }

        string result = Body("    ", ["%a0", "%a1", "%a2", "%a3"], Math.Max(1, budget - 4), Depth, []);
        Line("    ", $"\"{(_opaque ? "agt.return" : "func.return")}\"({result}) : ({Type}) -> ()");
        _ops++;
        Line("  ", "}) : () -> ()");
    }

    // About budget operations over the visible values of pool; gives the accumulator. Nests at most depth deep.
    private string Body(string indent, List<string> visible, int budget, int depth, List<(string Op, string X, string Y)> known)
    {
        List<string> pool = [.. visible];
        List<(string Op, string X, string Y)> expressions = [.. known];
        int stop = _ops + budget;
        string accumulator = pool[^1];
        int since = 0;
        while (_ops < stop)
        {
            int kind = Next(1000);
            int room = stop - _ops;
            bool mayNest = depth > 0 && room > 24 && _profile != IRProfile.Flat;
            if (kind < 100)
            {
                pool.Add(Constant(indent, Next(24)));
            }
            else if (kind < 160)
            {
                pool.Add(Identity(indent, pool[^(1 + Next(Math.Min(pool.Count, 32)))]));
            }
            else if (kind < 210 && mayNest)
            {
                pool.Add(If(indent, pool, room, depth, expressions));
            }
            else if (kind is >= 210 and < 220 && mayNest)
            {
                pool.Add(Loop(indent, pool, room, depth, expressions));
            }
            else if (expressions.Count > 0 && kind < 220 + Repeat * 7)
            {
                (string op, string x, string y) = expressions[^(1 + Next(Math.Min(expressions.Count, 64)))];
                pool.Add(Apply(indent, op, x, y));
            }
            else
            {
                string op = Binary[Next(6)];
                string x = pool[^(1 + Next(Math.Min(pool.Count, 24)))];
                string y = pool[^(1 + Next(Math.Min(pool.Count, 24)))];
                expressions.Add((op, x, y));
                pool.Add(Apply(indent, op, x, y));
            }

            if (++since >= 3)
            {
                accumulator = Apply(indent, "xori", accumulator, pool[^1]);
                since = 0;
            }

            Forget(pool, 96, 32);
            Forget(expressions, 128, 64);
        }

        return Apply(indent, "xori", accumulator, pool[^1]);
    }

    private static void Forget<T>(List<T> items, int most, int oldest)
    {
        if (items.Count > most)
        {
            items.RemoveRange(0, oldest);
        }
    }

    private string Identity(string indent, string x) => Next(5) switch
    {
        0 => Apply(indent, "addi", x, Constant(indent, 0)),
        1 => Apply(indent, "muli", x, Constant(indent, 1)),
        2 => Apply(indent, "subi", x, x),
        3 => Apply(indent, "andi", x, x),
        _ => Apply(indent, "xori", x, x),
    };

    private string If(string indent, List<string> pool, int room, int depth, List<(string Op, string X, string Y)> expressions)
    {
        string condition = NewValue();
        string x = pool[^(1 + Next(Math.Min(pool.Count, 16)))];
        string y = pool[^(1 + Next(Math.Min(pool.Count, 16)))];
        string truth = _opaque ? "!agt.bool" : "i1";
        _ops += 2;
        Line(indent, _opaque
            ? $"{condition} = \"agt.cmp\"({x}, {y}) <{{predicate = {Next(6)} : i64}}> : ({Type}, {Type}) -> {truth}"
            : $"{condition} = \"arith.cmpi\"({x}, {y}) <{{predicate = {Next(6)} : i64}}> : ({Type}, {Type}) -> {truth}");
        string result = NewValue();
        int inside = 4 + Next(Math.Min(40, Math.Max(1, room / 3)));
        Line(indent, $"{result} = \"{(_opaque ? "agt.if" : "scf.if")}\"({condition}) ({{");
        Yield(indent, Body(indent + "  ", pool, inside, depth - 1, expressions));
        Line(indent, "}, {");
        Yield(indent, Body(indent + "  ", pool, inside, depth - 1, expressions));
        Line(indent, $"}}) : ({truth}) -> {Type}");
        return result;
    }

    private string Loop(string indent, List<string> pool, int room, int depth, List<(string Op, string X, string Y)> expressions)
    {
        (string result, string induction, string carried) = (NewValue(), NewValue(), NewValue());
        _ops++;
        string start = pool[^1];
        Line(indent, _opaque
            ? $"{result}:2 = \"agt.loop\"({start}) <{{trip = {1 + Next(9)} : i64, tag = #agt.tag<\"loop\", {Next(9)}>}}> ({{"
            : $"{result} = \"scf.for\"(%lb, %ub, %st, {start}) ({{");
        Line(indent, $"^bb0({induction}: index, {carried}: {Type}):");
        Yield(indent, Body(indent + "  ", [.. pool, carried], 6 + Next(Math.Min(40, Math.Max(1, room / 3))), depth - 1, expressions));
        Line(indent, _opaque ? $"}}) : ({Type}) -> ({Type}, index)" : $"}}) : (index, index, index, {Type}) -> {Type}");
        return _opaque ? result + "#0" : result;
    }

    private void Yield(string indent, string value)
    {
        Line(indent, $"  \"{(_opaque ? "agt.yield" : "scf.yield")}\"({value}) : ({Type}) -> ()");
        _ops++;
    }

    private string Apply(string indent, string op, string x, string y)
    {
        string result = NewValue();
        _ops++;
        string attributes = _opaque ? OpaqueAttributes() : op is "addi" or "subi" or "muli" ? " <{overflowFlags = #arith.overflow<none>}>" : "";
        Line(indent, $"{result} = \"{(_opaque ? "agt" : "arith")}.{op}\"({x}, {y}){attributes} : ({Type}, {Type}) -> {Type}");
        return result;
    }

    // Both random numbers are drawn whatever the kind, as all kinds are written before one is chosen.
    private string OpaqueAttributes()
    {
        int kind = Next(6);
        (int name, int callee) = (Next(50), Next(9));
        return kind switch
        {
            0 => "",
            1 => " {w = 3 : i64}",
            2 => $" {{name = \"n{name}\", loc_hint = #agt.hint<a [1, 2]>}}",
            3 => " {shape = [1, 2, 3], f = 2.500000e+00 : f32}",
            4 => $" {{callee = @f{callee}::@g}}",
            _ => " {m = affine_map<(d0, d1) -> (d0 + d1 * 4)>, u}",
        };
    }

    private string Constant(string indent, int value)
    {
        string result = NewValue();
        _ops++;
        Line(indent, $"{result} = \"{(_opaque ? "agt" : "arith")}.constant\"() <{{value = {value} : i32}}> : () -> {Type}");
        return result;
    }

    private string NewValue() => string.Create(CultureInfo.InvariantCulture, $"%{++_value}");

    private void Line(string indent, string text)
    {
        _text.Write(indent);
        _text.Write(text);
        _text.Write('\n');
    }

    // A linear congruential generator, so that the text is the same everywhere.
    private int Next(int below)
    {
        _random = unchecked(_random * 6364136223846793005 + 1442695040888963407);
        return (int)((long)(_random >> 33) & Mask31) % below;
    }
}
