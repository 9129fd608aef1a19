using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

// Checks that several operations share. Each reports and gives false when something is wrong.
internal static class Rules
{
    public static bool OneOf(VerifyContext context, Operation op, string attribute, string value, IReadOnlyList<string> known) =>
        known.Contains(value) || context.Error(op, IRCodes.OpRule, $"has {attribute} '{value}'",
            NearestName.Suggest(value, known) ?? $"write one of {string.Join(", ", known)}");

    public static bool AllDiffer(VerifyContext context, Operation op, string what, IReadOnlyList<string> names)
    {
        string? twice = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null || context.Error(op, IRCodes.OpRule, $"has two {what} called '{twice}'", "give one of them another name");
    }

    public static bool AtLeast(VerifyContext context, Operation op, string attribute, long? value, long least) =>
        value is null || value >= least || context.Error(op, IRCodes.OpRule,
            string.Create(CultureInfo.InvariantCulture, $"has {attribute} = {value}, which is less than {least}"),
            string.Create(CultureInfo.InvariantCulture, $"write {least} or more"));

    public static bool Probability(VerifyContext context, Operation op, string attribute, double? value) =>
        value is null or (>= 0 and <= 1) || context.Error(op, IRCodes.OpRule,
            string.Create(CultureInfo.InvariantCulture, $"has {attribute} = {value}, which is no probability"), "write a number from 0 to 1");

    public static bool NotNegative(VerifyContext context, Operation op, string attribute, double? value) =>
        value is null || (value >= 0 && double.IsFinite(value.Value)) || context.Error(op, IRCodes.OpRule,
            string.Create(CultureInfo.InvariantCulture, $"has {attribute} = {value}, which is not a number from 0 on"), "write a number of 0 or more");

    public static bool Fits(VerifyContext context, Operation op, string what, IRType found, IRType wanted) =>
        TypeRules.Fits(found, wanted) || context.Error(op, IRCodes.WrongType, $"has {what} of type {found} where {wanted} is wanted",
            $"make {what} a {wanted}");

    /// <summary>The region ends in <c>agent.yield</c> of one value that fits <paramref name="wanted"/>.</summary>
    public static bool Yields(VerifyContext context, Operation op, Region region, string what, IRType wanted)
    {
        if (region.First?.Last is not YieldOp yield)
        {
            Operation at = region.First?.Last ?? op;
            return context.Error(at, IRCodes.Terminator, $"does not end {what} of '{op.Name}'", "end it with agent.yield");
        }

        if (yield.OperandCount != 1)
        {
            return context.Error(yield, IRCodes.WrongCount, string.Create(CultureInfo.InvariantCulture, $"gives {yield.OperandCount} values from {what} of '{op.Name}'"),
                "yield one value");
        }

        IRType found = yield.GetOperand(0).Type;
        if (TypeRules.Fits(found, wanted))
        {
            return true;
        }

        context.Diagnostics.Add(Diagnostic.Error(IRCodes.WrongType, $"{what} of '{op.Name}' yields {found} where {wanted} is wanted", yield.Span,
            $"yield a {wanted}").WithNote($"'{op.Name}' stands here", op.Span));
        return false;
    }

    /// <summary>The region is there, with one argument of a type that <paramref name="given"/> fits, or with none when that is null.</summary>
    public static bool Argument(VerifyContext context, Operation op, Region region, string what, IRType? given)
    {
        IReadOnlyList<BlockArgument> arguments = region.First?.Arguments ?? [];
        if (arguments.Count != (given is null ? 0 : 1))
        {
            return context.Error(op, IRCodes.WrongCount, string.Create(CultureInfo.InvariantCulture, $"has {arguments.Count} arguments in {what}"),
                given is null ? "remove the argument" : $"give it one argument of type {given}");
        }

        return given is null || Fits(context, op, $"the argument of {what}", given, arguments[0].Type);
    }
}
