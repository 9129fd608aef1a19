namespace Orchestrator.IR;

/// <summary>Whether an operation may be there after a conversion.</summary>
public enum Legality
{
    /// <summary>Nobody said.</summary>
    Unknown,

    /// <summary>It may stay.</summary>
    Legal,

    /// <summary>It must go.</summary>
    Illegal,
}

/// <summary>What a conversion may leave: operations by name before dialects, and both before what is said about everything else.</summary>
public sealed class ConversionTarget
{
    private readonly Dictionary<string, Func<Operation, Legality>> _operations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<Operation, Legality>> _dialects = new(StringComparer.Ordinal);
    private readonly HashSet<string> _recursive = new(StringComparer.Ordinal);
    private Func<Operation, Legality>? _others;

    /// <summary>Operations of these dialects may stay.</summary>
    public ConversionTarget AllowDialects(params ReadOnlySpan<string> names) => Set(_dialects, names, static _ => Legality.Legal);

    /// <summary>Operations of these dialects must go.</summary>
    public ConversionTarget ForbidDialects(params ReadOnlySpan<string> names) => Set(_dialects, names, static _ => Legality.Illegal);

    /// <summary>Operations of this dialect may stay when <paramref name="isLegal"/> says so, else they must go.</summary>
    public ConversionTarget AllowDialectWhen(string name, Func<Operation, bool> isLegal) => Set(_dialects, [name], op => isLegal(op) ? Legality.Legal : Legality.Illegal);

    /// <summary>Operations of these names may stay.</summary>
    public ConversionTarget Allow(params ReadOnlySpan<string> names) => Set(_operations, names, static _ => Legality.Legal);

    /// <summary>Operations of these names may stay, with all that is inside, whatever it is.</summary>
    public ConversionTarget AllowWithInside(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            _recursive.Add(name);
        }

        return Allow(names);
    }

    /// <summary>Operations of these names must go.</summary>
    public ConversionTarget Forbid(params ReadOnlySpan<string> names) => Set(_operations, names, static _ => Legality.Illegal);

    /// <summary>Operations of this name may stay when <paramref name="isLegal"/> says so, else they must go.</summary>
    public ConversionTarget AllowWhen(string name, Func<Operation, bool> isLegal) => Set(_operations, [name], op => isLegal(op) ? Legality.Legal : Legality.Illegal);

    /// <summary>All operations about which nothing else is said may stay when <paramref name="isLegal"/> says so, else they must go.</summary>
    public ConversionTarget AllowOthersWhen(Func<Operation, bool> isLegal)
    {
        _others = op => isLegal(op) ? Legality.Legal : Legality.Illegal;
        return this;
    }

    /// <summary>Whether <paramref name="op"/> may stay.</summary>
    public Legality Of(Operation op)
    {
        if (_operations.TryGetValue(op.Name.Text, out Func<Operation, Legality>? say) || _dialects.TryGetValue(op.Name.DialectName, out say))
        {
            return say(op);
        }

        return _others?.Invoke(op) ?? Legality.Unknown;
    }

    /// <summary>Whether nothing inside <paramref name="op"/> has to be looked at.</summary>
    public bool CoversInside(Operation op) => _recursive.Contains(op.Name.Text);

    private ConversionTarget Set(Dictionary<string, Func<Operation, Legality>> table, ReadOnlySpan<string> names, Func<Operation, Legality> say)
    {
        foreach (string name in names)
        {
            table[name] = say;
        }

        return this;
    }
}
