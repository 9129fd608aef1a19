using Orchestrator.Diagnostics;

namespace Orchestrator.IR.Editing;

/// <summary>A name where it is written.</summary>
/// <param name="Text">The name with its prefix, such as <c>%x</c>.</param>
/// <param name="Kind">What it names.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="Length">Its length.</param>
/// <param name="Scope">The scope in which it stands.</param>
/// <param name="IsDefinition">Whether it gives the name its meaning.</param>
public sealed record NameUse(string Text, NameKind Kind, int Start, int Length, int Scope, bool IsDefinition)
{
    /// <summary>The offset after it.</summary>
    public int End => Start + Length;

    /// <summary>What the name means here: the same number as its definition, or -1 when there is none.</summary>
    public int Entity { get; internal set; } = -1;
}

/// <summary>
/// The names of a text with the scopes in which they hold. A name means what the innermost scope around it that defines it says, wherever in
/// that scope the definition stands: order is for the verifier to judge.
/// </summary>
public sealed class NameIndex
{
    private const int MostScopes = 100_000;
    private readonly List<int> _parents = [-1];
    private readonly List<(int Start, int End)> _extents = [(0, int.MaxValue)];
    private readonly List<NameUse> _uses = [];
    private readonly Dictionary<(int Scope, NameKind Kind, string Text), NameUse> _definitions = [];
    private List<NameUse>[] _entities = [];

    /// <summary>The names, by place once <see cref="Resolve"/> ran.</summary>
    public IReadOnlyList<NameUse> Uses => _uses;

    /// <summary>Opens a scope inside another.</summary>
    public int Open(int parent, int start)
    {
        if (_parents.Count >= MostScopes)
        {
            return parent;
        }

        _parents.Add(parent);
        _extents.Add((start, int.MaxValue));
        return _parents.Count - 1;
    }

    /// <summary>Says where a scope ends.</summary>
    public void Close(int scope, int end)
    {
        if (scope > 0)
        {
            _extents[scope] = (_extents[scope].Start, end);
        }
    }

    /// <summary>Adds a name.</summary>
    public NameUse Add(string text, NameKind kind, int start, int length, int scope, bool isDefinition)
    {
        var use = new NameUse(text, kind, start, length, scope, isDefinition);
        _uses.Add(use);
        if (isDefinition)
        {
            _definitions.TryAdd((scope, kind, text), use);
        }

        return use;
    }

    /// <summary>Finds out what each name means; called once, when all were added.</summary>
    public void Resolve()
    {
        _uses.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        var entities = new List<List<NameUse>>();
        foreach (NameUse definition in _definitions.Values)
        {
            definition.Entity = entities.Count;
            entities.Add([]);
        }

        foreach (NameUse use in _uses)
        {
            use.Entity = Find(use.Text, use.Kind, use.Scope)?.Entity ?? -1;
            if (use.Entity >= 0)
            {
                entities[use.Entity].Add(use);
            }
        }

        _entities = [.. entities];
    }

    /// <summary>The name at an offset, also when the offset is just behind it; null when there is none.</summary>
    public NameUse? At(int offset)
    {
        int low = 0;
        int high = _uses.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_uses[middle].Start > offset)
            {
                high = middle - 1;
            }
            else
            {
                low = middle + 1;
            }
        }

        return high >= 0 && offset <= _uses[high].End ? _uses[high] : null;
    }

    /// <summary>Where the name at an offset gets its meaning, or null.</summary>
    public NameUse? DefinitionAt(int offset) =>
        At(offset) is { Entity: >= 0 } use ? _entities[use.Entity].Find(static u => u.IsDefinition) : null;

    /// <summary>All places of the name at an offset.</summary>
    public IReadOnlyList<NameUse> ReferencesAt(int offset) => At(offset) is { Entity: >= 0 } use ? _entities[use.Entity] : [];

    /// <summary>The definition that a name has in a scope, or null.</summary>
    public NameUse? Find(string text, NameKind kind, int scope)
    {
        for (; scope >= 0; scope = _parents[scope])
        {
            if (_definitions.TryGetValue((scope, kind, text), out NameUse? definition))
            {
                return definition;
            }
        }

        return null;
    }

    /// <summary>The innermost scope around an offset.</summary>
    public int ScopeAt(int offset)
    {
        int best = 0;
        for (int i = 1; i < _extents.Count; i++)
        {
            if (_extents[i].Start < offset && offset <= _extents[i].End && _extents[i].Start >= _extents[best].Start)
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>The definitions that an offset sees, innermost first, each name once.</summary>
    public IEnumerable<NameUse> VisibleAt(int offset)
    {
        var scopes = new List<int>();
        for (int scope = ScopeAt(offset); scope >= 0; scope = _parents[scope])
        {
            scopes.Add(scope);
        }

        var seen = new HashSet<(NameKind, string)>();
        return _definitions.Values
            .Where(d => scopes.Contains(d.Scope))
            .OrderBy(d => scopes.IndexOf(d.Scope)).ThenBy(d => d.Start)
            .Where(d => seen.Add((d.Kind, d.Text)));
    }

    /// <summary>The place of a name.</summary>
    public static SourceSpan SpanOf(SourceText source, NameUse use) => new(source, use.Start, use.Length);
}
