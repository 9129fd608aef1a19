namespace Orchestrator.IR;

/// <summary>The time of something that has parts.</summary>
public sealed class TimingNode
{
    private readonly List<TimingNode> _parts = [];

    internal TimingNode(string name) => Name = name;

    /// <summary>A phase, a pass, the anchor of passes, <c>(V) verify</c>, or <c>(A)</c> and the name of an analysis.</summary>
    public string Name { get; }

    /// <summary>How often it ran.</summary>
    public long Runs { get; private set; }

    /// <summary>The time from its beginning to its end; of what ran on several threads, that of the one that took longest.</summary>
    public TimeSpan Wall { get; private set; }

    /// <summary>The time that all threads took for it together.</summary>
    public TimeSpan Sum { get; private set; }

    /// <summary>Its parts, in order.</summary>
    public IReadOnlyList<TimingNode> Parts => _parts;

    internal void Add(TimeSpan wall, TimeSpan sum, long runs) => (Wall, Sum, Runs) = (Wall + wall, Sum + sum, Runs + runs);

    // The part at a place; the name must be the one that it had before, else it is another part.
    internal TimingNode PartAt(int index, string name)
    {
        while (_parts.Count <= index)
        {
            _parts.Add(new TimingNode(name));
        }

        return _parts[index].Name == name ? _parts[index] : Part(name);
    }

    internal TimingNode Part(string name)
    {
        TimingNode? part = _parts.Find(p => p.Name == name);
        if (part is null)
        {
            _parts.Add(part = new TimingNode(name));
        }

        return part;
    }
}
