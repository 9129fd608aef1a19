namespace Orchestrator.IR;

/// <summary>The passes that pipelines may name.</summary>
public sealed class PassRegistry
{
    private readonly SortedDictionary<string, PassInfo> _passes = new(StringComparer.Ordinal);

    /// <summary>Holds the passes of this assembly and <paramref name="more"/>, mostly the <c>GeneratedRegistry.Passes</c> of other assemblies.</summary>
    /// <exception cref="ArgumentException">Two passes have one name.</exception>
    public PassRegistry(params IEnumerable<PassInfo> more)
    {
        foreach (PassInfo pass in GeneratedRegistry.Passes.Concat(more))
        {
            _passes.Add(pass.Name, pass);
        }
    }

    /// <summary>All passes, by name.</summary>
    public IReadOnlyCollection<PassInfo> Passes => _passes.Values;

    /// <summary>The pass called <paramref name="name"/>, or null.</summary>
    public PassInfo? Find(string name) => _passes.GetValueOrDefault(name);
}
