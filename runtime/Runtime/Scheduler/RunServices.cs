using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>The targets that leaf steps are executed by. Immutable; one set serves many runs.</summary>
public sealed class TargetSet : IAsyncDisposable
{
    private readonly ImmutableDictionary<string, ImmutableArray<ITarget>> _byExecutor;

    private TargetSet(ImmutableDictionary<string, ImmutableArray<ITarget>> byExecutor) => _byExecutor = byExecutor;

    /// <summary>No target at all.</summary>
    public static TargetSet Empty { get; } = new(ImmutableDictionary.Create<string, ImmutableArray<ITarget>>(StringComparer.Ordinal));

    /// <summary>What executors are served.</summary>
    public IEnumerable<string> Executors => _byExecutor.Keys.Order(StringComparer.Ordinal);

    /// <summary>With one more target for an executor; of several, the first that is available for a declaration serves it.</summary>
    public TargetSet With(string executor, ITarget target) =>
        new(_byExecutor.SetItem(executor, _byExecutor.GetValueOrDefault(executor, []).Add(target)));

    /// <summary>The first target that can serve a declaration, or null with the reason why there is none.</summary>
    public ITarget? Find(string executor, Declaration service, TargetEnvironment environment, out string why)
    {
        why = "";
        foreach (ITarget target in _byExecutor.GetValueOrDefault(executor, []))
        {
            if (target.WhyUnavailable(service, environment) is not { } reason)
            {
                return target;
            }

            why = why.Length == 0 ? reason : $"{why}; {reason}";
        }

        why = why.Length == 0 ? $"nothing here executes '{executor}'" : why;
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (ITarget target in _byExecutor.Values.SelectMany(t => t).Distinct())
        {
            await target.DisposeAsync().ConfigureAwait(false);
        }
    }
}

/// <summary>What a run works with.</summary>
/// <param name="Targets">Executes leaf steps.</param>
/// <param name="Memory">Where memories live.</param>
public sealed record RunServices(TargetSet Targets, IMemoryStore Memory)
{
    /// <summary>With a memory that lives as long as this object.</summary>
    public RunServices(TargetSet targets) : this(targets, new ProcessMemory())
    {
    }
}
