namespace Orchestrator.IR;

// What the passes of one thread counted, by entry of the pipeline.
internal sealed class PassCounts
{
    private readonly SortedDictionary<int, SortedDictionary<string, long>> _counts = [];

    public IReadOnlyDictionary<int, SortedDictionary<string, long>> ByEntry => _counts;

    public void Add(int entry, IReadOnlyDictionary<string, long> counted)
    {
        if (counted.Count == 0)
        {
            return;
        }

        if (!_counts.TryGetValue(entry, out SortedDictionary<string, long>? counts))
        {
            _counts.Add(entry, counts = new SortedDictionary<string, long>(StringComparer.Ordinal));
        }

        foreach ((string name, long count) in counted)
        {
            counts[name] = counts.GetValueOrDefault(name) + count;
        }
    }

    public void Add(PassCounts other)
    {
        foreach ((int entry, SortedDictionary<string, long> counted) in other._counts)
        {
            Add(entry, counted);
        }
    }
}
