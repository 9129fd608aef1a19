using System.Collections.Immutable;
using System.Numerics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>An operation whose dialect was declared by text.</summary>
public sealed class DynamicOperation : Operation
{
    private readonly OperationDefinition _definition;
    private readonly DynamicDialect _dialect;

    internal DynamicOperation(OperationDefinition definition, DynamicDialect dialect) => (_definition, _dialect) = (definition, dialect);

    /// <inheritdoc/>
    protected override bool VerifyStructure(VerifyContext context)
    {
        var check = new ConstraintCheck(_definition.Constraints, _dialect, Context);
        bool good = VerifyRegionCount(context)
            & Segments(context, "operand", "operandSegmentSizes", _definition.Operands, OperandCount, out int[] operands)
            & Segments(context, "result", "resultSegmentSizes", _definition.Results, Results.Count, out int[] results);
        return good && VerifyRegions(context, check) && VerifyAttributes(context, check)
            && VerifyValues(context, check, "operand", _definition.Operands, operands, Operands)
            && VerifyValues(context, check, "result", _definition.Results, results, [.. Results]);
    }

    private bool VerifyRegionCount(VerifyContext context) => _definition.HasOpenRegions || Regions.Count == _definition.Regions.Length
        || context.Error(this, IRCodes.WrongCount, Text($"takes {_definition.Regions.Length} region(s), found {Regions.Count}"), Text($"give it {_definition.Regions.Length} region(s)"));

    // How many values stand for each part: written, when more than one part has no fixed number.
    private bool Segments(VerifyContext context, string kind, string attribute, ImmutableArray<PartDefinition> parts, int found, out int[] sizes)
    {
        sizes = [.. parts.Select(_ => 1)];
        int open = parts.Count(p => p.Count != PartCount.One);
        if (open > 1)
        {
            return WrittenSegments(context, kind, attribute, parts, found, out sizes);
        }

        int least = parts.Length - open;
        int most = open == 0 || parts.First(p => p.Count != PartCount.One).Count == PartCount.Optional ? parts.Length : int.MaxValue;
        if (found < least || found > most)
        {
            string wanted = least == most ? Text($"{least}") : most == int.MaxValue ? Text($"at least {least}") : Text($"{least} to {most}");
            return context.Error(this, IRCodes.WrongCount, Text($"takes {wanted} {kind}(s), found {found}"), $"give it {wanted} {kind}(s)");
        }

        for (int i = 0; i < parts.Length; i++)
        {
            sizes[i] = parts[i].Count == PartCount.One ? 1 : found - least;
        }

        return true;
    }

    private bool WrittenSegments(VerifyContext context, string kind, string attribute, ImmutableArray<PartDefinition> parts, int found, out int[] sizes)
    {
        sizes = [];
        string example = $"write {attribute} = array<i32: {string.Join(", ", parts.Select(_ => "1"))}> with one number for each of {string.Join(", ", parts.Select(p => p.Name))}";
        if (GetAttr(attribute) is not DenseArrayAttr { Element: IntegerType { Width: 32 } } written)
        {
            return context.Error(this, IRCodes.WrongAttribute, $"lacks the attribute '{attribute}', an array of i32", example);
        }

        BigInteger[] numbers = [.. written.Values.Select(v => ((IntegerAttr)v).BigValue)];
        if (numbers.Length != parts.Length)
        {
            return context.Error(this, IRCodes.WrongAttribute, Text($"has {numbers.Length} numbers in '{attribute}' for {parts.Length} {kind}s"), example);
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            (int least, int most) = parts[i].Count switch { PartCount.One => (1, 1), PartCount.Optional => (0, 1), _ => (0, int.MaxValue) };
            if (numbers[i] < least || numbers[i] > most)
            {
                return context.Error(this, IRCodes.WrongAttribute, $"has {numbers[i]} for '{parts[i].Name}' in '{attribute}'",
                    least == most ? "write 1" : most == 1 ? "write 0 or 1" : "write 0 or more");
            }
        }

        if (numbers.Aggregate(BigInteger.Zero, (a, b) => a + b) != found)
        {
            return context.Error(this, IRCodes.WrongAttribute, Text($"has {found} {kind}(s), but the numbers in '{attribute}' do not add up to that"), example);
        }

        sizes = [.. numbers.Select(n => (int)n)];
        return true;
    }

    private bool VerifyRegions(VerifyContext context, ConstraintCheck check)
    {
        for (int i = 0; i < _definition.Regions.Length; i++)
        {
            RegionDefinition wanted = _definition.Regions[i];
            if (wanted.Blocks > 0 && Regions[i].Count != wanted.Blocks)
            {
                return context.Error(this, IRCodes.WrongCount, Text($"has {Regions[i].Count} block(s) in region '{wanted.Name}', {wanted.Blocks} wanted"), Text($"give it {wanted.Blocks} block(s)"));
            }

            if (wanted.Arguments.IsDefault)
            {
                continue;
            }

            IReadOnlyList<BlockArgument> arguments = Regions[i].First?.Arguments ?? [];
            if (arguments.Count != wanted.Arguments.Length)
            {
                return context.Error(this, IRCodes.WrongCount, Text($"has {arguments.Count} argument(s) in region '{wanted.Name}', {wanted.Arguments.Length} wanted"),
                    Text($"give its first block {wanted.Arguments.Length} argument(s)"));
            }

            for (int k = 0; k < arguments.Count; k++)
            {
                if (check.WhyNot(wanted.Arguments[k], Context.TypeOf(arguments[k].Type)) is { } reason)
                {
                    return Broken(context, Text($"argument {k} of region '{wanted.Name}'"), reason);
                }
            }
        }

        return true;
    }

    private bool VerifyAttributes(VerifyContext context, ConstraintCheck check)
    {
        foreach (PartDefinition part in _definition.Attributes)
        {
            if (GetAttr(part.Name) is not { } attr)
            {
                IEnumerable<string> unknown = Attributes.Entries.Select(e => e.Name).Where(n => _definition.Attributes.All(a => a.Name != n));
                return context.Error(this, IRCodes.WrongAttribute, $"lacks the attribute '{part.Name}'",
                    Diagnostics.NearestName.Find(part.Name, unknown) is { } near ? $"did you mean '{part.Name}' where '{near}' is written?" : $"add {part.Name} = …");
            }

            if (check.WhyNot(part.Constraint, attr) is { } reason)
            {
                return Broken(context, $"attribute '{part.Name}'", reason);
            }
        }

        return true;
    }

    private bool VerifyValues(VerifyContext context, ConstraintCheck check, string kind, ImmutableArray<PartDefinition> parts, int[] sizes, IReadOnlyList<Value> values)
    {
        int at = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            for (int k = 0; k < sizes[i]; k++, at++)
            {
                ConstraintCheck with = parts[i].IsMixed ? new ConstraintCheck(_definition.Constraints, _dialect, Context) : check;
                if (with.WhyNot(parts[i].Constraint, Context.TypeOf(values[at].Type)) is { } reason)
                {
                    return Broken(context, Text($"{kind} {at}, '{parts[i].Name}',"), reason);
                }
            }
        }

        return true;
    }

    private bool Broken(VerifyContext context, string what, string reason) =>
        context.Error(this, IrdlCodes.Constraint, $"does not fit its declaration at {what} where {reason}", "give it what is wanted, or correct the declaration");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
