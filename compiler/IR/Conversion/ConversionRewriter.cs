namespace Orchestrator.IR;

/// <summary>
/// Through which conversion patterns change IR. A value may be replaced by one of another type: where it is still used as it was, a materialization of
/// the converter stands between.
/// </summary>
public sealed class ConversionRewriter
{
    private readonly HashSet<Operation> _casts;

    internal ConversionRewriter(Rewriter plain, HashSet<Operation> casts) => (Plain, _casts) = (plain, casts);

    /// <summary>For edits that change no types.</summary>
    public Rewriter Plain { get; }

    /// <summary>The context.</summary>
    public Context Context => Plain.Context;

    /// <summary>Why the last pattern did not fit, if it said so.</summary>
    internal string? Reason { get; set; }

    /// <summary>By what the values of the pattern at work are converted.</summary>
    internal TypeConverter? Types { get; set; }

    /// <summary>Says why a pattern does not fit; gives false, so that it can be returned.</summary>
    public bool Refuse(string why)
    {
        Reason = why;
        return false;
    }

    /// <summary>A builder that adds before <paramref name="op"/>, with its place.</summary>
    public OpBuilder Before(Operation op) => Plain.Before(op);

    /// <summary>Replaces the results of <paramref name="op"/>, one value for each, and erases it. Types may differ.</summary>
    public void Replace(Operation op, params IReadOnlyList<Value> values)
    {
        if (values.Count != op.Results.Count)
        {
            throw new ArgumentException($"{values.Count} values for {op.Results.Count} results of '{op.Name}'", nameof(values));
        }

        for (int i = 0; i < values.Count; i++)
        {
            OpResult result = op.Results[i];
            Value by = values[i];
            if (result.HasUses && !ReferenceEquals(by.Type, result.Type))
            {
                by = Note((Types ?? new TypeConverter()).MakeSource(Plain.Before(op), result.Type, by));
            }

            Plain.ReplaceUses(result, by);
        }

        Plain.Erase(op);
    }

    /// <summary>Replaces <paramref name="op"/> by what <paramref name="create"/> makes before it, result by result. Types may differ.</summary>
    public T ReplaceWith<T>(Operation op, Func<OpBuilder, T> create) where T : Operation
    {
        T made = create(Before(op));
        Replace(op, made.Results);
        return made;
    }

    /// <summary>Erases an operation that nothing uses.</summary>
    public void Erase(Operation op) => Plain.Erase(op);

    /// <summary>Gives the arguments of <paramref name="block"/> the types that <paramref name="types"/> says; false, and nothing changes, when it does not know one.</summary>
    public bool ConvertArguments(Block block, TypeConverter types)
    {
        foreach (BlockArgument argument in block.Arguments)
        {
            if (types.Convert(argument.Type) is null)
            {
                return false;
            }
        }

        foreach (BlockArgument argument in block.Arguments)
        {
            IRType before = argument.Type;
            if (types.Convert(before) is not { } after || ReferenceEquals(before, after))
            {
                continue;
            }

            // The argument itself gets the new type; what used it sees a value of the old one.
            argument.Type = after;
            if (argument.HasUses)
            {
                OpBuilder builder = block.First is { } first ? Plain.Before(first) : Plain.AtEnd(block);
                Value old = Note(types.MakeSource(builder, before, argument));
                Plain.ReplaceUses(argument, old, use => !ReferenceEquals(use.Owner, old.DefiningOp));
            }
        }

        return true;
    }

    /// <summary>Gives the arguments of all blocks of <paramref name="region"/> the types that <paramref name="types"/> says.</summary>
    public bool ConvertArguments(Region region, TypeConverter types)
    {
        foreach (Block block in region.Blocks)
        {
            if (!ConvertArguments(block, types))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value of the converted type that <paramref name="value"/> is after the conversion, for a use before <paramref name="user"/>; null when no rule knows its type.</summary>
    internal Value? Adapt(Value value, Operation user, TypeConverter types)
    {
        if (types.Convert(value.Type) is not { } wanted)
        {
            return null;
        }

        if (ReferenceEquals(wanted, value.Type))
        {
            return value;
        }

        // What was converted already stands behind a cast.
        if (value.DefiningOp is { OperandCount: 1 } cast && _casts.Contains(cast) && ReferenceEquals(cast.GetOperand(0).Type, wanted))
        {
            return cast.GetOperand(0);
        }

        return Note(types.MakeTarget(Plain.Before(user), wanted, value));
    }

    private Value Note(Value made)
    {
        if (made.DefiningOp is { } cast)
        {
            _casts.Add(cast);
        }

        return made;
    }
}
