using System.Globalization;

namespace Orchestrator.IR;

/// <summary>The checks that generated verifiers are made of. Each reports and gives false when something is wrong.</summary>
public static class OpChecks
{
    /// <summary>Numbers of operands, results and regions; a maximum of <see cref="int.MaxValue"/> is none.</summary>
    public static bool Counts(VerifyContext context, Operation op, int operandsMin, int operandsMax, int resultsMin, int resultsMax, int regionsMin, int regionsMax) =>
        Count(context, op, "operand", op.OperandCount, operandsMin, operandsMax)
        & Count(context, op, "result", op.Results.Count, resultsMin, resultsMax)
        & Count(context, op, "region", op.Regions.Count, regionsMin, regionsMax);

    /// <summary>Operands from <paramref name="start"/> to before <paramref name="end"/> have a type of class <typeparamref name="T"/>.</summary>
    public static bool OperandsAre<T>(VerifyContext context, Operation op, string name, int start, int end) where T : IRType
    {
        bool good = true;
        for (int i = start; i < Math.Min(end, op.OperandCount); i++)
        {
            good &= HasType<T>(context, op, op.GetOperand(i).Type, "operand", name, i);
        }

        return good;
    }

    /// <summary>Results from <paramref name="start"/> to before <paramref name="end"/> have a type of class <typeparamref name="T"/>.</summary>
    public static bool ResultsAre<T>(VerifyContext context, Operation op, string name, int start, int end) where T : IRType
    {
        bool good = true;
        for (int i = start; i < Math.Min(end, op.Results.Count); i++)
        {
            good &= HasType<T>(context, op, op.Results[i].Type, "result", name, i);
        }

        return good;
    }

    /// <summary>The entry blocks of the regions have <paramref name="wanted"/> arguments.</summary>
    public static bool RegionArguments(VerifyContext context, Operation op, int start, int end, int wanted)
    {
        bool good = true;
        for (int i = start; i < Math.Min(end, op.Regions.Count); i++)
        {
            int found = op.Regions[i].First?.Arguments.Count ?? 0;
            if (found != wanted)
            {
                good = context.Error(op, IRCodes.WrongCount, string.Create(CultureInfo.InvariantCulture, $"takes {wanted} argument(s) in region {i}, found {found}"),
                    wanted == 0 ? "remove the block's arguments" : string.Create(CultureInfo.InvariantCulture, $"give the entry block {wanted} argument(s)"));
            }
        }

        return good;
    }

    /// <summary>Every one of the operation's own attributes is declared.</summary>
    public static bool OnlyDeclaredProperties(VerifyContext context, Operation op)
    {
        if (op.Properties is not DictionaryAttr properties || op.Info is not { } info)
        {
            return op.Properties is null || op.Info is null
                || context.Error(op, IRCodes.WrongAttribute, $"has {op.Properties} as its own attributes", "write them as <{name = value}>");
        }

        bool good = true;
        foreach (NamedAttr property in properties.Entries)
        {
            good &= info.IsInherent(property.Name) || context.Error(op, IRCodes.UnknownAttribute, $"has no attribute '{property.Name}' of its own",
                Diagnostics.NearestName.Suggest(property.Name, info.AttributeNames) ?? "attributes of others stand in {…} behind the regions");
        }

        return good;
    }

    /// <summary>A string.</summary>
    public static bool String(VerifyContext context, Operation op, string name, bool required) =>
        Attribute(context, op, name, required, "a string such as \"text\"", static a => a is StringAttr);

    /// <summary>An <c>i64</c>.</summary>
    public static bool Long(VerifyContext context, Operation op, string name, bool required) =>
        Attribute(context, op, name, required, "a whole number such as 3 : i64", static a => a is IntegerAttr { IsBool: false } i && i.BigValue >= long.MinValue && i.BigValue <= long.MaxValue);

    /// <summary>An <c>i32</c>.</summary>
    public static bool Int(VerifyContext context, Operation op, string name, bool required) =>
        Attribute(context, op, name, required, "a whole number such as 3 : i32", static a => a is IntegerAttr { IsBool: false, Type: IntegerType { Width: 32 } });

