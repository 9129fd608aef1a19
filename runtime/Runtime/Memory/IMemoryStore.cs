using System.Collections.Concurrent;

namespace Orchestrator.Runtime;

/// <summary>Where <c>remember</c> writes and <c>recall</c> reads; whoever holds it decides how long it lives (a run, a process, longer).</summary>
public interface IMemoryStore
{
    /// <summary>What was last remembered under the key, or null.</summary>
    ValueTask<Datum?> RecallAsync(string memory, string key, CancellationToken cancellationToken);

    /// <summary>Keeps a value; false when the store is full.</summary>
    ValueTask<bool> RememberAsync(string memory, string key, Datum value, CancellationToken cancellationToken);
}

/// <summary>Keeps values in this process.</summary>
/// <param name="limit">Most keys over all memories, at least 1.</param>
public sealed class ProcessMemory(int limit = 100_000) : IMemoryStore
{
    private readonly ConcurrentDictionary<(string Memory, string Key), Datum> _values = new();

    /// <inheritdoc/>
    public ValueTask<Datum?> RecallAsync(string memory, string key, CancellationToken cancellationToken) => new(_values.GetValueOrDefault((memory, key)));

    /// <inheritdoc/>
    public ValueTask<bool> RememberAsync(string memory, string key, Datum value, CancellationToken cancellationToken)
    {
        if (_values.Count >= limit && !_values.ContainsKey((memory, key)))
        {
            return new(false);
        }

        _values[(memory, key)] = value;
        return new(true);
    }
}
