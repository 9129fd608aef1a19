using System.Collections.Immutable;

namespace Orchestrator.IR;

/// <summary>Makes a value of one type into one of another, before the place of the builder; null when it does not know how.</summary>
/// <param name="builder">Where to put what is needed.</param>
/// <param name="type">The type that is wanted.</param>
/// <param name="value">What there is.</param>
public delegate Value? Materialization(OpBuilder builder, IRType type, Value value);

/// <summary>
/// Says what types become, and how values get from one type to the other where converted operations meet those that are not. Rules that were
/// added last are asked first. For one context and one thread.
/// </summary>
public sealed class TypeConverter
{
    /// <summary>The operation that stands between types until somebody takes it away.</summary>
    public const string Cast = "builtin.unrealized_conversion_cast";

    private readonly List<Func<IRType, IRType?>> _rules = [];
    private readonly List<Materialization> _toSource = [];
    private readonly List<Materialization> _toTarget = [];
    private readonly Dictionary<IRType, IRType?> _known = [];

    /// <summary>Types of class <typeparamref name="T"/> become what <paramref name="rule"/> gives; null leaves the question to older rules.</summary>
    public TypeConverter Add<T>(Func<T, IRType?> rule) where T : IRType
    {
        _rules.Add(type => type is T wanted ? rule(wanted) : null);
        _known.Clear();
        return this;
    }

    /// <summary>How a converted value becomes one of the old type, for users that stay as they are.</summary>
    public TypeConverter AddSourceMaterialization(Materialization make)
    {
        _toSource.Add(make);
        return this;
    }

    /// <summary>How a value of an old type becomes one of the new type, for users that were converted.</summary>
    public TypeConverter AddTargetMaterialization(Materialization make)
    {
        _toTarget.Add(make);
        return this;
    }

    /// <summary>What <paramref name="type"/> becomes, perhaps itself; null when no rule knows it.</summary>
    public IRType? Convert(IRType type)
    {
        if (!_known.TryGetValue(type, out IRType? converted))
        {
            for (int i = _rules.Count - 1; i >= 0 && converted is null; i--)
            {
                converted = _rules[i](type);
            }

            _known.Add(type, converted);
        }

        return converted;
    }

    /// <summary>What all of <paramref name="types"/> become, or null when one is not known.</summary>
    public ImmutableArray<IRType>? Convert(ImmutableArray<IRType> types)
    {
        var converted = ImmutableArray.CreateBuilder<IRType>(types.Length);
        foreach (IRType type in types)
        {
            if (Convert(type) is not { } one)
            {
                return null;
            }

            converted.Add(one);
        }

        return converted.MoveToImmutable();
    }

    /// <summary>Whether <paramref name="type"/> stays as it is.</summary>
    public bool IsLegal(IRType type) => ReferenceEquals(Convert(type), type);

    /// <summary>Whether all operands and results of <paramref name="op"/>, and the arguments of blocks in it, have types that stay.</summary>
    public bool IsLegal(Operation op)
    {
        for (int i = 0; i < op.OperandCount; i++)
        {
            if (!IsLegal(op.GetOperand(i).Type))
            {
                return false;
            }
        }

        foreach (OpResult result in op.Results)
        {
            if (!IsLegal(result.Type))
            {
                return false;
            }
        }

        foreach (Region region in op.Regions)
        {
            foreach (Block block in region.Blocks)
            {
                foreach (BlockArgument argument in block.Arguments)
                {
                    if (!IsLegal(argument.Type))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    /// <summary>Whether inputs and results of <paramref name="type"/> stay.</summary>
    public bool IsLegalSignature(FunctionType type)
    {
        foreach (IRType input in type.Inputs)
        {
            if (!IsLegal(input))
            {
                return false;
            }
        }

        foreach (IRType result in type.Results)
        {
            if (!IsLegal(result))
            {
                return false;
            }
        }

        return true;
    }

    internal Value MakeSource(OpBuilder builder, IRType type, Value value) => Make(_toSource, builder, type, value);

    internal Value MakeTarget(OpBuilder builder, IRType type, Value value) => Make(_toTarget, builder, type, value);

    private static Value Make(List<Materialization> known, OpBuilder builder, IRType type, Value value)
    {
        for (int i = known.Count - 1; i >= 0; i--)
        {
            if (known[i](builder, type, value) is { } made)
            {
                return made;
            }
        }

        return builder.Create(Cast, operands: [value], resultTypes: [type]).Results[0];
    }
}
