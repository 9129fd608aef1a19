using System.Collections.Frozen;
using System.Numerics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>
/// A small computation on values.
/// <code>%2 = "agent.operator"(%0, %1) &lt;{kind = "lt"}&gt; : (i64, i64) -> i1</code>
/// </summary>
[Op("agent.operator", Effects = Effect.None)]
public sealed partial class OperatorOp : Operation
{
    // Number of operands and whether the result is a truth value.
    private static readonly FrozenDictionary<string, (int Operands, bool Truth)> Kinds = new Dictionary<string, (int, bool)>(StringComparer.Ordinal)
    {
        ["eq"] = (2, true),
        ["ne"] = (2, true),
        ["lt"] = (2, true),
        ["le"] = (2, true),
        ["gt"] = (2, true),
        ["ge"] = (2, true),
        ["and"] = (2, true),
        ["or"] = (2, true),
        ["not"] = (1, true),
        ["contains"] = (2, true),
        ["exists"] = (1, true),
        ["add"] = (2, false),
        ["sub"] = (2, false),
        ["mul"] = (2, false),
        ["div"] = (2, false),
        ["mod"] = (2, false),
        ["neg"] = (1, false),
        ["index"] = (2, false),
        ["length"] = (1, false),
        ["join"] = (2, false),
        ["default"] = (2, false),
        ["available"] = (0, true),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>eq, ne, lt, le, gt, ge, and, or, not, contains, exists, add, sub, mul, div, mod, neg, index, length, join, default or available.</summary>
    [Attr] public partial string Kind { get; set; }

    /// <summary>What <c>available</c> asks about: whether there is a place where that declaration can run.</summary>
    [Attr] public partial SymbolRefAttr? Symbol { get; set; }

    /// <summary>What it computes with.</summary>
    [Operand] public partial OperandList Values { get; }

    /// <summary>What it gives.</summary>
    [Result] public partial OpResult Computed { get; }

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        Attr?[] known = constants.ToArray();
        IReadOnlyList<FoldResult> folded = known.Contains(null) || FoldKnown(known!) is not { } value ? FoldPartly(known) : [FoldResult.Of(value)]; // None is null here.
        if (folded.Count == 0)
        {
            return FoldOutcome.None;
        }

        results[0] = folded[0];
        return FoldOutcome.Results;
    }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (!Rules.OneOf(context, this, "kind", Kind, Kinds.Keys))
        {
            return;
        }

        (int operands, bool truth) = Kinds[Kind];
        if (OperandCount != operands)
        {
            context.Error(this, IRCodes.WrongCount, $"'{Kind}' takes {operands} values, found {OperandCount}", $"give it {operands} values");
            return;
        }

        if (Kind == "available" && Symbol is null)
        {
            context.Error(this, IRCodes.WrongAttribute, "'available' names nothing", "add symbol: a declaration such as @writer");
        }
        else if (Symbol is { } symbol)
        {
            context.Resolve<Operation>(this, symbol, "declaration");
        }

        if (truth && !TypeRules.IsBool(Computed.Type))
        {
            context.Error(this, IRCodes.WrongType, $"'{Kind}' gives a truth value, found {Computed.Type}", "make the result i1");
        }

        if (Kind is "and" or "or" or "not")
        {
            foreach (Value value in Values)
            {
                Rules.Fits(context, this, "a value", value.Type, Context.I1);
            }
        }
        else if (Kind is "sub" or "mul" or "div" or "mod" or "neg" && Values.FirstOrDefault(v => !TypeRules.IsNumber(v.Type)) is { } odd)
        {
            context.Error(this, IRCodes.WrongType, $"'{Kind}' takes numbers, found {odd.Type}", "give it i64 or !agent.decimal");
        }
    }

    // Only whole numbers, truth values and texts: decimals are left to the engine, so that both always agree.
    private IntegerAttr? FoldKnown(Attr[] known)
    {
        switch (known)
        {
            case [IntegerAttr { IsBool: true } a] when Kind == "not":
                return Context.Bool(!a.Bool);
            case [IntegerAttr { IsBool: true } a, IntegerAttr { IsBool: true } b]:
                return Kind switch
                {
                    "and" => Context.Bool(a.Bool && b.Bool),
                    "or" => Context.Bool(a.Bool || b.Bool),
                    "eq" => Context.Bool(a.Bool == b.Bool),
                    "ne" => Context.Bool(a.Bool != b.Bool),
                    _ => null,
                };
            case [StringAttr a, StringAttr b]:
                return Kind switch
                {
                    "eq" => Context.Bool(a.Bytes == b.Bytes),
                    "ne" => Context.Bool(a.Bytes != b.Bytes),
                    _ => null,
                };
            case [IntegerAttr { IsBool: false } a, IntegerAttr { IsBool: false } b]:
                return FoldIntegers(a.BigValue, b.BigValue);
            default:
                return null;
        }
    }

    private IntegerAttr? FoldIntegers(BigInteger a, BigInteger b)
    {
        switch (Kind)
        {
            case "eq":
                return Context.Bool(a == b);
            case "ne":
                return Context.Bool(a != b);
            case "lt":
                return Context.Bool(a < b);
            case "le":
                return Context.Bool(a <= b);
            case "gt":
                return Context.Bool(a > b);
            case "ge":
                return Context.Bool(a >= b);
        }

        BigInteger? exact = Kind switch { "add" => a + b, "sub" => a - b, "mul" => a * b, _ => null };
        return Computed.Type is IntegerType { Width: 64 } && exact is { } value && value >= long.MinValue && value <= long.MaxValue ? Context.Int((long)value) : null;
    }

    // One side decides: false and x, true or x, and their neutral elements.
    private IReadOnlyList<FoldResult> FoldPartly(Attr?[] known)
    {
        if (Kind is not ("and" or "or") || known.Length != 2)
        {
            return [];
        }

        for (int i = 0; i < 2; i++)
        {
            if (known[i] is IntegerAttr { IsBool: true } side)
            {
                bool decides = side.Bool == (Kind == "or");
                return decides ? [FoldResult.Of(side)] : [FoldResult.Of(GetOperand(1 - i))];
            }
        }

        return [];
    }
}
