using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>Finds which tasks a value comes from, through steps that are no tasks themselves, and collects the edges.</summary>
internal sealed class TaskEdges
{
    private readonly Dictionary<int, ImmutableSortedSet<int>> _sources = [];
    private readonly SortedDictionary<(int From, int To), (double? Data, bool Streams)> _edges = [];

    /// <summary>The tasks whose end makes a value ready.</summary>
    public ImmutableSortedSet<int> SourcesOf(int value) => _sources.GetValueOrDefault(value, []);

    /// <summary>Notes where a value comes from.</summary>
    public void Note(int value, ImmutableSortedSet<int> tasks) => _sources[value] = tasks;

    /// <summary>Adds edges from all sources of a value to a task.</summary>
    public void Connect(int value, int task, double? data, bool streams)
    {
        foreach (int source in SourcesOf(value))
        {
            Add(source, task, data, streams);
        }
    }

    /// <summary>Adds one edge; data of several values between the same tasks adds up, unknown if any is.</summary>
    public void Add(int from, int to, double? data, bool streams)
    {
        if (from != to)
        {
            _edges[(from, to)] = _edges.TryGetValue((from, to), out (double? Data, bool Streams) known)
                ? (known.Data + data, known.Streams && streams)
                : (data, streams);
        }
    }

    /// <summary>The edges, by producer and consumer.</summary>
    public ImmutableArray<GraphEdge> ToEdges() =>
        [.. _edges.Select(e => new GraphEdge(e.Key.From, e.Key.To, e.Value.Data is { } data ? new Bytes(data) : null, e.Value.Streams))];
}
