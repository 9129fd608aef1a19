using System.Collections.Immutable;

namespace Orchestrator.Compiler.Stages;

/// <summary>Keeps the written order of effects on the same service within one region, and nothing else.</summary>
internal sealed class EffectOrder
{
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    /// <summary>Notes that a step uses <paramref name="services"/>; gives the steps that it must come after.</summary>
    public ImmutableArray<int> Enter(int step, IReadOnlyCollection<string> services)
    {
        var after = new SortedSet<int>();
        foreach (string service in services)
        {
            if (_last.TryGetValue(service, out int last) && last != step)
            {
                after.Add(last);
            }

            _last[service] = step;
        }

        return [.. after];
    }
}
