namespace Orchestrator.IR;

// What one printing knows: the aliases, the numbers of distinct attributes in the order in which they come, and the resources that are used.
internal sealed class PrintState(AliasNames aliases)
{
    private readonly Dictionary<DistinctAttr, int> _distinct = new(ReferenceEqualityComparer.Instance);
    private readonly OrderedDictionary<string, bool> _handles = new(StringComparer.Ordinal);

    public AliasNames Aliases { get; } = aliases;

    /// <summary>Names of the resources that were written, in order.</summary>
    public IEnumerable<string> Handles => _handles.Keys;

    public int NumberOf(DistinctAttr attr)
    {
        if (!_distinct.TryGetValue(attr, out int number))
        {
            _distinct.Add(attr, number = _distinct.Count);
        }

        return number;
    }

    public void Use(string handle) => _handles.TryAdd(handle, true);
}