    /// <summary>One of some strings.</summary>
    public static bool OneOf(VerifyContext context, Operation op, string name, bool required, params ReadOnlySpan<string> choices)
    {
        if (op.GetAttr(name) is StringAttr { Value: var value } && !choices.Contains(value))
        {
            string[] all = choices.ToArray();
            return context.Error(op, IRCodes.WrongAttribute, $"has attribute '{name}' = \"{value}\"",
                Diagnostics.NearestName.Suggest(value, all) ?? $"write one of {string.Join(", ", all.Select(c => $"\"{c}\""))}");
        }

        return String(context, op, name, required);
    }

    /// <summary>The number of successors.</summary>
    public static bool Successors(VerifyContext context, Operation op, int min, int max) => Count(context, op, "successor", op.Successors.Count, min, max);

    /// <summary>An <c>f64</c>.</summary>
    public static bool Double(VerifyContext context, Operation op, string name, bool required) =>
        Attribute(context, op, name, required, "a decimal number such as 0.5 : f64", static a => a is FloatAttr);

    /// <summary>There or not.</summary>
    public static bool Unit(VerifyContext context, Operation op, string name, bool required) =>
        Attribute(context, op, name, required, "given without a value", static a => a is UnitAttr or IntegerAttr { IsBool: true });

    /// <summary>A type.</summary>
    public static bool Type(VerifyContext context, Operation op, string name, bool required) =>
        Attribute(context, op, name, required, "a type", static a => a is TypeAttr);

    /// <summary>A list of strings.</summary>
    public static bool Strings(VerifyContext context, Operation op, string name, bool required) =>
        Attribute(context, op, name, required, "a list of strings such as [\"a\", \"b\"]", static a => a is ArrayAttr list && list.Elements.All(e => e is StringAttr));

    /// <summary>A list of <c>f64</c>.</summary>
    public static bool Doubles(VerifyContext context, Operation op, string name, bool required) =>
        Attribute(context, op, name, required, "a list of decimal numbers such as [0.5, 0.5]", static a => a is ArrayAttr list && list.Elements.All(e => e is FloatAttr));

    /// <summary>A list of types.</summary>
    public static bool Types(VerifyContext context, Operation op, string name, bool required) =>
        Attribute(context, op, name, required, "a list of types", static a => a is ArrayAttr list && list.Elements.All(e => e is TypeAttr));

    /// <summary>An attribute of class <typeparamref name="T"/>.</summary>
    public static bool Of<T>(VerifyContext context, Operation op, string name, bool required) where T : Attr =>
        op.GetAttr(name) is T || Attribute(context, op, name, required, null, static a => a is T, typeof(T).Name);

    private static bool Count(VerifyContext context, Operation op, string what, int found, int min, int max)
    {
        if (found >= min && found <= max)
        {
            return true;
        }

        string wanted = min == max ? $"{Number(min)}" : max == int.MaxValue ? $"at least {Number(min)}" : $"{Number(min)} to {Number(max)}";
        return context.Error(op, IRCodes.WrongCount, $"takes {wanted} {what}(s), found {Number(found)}", $"give it {wanted} {what}(s)");
    }

    private static bool HasType<T>(VerifyContext context, Operation op, IRType type, string kind, string name, int index) where T : IRType
    {
        if (type is T)
        {
            return true;
        }

        string wanted = Describe(typeof(T).Name);
        return context.Error(op, IRCodes.WrongType, $"takes {wanted} as {kind} '{name}' ({Number(index)}), found {type}", $"give {kind} '{name}' {wanted}");
    }

    private static bool Attribute(VerifyContext context, Operation op, string name, bool required, string? wanted, Func<Attr, bool> fits, string className = "")
    {
        if (op.GetAttr(name) is not { } attr)
        {
            return !required || context.Error(op, IRCodes.WrongAttribute, $"lacks the attribute '{name}'", $"add {name}: {wanted ?? Describe(className)}");
        }

        return fits(attr) || context.Error(op, IRCodes.WrongAttribute, $"has attribute '{name}' = {attr}", $"make it {wanted ?? Describe(className)}");
    }

    // 'SymbolRefAttr' becomes 'a symbol ref', 'TextType' becomes 'a text'.
    private static string Describe(string className)
    {
        string bare = className.EndsWith("Attr", StringComparison.Ordinal) || className.EndsWith("Type", StringComparison.Ordinal) ? className[..^4] : className;
        string words = string.Concat(bare.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
        return words switch
        {
            "symbol ref" => "a symbol such as @name",
            "dictionary" => "a dictionary such as {a = 1}",
            "array" => "a list such as [1, 2]",
            "" => "an attribute",
            "i r" => "a type",
            _ => $"{("aeiou".Contains(words[0], StringComparison.Ordinal) ? "an" : "a")} {words}",
        };
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
