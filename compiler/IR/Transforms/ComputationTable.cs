namespace Orchestrator.IR;

/// <summary>
/// Computations seen so far, found by what they compute. What was added last is taken out first, so a scope is a number of entries and
/// leaving it costs what was added in it.
/// </summary>
/// <remarks>
/// Buckets hold the number of their newest entry, entries that of the next older one in the same bucket, both plus one. An entry's number is
/// larger than those of all entries behind it in its chain, so <see cref="Floor"/> hides all scopes below it by one comparison.
/// </remarks>
internal sealed class ComputationTable
{
    private struct Entry
    {
        public Operation Op;
        public uint Hash;
        public int Next;
    }

    private readonly Equivalence _equivalence = new();
    private int[] _buckets = new int[256];
    private readonly EntryTable<Entry> _entries = new();

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>Entries with a smaller number are not seen.</summary>
    public int Floor { get; set; }

    /// <summary>The latest visible operation that computes what <paramref name="op"/> does, or null.</summary>
    public Operation? Find(Operation op, uint hash)
    {
        int at = _buckets[hash & (uint)(_buckets.Length - 1)];
        while (at > Floor)
        {
            ref Entry entry = ref _entries.At(at - 1);
            if (entry.Hash == hash && _equivalence.Equal(entry.Op, op))
            {
                return entry.Op;
            }

            at = entry.Next;
        }

        return null;
    }

    /// <summary>Adds <paramref name="op"/>; it hides older equal ones.</summary>
    public void Add(Operation op, uint hash)
    {
        if (Count == _buckets.Length)
        {
            Grow();
        }

        _entries.Reserve(Count);
        ref int bucket = ref _buckets[hash & (uint)(_buckets.Length - 1)];
        _entries.At(Count) = new Entry { Op = op, Hash = hash, Next = bucket };
        bucket = ++Count;
    }

    /// <summary>Takes out all but the oldest <paramref name="count"/> entries.</summary>
    public void Shrink(int count)
    {
        while (Count > count)
        {
            ref Entry entry = ref _entries.At(--Count);
            _buckets[entry.Hash & (uint)(_buckets.Length - 1)] = entry.Next;
        }
    }

    private void Grow()
    {
        _buckets = new int[2 * _buckets.Length];
        for (int i = 0; i < Count; i++)
        {
            ref Entry entry = ref _entries.At(i);
            ref int bucket = ref _buckets[entry.Hash & (uint)(_buckets.Length - 1)];
            entry.Next = bucket;
            bucket = i + 1;
        }
    }
}
