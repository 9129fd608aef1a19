using Orchestrator.Diagnostics;

namespace Orchestrator.Frontend.Checking;

/// <summary>A name inside a workflow.</summary>
internal sealed record Local(string Name, FlowType Type, SourceSpan Span, string Origin)
{
    /// <summary>Whether anything reads it.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Whether its value is there for an effect too, so that nobody needs to read it.</summary>
    public bool HasEffect { get; init; }
}

/// <summary>The names that a block sees.</summary>
internal sealed class Scope(Scope? parent)
{
    private readonly Dictionary<string, Local> _locals = new(StringComparer.Ordinal);

    /// <summary>Names that this block gives, in written order.</summary>
    public List<Local> Own { get; } = [];

    /// <summary>Names that the block gives further down, with their places.</summary>
    public Dictionary<string, SourceSpan> Later { get; } = new(StringComparer.Ordinal);

    public Local? Find(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._locals.TryGetValue(name, out Local? local))
            {
                return local;
            }
        }

        return null;
    }

    public SourceSpan? FindLater(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.Later.TryGetValue(name, out SourceSpan span))
            {
                return span;
            }
        }

        return null;
    }

    public IEnumerable<string> Names()
    {
        for (Scope? scope = this; scope is not null; scope = scope.Parent)
        {
            foreach (Local local in scope.Own)
            {
                yield return local.Name;
            }
        }
    }

    public void Add(Local local)
    {
        _locals[local.Name] = local;
        Own.Add(local);
    }

    private Scope? Parent { get; } = parent;
}
